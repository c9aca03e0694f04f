"""What is measured: a figure with its bound, and the tables of them in docs/measured.md."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table. `value` decides against the bound `at_most` or `at_least`; `shown` is what people read."""

    what: str
    database: str
    shown: str
    value: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    unit: str = ""

    @property
    def bound(self) -> str:
        """The bound in words; empty for a figure that is there for scale."""
        if self.at_most is not None:
            return f"≤ {self.at_most:,g}{self.unit}"
        return f"≥ {self.at_least:,g}{self.unit}" if self.at_least is not None else ""

    @property
    def met(self) -> bool | None:
        """Whether the bound holds; None without a bound, or when nothing could be measured."""
        if self.value is None:
            return None
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.value >= self.at_least if self.at_least is not None else None

    @property
    def verdict(self) -> str:
        """The last cell of the line."""
        if not self.bound:
            return "for scale"
        return {True: "yes", False: "**no**", None: "not measured"}[self.met]


def ratio(what: str, database: str, of: float, to: float, at_most: float | None = None) -> Figure:
    """Return how many times longer something took than something else did in the same run."""
    return Figure(what, database, f"{of / to:.2f}×", of / to, at_most, unit="×")


def milliseconds(what: str, database: str, seconds: float) -> Figure:
    """Return how long something took, for scale."""
    return Figure(what, database, f"{seconds * 1000:.2f} ms")


@dataclass(frozen=True, slots=True)
class Subject:
    """A question, its figures, and how long it took to answer."""

    title: str
    question: str
    figures: Sequence[Figure]
    seconds: float


def table(figures: Iterable[Figure]) -> str:
    """Return figures as a table, those of one thing beside each other for both databases."""
    lines = ["| what | database | measured | target | met |", "|---|---|---|---|---|"]
    in_order = sorted(figures, key=_order(list(dict.fromkeys(figure.what for figure in figures))))
    for what, of_one in groupby(in_order, key=lambda figure: figure.what):
        for number, figure in enumerate(of_one):
            cells = ("" if number else what, figure.database, figure.shown, figure.bound, figure.verdict)
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _order(names: list[str]):
    return lambda figure: names.index(figure.what)


def page(subjects: Sequence[Subject], circumstances: Iterable[str]) -> str:
    """Return the generated part of docs/measured.md."""
    missed = [figure for subject in subjects for figure in subject.figures if figure.met is False]
    bounds = [figure for subject in subjects for figure in subject.figures if figure.met is not None]
    verdict = f"{len(bounds) - len(missed)} of {len(bounds)} targets met."
    parts = ["\n".join(f"- {line}" for line in circumstances), verdict]
    for subject in subjects:
        parts += [f"### {subject.title}", subject.question, table(subject.figures)]
    return "\n\n".join(parts)
