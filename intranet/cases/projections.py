"""The register of cases as tables: who leads it, who are in it, what is gathered, when you look back; no words."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, Text, Uuid

from events.case import Case
from events.log.folding import Entry, FoldedProjection
from events.log.mapper import to_milliseconds
from events.log.projection import projection_table

register = projection_table(
    "cases_register",
    Column("case", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("opened_at", BigInteger, nullable=False),
    Column("leader", Uuid, nullable=False),
    Column("class_group", Uuid),
    Column("serious", Boolean, nullable=False),
    Column("evaluate_on", Date),
    Column("evaluations", Integer, nullable=False),
    Column("closed", Boolean, nullable=False),
    Index("cases_register_order__v1", "school", "opened_at", "case"),
)
involved = projection_table(
    "cases_involved",
    Column("case", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
    Column("role", Text, primary_key=True),
    Index("cases_involved_person__v1", "school", "person"),
)
participant = projection_table(
    "cases_participant",
    Column("case", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
)
gathered = projection_table(
    "cases_gathered",
    Column("case", Uuid, primary_key=True),
    Column("record", Uuid, primary_key=True),
    Column("record_kind", Text, nullable=False),
    Index("cases_gathered_record__v1", "school", "record"),
)
TABLES = (register, involved, participant, gathered)


def _opened(event: Any) -> Entry:
    facts = {
        "kind": event.kind,
        "opened_at": to_milliseconds(event.recorded_at),
        "leader": event.leader,
        "class_group": event.group_id,
        "serious": False,
        "evaluate_on": None,
        "evaluations": 0,
        "closed": False,
    }
    parts = [(part.person_id, part.role) for part in event.involved]
    return Entry(facts, {involved: parts, participant: [], gathered: []})


def _part_added(entry: Entry, event: Any) -> None:
    entry.lists[involved].append((event.person_id, event.role))


def _part_changed(entry: Entry, event: Any) -> None:
    parts = entry.lists[involved]
    parts[parts.index((event.person_id, event.was))] = (event.person_id, event.role)


def _part_withdrawn(entry: Entry, event: Any) -> None:
    entry.lists[involved].remove((event.person_id, event.role))


def _record_gathered(entry: Entry, event: Any) -> None:
    entry.lists[gathered].append((event.record_id, event.record_kind))


def _record_taken_out(entry: Entry, event: Any) -> None:
    entry.lists[gathered].remove((event.record_id, event.record_kind))


def _leader_changed(entry: Entry, event: Any) -> None:
    entry.facts["leader"] = event.leader


def _joined(entry: Entry, event: Any) -> None:
    entry.lists[participant].append((event.person_id,))


def _left(entry: Entry, event: Any) -> None:
    entry.lists[participant].remove((event.person_id,))


def _weighed(entry: Entry, event: Any) -> None:
    entry.facts["serious"] = event.serious


def _planned(entry: Entry, event: Any) -> None:
    entry.facts["evaluate_on"] = event.evaluate_on


def _evaluated(entry: Entry, event: Any) -> None:
    entry.facts["evaluate_on"] = event.next_on
    entry.facts["evaluations"] += 1


def _closed(entry: Entry, event: Any) -> None:
    entry.facts["closed"] = True


def _reopened(entry: Entry, event: Any) -> None:
    entry.facts["closed"] = False


class Register(FoldedProjection):
    """Keeps the cases of a school findable; the page of one case reads the log itself."""

    name = "cases.register"
    tables = TABLES
    begins = {Case.Opened: _opened}
    folds = {
        Case.InvolvementAdded: _part_added,
        Case.InvolvementChanged: _part_changed,
        Case.InvolvementWithdrawn: _part_withdrawn,
        Case.RecordGathered: _record_gathered,
        Case.RecordTakenOut: _record_taken_out,
        Case.LeaderChanged: _leader_changed,
        Case.ParticipantAdded: _joined,
        Case.ParticipantRemoved: _left,
        Case.SeriousnessWeighed: _weighed,
        Case.PlanMade: _planned,
        Case.TermExtended: _planned,
        Case.EvaluationPlanned: _planned,
        Case.Evaluated: _evaluated,
        Case.Closed: _closed,
        Case.Reopened: _reopened,
    }


PROJECTIONS = (Register(),)
