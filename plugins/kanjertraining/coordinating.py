"""What the coordinator keeps: the planning of all groups, licences, KanVAS windows, newcomers, the school's words."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import Name, Roster, SchoolYear, current_school, may, roster, teachers_of, today

from . import licensing, reading, words, year_page
from .coverage import coverage
from .events import PLANNED
from .school_events import AGREEMENT, THEME, Licence
from .words import SHIPPED_THEMES

NEW = timedelta(days=365)


def page(year: SchoolYear) -> dict[str, Any]:
    """Gather the page of the coordinator."""
    people, rows = roster(current_school()), reading.lessons(year.begins)
    groups = [group.group_id for group in people.groups.values() if group.open]
    found, themes = coverage(groups, rows, today()), reading.themes()
    held = reading.licences_by_person()
    return {
        "year": year,
        "years": year_page.year_links(year, "kanjertraining.coordinator"),
        "groups": [_group_row(each, people, year, len(themes)) for each in found],
        "extra_wanted": _extra_wanted(groups, rows, people),
        "without_plan": [words.group_label(each.group_id, people) for each in found if not each.total],
        "late": sum(each.late for each in found),
        "given": sum(each.given for each in found),
        "total": sum(each.total for each in found),
        "windows": [window_item(row, people, held) for row in reading.windows() if _is_of(row, year)],
        "unlicensed": unlicensed(rows, people, held),
        "ending": ending(people, held),
        "newcomers": newcomers(people, held),
        "may_licences": may("kanjertraining.licences"),
    }


def _extra_wanted(groups: list[UUID], rows: list[Any], people: Roster) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Groep %(name)s", name=words.group_label(each, people)),
            "note": _("Misschien helpen nu extra lessen. Overleg eerst."),
            "href": url_for("kanjertraining.group", group_id=each),
            "icon": "heart-handshake",
            "tone": "info",
        }
        for each in groups
        if year_page.extra_wanted(each, [row for row in rows if row.class_group == each])
    ]


def _is_of(row: Any, year: SchoolYear) -> bool:
    return SchoolYear.of(row.first) == year or SchoolYear.of(row.last) == year


def _group_row(each: Any, people: Roster, year: SchoolYear, themes: int) -> list[Any]:
    name = {
        "text": words.group_label(each.group_id, people),
        "href": url_for("kanjertraining.group", group_id=each.group_id, year=year.begins),
    }
    if not each.total:
        return [name, {"badge": (_("nog geen jaarplan"), "warn")}, "", "", "", ""]
    late = {"badge": (ngettext("%(num)d les", "%(num)d lessen", each.late), "warn")} if each.late else ""
    given = _("%(given)s van %(total)s", given=each.given, total=each.total)
    done = _("%(done)s van %(all)s", done=len(each.themes), all=themes)
    return [name, given, late, str(each.skipped or ""), done, str(each.parents or "")]


def unlicensed(rows: list[Any], people: Roster, held: dict[UUID, list[Any]]) -> list[dict[str, Any]]:
    """Return who is planned for lessons without a licence that counts on those days, with how many."""
    lacking: dict[UUID, list[date]] = {}
    for row in rows:
        coming = row.state == PLANNED and row.teacher and row.day >= today()
        if coming and not any(licensing.counts_on(own, row.day) for own in held.get(row.teacher, ())):
            lacking.setdefault(row.teacher, []).append(row.day)
    return [
        {
            "label": words.person_label(person, people),
            "note": _(
                "%(lessons)s vanaf %(day)s",
                lessons=ngettext("%(num)d les", "%(num)d lessen", len(days)),
                day=words.day_label(min(days)),
            ),
            "href": _record_for(person, held),
            "icon": "graduation-cap",
            "tone": "warn",
            "badge": _standing_badge(licensing.standing(held.get(person, ()), min(days))),
        }
        for person, days in sorted(
            lacking.items(), key=lambda each: people[each[0]].sort_key if each[0] in people else ()
        )
    ]


def _record_for(person: UUID, held: dict[UUID, list[Any]]) -> str | None:
    if not may("kanjertraining.licences"):
        return None
    best = licensing.best_of(held.get(person, ()), today())
    if best is not None:
        return url_for("kanjertraining.change_licence", licence_id=best.licence)
    return url_for("kanjertraining.new_licence", person=person.hex)


def _standing_badge(standing: str) -> tuple[Any, str]:
    return words.STANDING_LABELS[standing], words.STANDING_TONES[standing]


def ending(people: Roster, held: dict[UUID, list[Any]]) -> list[dict[str, Any]]:
    """Return the licences that end within 90 days, or ended in the last 90, of who is here; the first to end first."""
    found = []
    for person, rows in held.items():
        best = licensing.best_of(rows, today())
        here = person in people and people[person].here
        if best and here and best.at_this_school and abs((best.valid_until - today()).days) <= licensing.FAR.days:
            found.append(best)
    return [_licence_item(row, people) for row in sorted(found, key=lambda row: row.valid_until)]


def _licence_item(row: Any, people: Roster) -> dict[str, Any]:
    standing = licensing.standing([row], today())
    day = format_date(row.valid_until, "d MMMM y")
    return {
        "label": words.person_label(row.person, people),
        "note": f"{words.LEVEL_LABELS[row.level]} · " + _("tot en met %(day)s", day=day),
        "href": url_for("kanjertraining.change_licence", licence_id=row.licence)
        if may("kanjertraining.licences")
        else None,
        "icon": "graduation-cap",
        "tone": words.STANDING_TONES[standing],
        "badge": _standing_badge(standing),
    }


def newcomers(people: Roster, held: dict[UUID, list[Any]]) -> list[dict[str, Any]]:
    """Return who teaches, came within a year, and has no licence that counts."""
    teaching = {person for staff in teachers_of(current_school()).values() for person in staff}
    first = today() - NEW
    found = [
        name
        for name in people.present("staff")
        if name.person_id in teaching and name.since and name.since >= first and not _counts(name.person_id, held)
    ]
    return [
        {
            "label": name.full,
            "note": _("sinds %(day)s", day=format_date(name.since, "d MMMM y")),
            "href": _record_for(name.person_id, held),
            "icon": "user-plus",
            "tone": "info",
            "badge": _standing_badge(licensing.standing(held.get(name.person_id, ()), today())),
        }
        for name in found
    ]


def _counts(person: UUID, held: dict[UUID, list[Any]]) -> bool:
    return any(licensing.counts_on(row, today()) for row in held.get(person, ()))


def window_item(row: Any, people: Roster, held: dict[UUID, list[Any]]) -> dict[str, Any]:
    """Return a KanVAS window with whose licence is missing then: the lists are for who has one."""
    lacking = lacking_in(row, people, held)
    running = row.first <= today() <= row.last
    first, last = words.day_label(row.first), words.day_label(row.last)
    return {
        "title": words.WAVE_LABELS[row.wave],
        "days": _("%(first)s tot en met %(last)s", first=first, last=last),
        "groups": words.groups_in_words(row.year_groups),
        "href": url_for("kanjertraining.change_window", window_id=row.window),
        "state": (_("nu"), "ok") if running else (_("geweest"), "quiet") if row.last < today() else (_("komt"), "info"),
        "lacking": lacking,
    }


def lacking_in(row: Any, people: Roster, held: dict[UUID, list[Any]]) -> list[str]:
    """Return who teaches one of the groups of a window and has no licence that counts on its first day."""
    years, staff = set(row.year_groups.split()), teachers_of(current_school())
    found: dict[UUID, str] = {}
    for group in people.groups.values():
        if not group.open or not years & set(group.year_groups):
            continue
        for person in staff.get(group.group_id, ()):
            if not any(licensing.counts_on(own, row.first) for own in held.get(person, ())):
                name = words.person_label(person, people)
                found[person] = _("%(name)s (groep %(group)s)", name=name, group=group.name)
    return list(found.values())


def licences_page() -> dict[str, Any]:
    """Gather everybody who teaches or has a licence, with how they stand."""
    found = with_licence_or_teaching()
    valid = sum(any(licensing.counts_on(row, today()) for row in own) for _name, own in found)
    people = roster(current_school())
    withdrawn = [
        [words.person_label(row.person, people), *_withdrawn(row, record)]
        for row, record in reading.withdrawn_licences()
    ]
    rows = [_licence_row(name, own) for name, own in found]
    return {"rows": rows, "valid": valid, "total": len(found), "withdrawn": withdrawn}


def with_licence_or_teaching() -> list[tuple[Name, list[Any]]]:
    """Return everybody who teaches or has a licence, in alphabetical order, each with their licences."""
    people, held = roster(current_school()), reading.licences_by_person()
    teaching = {person for staff in teachers_of(current_school()).values() for person in staff}
    return [
        (name, held.get(name.person_id, []))
        for name in people.present("staff")
        if name.person_id in held or name.person_id in teaching
    ]


def _licence_row(name: Any, rows: list[Any]) -> list[Any]:
    best, standing = licensing.best_of(rows, today()), licensing.standing(rows, today())
    href = (
        url_for("kanjertraining.change_licence", licence_id=best.licence)
        if best
        else url_for("kanjertraining.new_licence", person=name.person_id.hex)
    )
    return [
        {"text": name.full, "href": href},
        words.LEVEL_LABELS[best.level] if best else "",
        format_date(best.issued_on, "d MMM y") if best else "",
        format_date(best.valid_until, "d MMM y") if best else "",
        {"badge": _standing_badge(standing)},
    ]


def own_page(person: UUID | None) -> dict[str, Any]:
    """Gather somebody's own licences."""
    rows = reading.licences(person) if person else []
    return {
        "standing": _standing_badge(licensing.standing(rows, today())),
        "rows": [
            [
                words.LEVEL_LABELS[row.level],
                format_date(row.issued_on, "d MMM y"),
                format_date(row.valid_until, "d MMM y"),
                {"badge": _standing_badge(licensing.standing([row], today()))},
            ]
            for row in rows
        ],
        "withdrawn": [_withdrawn(row, record) for row, record in reading.withdrawn_licences(person)] if person else [],
    }


def _withdrawn(row: Any, record: Licence) -> list[Any]:
    return [words.LEVEL_LABELS[row.level], format_date(row.issued_on, "d MMM y"), record.withdrawn_because]


def asked_person() -> dict[str, str]:
    """Return the colleague that the address names, as a value of the form."""
    asked = request.args.get("person", "")
    return {"person": asked} if asked else {}


def name_of(person: UUID) -> str:
    """Return somebody of this school by name."""
    return words.person_label(person, roster(current_school()))


def lines_page() -> dict[str, Any]:
    """Gather the agreements and the themes, each with where it is changed."""
    return {
        "agreements": _line_items(AGREEMENT),
        "themes": [str(label) for label in SHIPPED_THEMES.values()],
        "own_themes": _line_items(THEME),
        "may_plan": may("kanjertraining.plan"),
    }


def _line_items(kind: str) -> list[tuple[str, str]]:
    return [
        (text, url_for("kanjertraining.change_line", line_id=line_id)) for line_id, _number, text in reading.lines(kind)
    ]
