"""Which checkpoints are believed: only those signed, unchanged, by the key of this school."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verifier.log_copy import OTHER_SCHOOL, SCHOOL, checkpoint_text, public_key, signed
from verifier.failure import CannotCheck
from verifier.notes import Checkpoint, VerifierKey, read_checkpoints

ROOT = bytes(range(32))
TEXT = checkpoint_text(12_411, ROOT)
NOTE = signed(TEXT)
KEY = VerifierKey.read(public_key())
OTHER_NAME = f"geborgen/{OTHER_SCHOOL.hex()}"


def reason(text: str, *keys: VerifierKey) -> str:
    with pytest.raises(CannotCheck) as refused:
        read_checkpoints(text, keys or [KEY])
    return refused.value.reason


def test_the_example_of_the_signed_note_specification():
    """The key and note that golang.org/x/mod/sumdb/note documents: names and ids are made as everybody makes them."""
    key = VerifierKey.read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")
    assert (key.name, key.key_id.hex()) == ("PeterNeumann", "c74f20a3")


def test_a_signed_checkpoint_is_believed():
    assert read_checkpoints(NOTE, [KEY]) == [Checkpoint(SCHOOL, 12_411, ROOT)]


def test_a_checkpoint_is_found_in_a_mail_with_others_around_it():
    erased = signed(f"geborgen/{SCHOOL.hex()}/erased\n0\n")
    second = signed(checkpoint_text(13_000, ROOT))
    mail = f"Beste directeur,\n\nBewaar deze controlepost.\n\n{NOTE}\n{erased}\nGroet\n\n{second}"
    assert [each.size for each in read_checkpoints(mail.replace("\n", "\r\n"), [KEY])] == [12_411, 13_000]


def test_extension_lines_and_signatures_of_others_are_allowed():
    witness = signed(TEXT, "witness.example/w1", Ed25519PrivateKey.generate()).splitlines()[-1]
    assert read_checkpoints(f"{NOTE}{witness}\n", [KEY])
    assert read_checkpoints(f"{TEXT}\n{witness}\n{NOTE.splitlines()[-1]}", [KEY])
    assert read_checkpoints(signed(f"{TEXT}a line more\n"), [KEY])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "geborgen",
        TEXT,
        NOTE.replace("12411", "012411"),
        NOTE.replace("12411", "-1"),
        NOTE.replace("geborgen/", "elders/"),
        NOTE.replace("\n\n", "\n"),
    ],
)
def test_what_is_no_checkpoint(text):
    assert reason(text) == "no_checkpoint"


def test_every_changed_letter_is_noticed():
    for place, letter in enumerate(NOTE):
        changed = NOTE[:place] + ("0" if letter != "0" else "1") + NOTE[place + 1 :]
        with pytest.raises(CannotCheck):
            read_checkpoints(changed, [KEY])


@pytest.mark.parametrize(
    "changed", [TEXT.replace("12411", "12410"), checkpoint_text(12_411, bytes(32)), f"{TEXT}one line more\n"]
)
def test_a_changed_text_does_not_fit_its_signature(changed):
    assert reason(NOTE.replace(TEXT, changed)) == "wrong_signature"


def test_a_believed_note_does_not_carry_an_unsigned_one_along():
    assert reason(NOTE + "\n" + NOTE.replace("12411", "12412")) == "wrong_signature"


def test_a_key_nobody_knows():
    assert reason(signed(TEXT, key=Ed25519PrivateKey.generate())) == "unknown_key"


def test_a_checkpoint_of_another_school():
    other = signed(checkpoint_text(12_411, ROOT, OTHER_SCHOOL), OTHER_NAME)
    assert reason(other) == "other_school"
    # The same installation signs for both schools; that must not let one pass for the other.
    relabelled = signed(checkpoint_text(12_411, ROOT, OTHER_SCHOOL))
    assert reason(relabelled, KEY, VerifierKey.read(public_key(OTHER_NAME))) == "unknown_key"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "geborgen",
        public_key()[:-4],
        public_key().replace("5c40", "5c41"),
        public_key().replace("+", "+0", 1),
        public_key().replace("+A", "+B"),
        "naam+00000000+????",
    ],
)
def test_what_is_no_key(written):
    with pytest.raises(CannotCheck, match="no_key"):
        VerifierKey.read(written)
