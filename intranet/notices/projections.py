"""Notices as a table: for whom, of which kind, about which record; and who wrote which signal."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Index, Text, Uuid, bindparam, select
from sqlalchemy.engine import Connection

from events.case import Case
from events.incident import SERIOUS as SERIOUS_FROM
from events.incident import Incident
from events.log.folding import ColumnsInsert, rows_of
from events.log.mapper import to_milliseconds
from events.log.projection import Projection, on, projection_table
from events.signal import Signal
from events.staff_matter import StaffMatter
from intranet.emergency.events import EmergencyAccess
from intranet.follow_up.events import Climb
from intranet.notices.events import Notice
from intranet.notices.kinds import (
    CLIMBED,
    CLOSING,
    EMERGENCY,
    KINDS,
    MATTER,
    PROMISED,
    SERIOUS,
    SHARED,
    SIGNAL_STATE,
    TEAM,
)

HEAD = "head_teacher"
AUDIENCES = ("incidents.close", "cases.lead", "staff_matters.handle", "emergency.review")
"""Permissions by which a notice finds its readers; otherwise it is for a person or for a duty."""

notice = projection_table(
    "notices_notice",
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("whom", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("record_kind", Text, nullable=False),
    Column("record", Uuid, nullable=False),
    Column("item", Uuid),
    Column("actor", Uuid),
    Column("at", BigInteger, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Index("notices_notice_whom__v1", "school", "whom", "at"),
    Index("notices_notice_record__v1", "school", "record"),
)
"""`whom` is the hex id of a person, the code of a duty, a permission, or a level to which a promise climbs.

`item` is the promise it is about; `actor` who did it or has it to do, and so is not told.
"""
writer = projection_table(
    "notices_writer", Column("signal", Uuid, primary_key=True), Column("person", Uuid, nullable=False)
)


_ANSWERS = (Signal.TalkHeld, Signal.TakenToSupportTeam, Signal.BecameIncident, Signal.Closed, Signal.Reopened)
"""Of these the writer of a signal hears."""
_of_records = select(notice).where(
    notice.c.school == bindparam("of_school"), notice.c.record.in_(bindparam("records", expanding=True))
)
_of_signals = select(writer).where(
    writer.c.school == bindparam("of_school"), writer.c.signal.in_(bindparam("records", expanding=True))
)
_insert = ColumnsInsert(notice)
_remove = notice.delete().where(
    notice.c.school == bindparam("of_school"),
    notice.c.position == bindparam("of_position"),
    notice.c.whom == bindparam("of_whom"),
)


class Standing:
    """What stands about the records that some events concern: loaded, changed in memory, and written at the end."""

    def __init__(self, db: Connection, school: UUID, events: Iterable[Any]):
        self.school = school
        self._notices: defaultdict[UUID, dict[tuple[str, str, UUID | None], dict[str, Any]]] = defaultdict(dict)
        concerned = {_record_of(each) for each in events if type(each) is not Signal.Recorded}
        for row in rows_of(db, _of_records, school, concerned):
            self._notices[row.record][row.whom, row.kind, row.item] = dict(row._mapping)
        self._before = self._now()
        answered = {each.originator_id for each in events if type(each) in _ANSWERS}
        self.writers = {row.signal: row.person for row in rows_of(db, _of_signals, school, answered)}
        self._written = set(self.writers)

    def give(
        self,
        event: Any,
        whom: str,
        kind: str,
        *,
        record_kind: str | None = None,
        item: UUID | None = None,
        actor: UUID | None = None,
        urgent: bool | None = None,
    ) -> None:
        """Put a notice in the place of an older one that says the same."""
        record = _record_of(event)
        self._notices[record][whom, kind, item] = {
            "school": event.school_id,
            "position": event.position,
            "whom": whom,
            "kind": kind,
            "record_kind": record_kind or _record_kind(event),
            "record": record,
            "item": item,
            "actor": actor or event.actor_id,
            "at": to_milliseconds(event.recorded_at),
            "urgent": KINDS[kind].urgent if urgent is None else urgent,
        }

    def take_back(
        self, event: Any, kind: str | None = None, *, item: UUID | None = None, whom: str | None = None
    ) -> None:
        """Remove what stands about the record of an event: of a kind, about an item, for somebody, or all of these."""
        mine, wanted = self._notices.get(_record_of(event), {}), (whom, kind, item)
        for says in [each for each in mine if all(want in (None, has) for want, has in zip(wanted, each, strict=True))]:
            del mine[says]

    def write(self, db: Connection) -> None:
        """Write what became different."""
        now = self._now()
        gone, new = self._before.keys() - now.keys(), sorted(now.keys() - self._before.keys())
        if gone:
            of = {"of_school": self.school}
            db.execute(_remove, [{**of, "of_position": position, "of_whom": whom} for position, whom in sorted(gone)])
        if new:
            _insert.rows(db, self.school, [now[each] for each in new])
        wrote = {signal: person for signal, person in self.writers.items() if signal not in self._written}
        if wrote:
            rows = [{"school": self.school, "signal": signal, "person": person} for signal, person in wrote.items()]
            db.execute(writer.insert(), rows)

    def _now(self) -> dict[tuple[int, str], dict[str, Any]]:
        return {(row["position"], row["whom"]): row for mine in self._notices.values() for row in mine.values()}


class Notices(Projection):
    """Keeps what is new for whom. One of each kind for a person and a record: the newest takes the place of others."""

    name = "notices.notices"
    tables = (notice, writer)

    def apply(self, db: Connection, events: Iterable[Any]) -> None:
        """Do in a save as at a replay."""
        self.handle_batch(db, [event for event in events if type(event) in self.handlers])

    def handle_batch(self, db: Connection, events: Sequence[Any]) -> None:
        """Fold a page of history into the notices of the records that it concerns, and write what became different."""
        telling = [event for event in events if type(event) in self.handlers]
        if telling:
            standing = Standing(db, telling[0].school_id, telling)
            super().apply(standing, telling)
            standing.write(db)

    @on(Notice.Given)
    def given(self, standing: Standing, event: Any) -> None:
        standing.give(event, event.person_id.hex, event.kind, record_kind=event.record_kind, urgent=event.urgent)

    @on(Notice.TakenBack)
    def taken_back(self, standing: Standing, event: Any) -> None:
        standing.take_back(event, event.kind, whom=event.person_id.hex)

    @on(Incident.FollowUpPromised, Incident.FollowUpMoved, Case.FollowUpPromised, Case.FollowUpMoved)
    def promised(self, standing: Standing, event: Any) -> None:
        standing.take_back(event, item=event.follow_up_id)
        # A closing that was proposed waits no longer: there is something to do first.
        standing.take_back(event, CLOSING)
        standing.give(event, event.owner.hex, PROMISED, item=event.follow_up_id)

    @on(Incident.FollowUpKept, Incident.FollowUpWaived, Case.FollowUpKept, Case.FollowUpWaived)
    def no_longer_open(self, standing: Standing, event: Any) -> None:
        if getattr(event, "next_due", None) is None:
            standing.take_back(event, item=event.follow_up_id)
        else:
            standing.take_back(event, CLIMBED, item=event.follow_up_id)

    @on(Climb.Reached)
    def climbed(self, standing: Standing, event: Any) -> None:
        about = {"record_kind": event.record_kind, "item": event.follow_up_id}
        standing.give(event, event.level, CLIMBED, actor=event.owner, **about)

    @on(Incident.ClosingProposed, Case.ClosingProposed)
    def closing_proposed(self, standing: Standing, event: Any) -> None:
        of_incident = isinstance(event, Incident.ClosingProposed)
        standing.give(event, "incidents.close" if of_incident else "cases.lead", CLOSING)

    @on(Incident.Closed, Case.Closed, Incident.Reopened, Case.Reopened)
    def closed(self, standing: Standing, event: Any) -> None:
        standing.take_back(event, CLOSING)

    @on(Incident.SeverityAssessed)
    def weighed(self, standing: Standing, event: Any) -> None:
        if event.level >= SERIOUS_FROM:
            standing.give(event, HEAD, SERIOUS)
        else:
            standing.take_back(event, SERIOUS)

    @on(Case.LeaderChanged)
    def leads(self, standing: Standing, event: Any) -> None:
        standing.give(event, event.leader.hex, TEAM)

    @on(Case.ParticipantAdded)
    def takes_part(self, standing: Standing, event: Any) -> None:
        standing.give(event, event.person_id.hex, TEAM)

    @on(Signal.Recorded)
    def written(self, standing: Standing, event: Any) -> None:
        if event.actor_id is not None:
            standing.writers[event.originator_id] = event.actor_id

    @on(Incident.Shared, Signal.Shared, Case.Shared)
    def shared(self, standing: Standing, event: Any) -> None:
        standing.give(event, event.person_id.hex, SHARED)

    @on(*_ANSWERS)
    def went_on(self, standing: Standing, event: Any) -> None:
        person = standing.writers.get(event.originator_id)
        if person is not None:
            standing.give(event, person.hex, SIGNAL_STATE)

    @on(StaffMatter.Reported, StaffMatter.ClosingAsked)
    def for_the_board(self, standing: Standing, event: Any) -> None:
        standing.give(event, "staff_matters.handle", MATTER)

    @on(EmergencyAccess.Opened)
    def emergency(self, standing: Standing, event: Any) -> None:
        standing.give(event, "emergency.review", EMERGENCY)

    @on(EmergencyAccess.Reviewed)
    def reviewed(self, standing: Standing, event: Any) -> None:
        standing.take_back(event, EMERGENCY)


_KINDS_OF_RECORD = {
    Incident: Incident.log_name,
    Case: Case.log_name,
    Signal: Signal.log_name,
    StaffMatter: StaffMatter.log_name,
    EmergencyAccess: EmergencyAccess.log_name,
}


def _record_kind(event: Any) -> str:
    outer = type(event).__qualname__.partition(".")[0]
    return next(name for kind, name in _KINDS_OF_RECORD.items() if kind.__name__ == outer)


_OF_A_RECORD = (Notice.Given, Notice.TakenBack, Climb.Reached)
"""They stand in a stream of their own and say which record they are about."""


def _record_of(event: Any) -> UUID:
    record: UUID = event.record_id if type(event) in _OF_A_RECORD else event.originator_id
    return record


PROJECTIONS = (Notices(),)
