"""The rules about free days and the school week, without a database."""

from datetime import date
from uuid import uuid4

import pytest

from events.log.context import acting
from events.log.errors import Refused
from intranet.calendar.events import FreePeriod
from intranet.schools.events import School

FIRST, LAST = date(2026, 10, 17), date(2026, 10, 25)


def kinds_of(record):
    return [type(event).__name__ for event in record.collect_events()]


def autumn(**options):
    return FreePeriod.plan(**{"title": "Herfst", "kind": "holiday", "first": FIRST, "last": LAST, **options})


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"title": "  "}, "hoe deze vrije dagen heten"),
        ({"kind": "party"}, "Kies vakantie"),
        ({"last": date(2026, 10, 16)}, "ligt voor de eerste"),
        ({"last": date(2027, 10, 16)}, "langer dan vier maanden"),
        ({"first": date(1926, 10, 16)}, "of het jaar klopt"),
        ({"first": date(2126, 10, 16), "last": date(2126, 10, 16)}, "of het jaar klopt"),
    ],
)
def test_free_days_that_cannot_be_right_are_refused(options, sentence):
    with pytest.raises(Refused, match=sentence):
        autumn(**options)
    period = autumn()
    period.collect_events()
    same = {"title": "Herfst", "kind": "holiday", "first": FIRST, "last": LAST}
    with pytest.raises(Refused, match=sentence):
        period.change(**same | options)
    assert kinds_of(period) == []


def test_a_change_is_recorded_once_and_nothing_after_removal():
    period = autumn()
    period.change(title=" Herfst ", kind="holiday", first=FIRST, last=LAST)
    period.change(title="Herfstvakantie", kind="holiday", first=FIRST, last=LAST)
    period.remove()
    assert kinds_of(period) == ["Added", "Changed", "Removed"]
    with pytest.raises(Refused, match="niet meer in de kalender"):
        period.remove()
    with pytest.raises(Refused, match="niet meer in de kalender"):
        period.change(title="x", kind="holiday", first=FIRST, last=LAST)


def test_the_school_week_is_recorded_when_it_changes():
    with acting(school=uuid4()):
        school = School(board_id=uuid4(), name="IBS De Regenboog", brin=None)
    school.collect_events()
    school.change_open_days(weekdays=[4, 1, 2, 2], since=FIRST)
    school.change_open_days(weekdays=[1, 2, 4], since=FIRST)
    assert kinds_of(school) == ["OpenDaysChanged"]
    assert school.open_days == {FIRST: (1, 2, 4)}
    for weekdays in ([], [0], [8]):
        with pytest.raises(Refused, match="op welke dagen"):
            school.change_open_days(weekdays=weekdays, since=FIRST)
