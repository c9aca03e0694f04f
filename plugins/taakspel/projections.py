"""Which groups have teams, and what was played: ids, codes, days and counts of teams; nothing of a pupil."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Index, Integer, Text, Uuid, bindparam

from intranet.api import Projection, on, projection_table, to_milliseconds

from .events import CARD, COMPLIMENT, Division, Game

division = projection_table(
    "taakspel_division",
    Column("class_group", Uuid, primary_key=True),
    Column("division", Uuid, nullable=False),
    Column("teams", Integer, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""The teams that a group has now."""
game = projection_table(
    "taakspel_game",
    Column("game", Uuid, primary_key=True),
    Column("class_group", Uuid, nullable=False),
    Column("lesson", Text, nullable=False),
    Column("variant", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("cards", Integer, nullable=False),
    Column("reward", Text, nullable=False),
    Column("planned_by", Uuid),
    Column("planned_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("left_open", Boolean, nullable=False),
    Column("called_off", Boolean, nullable=False),
    Column("went", Text),
    Index("taakspel_game_of_group__v1", "school", "class_group", "planned_at"),
)
team = projection_table(
    "taakspel_team",
    Column("game", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("taken", Integer, nullable=False),
    Column("compliments", Integer, nullable=False),
)
"""What each team of a game lost and got."""
_of_team = (
    team.c.school == bindparam("of_school"),
    team.c.game == bindparam("of_game"),
    team.c.number == bindparam("of_number"),
)
_count = {
    kind: team.update().where(*_of_team).values({column: column + bindparam("by")})
    for kind, column in ((CARD, team.c.taken), (COMPLIMENT, team.c.compliments))
}


class Divisions(Projection):
    """Keeps which teams a group has now."""

    name = "taakspel.divisions"
    tables = (division,)

    @on(Division.Made)
    def made(self, db: Connection, event: Any) -> None:
        same = division.c.school == event.school_id, division.c.class_group == event.group_id
        db.execute(division.delete().where(*same))
        row = {
            "school": event.school_id,
            "class_group": event.group_id,
            "division": event.originator_id,
            "teams": len(event.teams),
            "made_at": to_milliseconds(event.recorded_at),
        }
        db.execute(division.insert(), row)

    @on(Division.Changed)
    def changed(self, db: Connection, event: Any) -> None:
        same = division.c.school == event.school_id, division.c.division == event.originator_id
        db.execute(division.update().where(*same).values(teams=len(event.teams)))


class Games(Projection):
    """Keeps the games, and what each team has left."""

    name = "taakspel.games"
    tables = (game, team)

    @on(Game.Planned)
    def planned(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "game": event.originator_id,
            "class_group": event.group_id,
            "planned_by": event.actor_id,
            "planned_at": to_milliseconds(event.recorded_at),
            "left_open": False,
            "called_off": False,
            **{name: getattr(event, name) for name in ("lesson", "variant", "phase", "minutes", "cards", "reward")},
        }
        db.execute(game.insert(), row)
        same = {"school": event.school_id, "game": event.originator_id, "taken": 0, "compliments": 0}
        db.execute(team.insert(), [{**same, "number": each.number, "name": each.name} for each in event.teams])

    @on(Game.Started)
    def started(self, db: Connection, event: Any) -> None:
        self._set(db, event, started_at=to_milliseconds(event.happened_at))

    @on(Game.Ended)
    def ended(self, db: Connection, event: Any) -> None:
        self._set(db, event, ended_at=to_milliseconds(event.happened_at), left_open=event.left_open)

    @on(Game.Evaluated)
    def evaluated(self, db: Connection, event: Any) -> None:
        self._set(db, event, went=event.went)

    @on(Game.CalledOff)
    def called_off(self, db: Connection, event: Any) -> None:
        self._set(db, event, called_off=True)

    @on(Game.CardTaken)
    def card_taken(self, db: Connection, event: Any) -> None:
        self._count(db, event, CARD, 1)

    @on(Game.ComplimentGiven)
    def compliment_given(self, db: Connection, event: Any) -> None:
        self._count(db, event, COMPLIMENT, 1)

    @on(Game.Undone)
    def undone(self, db: Connection, event: Any) -> None:
        self._count(db, event, event.kind, -1)

    def _count(self, db: Connection, event: Any, kind: str, by: int) -> None:
        this = {"of_school": event.school_id, "of_game": event.originator_id, "of_number": event.team, "by": by}
        db.execute(_count[kind], this)

    def _set(self, db: Connection, event: Any, **values: Any) -> None:
        this = game.c.school == event.school_id, game.c.game == event.originator_id
        db.execute(game.update().where(*this).values(**values))
