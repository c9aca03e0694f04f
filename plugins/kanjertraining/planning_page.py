"""What the forms of the planning offer and say: programmes to choose from, and who lacks a licence."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, request
from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import GroupName, SchoolYear, current_school, roster

from . import commands, licensing, reading, words
from .events import KINDS, PREVENTIVE
from .forms import PlanForm

PROGRAMME, PLAN = "p", "g"
"""How a choice begins that stands for a programme, and one for the plan of a group in the year before."""


def sources(group: GroupName, year: SchoolYear) -> list[tuple[str, str]]:
    """Return where the lessons of a group can come from: programmes that fit first, then plans of last year."""
    rows = reading.programmes(year.begins)
    named = reading.named_programmes(rows)
    rows.sort(key=lambda row: not _fits(row, group))
    found = [
        (f"{PROGRAMME}{row.programme.hex}", f"{named[row.programme].title} ({words.groups_in_words(row.year_groups)})")
        for row in rows
        if row.programme in named
    ]
    people = roster(current_school())
    had = {
        row.class_group
        for row in reading.lessons(year.previous.begins)
        if row.kind == PREVENTIVE and row.repeats is None
    }
    for other in people.groups.values():
        if other.group_id in had:
            said = _("Zoals groep %(name)s in %(year)s", name=other.name, year=year.previous)
            found.append((f"{PLAN}{other.group_id.hex}", said))
    return found


def likely_source(group: GroupName, year: SchoolYear) -> str | None:
    """Return the choice of the first programme that is made for a group, None when there is none."""
    fitting = [row for row in reading.programmes(year.begins) if _fits(row, group)]
    return f"{PROGRAMME}{fitting[0].programme.hex}" if fitting else None


def _fits(row: Any, group: GroupName) -> bool:
    return bool(set(row.year_groups.split()) & set(group.year_groups))


def plan(group_id: UUID, year: SchoolYear, form: PlanForm) -> int:
    """Make the plan that was asked for, and return how many lessons it has."""
    kind, source = form.source.data[0], UUID(form.source.data[1:])
    if kind == PLAN:
        return commands.copy_plan(group_id, source, school_year=year.begins, teacher_id=form.teacher_id)
    return commands.make_plan(
        group_id,
        source,
        school_year=year.begins,
        weekday=int(form.weekday.data),
        first=form.first.data,
        pace=form.pace.data,
        teacher_id=form.teacher_id,
    )


def topics_to_choose(group: GroupName, year: SchoolYear) -> list[tuple[str, str]]:
    """Return the lessons of programmes for a group, as choices that name both."""
    rows = [row for row in reading.programmes(year.begins) if _fits(row, group)]
    return [
        (f"{programme.id.hex}:{topic_id.hex}", f"{topic.number}. {topic.title}")
        for programme in reading.named_programmes(rows).values()
        for topic_id, topic in programme.in_order()
    ]


def chosen_topic(choice: str | None) -> tuple[UUID, UUID] | None:
    """Return the programme and the lesson that a choice stands for."""
    if not choice:
        return None
    programme, _colon, topic = choice.partition(":")
    return UUID(programme), UUID(topic)


def asked_kind() -> dict[str, str]:
    """Return the kind of lesson that the address asks for, as a value of the form."""
    asked = request.args.get("kind", "")
    return {"kind": asked} if asked in KINDS else {}


def moved_sentence(day: date) -> str:
    """Return what is said after a move."""
    return _("Verplaatst naar %(day)s.", day=format_date(day, "EEEE d MMMM"))


def say_who_lacks_a_licence_on(teacher_id: UUID | None, day: date) -> None:
    """Say on the next page that somebody has no licence that counts on a day; it stops nothing."""
    if teacher_id is None or any(licensing.counts_on(row, day) for row in reading.licences(teacher_id)):
        return
    name = words.person_label(teacher_id, roster(current_school()))
    flash(_("%(name)s heeft dan geen geldige licentie op naam van deze school.", name=name), "warn")


def say_who_lacks_a_licence(teacher_id: UUID | None, group_id: UUID, year: SchoolYear) -> None:
    """Say on the next page that somebody lacks a licence for a lesson of a plan."""
    rows = [row for row in reading.lessons(year.begins, group_id) if row.teacher == teacher_id]
    lacking = [
        row.day
        for row in rows
        if teacher_id and not any(licensing.counts_on(own, row.day) for own in reading.licences(teacher_id))
    ]
    if lacking:
        say_who_lacks_a_licence_on(teacher_id, lacking[0])
