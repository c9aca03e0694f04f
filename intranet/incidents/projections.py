"""The register of incidents as tables: when, where, which kinds, who had which part; no names and no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Text, Uuid

from events.incident import Incident
from events.log.mapper import to_milliseconds
from intranet.api import Entry, FoldedProjection, projection_table
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


def _reported(event: Any) -> Entry:
    facts = {
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
    parts = [(part.person_id, part.role) for part in event.involved]
    return Entry(facts, {kinds: [(kind,) for kind in event.kinds], involved: parts})


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
    entry.lists[kinds] = [(kind,) for kind in event.kinds]


def _added(entry: Entry, event: Any) -> None:
    entry.lists[involved].append((event.person_id, event.role))


def _changed(entry: Entry, event: Any) -> None:
    parts = entry.lists[involved]
    parts[parts.index((event.person_id, event.was))] = (event.person_id, event.role)


def _withdrawn(entry: Entry, event: Any) -> None:
    entry.lists[involved].remove((event.person_id, event.role))


def _assessed(entry: Entry, event: Any) -> None:
    entry.facts["severity"] = event.level


def _shielded(entry: Entry, event: Any) -> None:
    entry.facts["confidential"] = event.confidential


class Register(FoldedProjection):
    """Keeps the incidents of a school findable; the page of one incident reads the log itself."""

    name = "incidents.register"
    tables = TABLES
    begins = {Incident.Reported: _reported}
    folds = {
        Incident.Corrected: _corrected,
        Incident.InvolvementAdded: _added,
        Incident.InvolvementChanged: _changed,
        Incident.InvolvementWithdrawn: _withdrawn,
        Incident.SeverityAssessed: _assessed,
        Incident.ConfidentialityChanged: _shielded,
    }


PROJECTIONS = (Register(),)
