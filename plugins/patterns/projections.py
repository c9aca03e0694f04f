"""What patterns are counted from, and the rules and warnings there are: ids, codes and days, no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Index, Integer, Text, Uuid

from intranet.api import (
    Entry,
    FoldedProjection,
    Incident,
    Projection,
    Signal,
    incident_words,
    on,
    projection_table,
    signal_words,
    to_milliseconds,
)

from .events import ABOUT, INCIDENT, SIGNAL, Rule

happening = projection_table(
    "patterns_happening",
    Column("happening", Uuid, primary_key=True),
    Column("source", Text, nullable=False),
    Column("happened_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("class_group", Uuid),
    Column("place", Text),
    Column("moment", Text),
    Column("severity", Integer),
    Column("closed", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("positive", Boolean, nullable=False),
    Column("became", Uuid),
    Index("patterns_happening_order__v2", "school", "happened_at"),
    version=2,
)
"""One row for each thing that counts. `closed` counts for who may read it, `hidden` (about staff) for nobody.

`positive` is what goes well, counted apart; `became` is the incident that a signal became.
"""
kind = projection_table(
    "patterns_kind",
    Column("happening", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
    version=2,
)
part = projection_table(
    "patterns_part",
    Column("happening", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("role", Text, primary_key=True),
    version=2,
)
rule = projection_table(
    "patterns_rule",
    Column("rule", Uuid, primary_key=True),
    Column("switched_on_at", BigInteger, nullable=False),
    Column("who", Text, nullable=False),
    Column("kinds", Text, nullable=False),
    Column("times", Integer, nullable=False),
    Column("days", Integer, nullable=False),
    Column("running", Boolean, nullable=False),
    Column("source", Text, nullable=False),
    version=2,
)
warning = projection_table(
    "patterns_warning",
    Column("warning", Uuid, primary_key=True),
    Column("rule", Uuid, nullable=False),
    Column("raised_at", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("person", Uuid),
    Column("class_group", Uuid),
    Column("place", Text),
    Column("happenings", Integer, nullable=False),
    Column("handled", Boolean, nullable=False),
    version=2,
)
_staff_matter = incident_words.with_mark(incident_words.STAFF_MATTER)


def _reported(event: Any) -> Entry:
    facts = {
        "source": INCIDENT,
        "happened_at": to_milliseconds(event.happened_at),
        "recorded_at": to_milliseconds(event.recorded_at),
        "class_group": event.group_id,
        "place": event.place,
        "moment": event.moment,
        "severity": None,
        "closed": event.confidential,
        "hidden": not _staff_matter.isdisjoint(event.kinds),
        "positive": False,
        "became": None,
    }
    parts = [(each.person_id, each.role) for each in event.involved]
    return Entry(facts, {kind: [(each,) for each in event.kinds], part: parts})


def _noticed(event: Any) -> Entry:
    facts = {
        "source": SIGNAL,
        "happened_at": to_milliseconds(event.happened_at),
        "recorded_at": to_milliseconds(event.recorded_at),
        "class_group": event.group_id,
        "place": None,
        "moment": None,
        "severity": None,
        # Who may read it is recorded when they do, as with a closed incident.
        "closed": event.home_signs,
        "hidden": False,
        "positive": event.positive,
        "became": None,
    }
    return Entry(
        facts,
        {
            kind: [(each,) for each in (event.kind, *signal_words.marks_of(event))],
            part: [(each, ABOUT) for each in event.people],
        },
    )


def _became(entry: Entry, event: Any) -> None:
    entry.facts["became"] = event.incident_id


def _corrected(entry: Entry, event: Any) -> None:
    entry.facts.update(
        happened_at=to_milliseconds(event.happened_at),
        class_group=event.group_id,
        place=event.place,
        moment=event.moment,
        # As in the register: once said about a colleague it is for the board, whatever a correction says.
        hidden=entry.facts["hidden"] or not _staff_matter.isdisjoint(event.kinds),
    )
    entry.lists[kind] = [(each,) for each in event.kinds]


def _assessed(entry: Entry, event: Any) -> None:
    entry.facts["severity"] = event.level


def _shielded(entry: Entry, event: Any) -> None:
    entry.facts["closed"] = event.confidential


def _involved(entry: Entry, event: Any) -> None:
    entry.lists[part].append((event.person_id, event.role))


def _changed(entry: Entry, event: Any) -> None:
    entry.lists[part].remove((event.person_id, event.was))
    _involved(entry, event)


def _withdrawn(entry: Entry, event: Any) -> None:
    entry.lists[part].remove((event.person_id, event.role))


class Happenings(FoldedProjection):
    """Keeps what patterns are counted from, out of the incidents and signals of the school."""

    name = "patterns.happenings"
    tables = (happening, kind, part)
    begins = {Incident.Reported: _reported, Signal.Recorded: _noticed}
    folds = {
        Incident.Corrected: _corrected,
        Incident.SeverityAssessed: _assessed,
        Incident.ConfidentialityChanged: _shielded,
        Incident.InvolvementAdded: _involved,
        Incident.InvolvementChanged: _changed,
        Incident.InvolvementWithdrawn: _withdrawn,
        Signal.BecameIncident: _became,
    }


class Rules(Projection):
    """Keeps the rules of a school, and the warnings they gave."""

    name = "patterns.rules"
    tables = (rule, warning)

    @on(Rule.SwitchedOn)
    def switched_on(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "rule": event.originator_id,
            "switched_on_at": to_milliseconds(event.recorded_at),
            "who": event.who,
            "kinds": " ".join(event.kinds),
            "times": event.times,
            "days": event.days,
            "running": True,
            "source": event.source,
        }
        db.execute(rule.insert(), row)

    @on(Rule.SwitchedOff)
    def switched_off(self, db: Connection, event: Any) -> None:
        self._run(db, event, False)

    @on(Rule.SwitchedBackOn)
    def switched_back_on(self, db: Connection, event: Any) -> None:
        self._run(db, event, True)

    def _run(self, db: Connection, event: Any, running: bool) -> None:
        same = rule.c.school == event.school_id, rule.c.rule == event.originator_id
        db.execute(rule.update().where(*same).values(running=running))

    @on(Rule.Warned)
    def warned(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "warning": event.warning_id,
            "rule": event.originator_id,
            "raised_at": to_milliseconds(event.recorded_at),
            "day": event.day,
            "person": event.person_id,
            "class_group": event.group_id,
            "place": event.place,
            "happenings": len(event.happenings),
            "handled": False,
        }
        db.execute(warning.insert(), row)

    @on(Rule.Handled)
    def handled(self, db: Connection, event: Any) -> None:
        same = warning.c.school == event.school_id, warning.c.warning == event.warning_id
        db.execute(warning.update().where(*same).values(handled=True))
