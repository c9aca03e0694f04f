"""The records about a subject that somebody may read: what they may not read is not even counted."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from events.staff_matter import StaffMatter
from intranet.api import db, log
from intranet.audit.readings import record_readings
from intranet.body_map.projections import noted
from intranet.cases import opening as case_opening
from intranet.cases.projections import gathered
from intranet.cases.projections import involved as in_case
from intranet.cases.projections import register as cases
from intranet.cases.readable import readable_cases
from intranet.chronology.subjects import CASE, GROUP, PERSON, About
from intranet.files.projections import stored
from intranet.incidents import listing as incident_listing
from intranet.incidents import opening as incident_opening
from intranet.incidents.projections import involved
from intranet.incidents.projections import register as incidents
from intranet.incidents.readable import Reader, readable_incidents
from intranet.people.projections import person as people
from intranet.signals import listing as signal_listing
from intranet.signals import opening as signal_opening
from intranet.signals.projections import about as in_signal
from intranet.signals.projections import register as signals
from intranet.signals.readable import readable_signals
from intranet.staff_matters import opening as matter_opening
from intranet.staff_matters.projections import register as matters
from intranet.staff_matters.readable import handled_matters

GROUND = "chronology"


@dataclass(slots=True)
class Records:
    """What somebody may read about a subject, each as its list has it."""

    incidents: list[incident_listing.Found] = field(default_factory=list)
    signals: list[signal_listing.Found] = field(default_factory=list)
    cases: list[Any] = field(default_factory=list)
    matters: list[UUID] = field(default_factory=list)
    leaving: bool = False
    """Whether they are told in a file: then what was taken away is a fact with its moment, and none of its words."""

    def to_hand_out(self, *, home: bool, staff: bool) -> "Records":
        """Return what can leave: what is about home or a colleague where that is True, never a file of the board."""
        return Records(
            [e for e in self.incidents if (home or not e.row.flagged) and (staff or not e.row.staff_matter)],
            [each for each in self.signals if home or not each.row.home_signs],
            self.cases,
            leaving=True,
        )

    def record_readings(self) -> None:
        """Record and commit that the confidential ones are read; call it before the page or file is made."""
        record_readings(incident_opening.KIND, [e.row.incident for e in self.incidents if e.closed], GROUND)
        record_readings(signal_opening.KIND, [e.row.signal for e in self.signals if e.row.home_signs], GROUND)
        record_readings(case_opening.KIND, [row.case for row in self.cases if row.serious], GROUND)
        record_readings(matter_opening.KIND, self.matters, GROUND)

    @property
    def carriers(self) -> dict[UUID, str]:
        """Return the records on which files can hang, with the kind of their page."""
        found = {each.row.incident: "incident" for each in self.incidents}
        found |= {each.row.signal: "signal" for each in self.signals}
        return found | {row.case: "case" for row in self.cases}


def records_about(about: About, someone: Reader) -> Records:
    """Return every record about a subject that somebody may read."""
    if about.kind == PERSON and not about.pupil:
        return Records()
    return Records(
        _incidents(about, someone), _signals(about, someone), _cases(about, someone), _matters(about, someone)
    )


def files_on(record_ids: list[UUID], someone: Reader) -> list[Any]:
    """Return the files on these records, as ids with the record on which each hangs."""
    query = select(stored.c.file, stored.c.record).where(
        stored.c.school == someone.school, stored.c.record.in_(record_ids), stored.c.destroyed.is_(False)
    )
    return list(db.session.execute(query.order_by(stored.c.position, stored.c.file))) if record_ids else []


def marks_on(record_ids: list[UUID], someone: Reader) -> list[Any]:
    """Return the marks on a body that were noted in these records, as ids with the record of each."""
    query = select(noted.c.mark, noted.c.record).where(noted.c.school == someone.school, noted.c.record.in_(record_ids))
    return list(db.session.execute(query.order_by(noted.c.position, noted.c.mark))) if record_ids else []


def _in_case(column: Any, about: About) -> ColumnElement[bool]:
    return exists().where(
        gathered.c.school == column.table.c.school, gathered.c.case == about.id, gathered.c.record == column
    )


def _incidents(about: About, someone: Reader) -> list[incident_listing.Found]:
    same = and_(involved.c.school == incidents.c.school, involved.c.incident == incidents.c.incident)
    such = {
        PERSON: lambda: exists().where(same, involved.c.person == about.id),
        GROUP: lambda: incidents.c.class_group == about.id,
        CASE: lambda: _in_case(incidents.c.incident, about),
    }[about.kind]()
    rows = db.session.execute(select(incidents).where(readable_incidents(someone), such)).all()
    return incident_listing.with_parts(someone.school, rows)


def _signals(about: About, someone: Reader) -> list[signal_listing.Found]:
    same = and_(in_signal.c.school == signals.c.school, in_signal.c.signal == signals.c.signal)
    such = {
        PERSON: lambda: exists().where(same, in_signal.c.person == about.id),
        GROUP: lambda: signals.c.class_group == about.id,
        CASE: lambda: _in_case(signals.c.signal, about),
    }[about.kind]()
    rows = db.session.execute(select(signals).where(readable_signals(someone), such)).all()
    return signal_listing.with_people(someone.school, rows)


def _cases(about: About, someone: Reader) -> list[Any]:
    same = and_(in_case.c.school == cases.c.school, in_case.c.case == cases.c.case)
    of_group = and_(
        same,
        people.c.school == in_case.c.school,
        people.c.person == in_case.c.person,
        people.c.class_group == about.id,
    )
    such = {
        PERSON: lambda: exists().where(same, in_case.c.person == about.id),
        GROUP: lambda: or_(cases.c.class_group == about.id, exists().where(of_group)),
        CASE: lambda: cases.c.case == about.id,
    }[about.kind]()
    return list(db.session.execute(select(cases).where(readable_cases(someone), such)))


def _matters(about: About, someone: Reader) -> list[UUID]:
    """Return the suspicions about staff that somebody handles and in which this pupil is named."""
    if about.kind != PERSON:
        return []
    ids = db.session.scalars(select(matters.c.matter).where(handled_matters(someone))).all()
    return [each.id for each in log.get_each(StaffMatter, ids).values() if about.id in each.pupils]
