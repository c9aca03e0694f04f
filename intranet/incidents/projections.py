"""The register of incidents as tables: when, where, which kinds, who had which part; no names and no words."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text, Uuid, bindparam, select
from sqlalchemy.engine import Connection

from events.incident import Incident
from events.log.mapper import to_milliseconds
from intranet.api import Projection, on, projection_table
from intranet.incidents.kinds import HOME, STAFF_MATTER, with_mark

register = projection_table(
    "incidents_register",
    Column("incident", Uuid, primary_key=True),
    Column("happened_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("reporter", Uuid),
    Column("class_group", Uuid),
    Column("place", Text),
    Column("moment", Text),
    Column("severity", Integer),
    Column("confidential", Boolean, nullable=False),
    Column("staff_matter", Boolean, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Index("incidents_register_order__v1", "school", "happened_at", "incident"),
)
kinds = projection_table(
    "incidents_kinds",
    Column("incident", Uuid, primary_key=True),
    Column("kind", Text, primary_key=True),
)
involved = projection_table(
    "incidents_involved",
    Column("incident", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("role", Text, primary_key=True),
    Index("incidents_involved_person__v1", "school", "person"),
)
TABLES = (register, kinds, involved)

_home, _staff_matter = with_mark(HOME), with_mark(STAFF_MATTER)
_insert = {table: table.insert() for table in TABLES}
_remove = {
    table: table.delete().where(table.c.school == bindparam("of_school"), table.c.incident == bindparam("of_incident"))
    for table in TABLES
}
_of_incidents = {
    table: select(table).where(
        table.c.school == bindparam("of_school"), table.c.incident.in_(bindparam("incidents", expanding=True))
    )
    for table in TABLES
}
CHUNK = 500


class Entry:
    """An incident as the register knows it, while events are folded into it."""

    __slots__ = ("facts", "kinds", "parts")

    def __init__(self, facts: dict[str, Any], kinds: Iterable[str] = (), parts: Iterable[tuple[UUID, str]] = ()):
        self.facts = facts
        self.kinds = list(kinds)
        self.parts = list(parts)


def _reported(event: Any) -> Entry:
    facts = {
        "school": event.school_id,
        "incident": event.originator_id,
        "happened_at": to_milliseconds(event.happened_at),
        "recorded_at": to_milliseconds(event.recorded_at),
        "reporter": event.actor_id,
        "class_group": event.group_id,
        "place": event.place,
        "moment": event.moment,
        "severity": None,
        "confidential": event.confidential,
        "staff_matter": not _staff_matter.isdisjoint(event.kinds),
        "flagged": not _home.isdisjoint(event.kinds),
    }
    return Entry(facts, event.kinds, ((part.person_id, part.role) for part in event.involved))


def _corrected(entry: Entry, event: Any) -> None:
    entry.facts.update(
        happened_at=to_milliseconds(event.happened_at),
        class_group=event.group_id,
        place=event.place,
        moment=event.moment,
        # Once said about a colleague it stays with the board: a correction never shows the first words to others.
        staff_matter=entry.facts["staff_matter"] or not _staff_matter.isdisjoint(event.kinds),
        flagged=not _home.isdisjoint(event.kinds),
    )
    entry.kinds = list(event.kinds)


def _added(entry: Entry, event: Any) -> None:
    entry.parts.append((event.person_id, event.role))


def _changed(entry: Entry, event: Any) -> None:
    entry.parts[entry.parts.index((event.person_id, event.was))] = (event.person_id, event.role)


def _withdrawn(entry: Entry, event: Any) -> None:
    entry.parts.remove((event.person_id, event.role))


def _assessed(entry: Entry, event: Any) -> None:
    entry.facts["severity"] = event.level


def _shielded(entry: Entry, event: Any) -> None:
    entry.facts["confidential"] = event.confidential


_FOLDS = {
    Incident.Corrected: _corrected,
    Incident.InvolvementAdded: _added,
    Incident.InvolvementChanged: _changed,
    Incident.InvolvementWithdrawn: _withdrawn,
    Incident.SeverityAssessed: _assessed,
    Incident.ConfidentialityChanged: _shielded,
}


class Register(Projection):
    """Keeps the incidents of a school findable; the page of one incident reads the log itself."""

    name = "incidents.register"
    tables = TABLES

    @on(Incident.Reported)
    def reported(self, db: Connection, event: Any) -> None:
        """Enter a new incident: three inserts, because this stands in the way of somebody in a hurry."""
        _enter(db, [_reported(event)])

    @on(*_FOLDS)
    def changed(self, db: Connection, event: Any) -> None:
        """Fold a later event into what the register has."""
        entries = _load(db, event.school_id, [event.originator_id])
        _FOLDS[type(event)](entries[event.originator_id], event)
        _replace(db, entries.values())

    def handle_batch(self, db: Connection, events: Sequence[Any]) -> None:
        """Fold a page of history in memory and write each incident once."""
        new: dict[UUID, Entry] = {}
        later = []
        for event in events:
            if type(event) is Incident.Reported:
                new[event.originator_id] = _reported(event)
            elif type(event) in _FOLDS:
                later.append(event)
        known = _load(db, later[0].school_id, {e.originator_id for e in later} - new.keys()) if later else {}
        for event in later:
            entry = new.get(event.originator_id) or known[event.originator_id]
            _FOLDS[type(event)](entry, event)
        _replace(db, known.values())
        _enter(db, new.values())


def _enter(db: Connection, entries: Iterable[Entry]) -> None:
    rows: list[dict[str, Any]] = []
    kind_rows: list[dict[str, Any]] = []
    part_rows: list[dict[str, Any]] = []
    for entry in entries:
        school, incident = entry.facts["school"], entry.facts["incident"]
        rows.append(entry.facts)
        for kind in entry.kinds:
            kind_rows.append({"school": school, "incident": incident, "kind": kind})
        for person, role in entry.parts:
            part_rows.append({"school": school, "incident": incident, "person": person, "role": role})
    for table, new in ((register, rows), (kinds, kind_rows), (involved, part_rows)):
        if new:
            db.execute(_insert[table], new if len(new) > 1 else new[0])


def _replace(db: Connection, entries: Iterable[Entry]) -> None:
    entries = list(entries)
    gone = [{"of_school": entry.facts["school"], "of_incident": entry.facts["incident"]} for entry in entries]
    if gone:
        for table in TABLES:
            db.execute(_remove[table], gone)
        _enter(db, entries)


def _load(db: Connection, school: UUID, incidents: Iterable[UUID]) -> dict[UUID, Entry]:
    entries: dict[UUID, Entry] = {}
    wanted = list(incidents)
    for start in range(0, len(wanted), CHUNK):
        these = {"of_school": school, "incidents": wanted[start : start + CHUNK]}
        for row in db.execute(_of_incidents[register], these):
            entries[row.incident] = Entry(dict(row._mapping))
        for row in db.execute(_of_incidents[kinds], these):
            entries[row.incident].kinds.append(row.kind)
        for row in db.execute(_of_incidents[involved], these):
            entries[row.incident].parts.append((row.person, row.role))
    return entries


PROJECTIONS = (Register(),)
