"""Reads a table from a file that somebody chose, CSV or Excel, by the names of its columns."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from flask_babel import gettext as _

from events.frozen import frozen
from intranet.people.roster_file import clean_text
from intranet.uploads import UnreadableFile

LONGEST_HEAD, LONGEST_CELL = 40, 256
SEPARATORS = ";,\t"
_WORKBOOK = b"PK\x03\x04"
_NAMES_SEPARATOR = re.compile(r'"?sep=([^"]*)"?', re.IGNORECASE)
_DUTCH_DAY = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")


@frozen
class ReadTable:
    """A table that was read.

    `rows` gives each row that is not empty with the number that a spreadsheet gives it and its cells by column; a
    column that the file lacks is empty in each. `unknown` are the heads of columns that nobody asked for: they were
    not read.
    """

    rows: Iterator[tuple[int, dict[str, str]]]
    unknown: tuple[str, ...] = ()


def read_table(
    content: bytes,
    columns: Mapping[str, Collection[str]],
    *,
    needed: Collection[str],
    most: int,
    too_many: str,
    longest: int = LONGEST_CELL,
) -> ReadTable:
    """Read a CSV or Excel file whose first row names the columns, in any order, in capitals or not.

    `columns` gives each column with the ways to write its head, `needed` those that must be there. At most `most` rows
    may follow; for more, `too_many` is the sentence. Of a cell, `longest` letters are read. Raises `UnreadableFile`
    with a sentence for the person, here or while going through the rows; no other error. Whoever asks says how many
    bytes are taken in.
    """
    lines = _lines(content)
    _number, head = next(lines, (0, []))
    known = {each: name for name, ways in columns.items() for each in ways}
    places: dict[str, int] = {}
    unknown = []
    for at, text in enumerate(head):
        title = clean_text(text, LONGEST_HEAD).casefold()
        name = known.get(title.replace(" ", "_"), known.get(title))
        if name is not None:
            places.setdefault(name, at)
        elif title:
            unknown.append(title)
    missing = [name for name in needed if name not in places]
    if missing:
        raise UnreadableFile(
            _("In de eerste rij mist de kolom %(columns)s.", columns=_(" en ").join(f"“{name}”" for name in missing))
        )
    nothing = dict.fromkeys(columns, "")
    return ReadTable(_rows(lines, nothing, places, longest, most, too_many), tuple(unknown))


def _rows(
    lines: Iterator[tuple[int, list[str]]],
    nothing: dict[str, str],
    places: dict[str, int],
    longest: int,
    most: int,
    too_many: str,
) -> Iterator[tuple[int, dict[str, str]]]:
    for count, (number, row) in enumerate(lines, start=1):
        if count > most:
            raise UnreadableFile(too_many)
        cells = {name: clean_text(row[at], longest) if at < len(row) else "" for name, at in places.items()}
        if any(cells.values()):
            yield number, nothing | cells


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    if content.startswith(_WORKBOOK):
        from intranet.table_files import spreadsheet  # not at the start: a reader of XML, for what is done once a year

        return iter(spreadsheet.rows_of(content))
    return enumerate(_comma_rows(_decoded(content)), start=1)


def _decoded(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeError:
            continue
    raise UnreadableFile(_("De tekens in dit bestand kunnen we niet lezen; sla het op als CSV met UTF-8."))


def _comma_rows(text: str) -> Iterator[list[str]]:
    lines = io.StringIO(text, newline="")
    first = lines.readline()
    delimiter = _named_separator(first)
    if delimiter is None:
        delimiter = max(SEPARATORS, key=first.count)
        lines.seek(0)
    try:
        # Strict: a quote that is never closed would make one cell of all rows that follow.
        yield from csv.reader(lines, delimiter=delimiter, strict=True)
    except csv.Error:
        raise UnreadableFile(_("Dit bestand is geen CSV-bestand dat we kunnen lezen.")) from None


def _named_separator(line: str) -> str | None:
    """Return the separator that a first line names for Excel, which shows no such line; None for any other line."""
    named = _NAMES_SEPARATOR.fullmatch(line.rstrip("\r\n"))
    if named is None:
        return None
    # A program that adds the line as a row ends it with the separators of its empty cells: once more the same sign.
    found: set[str] = set(named[1].strip(" "))
    if len(found) != 1 or not found <= set(SEPARATORS):
        raise UnreadableFile(
            _("Achter sep= in de eerste regel staat geen scheidingsteken. Zet daar een puntkomma, komma of tab.")
        )
    return found.pop()


def read_day(text: str) -> date | None:
    """Return the day that stands in a cell, as 2026-07-10 or 10-7-2026; None for anything else."""
    dutch = _DUTCH_DAY.match(text)
    try:
        return date(int(dutch[3]), int(dutch[2]), int(dutch[1])) if dutch else date.fromisoformat(text)
    except ValueError:
        return None
