"""The disk is full: people get a sentence and keep what they wrote, reading goes on, and with room so does writing."""

import os
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import skip_or_fail
from tests.faults.served import PASSWORD, Served, make_school, served
from tests.faults.stored import incidents
from tests.faults.visitors import Answer, Visitor, logged_in

MEGABYTES = 12
PEOPLE = 3
REFUSED = 72
"""More than the 64 keys that a worker has at hand: the key store is asked for new ones on the full disk too."""
AGAIN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0700", "geborgen-test", mounted]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        skip_or_fail("No small disk to fill: mounting one needs root.")
    yield mounted
    subprocess.run(["umount", "--lazy", mounted], check=True)


@pytest.fixture
def site(disk: Path) -> Iterator[Served]:
    """A school with everything it has on the small disk, served."""
    school = make_school(disk / "instance", f"sqlite:///{disk / 'geborgen.db'}", f"sqlite:///{disk / 'keys.db'}", 8)
    with served(school, workers=1) as site:
        yield site


def fill(disk: Path) -> Path:
    """Leave no byte free."""
    filler = disk / "filler"
    descriptor = os.open(filler, os.O_CREAT | os.O_WRONLY)
    for size in (65536, 4096, 1):
        try:
            while os.write(descriptor, b"\xff" * size):
                pass
        except OSError:
            continue
    os.close(descriptor)
    assert os.statvfs(disk).f_bfree == 0
    return filler


def report(visitor: Visitor, words: str) -> Answer:
    return visitor.send(visitor.filled(visitor.shown(), words))


def send_again(visitor: Visitor, refused: Answer) -> Answer:
    """Press the only button of the page that says that nothing was saved."""
    return visitor.ask(
        "POST", "/incidents/new", [(name, unescape(value)) for name, value in AGAIN.findall(refused.text)]
    )


def test_a_full_disk_gives_a_sentence_and_loses_nothing(site: Served, disk: Path) -> None:
    visitors = logged_in(site, PEOPLE)
    told: dict[str, Answer] = {}
    refused: dict[str, tuple[Visitor, Answer]] = {}
    for visitor in visitors:
        told[f"Vooraf, {visitor.address}."] = report(visitor, f"Vooraf, {visitor.address}.")
    filler = fill(disk)
    number = 0
    while len(refused) < REFUSED:
        visitor = visitors[number % PEOPLE]
        words = f"Zonder ruimte geschreven, nummer {number}."
        answer = report(visitor, words)
        if answer.status == 503:
            assert "Er is nu niets opgeslagen." in answer.text
            assert words in answer.text
            refused[words] = visitor, answer
        else:
            told[words] = answer
        number += 1
        # A write-ahead log that was emptied before takes some more, but not for long.
        assert number < REFUSED + 400
    read_while_full(site, visitors[0], told)
    site.kill_workers()
    site.wait_until_it_answers()
    # Who loaded the site anew was the last to close the log, which gives back its write-ahead log: there is room again.
    assert visitors[0].get("/").status == 200
    fill(disk)
    read_while_full(site, visitors[0], told)

    filler.unlink()
    for words, (visitor, answer) in refused.items():
        told[words] = send_again(visitor, answer)
    told["Met ruimte."] = report(visitors[0], "Met ruimte.")
    site.stop()
    assert incidents(site.school) == Counter({(words, answer.incident): 1 for words, answer in told.items()})


def read_while_full(site: Served, visitor: Visitor, told: dict[str, Answer]) -> None:
    """Look around: everything that only reads works, and whoever has to be recorded first is told to wait."""
    for path in ("/", "/incidents/", "/incidents/new", "/people", "/account"):
        assert visitor.get(path).status == 200, path
    for words, answer in list(told.items())[:3]:
        page = visitor.get(f"/incidents/{answer.incident}")
        assert (page.status, words in page.text) == (200, True)
    newcomer = Visitor(site, site.school.addresses[-1])
    form = {**newcomer.shown("/login"), "address": newcomer.address, "password": PASSWORD}
    answer = newcomer.ask("POST", "/login", form)
    assert answer.status == 503
    assert PASSWORD not in answer.text
