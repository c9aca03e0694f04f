"""Charts as plain values: what is drawn by the macros of `ui/chart.html`, with every length worked out here.

A chart has a title (what is counted), a message (what one sees), and a row of a table for everything that is drawn.
Lengths are percentages: a phone gets the same chart with letters of the same size.
"""

import math
from collections.abc import Sequence
from dataclasses import field
from typing import Any

from flask_babel import format_decimal

from events.frozen import frozen

LINE, ROW, THICK = 20, 18, 12
LONGEST_LINE = 30
COLUMN_TOP, COLUMN_BASE = 28, 168
STEPS = 5
"""The shades of a table of shades: h0 is nothing, h5 the most."""


def number(value: float | None, digits: int = 0) -> str:
    """Write a number as people do: "1.234", "2,1"; what cannot be counted is a dash."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    return str(format_decimal(round(value, digits), format=f"#,##0.{'0' * digits}" if digits else "#,##0"))


@frozen
class Bar:
    """One bar: what it is, how much, and where a touch leads. `value` None is drawn as nothing and written as a dash.

    `short` is the label below a column; `note` stands in the table ("12 op 21 schooldagen").
    """

    label: Any
    value: float | None
    href: str | None = None
    short: Any = None
    note: Any = None


@frozen
class Drawn:
    """A bar with its place in the drawing."""

    bar: Bar
    words: str
    lines: list[str]
    at: float
    size: float
    top: int
    height: int


@frozen(slots=False)
class BarChart:
    """Bars below each other (`rows`) or beside each other (`columns`)."""

    title: Any
    message: Any
    bars: Sequence[Bar]
    what: Any
    counted: Any
    """The heads of the table: what a bar is ("Plek") and what is counted ("Incidenten")."""
    digits: int = 0
    full: float | None = None
    """What a bar as long as there is room for stands for, such as 100 percent; the largest of them when not said."""

    @property
    def clickable(self) -> bool:
        """Whether bars are links: then the drawing is a group of links, and no picture."""
        return any(bar.href for bar in self.bars)

    @property
    def rows(self) -> list[Drawn]:
        """Return the bars below each other, each with its label above it."""
        drawn, top = [], 0
        for bar in self.bars:
            lines = _lines(str(bar.label))
            height = LINE * len(lines) + ROW + 8
            drawn.append(Drawn(bar, self.words(bar), lines, 0, self._share(bar), top, height))
            top += height
        return drawn

    @property
    def height(self) -> int:
        """The height of the bars below each other."""
        drawn = self.rows
        return drawn[-1].top + drawn[-1].height if drawn else 0

    @property
    def columns(self) -> list[Drawn]:
        """Return the bars beside each other; `at` and `size` are the left side and the width of the room of each."""
        room = 100 / max(len(self.bars), 1)
        drawn = []
        for place, bar in enumerate(self.bars):
            tall = round(self._share(bar) / 100 * (COLUMN_BASE - COLUMN_TOP))
            label = [str(bar.short or bar.label)]
            drawn.append(
                Drawn(bar, self.words(bar), label, _round(place * room), _round(room), COLUMN_BASE - tall, tall)
            )
        return drawn

    def words(self, bar: Bar) -> str:
        """Return how much a bar is, in words."""
        return number(bar.value, self.digits)

    def _share(self, bar: Bar) -> float:
        most = self.full or max((each.value or 0 for each in self.bars), default=0)
        return _round(100 * (bar.value or 0) / most) if most else 0


def _round(percentage: float) -> float:
    return round(percentage, 2)


def _lines(label: str) -> list[str]:
    """Cut a label in at most two lines that fit on the narrowest phone."""
    first = ""
    words = label.split()
    while words and (not first or len(first) + 1 + len(words[0]) <= LONGEST_LINE):
        first = f"{first} {words.pop(0)}".strip()
    rest = " ".join(words)
    return [first, rest if len(rest) <= LONGEST_LINE else rest[: LONGEST_LINE - 1].rstrip() + "…"][: 1 + bool(rest)]


@frozen
class Shade:
    """One cell of a table of shades: a number, or `text` in its place, and where a touch leads."""

    value: int
    href: str | None = None
    text: Any = None


@frozen(slots=False)
class ShadeTable:
    """Two things against each other, as a table whose cells get darker with the root of their number."""

    id: str
    title: Any
    message: Any
    what: Any
    columns: Sequence[Any]
    rows: Sequence[tuple[Any, Sequence[Shade]]]
    most: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "most", max((cell.value for _label, cells in self.rows for cell in cells), default=0))

    def step(self, cell: Shade) -> int:
        """Return the shade of a cell, 0 to 5. The root keeps one high number from making all others pale."""
        return math.ceil(STEPS * math.sqrt(cell.value / self.most)) if cell.value and self.most else 0
