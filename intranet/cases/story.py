"""What happened in one case, event by event, between the records that are gathered in it, in words."""

from collections.abc import Callable
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from events.case import Case
from events.case_plan import WELL
from intranet.api import log
from intranet.cases.gathered import Gathered
from intranet.cases.kinds import OUTCOME_LABELS, ROLE_LABELS, VIEW_LABELS, VIEW_TONES, VOICE_LABELS
from intranet.follow_up import telling as following
from intranet.incidents.story import Item, who
from intranet.people.mentions import to_html
from intranet.people.roster import Roster
from intranet.sharing import telling as sharing


def story_of(case: Case, gathered: list[Gathered], people: Roster) -> list[Item]:
    """Tell a case, the first that happened first; `gathered` are the records that were ever in it and may be read."""
    shown = {each.id: each for each in gathered}
    items = [_of_record(each) for each in gathered if each.id in case.gathered]
    for event in log.events.get(case.id):
        record = getattr(event, "record_id", None)
        if record is not None and record not in shown:
            continue
        told = _tell(event, people, shown.get(record) if record else None)
        items.append(
            {
                "at": event.recorded_at,
                "actor": who(people, event.actor_id),
                "event": event,
                **told,
            }
        )
    return sorted(items, key=lambda item: item["at"])


def _of_record(record: Gathered) -> Item:
    return {
        "at": record.at,
        "title": record.title,
        "line": record.people or None,
        "icon": record.icon,
        "tone": record.tone,
        "href": record.href,
    }


def _tell(event: Any, people: Roster, record: Gathered | None) -> Item:
    if (later := following.told(event, people) or sharing.told(event, people)) is not None:
        return later
    if record is not None:
        return _gathering(event, record)
    tell = _TELL.get(type(event))
    if tell is None:
        return {"title": _("Iets wat dit programma niet kan lezen"), "icon": "circle-question-mark", "tone": "quiet"}
    return tell(event, people)


def _gathering(event: Any, record: Gathered) -> Item:
    if type(event) is Case.RecordTakenOut:
        return {"title": _("Uit de zaak gehaald"), "line": _words(event.reason), "icon": "x", "tone": "warn"}
    return {
        "title": _("Bij de zaak gevoegd: %(what)s", what=record.title),
        "icon": "link",
        "tone": "quiet",
        "href": record.href,
    }


def _words(text: str) -> Any:
    return to_html(text, current_user)


def _role(role: str) -> str:
    return str(ROLE_LABELS.get(role, role))


def _day(day: Any) -> str:
    return format_date(day, "d MMMM y")


def _opened(event: Any, people: Roster) -> Item:
    title = _("Zaak geopend, geleid door %(person)s", person=who(people, event.leader))
    return {"title": title, "icon": "book-open", "tone": "info"}


def _handed_over(event: Any, people: Roster) -> Item:
    title = _("%(person)s leidt de zaak nu", person=who(people, event.leader))
    return {"title": title, "line": _words(event.reason), "icon": "users", "tone": "warn"}


def _joined(event: Any, people: Roster) -> Item:
    return {"title": _("%(person)s doet mee", person=who(people, event.person_id)), "icon": "user-plus", "tone": "info"}


def _left(event: Any, people: Roster) -> Item:
    title = _("%(person)s doet niet meer mee", person=who(people, event.person_id))
    return {"title": title, "icon": "user-x", "tone": "quiet"}


def _weighed(event: Any, _people: Roster) -> Item:
    title = _("Dit is ernstig") if event.serious else _("Dit is niet meer ernstig")
    return {"title": title, "line": _words(event.reason), "icon": "scale", "tone": "warn"}


def _involved(event: Any, people: Roster) -> Item:
    name = who(people, event.person_id)
    return {
        "title": _("%(person)s toegevoegd: %(role)s", person=name, role=_role(event.role)),
        "icon": "user-plus",
        "tone": "info",
    }


def _changed(event: Any, people: Roster) -> Item:
    changes = [(who(people, event.person_id), _role(event.was), _role(event.role))]
    return {"title": _("Rol veranderd"), "icon": "users", "tone": "info", "changes": changes}


def _withdrawn(event: Any, people: Roster) -> Item:
    title = _("%(person)s hoort er niet bij", person=who(people, event.person_id))
    return {"title": title, "line": _words(event.reason), "icon": "user-x", "tone": "warn"}


def _planned(event: Any, _people: Roster) -> Item:
    title = _("Plan gemaakt. Terugkijken op %(day)s", day=_day(event.evaluate_on))
    return {"title": title, "line": _words(event.goal), "icon": "target", "tone": "info"}


def _extended(event: Any, _people: Roster) -> Item:
    title = _("Meer tijd: terugkijken op %(day)s", day=_day(event.evaluate_on))
    return {"title": title, "line": _words(event.reason), "icon": "calendar-clock", "tone": "warn"}


def _planned_again(event: Any, _people: Roster) -> Item:
    return {"title": _("Terugkijken op %(day)s", day=_day(event.evaluate_on)), "icon": "calendar-clock", "tone": "info"}


def _heard(event: Any, people: Roster) -> Item:
    voice = str(VOICE_LABELS.get(event.voice, event.voice))
    if event.person_id is not None:
        voice = _("%(voice)s: %(name)s", voice=voice, name=who(people, event.person_id))
    badge = str(VIEW_LABELS.get(event.view, event.view)), VIEW_TONES.get(event.view, "quiet")
    tone = VIEW_TONES.get(event.view, "quiet")
    return {"title": voice, "line": _words(event.words), "icon": "message-circle", "tone": tone, "badge": badge}


def _evaluated(event: Any, _people: Roster) -> Item:
    title = str(OUTCOME_LABELS.get(event.outcome, event.outcome))
    if event.next_on is not None:
        title = _("%(outcome)s. Weer terugkijken op %(day)s", outcome=title, day=_day(event.next_on))
    well = event.outcome == WELL
    return {
        "title": _("Samen teruggekeken: %(what)s", what=title[:1].lower() + title[1:]),
        "line": _words(event.conclusion),
        "icon": "thumbs-up" if well else "rotate-ccw",
        "tone": "ok" if well else "warn",
    }


_TELL: dict[type, Callable[[Any, Roster], Item]] = {
    Case.Opened: _opened,
    Case.LeaderChanged: _handed_over,
    Case.ParticipantAdded: _joined,
    Case.ParticipantRemoved: _left,
    Case.SeriousnessWeighed: _weighed,
    Case.InvolvementAdded: _involved,
    Case.InvolvementChanged: _changed,
    Case.InvolvementWithdrawn: _withdrawn,
    Case.PlanMade: _planned,
    Case.TermExtended: _extended,
    Case.EvaluationPlanned: _planned_again,
    Case.ViewHeard: _heard,
    Case.Evaluated: _evaluated,
}
