"""Free days and the school week through commands, on both databases."""

from datetime import date
from uuid import uuid4

import pytest

from events.log.errors import NotFound, Refused
from intranet.api import school_calendar
from intranet.calendar import commands, importing
from intranet.calendar.ical_file import CalendarFile, Found
from intranet.calendar.reading import free_periods

FIRST, LAST = date(2026, 10, 17), date(2026, 10, 25)
AUTUMN = {"title": "Herfstvakantie", "kind": "holiday", "first": FIRST, "last": LAST}


def shown():
    return [(row.kind, row.first, row.last) for row in free_periods(date(2026, 8, 1), date(2027, 7, 31))]


def test_what_is_added_changed_and_removed_is_counted_so(place_on_both):
    place = place_on_both
    with place.inside():
        period = commands.add_free_days(**AUTUMN)
        assert shown() == [("holiday", FIRST, LAST)]
        assert not school_calendar().is_school_day(date(2026, 10, 19))
        commands.change_free_days(period, **AUTUMN | {"first": date(2026, 10, 20), "kind": "other"})
        assert shown() == [("other", date(2026, 10, 20), LAST)]
        assert school_calendar().is_school_day(date(2026, 10, 19))
        commands.remove_free_days(period)
        assert shown() == []
        commands.put_free_days_back(period)
        assert shown() == [("other", date(2026, 10, 20), LAST)]
        commands.remove_free_days(period)
        other = commands.add_free_days(**AUTUMN | {"first": date(2026, 10, 20)})
        with pytest.raises(Refused, match="staan al in de kalender"):
            commands.put_free_days_back(period)
        with pytest.raises(Refused, match="staan al in de kalender"):
            commands.change_free_days(commands.add_free_days(**AUTUMN), **AUTUMN | {"first": date(2026, 10, 20)})
        commands.change_free_days(other, **AUTUMN | {"first": date(2026, 10, 20), "title": "Anders"})
        commands.remove_free_days(other)
        commands.change_open_days([1, 2, 4, 5], since=date(2026, 10, 1))
        commands.change_open_days([1, 2], since=date(2026, 10, 1))
        assert school_calendar().weekdays_on(date(2026, 10, 2)) == {1, 2}
        assert school_calendar().weekdays_on(date(2026, 9, 30)) == {1, 2, 3, 4, 5}


def test_the_same_days_are_added_once(place_on_both):
    with place_on_both.inside():
        commands.add_free_days(**AUTUMN)
        with pytest.raises(Refused, match="staan al in de kalender"):
            commands.add_free_days(**AUTUMN | {"title": "Nog eens"})
        assert len(shown()) == 1


def test_another_school_has_its_own_calendar(place_on_both):
    place = place_on_both
    with place.inside():
        period = commands.add_free_days(**AUTUMN)
    with place.inside(place.elsewhere):
        assert shown() == []
        assert school_calendar().is_school_day(date(2026, 10, 19))
        with pytest.raises(NotFound):
            commands.remove_free_days(period)


def test_rebuilt_rows_equal_live_rows(place_on_both):
    place = place_on_both
    with place.inside():
        first = commands.add_free_days(**AUTUMN)
        commands.add_free_days(title="Studiedag", kind="study_day", first=date(2026, 11, 6), last=date(2026, 11, 6))
        commands.change_free_days(first, **AUTUMN | {"last": date(2026, 10, 24)})
        commands.change_open_days([1, 2, 4, 5], since=date(2026, 10, 1))
        live = shown(), school_calendar().weekdays_on(FIRST)
        projection = next(each for each in place.log.projector.projections if each.name == "calendar.days")
        place.log.rebuild(projection, place.school)
        assert (shown(), school_calendar().weekdays_on(FIRST)) == live


def test_a_file_is_taken_over_once_and_only_what_was_chosen(place_on_both):
    place = place_on_both
    feast = Found("Sinterklaas", date(2026, 12, 4), date(2026, 12, 4), None)
    read = CalendarFile((Found("Herfstvakantie", FIRST, LAST, "holiday"), feast))
    with place.inside():
        upload = importing.uploads.keep(read)
        assert importing.uploads.kept(upload) == read
        assert list(importing.new_days(read)) == [0, 1]
        assert importing.take_over([(read.found[0], "holiday")], upload) == 1
        assert importing.uploads.kept(upload) is None
        assert importing.new_days(read) == {1: feast}
        assert shown() == [("holiday", FIRST, LAST)]


def test_taking_over_is_all_or_nothing(place_on_both):
    impossible = Found("Jaren", FIRST, date(2029, 1, 1), None)
    with place_on_both.inside(), pytest.raises(Refused):
        importing.take_over([(Found("Herfst", FIRST, LAST, None), "holiday"), (impossible, "holiday")], uuid4())
    with place_on_both.inside():
        assert shown() == []
