"""A list as it can be exported: columns with a kind, rows of plain values, and what was chosen."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import format_date, format_datetime, format_decimal

from events.frozen import frozen

TEXT, NUMBER, DAY, MOMENT = "text", "number", "day", "moment"
Cell = str | int | float | date | datetime | None


@frozen
class Column:
    """A column: its head, the kind of its values, and about how many letters wide it is."""

    head: Any
    kind: str = TEXT
    width: int = 16


@frozen
class Sheet:
    """The rows of one export. Moments are aware or in the zone of the school; text is never a formula."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


@frozen
class ListToExport:
    """A list that can be exported.

    `what` is its code, from `exported_list`. `make(names)` returns the rows that the person who is signed in may read,
    with or without names. `filters` are codes for the log, `described` the same in words for whoever opens the file.
    `back` is the address of the list. A list of numbers has no names to ask about (`has_names`). `paper` is a template
    that extends `pdf.html`, with what it needs, for a list that is more than a table on paper.
    """

    what: str
    make: Callable[[bool], Sheet]
    filters: Mapping[str, str]
    described: Sequence[tuple[Any, Any]]
    back: str
    has_names: bool = True
    paper: tuple[str, Mapping[str, Any]] | None = None

    @property
    def title(self) -> Any:
        """What it is called, for people and in the file."""
        return list_title(self.what)


_titles: dict[str, Any] = {}


def exported_list(what: str, title: Any) -> str:
    """Name a list that can be exported: `what` is its lasting code in the log (`incidents.list`). Returns the code."""
    _titles[what] = title
    return what


def list_title(what: str) -> Any:
    """Return what a list is called; one that no installed program has, by its code."""
    return _titles.get(what, what)


def in_words(column: Column, cell: Cell) -> str:
    """Return a value as people write it, for paper."""
    if cell is None:
        return ""
    if column.kind == DAY:
        return str(format_date(cell, "d MMM y"))
    if column.kind == MOMENT:
        return str(format_datetime(cell, "d MMM y HH:mm"))
    return str(format_decimal(cell)) if column.kind == NUMBER else str(cell)
