"""What the pages about the follow-up of an incident show."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from events.follow_up import CONSEQUENCES, PROTECTION, STAGES, STOP, VICTIM, FollowedUp, FollowUp, stages_left
from events.frozen import frozen
from events.incident import Incident
from intranet.api import current_actor, current_school, roster
from intranet.follow_up.followed import Followed
from intranet.follow_up.followed import Standing as Promising
from intranet.follow_up.kinds import INFORMED_LABELS, KIND_LABELS, STAGE_ICONS, STAGE_LABELS, USUAL_KIND
from intranet.follow_up.of_incidents import INCIDENTS
from intranet.incidents.kinds import is_serious
from intranet.incidents.moments import day_in_words
from intranet.incidents.readable import Standing
from intranet.incidents.story import who
from intranet.people.events import PUPIL
from intranet.people.roster import Roster
from intranet.people.today import today


@frozen
class Shown:
    """A promise in words; `tone` tells whether it is late."""

    promise: FollowUp
    label: str
    icon: str
    owner: str
    about: str
    when: str
    tone: str


def overview(incident: Incident, standing: Standing) -> dict[str, Any]:
    """Return the plan's steps, the open promises, whose parents know, and whether it can be closed."""
    people = roster(current_school())
    shown = [shown_promise(each, people) for each in incident.follow_ups]
    children = children_of(incident, people)
    return {
        "incident": incident,
        "can": standing.may,
        "steps": steps(incident, people),
        "open": open_promises(incident, people, INCIDENTS, standing),
        "ended": [each for each in shown if not each.promise.is_open],
        "suggestions": suggestions(incident, people, INCIDENTS),
        "children": children,
        "not_informed": [name for child, name in children.items() if child not in incident.parents_informed],
        "serious": is_serious(incident.highest_severity),
        "proposed_by": who(people, incident.proposed_by) if incident.proposed_by else None,
        "proposed_by_me": incident.proposed_by == current_actor(),
        "informed_labels": INFORMED_LABELS,
        "back": url_for("incidents.incident", incident_id=incident.id),
    }


def open_promises(record: FollowedUp, people: Roster, of: Followed, standing: Promising) -> list[dict[str, Any]]:
    """Return the open promises of a record, the most urgent first: links for who may open them."""
    shown = sorted(
        (shown_promise(each, people) for each in record.follow_ups if each.is_open),
        key=lambda each: each.promise.due_on,
    )
    return [
        {
            "label": f"{each.label}: {each.about}" if each.about else each.label,
            "href": of.url("promise", record.id, follow_up_id=each.promise.id)
            if of.opens(standing, each.promise)
            else None,
            "note": f"{each.owner} · {each.when}",
            "icon": each.icon,
            "tone": each.tone,
        }
        for each in shown
    ]


def shown_promise(promise: FollowUp, people: Roster) -> Shown:
    """Return a promise as it is shown."""
    late = promise.is_open and promise.due_on < today()
    return Shown(
        promise,
        str(KIND_LABELS.get(promise.kind, promise.kind)),
        STAGE_ICONS[STAGES.get(promise.kind, STAGES["other_follow_up"])],
        who(people, promise.owner),
        who(people, promise.person_id) if promise.person_id else "",
        _when(promise),
        "bad" if late else "warn" if promise.is_open and promise.due_on == today() else "quiet",
    )


def _when(promise: FollowUp) -> str:
    if promise.state == "waived":
        return _("hoeft niet meer")
    if promise.state == "kept":
        return _("klaar")
    day = day_in_words(promise.due_on)
    return _("te laat: %(day)s", day=day) if promise.due_on < today() else _("voor %(day)s", day=day)


def steps(record: FollowedUp, people: Roster) -> list[dict[str, Any]]:
    """Return the steps of the safety plan for this record, in its order of urgency."""
    roles = {part.role for part in record.involved}
    left = stages_left(record.follow_ups, roles)
    asked = stages_left((), roles)
    found: list[dict[str, Any]] = []
    for stage in (STOP, VICTIM, CONSEQUENCES, PROTECTION):
        mine = [each for each in record.follow_ups if STAGES[each.kind] == stage]
        if stage not in asked and not mine:
            continue
        state = "todo" if stage in left else "current" if any(each.is_open for each in mine) else "done"
        found.append({"label": STAGE_LABELS[stage], "state": state, "note": _names(record, people, stage)})
    return found


def _names(record: FollowedUp, people: Roster, stage: int) -> str:
    roles = {VICTIM: ("victim",), CONSEQUENCES: ("alleged_perpetrator",), PROTECTION: ("witness", "follower")}
    parts = [part.person_id for part in record.involved if part.role in roles.get(stage, ())]
    return ", ".join(people[each].short for each in dict.fromkeys(parts) if each in people)


def suggestions(record: FollowedUp, people: Roster, of: Followed) -> list[dict[str, str]]:
    """Return what the plan asks and nobody promised yet, each as a link to a form that is half filled in."""
    promised = {(each.kind, each.person_id) for each in record.follow_ups}
    found = []
    if not any(each.kind == "behaviour_stopped" for each in record.follow_ups):
        found.append((str(KIND_LABELS["behaviour_stopped"]), "behaviour_stopped", None))
    for part in sorted(record.involved, key=lambda each: STAGES.get(USUAL_KIND.get(each.role, ""), 9)):
        kind = USUAL_KIND.get(part.role)
        if kind is not None and (kind, part.person_id) not in promised:
            name = people[part.person_id].short if part.person_id in people else _("iemand")
            found.append((_("%(what)s: %(name)s", what=KIND_LABELS[kind], name=name), kind, part.person_id))
    return [
        {"label": label, "href": _to_form(record.id, kind, person, of), "icon": STAGE_ICONS[STAGES[kind]], "note": ""}
        for label, kind, person in found
    ]


def _to_form(record_id: UUID, kind: str, person: UUID | None, of: Followed) -> str:
    more = {} if person is None else {"person": person.hex}
    return of.url("new", record_id, kind=kind, **more)


def children_of(record: FollowedUp, people: Roster) -> dict[UUID, str]:
    """Return the pupils who were in it, by name."""
    there = dict.fromkeys(part.person_id for part in record.involved)
    return {each: people[each].full for each in there if each in people and people[each].kind == PUPIL}


def everybody_in(record: FollowedUp, people: Roster) -> dict[UUID, str]:
    """Return who were in it, by name."""
    there = dict.fromkeys(part.person_id for part in record.involved)
    return {each: people[each].full for each in there if each in people}


def first_due(day: date, calendar: Any) -> date:
    """Return the day that a new promise is for unless somebody says otherwise: the next school day."""
    due: date = calendar.after(day, 1)
    return due
