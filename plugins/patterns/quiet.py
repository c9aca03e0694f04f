"""Quiet weeks: who decides about which group, what was decided, and what that says of a group that records nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from intranet.api import (
    NotFound,
    Refused,
    Roster,
    current_school,
    from_milliseconds,
    log,
    may,
    own_groups,
    roster,
    school_calendar,
    school_zone,
    today,
)

from . import words
from .measure_projections import quiet_week
from .quiet_events import WORKWEEK, QuietWeek

DECIDE = "patterns.quiet"
WEEK = timedelta(weeks=1)
SHOWN, TO_CHOOSE = 12, 4
WHOLE_SCHOOL = ""


def decide_quiet_week(*, group_id: UUID | None, monday: date, looked: Iterable[str]) -> UUID:
    """Record that a week was quiet and return the id of the decision. Raises `Refused` when it was decided before."""
    # The school's head row is taken first: two people who decide at once do not decide twice.
    with log.unit_of_work():
        if any(row.monday == monday and row.class_group == group_id for row in decided(monday)):
            raise Refused(_("Over deze week is al besloten."))
        week = QuietWeek.decide(group_id=group_id, monday=monday, looked=tuple(looked), today=today())
        log.save(week)
    return week.id


def withdraw_quiet_week(quiet_week_id: UUID) -> None:
    """Take a decision back."""
    week = log.get(QuietWeek, quiet_week_id)
    week.withdraw()
    log.save(week)


def decided(since: date) -> Sequence[Any]:
    """Return the decisions about weeks that began on a day or later, the newest week first."""
    query = select(quiet_week).where(quiet_week.c.school == current_school(), quiet_week.c.monday >= since)
    with log.read() as connection:
        return connection.execute(query.order_by(quiet_week.c.monday.desc(), quiet_week.c.decided_at.desc())).all()


def may_decide(group_id: UUID | None) -> bool:
    """Tell whether who is signed in decides about a group; about the whole school only who does so for every group."""
    return may(DECIDE, {"own_group"} if group_id is not None and group_id in own_groups() else ())


def groups_to_decide(people: Roster) -> list[tuple[str, str]]:
    """Return about what who is signed in can decide: their own groups, or the school and every group."""
    whole = [(WHOLE_SCHOOL, _("De hele school"))] if may_decide(None) else []
    groups = [each for each in people.groups.values() if each.open and may_decide(each.group_id)]
    return [*whole, *((each.group_id.hex, _("Groep %(name)s", name=each.name)) for each in groups)]


def weeks_to_decide() -> list[date]:
    """Return the Mondays of the last weeks with school that are nearly over, the newest first."""
    calendar, monday = school_calendar(), today() - timedelta(days=today().weekday())
    mondays = [monday - number * WEEK for number in range(2 * TO_CHOOSE)]
    over = [each for each in mondays if each + WORKWEEK <= today() and calendar.count(each, each + WORKWEEK)]
    return over[:TO_CHOOSE]


def week_in_words(monday: date) -> str:
    """Return a week as people say it: "week 47, 16 t/m 20 november"."""
    friday = monday + WORKWEEK
    first = format_date(monday, "d" if monday.month == friday.month else "d MMMM")
    number = monday.isocalendar().week
    return _("week %(number)d, %(first)s t/m %(last)s", number=number, first=first, last=format_date(friday, "d MMMM"))


def group_in_words(group_id: UUID | None, people: Roster) -> str:
    """Return what a decision is about."""
    return _("De hele school") if group_id is None else _("Groep %(name)s", name=words.group_label(group_id, people))


def readable(since: date = date.min) -> list[Any]:
    """Return the decisions since a day that who is signed in may see: all of them, or of the school and own groups."""
    if may_decide(None) or may("patterns.read"):
        return list(decided(since))
    mine = {*own_groups(), None} if may(DECIDE) else set()
    return [row for row in decided(since) if row.class_group in mine]


def of_last_weeks() -> list[Any]:
    """Return the decisions that the list shows."""
    return readable(today() - timedelta(days=today().weekday()) - SHOWN * WEEK)


def list_page() -> dict[str, Any]:
    """Return the decisions of the last weeks."""
    people = roster(current_school())
    return {"decisions": [_item(row, people) for row in of_last_weeks()]}


def _item(row: Any, people: Roster) -> dict[str, Any]:
    day = format_date(from_milliseconds(row.decided_at).astimezone(school_zone()), "d MMMM")
    who = people[row.decided_by].full if row.decided_by in people else _("iemand die niet meer bekend is")
    return {
        "id": row.quiet_week,
        "label": f"{group_in_words(row.class_group, people)}, {week_in_words(row.monday)}",
        "note": _("Besloten door %(who)s op %(day)s. Gekeken: %(looked)s.", who=who, day=day, looked=looked(row)),
        "may_withdraw": may_withdraw(row),
    }


def looked(row: Any) -> str:
    """Return in words how somebody looked."""
    return ", ".join(str(words.LOOKED_LABELS.get(code, code)) for code in row.looked.split())


def may_withdraw(row: Any) -> bool:
    """Tell whether who is signed in may take a decision back: their own, or any for who decides about the school."""
    return may_decide(None) or (row.decided_by == current_user.person_id and may_decide(row.class_group))


def one_to_withdraw(quiet_week_id: UUID) -> Any:
    """Return the decision that who is signed in may take back. Raises `NotFound` for any other."""
    found = next((row for row in decided(date.min) if row.quiet_week == quiet_week_id), None)
    if found is None or not may_withdraw(found):
        raise NotFound("There is no such quiet week.")
    return found


def last_decided(since: date) -> dict[UUID | None, date]:
    """Return of each group the newest week since a day that was decided to be quiet; of the whole school under None."""
    newest: dict[UUID | None, date] = {}
    for row in decided(since):
        newest.setdefault(row.class_group, row.monday)
    return newest


def waits_for_a_decision() -> bool:
    """Tell whether about the last week of an own group nobody decided yet: then home leads here."""
    weeks, mine = weeks_to_decide(), own_groups()
    if not weeks or not may_decide(next(iter(mine), None)):
        return False
    about = {row.class_group for row in decided(weeks[0]) if row.monday == weeks[0]}
    return bool(mine) and None not in about and not mine <= about


def address() -> str:
    """Return where quiet weeks stand."""
    return url_for("patterns.quiet_weeks")
