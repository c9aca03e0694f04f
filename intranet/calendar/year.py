"""What the page of a school year shows: twelve months of days, what is free, and how many school days there are."""

from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from events.frozen import frozen
from intranet.api import log, may, today
from intranet.calendar.days import DAY, STUDY_DAY, SchoolCalendar, SchoolYear
from intranet.calendar.events import FreePeriod
from intranet.calendar.forms import KIND_LABELS, WEEKDAY_LABELS
from intranet.calendar.reading import free_periods, school_calendar

WEEK = timedelta(weeks=1)
ICONS = {"holiday": "sun", "study_day": "graduation-cap", "other": "calendar-days"}
TONES = {"holiday": "warn", "study_day": "info", "other": "ok"}
MOST_YEARS_AWAY = 20


@frozen
class Day:
    """One day in a month and what it is: `school`, `closed` or the kind of free day."""

    day: date
    state: str
    is_today: bool

    @property
    def words(self) -> str:
        return str(KIND_LABELS[self.state]) if self.state in KIND_LABELS else ""


@frozen
class Month:
    """A month as weeks of seven days; days of other months are None."""

    first: date
    weeks: list[list[Day | None]]
    school_days: int


def asked_year() -> SchoolYear:
    """Return the school year of the address; this one when the address says none that can be."""
    now, asked = SchoolYear.of(today()), request.args.get("year", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        return now
    return SchoolYear(int(asked)) if abs(int(asked) - now.begins) <= MOST_YEARS_AWAY else now


def page(year: SchoolYear) -> dict[str, Any]:
    """Gather the page of a school year."""
    calendar, now = school_calendar(), today()
    periods = periods_of(year)
    return {
        "year": year,
        "years": [_year_link(each, each == year) for each in (year.previous, year, year.next)],
        "months": [_month(calendar, first, now) for first in year.months],
        "weekdays": [format_date(date(2026, 11, 23) + n * DAY, "EEEEEE") for n in range(7)],
        "numbers": _numbers(calendar, year, periods, now),
        "periods": [_period_item(row, title) for row, title in periods],
        "has_holidays": calendar.has_holidays(year),
        "week": [str(WEEKDAY_LABELS[number]) for number in sorted(calendar.weekdays_on(max(now, year.first)))],
        "may_change": may("calendar.change"),
    }


def period_in_words(first: date, last: date) -> str:
    """Return a stretch of days as people write it: "19 t/m 23 okt. 2026"."""
    if first == last:
        return format_date(first, "EEEE d MMMM y")
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    begin = format_date(first, "d" if same_month else "d MMMM" if same_year else "d MMMM y")
    return _("%(first)s t/m %(last)s", first=begin, last=format_date(last, "d MMMM y"))


def periods_of(year: SchoolYear) -> list[tuple[Any, str]]:
    """Return what is free in a school year, with what it is called, the earliest first."""
    rows = list(free_periods(year.first, year.last))
    periods = log.get_each(FreePeriod, [row.period for row in rows])
    return [(row, periods[row.period].title) for row in rows]


def _year_link(year: SchoolYear, current: bool) -> dict[str, Any]:
    return {"label": str(year), "href": url_for("calendar.year", year=year.begins), "current": current}


def _month(calendar: SchoolCalendar, first: date, now: date) -> Month:
    last = (first + timedelta(days=31)).replace(day=1) - DAY
    monday = first - (first.isoweekday() - 1) * DAY
    weeks = []
    while monday <= last:
        week = [monday + n * DAY for n in range(7)]
        weeks.append([_day(calendar, day, now) if day.month == first.month else None for day in week])
        monday += WEEK
    return Month(first, weeks, calendar.count(first, last))


def _day(calendar: SchoolCalendar, day: date, now: date) -> Day:
    state = "school" if calendar.is_school_day(day) else "closed"
    if day.isoweekday() in calendar.weekdays_on(day):
        state = calendar.free_kind(day) or state
    return Day(day, state, day == now)


def _numbers(calendar: SchoolCalendar, year: SchoolYear, periods: list[tuple[Any, str]], now: date) -> list[Any]:
    total = calendar.count(year.first, year.last)
    numbers = [{"number": total, "label": _("Schooldagen in dit jaar"), "icon": "school", "tone": "info"}]
    if year.first <= now <= year.last:
        numbers[0]["note"] = ngettext("Nog %(num)d", "Nog %(num)d", calendar.count(now + DAY, year.last))
    coming = next(((row, title) for row, title in periods if row.first > now and year == SchoolYear.of(now)), None)
    if coming:
        row, title = coming
        numbers.append(
            {
                "number": calendar.count(now + DAY, row.first - DAY),
                "label": _("Schooldagen tot: %(title)s", title=title),
                "note": period_in_words(row.first, row.last),
                "icon": ICONS[row.kind],
                "tone": TONES[row.kind],
            }
        )
    study = sum(row.kind == STUDY_DAY for row, _title in periods)
    numbers.append({"number": study, "label": _("Studiedagen"), "icon": "graduation-cap", "tone": "quiet"})
    return numbers


def _period_item(row: Any, title: str) -> dict[str, Any]:
    return {
        "label": title,
        "note": period_in_words(row.first, row.last),
        "icon": ICONS[row.kind],
        "tone": TONES[row.kind],
        "href": url_for("calendar.change", period_id=row.period),
    }
