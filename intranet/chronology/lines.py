"""The lines of a chronology: each event of each record as one line, with its place in the log and when it happened."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.case import Case
from events.incident import Incident
from events.signal import Signal
from events.staff_matter import StaffMatter
from intranet.api import Subject, log, roster
from intranet.cases.gathered import records_of
from intranet.cases.list_page import title_of
from intranet.cases.story import story_of as story_of_case
from intranet.chronology import hanging
from intranet.chronology.kinds import CASE, CONTACT, INCIDENT, LOOKING_BACK, MATTER, PLUGIN, PROMISE, SIGNAL
from intranet.chronology.line import Line, Part
from intranet.chronology.records import Records
from intranet.chronology.subjects import CASE as CASE_SUBJECT
from intranet.chronology.subjects import About
from intranet.hook_calls import contributions
from intranet.incidents import story as incident_story
from intranet.incidents.kinds import kind_of
from intranet.incidents.readable import Reader
from intranet.incidents.story import kinds_in_words, role_in_words, who
from intranet.people.mentions import to_html
from intranet.people.roster import Roster
from intranet.signals import story as signal_story
from intranet.signals.kinds import TITLES, choice_of
from intranet.signals.showing import mark_badges
from intranet.staff_matters import story as matter_story
from intranet.staff_matters.recipients import BoardNames

CONTACT_MOMENT = "contact_moment"
SORTS = {
    "ParentsInformed": CONTACT,
    **dict.fromkeys(("PlanMade", "TermExtended"), PROMISE),
    **dict.fromkeys(("ViewHeard", "Evaluated", "EvaluationPlanned"), LOOKING_BACK),
}
"""The events that have a source of their own, whatever record they stand in."""
FIRST_WORDS = frozenset({"Reported", "Recorded"})
"""The events with which somebody told something for the first time: who did it is the reporter."""


def lines_of(records: Records, about: About, someone: Reader) -> list[Line]:
    """Return the lines of what somebody may read, the first that happened first."""
    people = roster(someone.school)
    lines = [
        *(line for each in records.incidents for line in _incident(each.row.incident, people)),
        *(line for each in records.signals for line in _signal(each.row, people)),
        *(line for row in records.cases for line in _case(row, records, about, someone, people)),
        *(line for matter in records.matters for line in _matter(matter)),
        *hanging.lines_of(records, someone, people),
        *_of_plugins(about),
    ]
    return sorted(lines, key=lambda line: (line.at, line.position or 0))


def parts_in_words(parts: tuple[Part, ...], people: Roster) -> str:
    """Return who were in it, by name, with what they did."""
    named = ((who(people, person), role) for person, role in parts)
    return ", ".join(f"{name} ({role_in_words(role)})" if role else name for name, role in named)


def _told(items: list[dict[str, Any]], sort: str, record: UUID, where: str, href: str) -> Iterator[tuple[Any, Line]]:
    promised_for: dict[UUID, UUID | None] = {}
    contacts: set[UUID] = set()
    for item in items:
        event = item.get("event")
        if event is None:
            continue
        name = type(event).__name__
        if name == "FollowUpPromised":
            promised_for[event.follow_up_id] = event.person_id
            if event.kind == CONTACT_MOMENT:
                contacts.add(event.follow_up_id)
        promise = getattr(event, "follow_up_id", None)
        about = getattr(event, "person_id", None) or promised_for.get(promise)
        yield (
            event,
            Line(
                CONTACT if promise in contacts else SORTS.get(name, PROMISE if promise else sort),
                _happened(event) if name in FIRST_WORDS else event.recorded_at,
                event.recorded_at,
                item["title"],
                item.get("line"),
                event.position,
                record,
                name,
                where,
                item.get("href") or href,
                item["icon"],
                item["tone"],
                item.get("badge"),
                tuple(item.get("changes") or ()),
                about=about,
                roles=frozenset(filter(None, (getattr(event, "role", None), getattr(event, "was", None)))),
                actor=item["actor"],
            ),
        )


def _happened(event: Any) -> datetime:
    """Return when it happened; a suspicion about staff knows that only in its words."""
    return getattr(event, "happened_at", None) or event.recorded_at


def _incident(incident_id: UUID, people: Roster) -> Iterator[Line]:
    told = incident_story.story_of(incident_id, people)
    where = kinds_in_words(told.incident.kinds)
    href = url_for("incidents.incident", incident_id=incident_id)
    for event, line in _told(told.items, INCIDENT, incident_id, where, href):
        if type(event) is not Incident.Reported:
            yield line
            continue
        yield replace(
            line,
            title=kinds_in_words(event.kinds),
            words=to_html(event.account, current_user),
            where="",
            icon=kind_of(incident_story.in_order(event.kinds)[0]).icon,
            badge=(_("later verbeterd"), "warn") if told.incident.corrections else None,
            parts=tuple((part.person_id, part.role) for part in event.involved),
        )


def _signal(row: Any, people: Roster) -> Iterator[Line]:
    told = signal_story.story_of(row.signal, people)
    choice = choice_of(row.kind, row.positive)
    title = str(TITLES[choice.code])
    marks = mark_badges(row)
    for event, line in _told(told.items, SIGNAL, row.signal, title, url_for("signals.signal", signal_id=row.signal)):
        if type(event) is not Signal.Recorded:
            yield line
            continue
        yield replace(
            line,
            title=title,
            words=to_html(event.account, current_user),
            where="",
            icon=choice.icon,
            tone=choice.tone,
            badge=(marks[0][0], "warn") if marks else None,
            parts=tuple((person, None) for person in event.people),
        )


def _case(row: Any, records: Records, about: About, someone: Reader, people: Roster) -> Iterator[Line]:
    case = log.get(Case, row.case)
    kept = records.carriers
    # What is left out of a file is not told by the case either; on the screen of a child it may be of another.
    shown = [each for each in records_of(case, someone, people, ever=True) if each.id in kept]
    title = "" if about.id == row.case else title_of(row, people)
    for event, line in _told(
        story_of_case(case, shown, people), CASE, row.case, title, url_for("cases.case", case_id=row.case)
    ):
        if type(event) is not Case.Opened:
            yield line
            continue
        yield replace(
            line,
            words=to_html(event.concern, current_user),
            parts=tuple((part.person_id, part.role) for part in event.involved),
        )


def _matter(matter_id: UUID) -> Iterator[Line]:
    told = matter_story.story_of(matter_id, BoardNames())
    href = url_for("staff_matters.matter", matter_id=matter_id)
    for event, line in _told(told.items, MATTER, matter_id, "", href):
        yield replace(line, words=to_html(event.account, current_user)) if type(event) is StaffMatter.Reported else line


def _of_plugins(about: About) -> Iterator[Line]:
    if about.kind == CASE_SUBJECT:
        return
    for plugin, entry in contributions("timeline", subject=Subject(about.kind, about.id)):
        yield Line(
            PLUGIN,
            entry.at,
            entry.recorded_at,
            entry.title,
            entry.line or None,
            event=plugin.name,
            where=str(plugin.manifest.title),
            href=entry.href,
            icon=entry.icon,
            tone=entry.tone,
        )
