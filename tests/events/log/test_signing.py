"""A signing key is its owner's only, a note is believed from its own key only, and a root can be read out as words."""

from base64 import b64encode
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from events.log.checkpoint import origin, read_checkpoint
from events.log.errors import LogUnfit
from events.log.merkle import EMPTY_ROOT
from events.log.root_words import WORDS, root_words, words_fit
from events.log.signing import WrongSignature, create_signing_key, load_signing_key, open_note, sign_note
from tests.events.log.keys import KEY


def test_a_signing_key_is_kept_for_its_owner_only(tmp_path):
    path = tmp_path / "signing-key.pem"
    made = create_signing_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().startswith("-----BEGIN PRIVATE KEY-----")
    assert load_signing_key(path).public_key() == made.public_key()
    assert [each.name for each in tmp_path.iterdir()] == ["signing-key.pem"]
    with pytest.raises(FileExistsError):
        create_signing_key(path)
    assert load_signing_key(path).public_key() == made.public_key()


def test_a_signing_key_that_cannot_be_trusted_is_refused(tmp_path):
    path = tmp_path / "signing-key.pem"
    with pytest.raises(LogUnfit, match="no signing key"):
        load_signing_key(path)
    create_signing_key(path)
    path.chmod(0o640)
    with pytest.raises(LogUnfit, match="chmod 600"):
        load_signing_key(path)
    path.chmod(0o600)
    path.write_text("-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----\n")
    with pytest.raises(LogUnfit, match="damaged"):
        load_signing_key(path)
    other = generate_private_key(SECP256R1())
    path.write_bytes(other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    with pytest.raises(LogUnfit, match="not an Ed25519 key"):
        load_signing_key(path)


def test_a_note_is_believed_from_its_own_key_only(school):
    note = sign_note("one\n\ntwo\n", "name", KEY)
    assert open_note(note, "name", KEY.public_key()) == "one\n\ntwo\n"
    for changed, name, key in (
        (note.replace("two", "too"), "name", KEY),
        (note, "other", KEY),
        (note, "name", Ed25519PrivateKey.generate()),
        ("", "name", KEY),
        (note + sign_note("other\n", "name", KEY).splitlines()[-1] + "\n", "name", KEY),
    ):
        with pytest.raises(WrongSignature):
            open_note(changed, name, key.public_key())
    for text in ("no end", "tab\t\n"):
        with pytest.raises(ValueError, match="whole lines"):
            sign_note(text, "name", KEY)
    for name in ("", "two words", "a+b"):
        with pytest.raises(ValueError, match="key name"):
            sign_note("text\n", name, KEY)
    other_school = f"{origin(uuid4())}\n0\n{b64encode(EMPTY_ROOT).decode()}\n"
    for text in (
        "only\n",
        f"{origin(school)}/erased\n0\n",
        f"{origin(school)}\nx\n\n",
        f"{origin(school)}\n1\nAAAA\n",
        other_school,
    ):
        with pytest.raises(WrongSignature, match="not a checkpoint"):
            read_checkpoint(sign_note(text, origin(school), KEY), school, KEY.public_key())


def test_a_root_is_sixteen_words(school):
    root = bytes(range(16)) + bytes(16)
    assert root_words(root) == WORDS[:16]
    assert words_fit(" ".join(WORDS[:16]).upper(), root)
    assert words_fit(", ".join(WORDS[:16]), root)
    assert not words_fit(" ".join(WORDS[1:17]), root)
    assert not words_fit(" ".join(WORDS[:15]), root)
    with pytest.raises(ValueError, match="appelmoes"):
        words_fit("appelmoes", root)
    with pytest.raises(ValueError, match="32 bytes"):
        root_words(bytes(16))


def test_the_words_are_short_and_none_is_mistaken_for_another():
    assert len(WORDS) == len(set(WORDS)) == 256
    assert list(WORDS) == sorted(WORDS)
    assert all(4 <= len(word) <= 5 and word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    heard = {word: word.replace("ij", "ei").replace("ou", "au").replace("c", "k") for word in WORDS}
    for word in WORDS:
        for other in WORDS:
            assert word == other or not one_letter_apart(heard[word], heard[other]), (word, other)


def one_letter_apart(one: str, other: str) -> bool:
    """Tell whether one changed, added or missing letter turns one word into the other."""
    if len(one) > len(other):
        one, other = other, one
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))
    return one[start + (len(one) == len(other)) :] == other[start + 1 :]
