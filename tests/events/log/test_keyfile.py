"""The key file is private, whole or unchanged, and never made twice."""

import json
import os
import threading

import pytest

from events.log import keyfile
from events.log.errors import LogUnfit
from events.log.keyfile import KeyFile


@pytest.fixture
def path(tmp_path):
    return tmp_path / "keyfile.json"


def test_a_new_key_file_is_private_and_reads_back(path):
    made = KeyFile.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    read = KeyFile(path)
    assert read.wrapping_keys == made.wrapping_keys
    assert len(read.newest.key) == len(read.blind_index_key) == 32
    assert read.newest.key != read.blind_index_key
    assert os.listdir(path.parent) == [path.name]


def test_an_existing_key_file_is_never_replaced_by_a_new_one(path):
    KeyFile.create(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        KeyFile.create(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o601])
def test_a_file_that_others_can_open_is_refused_with_what_to_do(path, mode):
    KeyFile.create(path)
    path.chmod(mode)
    with pytest.raises(LogUnfit, match="chmod 600"):
        KeyFile(path)


def test_a_missing_file_is_refused_with_what_to_do(path):
    with pytest.raises(LogUnfit, match="Put back your copy"):
        KeyFile(path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:100],
        lambda content: bytes(len(content)),
        lambda content: content.replace(b'"format": 1', b'"format": 2'),
        lambda content: json.dumps({**json.loads(content), "blind_index_key": "c2hvcnQ="}).encode(),
        lambda content: json.dumps({**json.loads(content), "wrapping_keys": []}).encode(),
        lambda content: json.dumps({**json.loads(content), "current": "0" * 16}).encode(),
        lambda content: b"[]",
        lambda content: b"\xff\xfe",
    ],
)
def test_a_damaged_file_is_refused_with_what_to_do(path, damage):
    KeyFile.create(path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(LogUnfit, match="damaged"):
        KeyFile(path)


def test_a_key_added_by_another_process_is_found(path):
    here, there = KeyFile.create(path), KeyFile(path)
    added = there.add_wrapping_key()
    assert here.wrapping_key(added) == there.newest.key
    assert list(here.wrapping_keys) == list(there.wrapping_keys)


def test_an_unknown_key_is_refused_with_what_to_do(path):
    with pytest.raises(LogUnfit, match="Put back the key file"):
        KeyFile.create(path).wrapping_key("0" * 16)


def test_a_removed_key_is_gone_from_the_file_and_from_where_the_file_was(path):
    file = KeyFile.create(path)
    old_text = path.read_bytes()
    old_key = json.loads(old_text)["wrapping_keys"][0]["key"].encode()
    added = file.add_wrapping_key()
    with open(path, "rb") as replaced:
        file.keep_only(added)
        assert old_key not in replaced.read()
    assert old_key not in path.read_bytes()
    assert list(KeyFile(path).wrapping_keys) == [added]


def test_a_file_with_a_second_name_is_not_wiped(path):
    file = KeyFile.create(path)
    added = file.add_wrapping_key()
    os.link(path, path.with_name("copy"))
    before = path.read_bytes()
    file.keep_only(added)
    assert path.with_name("copy").read_bytes() == before


def test_keep_only_refuses_a_key_it_does_not_have(path):
    file = KeyFile.create(path)
    before = path.read_bytes()
    with pytest.raises(LogUnfit):
        file.keep_only("0" * 16)
    assert path.read_bytes() == before


@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_failed_change_leaves_the_file_as_it_was(path, monkeypatch, step):
    file = KeyFile.create(path)
    before = path.read_bytes()

    def fail(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keyfile.os, step, fail)
    with pytest.raises(OSError, match="No space"):
        file.add_wrapping_key()
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert len(file.wrapping_keys) == 1
    file.add_wrapping_key()
    assert len(KeyFile(path).wrapping_keys) == 2
    assert os.listdir(path.parent) == [path.name]


def test_only_one_may_change_the_file_at_a_time(path):
    file, entered, may_leave = KeyFile.create(path), threading.Event(), threading.Event()
    order = []

    def hold():
        with file.held():
            entered.set()
            may_leave.wait(5)
            order.append("first")

    def follow():
        with KeyFile(path).held():
            order.append("second")

    threads = [threading.Thread(target=hold), threading.Thread(target=follow)]
    threads[0].start()
    entered.wait(5)
    threads[1].start()
    threads[1].join(0.1)
    assert order == []
    may_leave.set()
    for thread in threads:
        thread.join(5)
    assert order == ["first", "second"]
