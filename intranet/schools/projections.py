"""Which schools a board has, and what they chose: ids and codes, no names."""

from sqlalchemy import BigInteger, Column, Integer, Text, Uuid

from events.log.projection import Projection, on, projection_table
from intranet.schools.events import School

school = projection_table(
    "schools_school",
    Column("board", Uuid, nullable=False, index=True),
    Column("brin", Text),
    Column("holiday_region", Text),
    Column("last_import", BigInteger),
    Column("climbs_to_coordinator", Integer),
    Column("climbs_to_director", Integer),
    version=2,
)
"""One row for each school: `last_import` is the position of the newest `RosterImported`; no climb is the usual one."""


class Schools(Projection):
    """Keeps the schools of every board."""

    name = "schools.school"
    tables = (school,)

    @on(School.Opened)
    def opened(self, db, event):
        db.execute(school.insert(), {"school": event.school_id, "board": event.board_id, "brin": event.brin})

    @on(School.SettingsChanged)
    def settings_changed(self, db, event):
        self._set(db, event, brin=event.brin, holiday_region=event.holiday_region)

    @on(School.RosterImported)
    def roster_imported(self, db, event):
        self._set(db, event, last_import=event.position)

    @on(School.ClimbingChanged)
    def climbing_changed(self, db, event):
        self._set(db, event, climbs_to_coordinator=event.coordinator, climbs_to_director=event.director)

    def _set(self, db, event, **values):
        db.execute(school.update().where(school.c.school == event.school_id).values(**values))


PROJECTIONS = (Schools(),)
