"""What a school does with a rule set: applies it from a day on, tells the inspectorate, and evaluates each year."""

from datetime import date, timedelta
from uuid import UUID

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused

SOURCES = ("incidents", "signals", "complaints", "pupil_monitor", "staff_survey", "council", "pupil_council")
"""On what an evaluation of the safety policy rests (facts 1.3)."""

LONGEST_NOTICE = 20


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Application(Aggregate):
    """A rule set that a school applies, with the rules as they were chosen: later lists change nothing in it."""

    log_name = "law.application"

    @classmethod
    def switch_on(
        cls,
        *,
        rule_set: str,
        since: date,
        always_serious: tuple[str, ...],
        serious_from: int,
        notice_days: int,
        evaluation_month: int,
        reason: str,
    ) -> "Application":
        """Return a new application. Raises `Refused` without a reason and for numbers that cannot be."""
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit doet."))
        if not 1 <= serious_from <= 4 or not 1 <= notice_days <= LONGEST_NOTICE or not 1 <= evaluation_month <= 12:
            raise Refused(_("Deze keuze bestaat niet. Kies opnieuw."))
        return cls(
            rule_set=rule_set,
            since=since,
            always_serious=tuple(sorted(always_serious)),
            serious_from=serious_from,
            notice_days=notice_days,
            evaluation_month=evaluation_month,
            reason=reason.strip(),
        )

    @event("SwitchedOn")
    def __init__(
        self,
        *,
        rule_set: Code,
        since: date,
        always_serious: tuple[Code, ...],
        serious_from: int,
        notice_days: int,
        evaluation_month: int,
        reason: Personal,
    ):
        self.on = True

    def switch_off(self, reason: str) -> None:
        """Apply it no longer; what was reported and evaluated stays. Raises `Refused` without a reason, or twice."""
        if not self.on:
            raise Refused(_("Deze regels staan al uit."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit doet."))
        self._switch_off(reason=reason.strip())

    @event("SwitchedOff")
    def _switch_off(self, *, reason: Personal) -> None:
        self.on = False


class Notice(Aggregate):
    """An incident that the board told the inspectorate of."""

    log_name = "law.notice"

    @classmethod
    def send(cls, incident_id: UUID, sent_on: date, remark: str, *, today: date) -> "Notice":
        """Return a new notice. Raises `Refused` for a day to come or more than a year ago."""
        if sent_on > today:
            raise Refused(_("Die dag moet nog komen."))
        if today - sent_on > timedelta(days=366):
            raise Refused(_("Kijk of het jaar klopt."))
        return cls(incident_id=incident_id, sent_on=sent_on, remark=remark.strip() or None)

    @event("Sent")
    def __init__(self, *, incident_id: UUID, sent_on: date, remark: Personal | None):
        self.incident_id = incident_id
        self.withdrawn = False

    def withdraw(self) -> None:
        """Take it back, as after a mistake; that it was there stays in the log. Raises `Refused` the second time."""
        if self.withdrawn:
            raise Refused(_("Dit is al teruggenomen."))
        self._withdraw()

    @event("Withdrawn")
    def _withdraw(self) -> None:
        self.withdrawn = True


class Evaluation(Aggregate):
    """The yearly evaluation of the safety policy: on what it rests, what follows, and who talked about it."""

    log_name = "law.evaluation"

    @classmethod
    def record(
        cls,
        *,
        begins: int,
        sources: tuple[str, ...],
        conclusions: str,
        measures: str,
        council_on: date | None,
        board_on: date | None,
    ) -> "Evaluation":
        """Return an evaluation of the school year that begins in a year. Raises `Refused` without sources or words."""
        if not sources or not set(sources) <= set(SOURCES):
            raise Refused(_("Kies waarop jullie je baseren."))
        if not conclusions.strip():
            raise Refused(_("Schrijf op wat jullie concluderen."))
        return cls(
            begins=begins,
            sources=tuple(sources),
            conclusions=conclusions.strip(),
            measures=measures.strip() or None,
            council_on=council_on,
            board_on=board_on,
        )

    @event("Recorded")
    def __init__(
        self,
        *,
        begins: int,
        sources: tuple[Code, ...],
        conclusions: Personal,
        measures: Personal | None,
        council_on: date | None,
        board_on: date | None,
    ):
        self.begins = begins
        self.sources = sources
        self.conclusions = conclusions
        self.measures = measures
        self.council_on = council_on
        self.board_on = board_on
