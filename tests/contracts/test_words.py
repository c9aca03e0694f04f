"""No name and no sentence stands readable in any file of an installation."""

from pathlib import Path

from flask import Flask

from intranet.demo.cast import STAFF
from intranet.demo.stories import NOTES


def files(app: Flask) -> bytes:
    return b"".join(path.read_bytes() for path in Path(app.config["INSTANCE"]).rglob("*") if path.is_file())


def test_no_name_or_sentence_of_the_practice_school_is_readable(practice: Flask) -> None:
    stored = files(practice)
    names = [f"{member.given} {member.family}" for member in STAFF] + [member.family for member in STAFF]
    addresses = [member.address for member in STAFF]
    sentences = [note.partition("{")[0].strip() for note in NOTES if len(note.partition("{")[0]) > 12]
    assert sentences
    for text in (*names, *addresses, *sentences):
        assert text.encode() not in stored, text
        assert text.encode("utf-16-le") not in stored, text


def test_the_search_finds_what_is_readable(practice: Flask) -> None:
    """The control: words that may be read (codes) are found by the same search."""
    assert b"playground" in files(practice)
