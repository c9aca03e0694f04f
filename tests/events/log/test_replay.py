"""A replay up to a position holds what the tables and the log held then, and nothing more."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.log.clock import told_at
from events.log.context import acting
from events.log.mapper import to_milliseconds
from events.log.projection import not_up_to_date
from events.log.replay import Part, position_at, replay
from events.log.store import Log
from events.log.tables import event, key_use, log_head
from tests.events.log.lost_property import FOUND_AT, FoundItem, Places, Shelf, found, places, shelf


class Lived:
    """A school whose rows were copied after each event; `before` is what is about another school."""

    def __init__(self, log: Log, school: UUID):
        self.log, self.school = log, school
        self.rows, self.heads = [self._look()], [log.head(school)]
        with acting(school=uuid4()):
            log.save(found())

    def _look(self) -> list[set]:
        with self.log.read() as connection:
            mine = [sa.select(table).where(table.c.school == self.school) for table in (shelf, places)]
            return [{tuple(row) for row in connection.execute(each)} for each in mine]

    def live(self, choices: list[int]) -> None:
        waiting: list[UUID] = []
        for choice in choices:
            with acting(school=self.school), told_at(FOUND_AT.replace(minute=len(self.rows))):
                if choice and waiting:
                    item = self.log.get(FoundItem, waiting.pop(choice % len(waiting)))
                    item.hand_back(owner_id=uuid4(), remark="Met dank")
                else:
                    item = found(place=f"plek-{choice}")
                    waiting.append(item.id)
                self.log.save(item)
            self.rows.append(self._look())
            self.heads.append(self.log.head(self.school))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.lists(st.integers(0, 5), max_size=8), data=st.data())
def test_a_replay_to_n_equals_the_rows_at_n(make_log, choices, data) -> None:
    log, school = make_log(Shelf(), Places()), uuid4()
    lived = Lived(log, school)
    lived.live(choices)
    until = data.draw(st.integers(0, len(choices)))
    made = replay(log, {school: Part(until)})
    try:
        with made.engine.connect() as past:
            assert [{tuple(row) for row in past.execute(sa.select(table))} for table in (shelf, places)] == (
                lived.rows[until]
            )
            assert past.scalar(sa.select(sa.func.count()).select_from(event)) == until
            assert past.scalar(sa.select(sa.func.max(key_use.c.position))) in (None, *range(1, until + 1))
            assert not_up_to_date(past, school, log.projector.keys) == {}
            head = past.execute(sa.select(log_head)).one_or_none()
            assert (head.size, head.frontier) if head else (until, lived.heads[until].pack()) == (0, b"")
        assert sum(made.handled.values()) >= until
    finally:
        made.close()


def test_the_position_at_a_moment_is_that_of_the_last_event_until_then(make_log, school) -> None:
    log = make_log()
    assert position_at(log, school, 10**15) == 0
    for minute in (1, 2, 2, 2, 5):
        with acting(school=school), told_at(FOUND_AT.replace(minute=minute, microsecond=0)):
            log.save(found())
    at = [to_milliseconds(FOUND_AT.replace(minute=minute, microsecond=0)) for minute in range(7)]
    assert [position_at(log, school, moment) for moment in at] == [0, 1, 4, 4, 4, 5, 5]
    assert [position_at(log, school, at[1] - 1), position_at(log, school, at[5] - 1)] == [0, 4]


def test_it_cannot_be_written_and_outlives_its_closing_for_who_reads(make_log, school) -> None:
    log = make_log(Shelf())
    Lived(log, school).live([0, 0])
    made = replay(log, {school: Part(2)})
    with made.in_use():
        made.close()
        with made.engine.connect() as past:
            assert len(past.execute(sa.select(shelf)).all()) == 2
            with pytest.raises(sa.exc.OperationalError, match="readonly"):
                past.execute(shelf.delete())
    with made.engine.connect() as past, pytest.raises(sa.exc.OperationalError, match="no such table"):
        past.execute(sa.select(shelf))
    made.close()


def test_projections_of_ones_own_are_tried_on_the_past(make_log, school) -> None:
    log = make_log(Shelf())
    Lived(log, school).live([0, 0, 1])
    made = replay(log, {school: Part(3)}, projections=[Places()])
    with made.engine.connect() as past:
        assert len(past.execute(sa.select(places)).all()) == 2
        assert past.execute(sa.select(shelf)).all() == []
    assert made.handled == {Places().key: 2}
    made.close()
