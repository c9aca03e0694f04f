"""The clock is set back an hour and forward a year while people work: order and times of the log never go back."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
import time_machine
from flask import Flask

from events.log.tables import event
from tests.intranet.incidents.small_school import SmallSchool

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
JUMPS = (
    timedelta(0),
    timedelta(hours=-1),
    timedelta(minutes=1),
    timedelta(days=365),
    timedelta(days=-365),
    timedelta(hours=2),
)


def test_order_and_times_of_the_log_hold_when_the_clock_jumps(app_on_both: Flask) -> None:
    with time_machine.travel(MONDAY - timedelta(minutes=5)) as clock:
        school = SmallSchool(app_on_both)
        before = school.size()
        now, reported = MONDAY, []
        for number, jump in enumerate(JUMPS):
            now += jump
            clock.move_to(now)
            answer = school.client("fatima").report(account=f"Ze trokken aan de bal, dit was nummer {number}.")
            assert answer.status_code == 303
            reported.append(answer.location)
            assert school.client("fatima").get(answer.location).status_code == 200
    with school.app.extensions["geborgen.log"].read_engine.connect() as connection:
        rows = connection.execute(
            sa.select(event.c.position, event.c.stream, event.c.recorded_at)
            .where(event.c.school == school.school, event.c.position > before)
            .order_by(event.c.position)
        ).all()
    assert [row.position for row in rows] == list(range(before + 1, before + len(JUMPS) + 1))
    assert [str(row.stream) in where for row, where in zip(rows, reported, strict=True)] == [True] * len(JUMPS)
    times = [row.recorded_at for row in rows]
    assert times == sorted(times)
    assert 0 <= times[0] / 1000 - MONDAY.timestamp() < 60
