"""The people, groups and duties of a school as tables: ids, codes, dates, and where in the log a name stands."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Column, Date, Table, Text, Uuid, and_, bindparam, select

from events.log.folding import ColumnsInsert, rows_of
from events.log.projection import Projection, on, projection_table
from events.log.rows import change as change_rows
from events.log.rows import remove
from intranet.people.events import Person
from intranet.schools.events import ClassGroup

person = projection_table(
    "people_person",
    Column("person", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("class_group", Uuid),
    Column("year_group", Text),
    Column("source", Text),
    Column("since", Date, nullable=False),
    Column("left_on", Date),
    Column("named_at", BigInteger, nullable=False),
)
"""`named_at` is the position of the last event that carries the person's name."""

duty = projection_table(
    "people_duty",
    Column("person", Uuid, primary_key=True),
    Column("duty", Text, primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date),
)
parent = projection_table(
    "people_parent",
    Column("parent", Uuid, primary_key=True),
    Column("child", Uuid, primary_key=True),
    Column("custody", Boolean, nullable=False),
)
group = projection_table(
    "people_group",
    Column("class_group", Uuid, primary_key=True),
    Column("year_groups", Text, nullable=False),
    Column("closed_on", Date),
    Column("named_at", BigInteger, nullable=False),
)
"""`year_groups` is a list of codes with spaces between them."""

group_source = projection_table(
    "people_group_source",
    Column("class_group", Uuid, primary_key=True),
    Column("source", Text, primary_key=True),
)
group_teacher = projection_table(
    "people_group_teacher",
    Column("class_group", Uuid, primary_key=True),
    Column("person", Uuid, primary_key=True),
)
change = projection_table("people_change", Column("position", BigInteger, nullable=False))
"""One row for a school: the position of the last event that concerns the roster. Whoever keeps a copy compares it."""


TABLES = (person, duty, parent, group, group_source, group_teacher, change)
_of_people = select(person).where(
    person.c.school == bindparam("of_school"), person.c.person.in_(bindparam("records", expanding=True))
)
_insert_people = ColumnsInsert(person)
_remove_person = person.delete().where(
    person.c.school == bindparam("of_school"), person.c.person == bindparam("of_person")
)


_CHANGES = {
    Person.Renamed: lambda event: {"named_at": event.position},
    Person.SourceMatched: lambda event: {"source": event.source},
    Person.MovedToGroup: lambda event: {"class_group": event.group_id, "year_group": event.year_group},
    Person.Left: lambda event: {"left_on": event.left_on},
    Person.Returned: lambda event: {"left_on": None},
}
"""What an event changes in the row of a person."""
_GROUP_CHANGES = (
    ClassGroup.Formed, ClassGroup.Renamed, ClassGroup.YearGroupsChanged, ClassGroup.Closed, ClassGroup.Reopened,
)  # fmt: skip
"""What else concerns the roster."""


class People(Projection):
    """Keeps who is at the school, in which group, with which duty."""

    name = "people.people"
    tables = TABLES

    @on(Person.Registered)
    def registered(self, db, event):
        db.execute(person.insert(), _registered(event))
        _changed(db, event)

    @on(*_CHANGES)
    def person_changed(self, db, event):
        change_rows(
            db, person, {"school": event.school_id, "person": event.originator_id}, **_CHANGES[type(event)](event)
        )
        if type(event) is Person.Left:
            _end_duties(db, event)
        _changed(db, event)

    def handle_batch(self, db, events):
        """Fold a page of history into the people it is about and write each of them once."""
        rows = _load(db, events)
        known, with_duties, last = set(rows), set(rows), None
        for event in events:
            kind, who = type(event), event.originator_id
            if kind is Person.Registered:
                rows[who] = _registered(event)
            elif kind in _CHANGES:
                rows[who].update(_CHANGES[kind](event))
                if kind is Person.Left and who in with_duties:
                    _end_duties(db, event)
            elif kind in self.handlers:
                self.handlers[kind](self, db, event)
                with_duties.add(who)
            if kind is Person.Registered or kind in _CHANGES or kind in _GROUP_CHANGES:
                last = event
        if rows:
            _replace(db, events[0].school_id, known, rows)
        if last is not None:
            _changed(db, last)

    @on(Person.DutyAssigned)
    def duty_assigned(self, db, event):
        key = {"school": event.school_id, "person": event.originator_id, "duty": event.duty, "since": event.since}
        _put(db, duty, key, until=event.until)

    @on(Person.DutyEnded)
    def duty_ended(self, db, event):
        key = {"school": event.school_id, "person": event.originator_id, "duty": event.duty, "since": event.since}
        change_rows(db, duty, key, until=event.until)

    @on(Person.ParentLinked)
    def parent_linked(self, db, event):
        key = {"school": event.school_id, "parent": event.originator_id, "child": event.child_id}
        _put(db, parent, key, custody=event.custody)

    @on(Person.ParentUnlinked)
    def parent_unlinked(self, db, event):
        remove(db, parent, school=event.school_id, parent=event.originator_id, child=event.child_id)

    @on(ClassGroup.Formed)
    def group_formed(self, db, event):
        row = {
            "school": event.school_id,
            "class_group": event.originator_id,
            "year_groups": " ".join(event.year_groups),
            "closed_on": None,
            "named_at": event.position,
        }
        db.execute(group.insert(), row)
        _add_sources(db, event)
        _changed(db, event)

    @on(ClassGroup.Renamed)
    def group_renamed(self, db, event):
        _set_group(db, event, named_at=event.position)

    @on(ClassGroup.YearGroupsChanged)
    def group_year_groups_changed(self, db, event):
        _set_group(db, event, year_groups=" ".join(event.year_groups))

    @on(ClassGroup.SourcesMatched)
    def group_sources_matched(self, db, event):
        remove(db, group_source, school=event.school_id, class_group=event.originator_id)
        _add_sources(db, event)

    @on(ClassGroup.TeacherJoined)
    def teacher_joined(self, db, event):
        row = {"school": event.school_id, "class_group": event.originator_id, "person": event.person_id}
        db.execute(group_teacher.insert(), row)

    @on(ClassGroup.TeacherLeft)
    def teacher_left(self, db, event):
        remove(db, group_teacher, school=event.school_id, class_group=event.originator_id, person=event.person_id)

    @on(ClassGroup.Closed)
    def group_closed(self, db, event):
        _set_group(db, event, closed_on=event.closed_on)
        remove(db, group_teacher, school=event.school_id, class_group=event.originator_id)

    @on(ClassGroup.Reopened)
    def group_reopened(self, db, event):
        _set_group(db, event, closed_on=None)


def _registered(event) -> dict[str, object]:
    return {
        "school": event.school_id,
        "person": event.originator_id,
        "kind": event.kind,
        "class_group": event.group_id,
        "year_group": event.year_group,
        "source": event.source,
        "since": event.happened_on,
        "left_on": None,
        "named_at": event.position,
    }


def _end_duties(db, event) -> None:
    mine = and_(duty.c.school == event.school_id, duty.c.person == event.originator_id)
    open_then = and_(mine, duty.c.until.is_(None) | (duty.c.until > event.left_on))
    db.execute(duty.update().where(open_then).values(until=event.left_on))


def _load(db, events) -> dict[UUID, dict[str, object]]:
    """Return the rows of the people that a page of history changes, besides those it registers."""
    new = {event.originator_id for event in events if type(event) is Person.Registered}
    wanted = {event.originator_id for event in events if type(event) in _CHANGES} - new
    return {row.person: dict(row._mapping) for row in rows_of(db, _of_people, events[0].school_id, wanted)}


def _replace(db, school, known: Collection[UUID], rows: Mapping[UUID, dict[str, object]]) -> None:
    if known:
        db.execute(_remove_person, [{"of_school": school, "of_person": each} for each in known])
    _insert_people.rows(db, school, rows.values())


def _set_group(db, event, **values: object) -> None:
    change_rows(db, group, {"school": event.school_id, "class_group": event.originator_id}, **values)
    _changed(db, event)


def _add_sources(db, event) -> None:
    rows = [
        {"school": event.school_id, "class_group": event.originator_id, "source": source} for source in event.sources
    ]
    if rows:
        db.execute(group_source.insert(), rows)


def _changed(db, event) -> None:
    if not change_rows(db, change, {"school": event.school_id}, position=event.position):
        db.execute(change.insert(), {"school": event.school_id, "position": event.position})


def _put(db, table: Table, key: dict[str, object], **values: date | bool | None) -> None:
    remove(db, table, **key)
    db.execute(table.insert(), {**key, **values})


PROJECTIONS = (People(),)
