"""Observations, consultations and weeks of groups: ids, codes, days and counts; no words."""

from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Index, Integer, Text, Uuid

from intranet.api import Projection, on, projection_table

from .group_events import Consultation, Observation, Week

observation = projection_table(
    "taakspel_observation",
    Column("observation", Uuid, primary_key=True),
    Column("class_group", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("moment", Text, nullable=False),
    Column("lesson", Text),
    Column("looks", Integer, nullable=False),
    Column("on_task", Integer, nullable=False),
    Column("breaches", Integer, nullable=False),
    Index("taakspel_observation_of_group__v1", "school", "class_group", "day"),
)
"""What is planned has no looks yet; what was dropped is not here."""
consultation = projection_table(
    "taakspel_consultation",
    Column("consultation", Uuid, primary_key=True),
    Column("class_group", Uuid, nullable=False),
    Column("day", Date, nullable=False),
    Column("phase", Text, nullable=False),
    Column("look_back_on", Date),
    Column("kept", Text),
    Index("taakspel_consultation_of_group__v1", "school", "class_group", "day"),
)
week = projection_table(
    "taakspel_week",
    Column("class_group", Uuid, primary_key=True),
    Column("monday", Date, primary_key=True),
    Column("week", Uuid, nullable=False),
    Column("reward", Text, nullable=False),
    Column("given", Boolean, nullable=False),
)
"""The reward that a group agreed on for a week."""


class AroundGames(Projection):
    """Keeps what happens around the games of a group."""

    name = "taakspel.around_games"
    tables = (observation, consultation, week)

    @on(Observation.Planned)
    def observation_planned(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "observation": event.originator_id,
            "class_group": event.group_id,
            "day": event.day,
            "moment": event.moment,
            "looks": 0,
            "on_task": 0,
            "breaches": 0,
        }
        db.execute(observation.insert(), row)

    @on(Observation.Made)
    def observation_made(self, db: Connection, event: Any) -> None:
        seen = {name: getattr(event, name) for name in ("day", "lesson", "looks", "on_task", "breaches")}
        db.execute(observation.update().where(*_this(observation.c.observation, event)).values(**seen))

    @on(Observation.Dropped)
    def observation_dropped(self, db: Connection, event: Any) -> None:
        db.execute(observation.delete().where(*_this(observation.c.observation, event)))

    @on(Consultation.Held)
    def consultation_held(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "consultation": event.originator_id,
            "class_group": event.group_id,
            "day": event.day,
            "phase": event.phase,
            "look_back_on": event.look_back_on,
        }
        db.execute(consultation.insert(), row)

    @on(Consultation.LookedBack)
    def consultation_looked_back(self, db: Connection, event: Any) -> None:
        db.execute(consultation.update().where(*_this(consultation.c.consultation, event)).values(kept=event.kept))

    @on(Week.Agreed)
    def week_agreed(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "class_group": event.group_id,
            "monday": event.monday,
            "week": event.originator_id,
            "reward": event.reward,
            "given": False,
        }
        db.execute(week.insert(), row)

    @on(Week.Changed)
    def week_changed(self, db: Connection, event: Any) -> None:
        db.execute(week.update().where(*_this(week.c.week, event)).values(reward=event.reward))

    @on(Week.Given)
    def week_given(self, db: Connection, event: Any) -> None:
        db.execute(week.update().where(*_this(week.c.week, event)).values(given=True))


def _this(column: Any, event: Any) -> tuple[Any, Any]:
    return column.table.c.school == event.school_id, column == event.originator_id
