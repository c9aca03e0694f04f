"""What the pages of incidents show: rows of the register with names of the roster, and words for codes."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intranet.api import current_school
from intranet.body_map.showing import marks_card
from intranet.cases.of_record import card_of
from intranet.files.carriers import INCIDENT, Record
from intranet.files.showing import add_now, attached
from intranet.follow_up.of_incidents import INCIDENTS
from intranet.follow_up.showing import open_promises
from intranet.incidents import choosing, listing, reporting, story
from intranet.incidents.audience import audience
from intranet.incidents.choosing import detail_of, group_names
from intranet.incidents.forms import ConfidentialForm, NoteForm, ReportForm, RoleForm, SeverityForm
from intranet.incidents.kinds import KINDS, ROLE_LABELS, SEVERITY_LABELS, SEVERITY_TONES, kind_of, place_of
from intranet.incidents.moments import days_later, moment_in_words
from intranet.incidents.readable import Standing, reader
from intranet.law.telling import card as law_card
from intranet.notes.records import INCIDENT as INCIDENT_NOTES
from intranet.people.mentions import to_html
from intranet.people.roster import Roster, roster
from intranet.record_cards import cards_of
from intranet.sharing import shareable
from intranet.sharing.showing import shares_card
from intranet.signals.showing import signals_behind


def report_page(form: ReportForm) -> dict[str, Any]:
    """Return what the form needs besides itself."""
    form.people.offer(choosing.pupils_of_own_group())
    return {
        "icons": {kind.code: kind.icon for kind in KINDS},
        "roles": [(code, str(label)) for code, label in ROLE_LABELS.items()],
        "mentioned": reporting.mentioned(form.mentions),
        "audience": reporting.audience_now(form),
        "people_url": url_for("incidents.people"),
    }


def severity_badge(level: int | None) -> tuple[str, str] | None:
    """Return the badge of a severity, None while nobody weighed it."""
    if level is None:
        return None
    return str(SEVERITY_LABELS.get(level, level)), SEVERITY_TONES.get(level, "quiet")


def title_of(found: listing.Found) -> str:
    """Return what an incident is called in a list: of a closed one no more than that."""
    if found.row.staff_matter:
        return _("Melding voor het bestuur")
    if found.row.confidential:
        return _("Vertrouwelijk incident")
    return story.kinds_in_words(found.kinds)


def icon_of(found: listing.Found) -> str:
    """Return the picture of an incident in a list."""
    if found.closed:
        return "lock"
    return kind_of(story.in_order(found.kinds)[0]).icon if found.kinds else "clipboard-list"


def happened_in_words(found: listing.Found) -> str:
    """Return when it happened."""
    return moment_in_words(listing.moment_of(found.row.happened_at))


def where_in_words(found: listing.Found, people: Roster) -> str:
    """Return place and group; of a closed incident nothing."""
    if found.closed:
        return ""
    row = found.row
    group = _("groep %(group)s", group=story.group_in_words(row.class_group, people)) if row.class_group else None
    place = str(place_of(row.place).label) if row.place else None
    return " · ".join(part for part in (place, group) if part)


def people_line(found: listing.Found, people: Roster) -> str:
    """Return who had a part, by given name; of a closed incident nobody."""
    if found.closed:
        return ""
    names = dict.fromkeys(people[person].short if person in people else _("iemand") for person, _role in found.parts)
    return ", ".join(names)


def incident_page(incident_id: UUID, standing: Standing, **refused: Any) -> dict[str, Any]:
    """Return what the page of one incident shows, with a form that was refused in the place of a new one."""
    people = roster(current_school())
    told = story.story_of(incident_id, people)
    incident = told.incident
    groups = group_names(people, incident.group_id, [part.person_id for part in incident.involved])
    return {
        "incident": incident,
        "title": story.kinds_in_words(incident.kinds),
        "icon": kind_of(story.in_order(incident.kinds)[0]).icon,
        "happened": moment_in_words(incident.happened_at),
        "recorded": moment_in_words(told.recorded_at),
        "late": days_later(incident.happened_at, told.recorded_at),
        "place": str(place_of(incident.place).label) if incident.place else None,
        "group": story.group_in_words(incident.group_id, people) if incident.group_id else None,
        "part_of_day": str(story.moment_label(incident.moment)) if incident.moment else None,
        "reporter": story.who(people, told.reporter),
        "account": to_html(incident.account, current_user),
        "corrected": incident.corrections > 0,
        "severity": severity_badge(incident.severity),
        "staff_matter": standing.row.staff_matter,
        "persons": parts_of(incident, people),
        "items": INCIDENT_NOTES.with_buttons(told.items, incident, standing),
        "promises": open_promises(incident, people, INCIDENTS, standing),
        "signals": signals_behind(incident.signals, reader(), people),
        "cases": card_of("incident", incident_id, reader(), can_be=not standing.row.staff_matter),
        "audience": audience(
            staff_matter=standing.row.staff_matter,
            confidential=incident.confidential,
            flagged=standing.row.flagged,
            groups=groups,
            by_me="reporter" in standing.relations,
        ),
        "sharing": shares_card(shareable.INCIDENT, incident, standing),
        "law": law_card(incident_id, reader()),
        "record_cards": [] if standing.row.staff_matter else cards_of("incidents.incident", incident_id),
        "can": standing.may,
        "attached": attached(Record(INCIDENT, incident_id, standing)),
        "body_map": marks_card(Record(INCIDENT, incident_id, standing)),
        "people_url": url_for("incidents.people"),
        "note_form": NoteForm(formdata=None),
        "severity_form": SeverityForm(formdata=None),
        "confidential_form": ConfidentialForm(formdata=None),
        "note_mentioned": reporting.mentioned(request.form.getlist("text-mention")),
        **refused,
    }


def parts_of(incident: Any, people: Roster) -> list[dict[str, Any]]:
    """Return everybody who had a part, by name, with all their parts in words."""
    parts: dict[UUID, list[str]] = {}
    for part in incident.involved:
        parts.setdefault(part.person_id, []).append(part.role)
    return [
        {
            "id": person,
            "name": story.who(people, person),
            "detail": detail_of(people[person]) if person in people else None,
            "roles": [(role, story.role_in_words(role)) for role in roles],
        }
        for person, roles in parts.items()
    ]


def people_page(incident_id: UUID, standing: Standing) -> dict[str, Any]:
    """Return who had which part, each with a form to change it."""
    people = roster(current_school())
    told = story.story_of(incident_id, people)
    rows = [
        {
            **person,
            "role": role,
            "form": RoleForm(formdata=None, data={"person": person["id"].hex, "was": role, "role": role}),
            "withdraw_url": url_for("incidents.withdraw", incident_id=incident_id, person=person["id"].hex, was=role),
        }
        for person in parts_of(told.incident, people)
        for role, _words in person["roles"]
    ]
    return {
        "heading": _("Wie erbij waren"),
        "rows": rows,
        "roles": [(code, str(label)) for code, label in ROLE_LABELS.items()],
        "people_url": url_for("incidents.people"),
        "may_withdraw": standing.may("incidents.correct"),
        "change_url": url_for("incidents.change_role", incident_id=incident_id),
        "add_url": url_for("incidents.people_in_it", incident_id=incident_id),
        "back": url_for("incidents.incident", incident_id=incident_id),
        "back_label": _("Naar het incident"),
    }


def withdraw_page(incident_id: UUID, standing: Standing, person: UUID | None, role: str | None) -> dict[str, Any]:
    """Return whom the page is about."""
    people = roster(current_school())
    return {
        "name": story.who(people, person) if person else _("iemand"),
        "role": story.role_in_words(role or ""),
        "back": url_for("incidents.incident", incident_id=incident_id),
        "back_label": _("Naar het incident"),
    }


def recorded_page(incident_id: UUID, standing: Standing) -> dict[str, Any]:
    """Return what comes right after saving."""
    people = roster(current_school())
    row = standing.row
    return {
        "incident_id": incident_id,
        "happened": moment_in_words(listing.moment_of(row.happened_at)),
        "place": str(place_of(row.place).label) if row.place else None,
        "group": story.group_in_words(row.class_group, people) if row.class_group else None,
        "add_now": add_now(Record(INCIDENT, incident_id, standing)),
    }
