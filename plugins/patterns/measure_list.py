"""The list of measures: filters that live in the address, with how many there would be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from intranet.api import current_actor, today

from . import words
from .events import OUTCOMES

RUNNING, DUE, DONE, ALL = "running", "due", "done", "all"
STATE_LABELS: dict[str, Callable[[], str]] = {
    RUNNING: lambda: _("Loopt nog"),
    DUE: lambda: _("Nu kijken"),
    DONE: lambda: _("Afgerond"),
    ALL: lambda: _("Alles"),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see; each field is one parameter of the address."""

    state: str = ALL
    outcome: str | None = None
    mine: bool = False

    @classmethod
    def of_request(cls) -> "Wish":
        """Read the address; what is not understood is left out."""
        asked = request.args
        return cls(
            state=asked.get("state") if asked.get("state") in STATE_LABELS else ALL,  # type: ignore[arg-type]
            outcome=asked.get("outcome") if asked.get("outcome") in OUTCOMES else None,
            mine=asked.get("mine") == "1",
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Return the parameters of the address, without those that say nothing."""
        state = None if self.state == ALL else self.state
        said = {"state": state, "outcome": self.outcome, "mine": "1" if self.mine else None}
        return {name: value for name, value in said.items() if value}

    def holds(self, row: Any) -> bool:
        """Tell whether a measure is among what is asked for."""
        return (
            _is_in(self.state, row)
            and self.outcome in (None, row.outcome)
            and (not self.mine or row.owner == current_actor())
        )


def _is_in(state: str, row: Any) -> bool:
    if state == DUE:
        return not row.done and row.evaluate_on <= today()
    return state == ALL or row.done == (state == DONE)


def filters(asked: Wish, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return the filters; each choice with how many there would be."""

    def option(value: str, label: str, current: bool, wish: Wish) -> dict[str, Any]:
        return {"value": value, "label": label, "current": current, "count": sum(wish.holds(row) for row in rows)}

    return [
        {
            "name": "state",
            "label": _("Stand"),
            "no_all": True,
            "options": [
                option(code, label(), code == asked.state, Wish(code, asked.outcome, asked.mine))
                for code, label in STATE_LABELS.items()
            ],
        },
        {
            "name": "outcome",
            "label": _("Werkt het?"),
            "options": [
                option(code, str(label), code == asked.outcome, Wish(asked.state, code, asked.mine))
                for code, label in words.OUTCOME_LABELS.items()
            ],
        },
        {
            "name": "mine",
            "label": _("Van wie"),
            "all": _("Iedereen"),
            "options": [option("1", _("Waar ik op let"), asked.mine, Wish(asked.state, asked.outcome, True))],
        },
    ]


def applied(asked: Wish) -> list[dict[str, str]]:
    """Return what was chosen, each with the address without it."""
    labels = {
        "state": None if asked.state == ALL else STATE_LABELS[asked.state](),
        "outcome": asked.outcome and str(words.OUTCOME_LABELS[asked.outcome]),
        "mine": _("waar ik op let") if asked.mine else None,
    }
    rest = asked.parameters
    return [
        {
            "label": label,
            "href": url_for("patterns.measures", **{key: value for key, value in rest.items() if key != name}),
        }
        for name, label in labels.items()
        if label
    ]
