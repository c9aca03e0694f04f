"""The year plan of a group: months with weeks for a wide screen, the same lessons below each other for a phone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import (
    Roster,
    SchoolCalendar,
    SchoolYear,
    current_actor,
    may,
    open_cases_of_group,
    own_groups,
    school_calendar,
    today,
)

from . import licensing, planning, reading, words
from .events import CURATIVE, GIVEN, PLANNED

DAY = timedelta(days=1)
MOST_YEARS_AWAY = 5
LATELY = timedelta(weeks=6)


@dataclass(slots=True)
class Shown:
    """A lesson as the plan shows it."""

    row: Any
    title: str
    teacher: str
    conflicts: list[str] = field(default_factory=list)
    late: bool = False
    unlicensed: bool = False

    @property
    def href(self) -> str:
        return url_for("kanjertraining.lesson", lesson_id=self.row.lesson)

    @property
    def day(self) -> str:
        return words.day_label(self.row.day)

    @property
    def look(self) -> str:
        return "late" if self.late else str(self.row.state)

    @property
    def icon(self) -> str:
        return "circle-alert" if self.conflicts else words.STATE_ICONS[self.row.state]

    @property
    def badge(self) -> tuple[str, str]:
        """What stands beside it, in words with a tone."""
        if self.conflicts:
            return _("past niet"), "bad"
        if self.late:
            return _("nog niet vastgelegd"), "warn"
        return str(words.STATE_LABELS[self.row.state]), words.STATE_TONES[self.row.state]

    @property
    def note(self) -> str:
        """The line below it: who, and what is wrong."""
        parts = [self.teacher, *(str(words.CONFLICT_LABELS[each]) for each in self.conflicts)]
        if self.unlicensed:
            parts.append(_("Deze collega heeft dan geen geldige licentie."))
        return " · ".join(part for part in parts if part)


@dataclass(slots=True)
class WeekCell:
    """A week in the table: its number, its days, why there is no school, and what is planned in it."""

    monday: date
    number: int
    free: str | None
    part: str | None
    is_now: bool
    lessons: list[Shown]

    @property
    def days(self) -> str:
        """The days of the week, as short as can be."""
        friday = self.monday + 4 * DAY
        return f"{self.monday.day}–{format_date(friday, 'd MMM').rstrip('.')}"


@dataclass(slots=True)
class MonthRow:
    """A month: its name, and the weeks that begin in it."""

    first: date
    weeks: list[WeekCell]

    @property
    def lessons(self) -> list[Shown]:
        return [each for week in self.weeks for each in week.lessons]


def asked_year() -> SchoolYear:
    """Return the school year of the address; this one when the address says none that can be."""
    now, asked = SchoolYear.of(today()), request.args.get("year", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) == 4):
        return now
    return SchoolYear(int(asked)) if abs(int(asked) - now.begins) <= MOST_YEARS_AWAY else now


def year_links(year: SchoolYear, endpoint: str, **arguments: Any) -> list[dict[str, Any]]:
    """Return the year, the one before and the one after as tabs."""
    return [
        {"label": str(each), "href": url_for(endpoint, year=each.begins, **arguments), "current": each == year}
        for each in (year.previous, year, year.next)
    ]


def may_in(permission: str, group_id: UUID) -> bool:
    """Tell whether the person who is signed in may do something for a group."""
    return may(permission, {"own_group"} if group_id in own_groups() else ())


def shown(
    rows: Sequence[Any], people: Roster, calendar: SchoolCalendar, licences: dict[UUID, list[Any]]
) -> list[Shown]:
    """Return lessons with everything that is to be said of them."""
    topics = reading.topics_of({row.programme for row in rows if row.programme})
    wrong = conflicts_of(rows, calendar, people)
    tells = may("kanjertraining.licences")
    found = []
    for row in rows:
        each = Shown(row, words.lesson_title(row, topics), words.person_label(row.given_by or row.teacher, people))
        if row.state == PLANNED:
            each.conflicts = wrong.get((row.class_group, row.day), [])
            each.late = row.day < today()
            if row.teacher and (tells or row.teacher == current_actor()):
                each.unlicensed = not any(licensing.counts_on(own, row.day) for own in licences.get(row.teacher, ()))
        found.append(each)
    return found


def conflicts_of(rows: Sequence[Any], calendar: SchoolCalendar, people: Roster) -> dict[tuple[UUID, date], list[str]]:
    """Return what is wrong with planned lessons, by group and day."""
    by_group: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        by_group[row.class_group].append(row)
    found = {}
    for group_id, mine in by_group.items():
        planned = [row.day for row in mine if row.state == PLANNED]
        counting = [row.day for row in mine if row.state in (PLANNED, GIVEN)]
        for day, wrong in planning.conflicts(planned, counting, calendar).items():
            found[group_id, day] = wrong
        group = people.groups.get(group_id)
        if group is None or not group.open:
            for day in planned:
                found[group_id, day] = [planning.GROUP_GONE]
    return found


def months(year: SchoolYear, lessons: Sequence[Shown], calendar: SchoolCalendar) -> list[MonthRow]:
    """Return the months of a school year with their weeks, from the first week with school or a lesson to the last."""
    by_week: dict[date, list[Shown]] = defaultdict(list)
    for each in lessons:
        by_week[each.row.day - (each.row.day.isoweekday() - 1) * DAY].append(each)
    weeks = calendar.weeks(year)
    used = [number for number, week in enumerate(weeks) if week.school_days or week.monday in by_week]
    found: dict[date, MonthRow] = {}
    for week in weeks[used[0] : used[-1] + 1] if used else []:
        first = max(week.monday, year.first).replace(day=1)
        cell = _cell(week, by_week.get(week.monday, []), calendar)
        found.setdefault(first, MonthRow(first, [])).weeks.append(cell)
    return list(found.values())


def _cell(week: Any, lessons: list[Shown], calendar: SchoolCalendar) -> WeekCell:
    weekdays = [week.monday + number * DAY for number in range(5)]
    closed = [day for day in weekdays if not calendar.is_school_day(day)]
    kinds = [calendar.free_kind(day) for day in closed]
    free = part = None
    if not week.school_days:
        kind = next((each for each in kinds if each), None)
        free = str(words.FREE_LABELS[kind]) if kind else _("geen school")
    elif closed:
        said = ", ".join(str(format_date(day, "EEEEEE")) for day in closed)
        kind = next((each for each in kinds if each), None)
        part = f"{words.FREE_LABELS[kind] if kind else _('geen school')} {said}"
    is_now = week.monday <= today() <= week.monday + 6 * DAY
    return WeekCell(week.monday, week.monday.isocalendar().week, free, part, is_now, lessons)


def extra_wanted(group_id: UUID, rows: Sequence[Any]) -> bool:
    """Tell whether extra lessons are proposed for a group: a case is open, and none was planned or given lately.

    Only to who keeps the planning. It plans nothing: people decide.
    """
    if not may_in("kanjertraining.plan", group_id) or not open_cases_of_group(group_id):
        return False
    return not any(row.kind == CURATIVE and row.day >= today() - LATELY for row in rows)


def page(group_id: UUID, year: SchoolYear, people: Roster) -> dict[str, Any]:
    """Gather the year plan of a group."""
    calendar, licences = school_calendar(), reading.licences_by_person()
    rows = reading.lessons(year.begins, group_id)
    lessons = shown(rows, people, calendar, licences)
    found = months(year, lessons, calendar)
    return {
        "group": people.groups[group_id],
        "year": year,
        "years": year_links(year, "kanjertraining.group", group_id=group_id),
        "lessons": lessons,
        "months": found,
        "columns": max((len(month.weeks) for month in found), default=0),
        "has_holidays": calendar.has_holidays(year),
        "extra_wanted": year == SchoolYear.of(today()) and extra_wanted(group_id, rows),
        "trouble": [each for each in lessons if each.conflicts],
        "may_record": may_in("kanjertraining.record", group_id),
        "may_plan": may_in("kanjertraining.plan", group_id),
    }
