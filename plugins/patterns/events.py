"""What happens to a measure and to a rule: proposed, evaluated, taken back; set, warned, handled, switched off."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from intranet.api import Aggregate, Code, Personal, Refused, event

PUPIL_VICTIM, PUPIL_PERPETRATOR, PUPIL_ANY, GROUP, PLACE = WHO = (
    "pupil_victim",
    "pupil_perpetrator",
    "pupil",
    "group",
    "place",
)
"""Whom or what a rule follows."""
INCIDENT, SIGNAL, BOTH = SOURCES = ("incident", "signal", "both")
"""Of what is counted; both are counted beside each other, never as one number."""
ABOUT = "about"
"""The part that somebody has in a signal: it is about them, and that is all it says."""
IN_A_SIGNAL = (PUPIL_ANY, GROUP)
"""Whom or what a signal names: no place, and nobody in a role."""
ADJUST = "adjust"
OUTCOMES = ("works", "partly", ADJUST, "does_not", "unclear")
RECORDS = ("incidents.incident", "signals.signal", "cases.case")
"""Of what records a measure can come, as the log calls them."""
MOST_TIMES, MOST_DAYS = 20, 60


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Chosen(msgspec.Struct, frozen=True):
    """One filter of the pattern that a measure is about: its name, and the code or id that was chosen."""

    filter: Code
    choice: Code


class Measure(Aggregate):
    """What a school does about a pattern or a record, who sees to it, and when it is looked at again."""

    log_name = "patterns.measure"

    @classmethod
    def propose(
        cls,
        *,
        text: str,
        pattern: tuple[Chosen, ...],
        owner_id: UUID,
        evaluate_on: date,
        today: date,
        record: tuple[str, UUID] | None = None,
    ) -> "Measure":
        """Return a new measure; `record` is the kind and the id of what it came from.

        Raises `Refused` without words, without pattern or record, and for a day that is not to come.
        """
        if not text.strip():
            raise Refused(_("Schrijf op wat jullie gaan doen."))
        if not pattern and record is None:
            raise Refused(_("Kies eerst een patroon: raak een balk aan."))
        _refuse_past(evaluate_on, today)
        kind, record_id = record or (None, None)
        return cls(
            text=text,
            pattern=pattern,
            owner_id=owner_id,
            evaluate_on=evaluate_on,
            record_kind=kind,
            record_id=record_id,
        )

    class Proposed(Aggregate.Created):
        """Version 1 came from a pattern alone: no record could lead to a measure."""

        class_version = 2
        text: Personal
        pattern: tuple[Chosen, ...]
        owner_id: UUID
        evaluate_on: date
        record_kind: Code | None
        record_id: UUID | None

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Say that a measure of version 1 came from no record."""
            state["record_kind"] = state["record_id"] = None

    @event(Proposed)
    def __init__(
        self,
        *,
        text: Personal,
        pattern: tuple[Chosen, ...],
        owner_id: UUID,
        evaluate_on: date,
        record_kind: Code | None,
        record_id: UUID | None,
    ):
        """Agree on it."""
        self.text = text
        self.pattern = pattern
        self.owner_id = owner_id
        self.evaluate_on = evaluate_on
        self.record_kind = record_kind
        self.record_id = record_id
        self.outcome: str | None = None
        self.closed = False

    def evaluate(self, *, outcome: str, conclusion: str, next_on: date | None, today: date) -> None:
        """Say whether it works, and when to look again; without such a day the measure is done.

        Raises `Refused` without words, for an outcome that does not exist, for a measure that is done, and for one that
        is adjusted and never looked at again.
        """
        if self.closed:
            raise Refused(_("Deze maatregel is al afgerond."))
        if outcome not in OUTCOMES:
            raise Refused(_("Kies of de maatregel werkt."))
        if not conclusion.strip():
            raise Refused(_("Schrijf kort op waaraan jullie dat zien."))
        if outcome == ADJUST and next_on is None:
            raise Refused(_("Kies wanneer jullie kijken of het nu wel werkt."))
        if next_on is not None:
            _refuse_past(next_on, today)
        self._evaluate(outcome=outcome, conclusion=conclusion, next_on=next_on)

    @event("Evaluated")
    def _evaluate(self, *, outcome: Code, conclusion: Personal, next_on: date | None) -> None:
        self.outcome = outcome
        self.closed = next_on is None
        self.evaluate_on = next_on or self.evaluate_on

    def withdraw(self) -> None:
        """Take it back: it was agreed by mistake. Raises `Refused` once somebody said whether it works."""
        if self.closed or self.outcome is not None:
            raise Refused(_("Naar deze maatregel is al gekeken. Rond hem af als hij niet meer nodig is."))
        self._withdraw()

    @event("Withdrawn")
    def _withdraw(self) -> None:
        self.closed = True


class Rule(Aggregate):
    """A rule that warns: who or what, of which kinds, how often, in how many school days."""

    log_name = "patterns.rule"

    @classmethod
    def switch_on(cls, *, who: str, kinds: tuple[str, ...], times: int, days: int, source: str = INCIDENT) -> "Rule":
        """Return a new rule. Raises `Refused` for numbers that no rule has, and for what no signal says."""
        if who not in WHO:
            raise Refused(_("Kies waarover de regel gaat."))
        if source not in SOURCES:
            raise Refused(_("Kies wat de regel telt."))
        if source != INCIDENT and who not in IN_A_SIGNAL:
            raise Refused(_("In een signaal staat geen plek en geen rol. Kies dan incidenten."))
        if not 2 <= times <= MOST_TIMES:
            raise Refused(_("Kies een aantal van 2 tot en met 20."))
        if not 1 <= days <= MOST_DAYS:
            raise Refused(_("Kies 1 tot en met 60 schooldagen."))
        return cls(who=who, kinds=tuple(sorted(set(kinds))), times=times, days=days, source=source)

    class SwitchedOn(Aggregate.Created):
        """Version 1 did not say what a rule counts: incidents were all there was."""

        class_version = 2
        who: Code
        kinds: tuple[Code, ...]
        times: int
        days: int
        source: Code

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Say what every rule of version 1 counted."""
            state["source"] = INCIDENT

    @event(SwitchedOn)
    def __init__(self, *, who: Code, kinds: tuple[Code, ...], times: int, days: int, source: Code):
        """Let a rule warn from now on."""
        self.who = who
        self.source = source
        self.kinds = kinds
        self.times = times
        self.days = days
        self.on = True
        self.handled: dict[UUID, bool] = {}

    def switch_off(self, reason: str) -> None:
        """Let the rule warn no more. Raises `Refused` without a reason, or when it is off."""
        if not self.on:
            raise Refused(_("Deze regel staat al uit."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je de regel uitzet."))
        self._switch_off(reason=reason)

    @event("SwitchedOff")
    def _switch_off(self, *, reason: Personal) -> None:
        self.on = False

    def switch_back_on(self) -> None:
        """Let the same rule warn on, as after a mistake. Raises `Refused` when it is on."""
        if self.on:
            raise Refused(_("Deze regel staat al aan."))
        self._switch_back_on()

    @event("SwitchedBackOn")
    def _switch_back_on(self) -> None:
        self.on = True

    def warn(self, *, warning_id: UUID, person_id: UUID | None, group_id: UUID | None, place: str | None,
             day: date, happenings: tuple[UUID, ...]) -> None:  # fmt: skip
        """Warn about somebody, a group or a place. A rule that is off warns about nothing."""
        if self.on and warning_id not in self.handled:
            self._warn(
                warning_id=warning_id,
                person_id=person_id,
                group_id=group_id,
                place=place,
                day=day,
                happenings=happenings,
            )

    @event("Warned")
    def _warn(
        self,
        *,
        warning_id: UUID,
        person_id: UUID | None,
        group_id: UUID | None,
        place: Code | None,
        day: date,
        happenings: tuple[UUID, ...],
    ) -> None:
        self.handled = {**self.handled, warning_id: False}

    def handle(self, warning_id: UUID, note: str) -> None:
        """Say what was done with a warning. Raises `Refused` without words, or when it was handled already."""
        if self.handled.get(warning_id) is not False:
            raise Refused(_("Deze waarschuwing is al afgehandeld."))
        if not note.strip():
            raise Refused(_("Schrijf kort op wat jullie deden."))
        self._handle(warning_id=warning_id, note=note)

    @event("Handled")
    def _handle(self, *, warning_id: UUID, note: Personal) -> None:
        self.handled = {**self.handled, warning_id: True}


def _refuse_past(day: date, today: date) -> None:
    if day <= today:
        raise Refused(_("Kies een dag die nog komt."))
