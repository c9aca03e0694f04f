"""Words about a person open in the place they were sealed for, and nowhere else."""

import os
from uuid import uuid4

import pytest

from events.log import cipher
from events.log.cipher import WrongSeal, forget_ciphers, seal, unseal, unwrap, wrap
from events.log.personal import ERASED, SealedValue

KEY = bytes(range(32))
KEY_ID = "0f" * 16
STREAM = uuid4()


@pytest.mark.parametrize("text", ["", "Noor viel.", "\0\0", "\x80", "é" * 31, "x" * 31, "x" * 32, "😀\n" * 500])
def test_a_sealed_text_comes_back_as_it_was(text):
    assert unseal(KEY, seal(KEY, KEY_ID, STREAM, 3, "words", text), STREAM, 3, "words") == text


def test_the_ciphertext_tells_the_length_in_blocks_of_32_bytes_only():
    lengths = {len(seal(KEY, KEY_ID, STREAM, 1, "words", "x" * size).c) for size in range(32)}
    assert lengths == {32 + 16}
    assert len(seal(KEY, KEY_ID, STREAM, 1, "words", "x" * 32).c) == 64 + 16


def test_the_same_text_is_never_sealed_alike():
    first, second = (seal(KEY, KEY_ID, STREAM, 1, "words", "pesten") for _ in range(2))
    assert first.c != second.c
    assert first.n != second.n


def test_neither_text_nor_key_is_in_the_sealed_value():
    sealed = seal(KEY, KEY_ID, STREAM, 1, "words", "Noor viel")
    assert b"Noor" not in sealed.c + sealed.n
    assert KEY not in sealed.c


@pytest.mark.parametrize(
    ("stream", "version", "field"),
    [(uuid4(), 1, "words"), (STREAM, 2, "words"), (STREAM, 1, "place"), (STREAM, 11, "words"), (STREAM, 1, "1|words")],
)
def test_a_value_moved_to_another_row_version_or_field_does_not_open(stream, version, field):
    sealed = seal(KEY, KEY_ID, STREAM, 1, "words", "Noor viel")
    with pytest.raises(WrongSeal):
        unseal(KEY, sealed, stream, version, field)


def test_a_value_under_another_key_id_or_key_does_not_open():
    sealed = seal(KEY, KEY_ID, STREAM, 1, "words", "Noor viel")
    with pytest.raises(WrongSeal):
        unseal(KEY, SealedValue("1f" * 16, sealed.n, sealed.c), STREAM, 1, "words")
    with pytest.raises(WrongSeal):
        unseal(os.urandom(32), sealed, STREAM, 1, "words")


def test_every_changed_byte_is_noticed():
    sealed = seal(KEY, KEY_ID, STREAM, 1, "words", "Noor viel")
    for place in range(len(sealed.c)):
        changed = bytearray(sealed.c)
        changed[place] ^= 1
        with pytest.raises(WrongSeal):
            unseal(KEY, SealedValue(KEY_ID, sealed.n, bytes(changed)), STREAM, 1, "words")


@pytest.mark.parametrize(("nonce", "text"), [(b"", b""), (b"x" * 12, b"short"), (b"x" * 3, b"x" * 48)])
def test_a_damaged_value_is_refused_with_the_same_error(nonce, text):
    with pytest.raises(WrongSeal):
        unseal(KEY, SealedValue(KEY_ID, nonce, text), STREAM, 1, "words")


def test_a_destroyed_key_reads_as_erased():
    sealed = seal(KEY, KEY_ID, STREAM, 1, "words", "Noor viel")
    assert unseal(None, sealed, STREAM, 1, "words") is ERASED


def test_the_format_can_be_read_by_another_program():
    """The associated data and padding of docs/log-format.md, without our code."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = seal(KEY, KEY_ID, STREAM, 7, "words", "Noor viel")
    place = b"|".join([KEY_ID.encode(), STREAM.hex.encode(), b"7", b"words"])
    assert AESGCM(KEY).decrypt(sealed.n, sealed.c, place) == b"Noor viel\x80" + bytes(22)


def test_half_a_character_is_a_value_error():
    with pytest.raises(ValueError, match="surrogates"):
        seal(KEY, KEY_ID, STREAM, 1, "words", "\ud800")


def test_a_wrapped_key_opens_with_its_own_id_and_wrapping_key_only():
    wrapping = os.urandom(32)
    wrapped = wrap(wrapping, KEY_ID, KEY)
    assert unwrap(wrapping, KEY_ID, wrapped) == KEY
    assert KEY not in wrapped
    for key, key_id, value in [
        (os.urandom(32), KEY_ID, wrapped),
        (wrapping, "1f" * 16, wrapped),
        (wrapping, KEY_ID, wrapped[:-1]),
        (wrapping, KEY_ID, b""),
    ]:
        with pytest.raises(WrongSeal):
            unwrap(key, key_id, value)


def test_prepared_ciphers_are_bounded_and_forgotten():
    for _ in range(cipher._CIPHERS_KEPT + 10):
        seal(os.urandom(32), KEY_ID, STREAM, 1, "words", "x")
    assert 0 < len(cipher._ciphers) <= cipher._CIPHERS_KEPT
    forget_ciphers()
    assert not cipher._ciphers
