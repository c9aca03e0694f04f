"""What somebody wants to see of a chronology: filters that live in the address, each with how many lines it gives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _

from events.frozen import frozen
from intranet.chronology.kinds import CONTACT, PROMISE, SORT_LABELS
from intranet.chronology.line import Line
from intranet.incidents.list_page import PERIOD_LABELS
from intranet.incidents.listing import EVER, PERIODS, PREVIOUS_YEAR, THIS_YEAR, first_day
from intranet.people.today import school_zone, today

OLDEST = "oldest"


@frozen
class Wish:
    """Each field is one parameter of the address."""

    show: str | None = None
    period: str = EVER
    followed: bool = False
    order: str | None = None

    @classmethod
    def of_request(cls) -> "Wish":
        """Read the address; what is not understood is left out."""
        asked = request.args
        return cls(
            show=asked.get("show") if asked.get("show") in SORT_LABELS else None,
            period=asked.get("period") if asked.get("period") in PERIODS else EVER,  # type: ignore[arg-type]
            followed=asked.get("followed") == "1",
            order=OLDEST if asked.get("order") == OLDEST else None,
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Return the address's parameters, without those that say nothing."""
        return {**self.filters, **({"order": self.order} if self.order else {})}

    @property
    def filters(self) -> dict[str, str]:
        """Return the filters that are on, as codes."""
        said = {
            "show": self.show,
            "period": None if self.period == EVER else self.period,
            "followed": "1" if self.followed else None,
        }
        return {name: value for name, value in said.items() if value}

    def without(self, name: str) -> dict[str, str]:
        """Return the parameters of the same wish without one of its filters."""
        return {other: value for other, value in self.parameters.items() if other != name}

    def of(self, lines: list[Line]) -> list[Line]:
        """Return the lines that are wished for."""
        followed = {line.record for line in lines if line.sort in (PROMISE, CONTACT)}
        within = _within(self.period)
        return [
            line
            for line in lines
            if self.show in (None, line.sort) and within(line) and (not self.followed or line.record in followed)
        ]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """Return the filters that are on, by name, in words."""
        labels = {
            "show": self.show and str(SORT_LABELS[self.show]),
            "period": None if self.period == EVER else PERIOD_LABELS[self.period](),
            "followed": _("alleen met vervolg") if self.followed else None,
        }
        return [(name, label) for name, label in labels.items() if label]


def _within(period: str) -> Callable[[Line], bool]:
    begins = first_day(period, today())
    ends = first_day(THIS_YEAR, today()) if period == PREVIOUS_YEAR else None
    zone = school_zone()

    def holds(line: Line) -> bool:
        day: date = line.at.astimezone(zone).date()
        return (begins is None or day >= begins) and (ends is None or day < ends)

    return holds


def groups(wish: Wish, lines: list[Line]) -> list[dict[str, Any]]:
    """Return the filters as the page shows them, with what each choice would give."""

    def option(code: str, label: Any, now: Any, **change: Any) -> dict[str, Any]:
        count = len(replace(wish, **change).of(lines))
        return {"value": code, "label": str(label), "count": count, "current": code == now}

    sorts = [option(code, label, wish.show, show=code) for code, label in SORT_LABELS.items()]
    return [
        {"name": "show", "label": _("Wat"), "options": [each for each in sorts if each["count"] or each["current"]]},
        {
            "name": "period",
            "label": _("Periode"),
            "no_all": True,
            "options": [option(code, label(), wish.period, period=code) for code, label in PERIOD_LABELS.items()],
        },
        {
            "name": "followed",
            "label": _("Vervolg"),
            "options": [option("1", _("Alleen met vervolg"), "1" if wish.followed else None, followed=True)],
        },
    ]
