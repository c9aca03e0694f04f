"""What the pages of incidents show: rows of the register with names of the roster, and words for codes."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from intranet.api import current_school
from intranet.incidents import choosing, listing, reporting, story
from intranet.incidents.audience import audience
from intranet.incidents.choosing import detail_of, group_names
from intranet.incidents.forms import ConfidentialForm, NoteForm, ReportForm, RoleForm, SeverityForm
from intranet.incidents.kinds import KINDS, PLACES, ROLE_LABELS, SEVERITY_LABELS, SEVERITY_TONES, kind_of, place_of
from intranet.incidents.readable import Reader, Standing
from intranet.people.mentions import to_html
from intranet.people.roster import Roster, roster

PERIOD_LABELS = {
    listing.WEEK: lambda: _("Afgelopen 7 dagen"),
    listing.MONTH: lambda: _("Afgelopen 30 dagen"),
    listing.THIS_YEAR: lambda: _("Dit schooljaar"),
    listing.PREVIOUS_YEAR: lambda: _("Vorig schooljaar"),
    listing.EVER: lambda: _("Alle jaren"),
}


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
    return story.moment_in_words(listing.moment_of(found.row.happened_at))


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


def list_page(
    someone: Reader, wish: listing.Wish, found: list[listing.Found], after: listing.Cursor | None
) -> dict[str, Any]:
    """Return what the list shows: rows, filters with counts, the way to the next page."""
    people, total = roster(someone.school), listing.count(someone, wish)
    older = after and url_for("incidents.incidents", **wish.parameters, after=str(after))
    return {
        "rows": [list_row(each, people) for each in found],
        "filters": _filters(wish, listing.counts(someone, wish), people),
        "applied": _applied(wish, people),
        "summary": ngettext("%(num)d incident", "%(num)d incidenten", total),
        "older": older,
        "newest": url_for("incidents.incidents", **wish.parameters) if request.args.get("after") else None,
        "nothing_yet": not found and not listing.ever_any(someone),
    }


def list_row(found: listing.Found, people: Roster) -> list[Any]:
    """Return one incident as cells of the list."""
    row = found.row
    happened = listing.moment_of(row.happened_at)
    late = story.lateness(happened, listing.moment_of(row.recorded_at))
    badge = severity_badge(row.severity)
    return [
        {
            "text": title_of(found),
            "href": url_for("incidents.incident", incident_id=row.incident),
            "note": people_line(found, people) or None,
        },
        {"text": happened_in_words(found), "note": late},
        where_in_words(found, people),
        {"badge": badge} if badge else None,
    ]


def _filters(wish: listing.Wish, counts: listing.Counts, people: Roster) -> list[dict[str, Any]]:
    def option(value: str, label: str, chosen: Any, number: int | None = None) -> dict[str, Any]:
        return {"value": value, "label": label, "count": number, "current": value == chosen}

    groups = [each for each in people.groups.values() if each.group_id in counts.group or each.group_id == wish.group]
    chosen_group = wish.group and wish.group.hex
    return [
        {
            "name": "period",
            "label": _("Periode"),
            "no_all": True,
            "options": [option(code, label(), wish.period) for code, label in PERIOD_LABELS.items()],
        },
        {
            "name": "kind",
            "label": _("Wat"),
            "options": [
                option(kind.code, str(kind.label), wish.kind, counts.kind.get(kind.code, 0))
                for kind in KINDS
                if kind.code in counts.kind or kind.code == wish.kind
            ],
        },
        {
            "name": "place",
            "label": _("Waar"),
            "options": [
                option(place.code, str(place.label), wish.place, counts.place.get(place.code, 0))
                for place in PLACES
                if place.code in counts.place or place.code == wish.place
            ],
        },
        {
            "name": "group",
            "label": _("Groep"),
            "options": [
                option(each.group_id.hex, each.name, chosen_group, counts.group.get(each.group_id, 0))
                for each in groups
            ],
        },
        {
            "name": "severity",
            "label": _("Ernst"),
            "options": [
                option("none", _("Nog niet bepaald"), wish.severity),
                *(option(str(level), str(label), wish.severity) for level, label in SEVERITY_LABELS.items()),
            ],
        },
        {
            "name": "mine",
            "label": _("Van wie"),
            "all": _("Iedereen"),
            "options": [option("1", _("Door mij vastgelegd"), "1" if wish.mine else None)],
        },
    ]


def _applied(wish: listing.Wish, people: Roster) -> list[dict[str, str]]:
    labels = {
        "kind": wish.kind and str(kind_of(wish.kind).label),
        "place": wish.place and str(place_of(wish.place).label),
        "group": wish.group and _("groep %(group)s", group=story.group_in_words(wish.group, people)),
        "person": wish.person and _("met %(person)s", person=story.who(people, wish.person)),
        "period": None if wish.period == listing.THIS_YEAR else PERIOD_LABELS[wish.period](),
        "severity": wish.severity and _severity_in_words(wish.severity),
        "mine": _("door mij vastgelegd") if wish.mine else None,
    }
    return [
        {"label": label, "href": url_for("incidents.incidents", **wish.without(name))}
        for name, label in labels.items()
        if label
    ]


def _severity_in_words(chosen: str) -> str:
    return _("ernst nog niet bepaald") if chosen == listing.UNWEIGHED else str(SEVERITY_LABELS[int(chosen)]).lower()


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
        "happened": story.moment_in_words(incident.happened_at),
        "recorded": story.moment_in_words(told.recorded_at),
        "late": story.lateness(incident.happened_at, told.recorded_at),
        "place": str(place_of(incident.place).label) if incident.place else None,
        "group": story.group_in_words(incident.group_id, people) if incident.group_id else None,
        "part_of_day": str(story.moment_label(incident.moment)) if incident.moment else None,
        "reporter": story.who(people, told.reporter),
        "account": to_html(incident.account, current_user),
        "corrected": incident.corrections > 0,
        "severity": severity_badge(incident.severity),
        "staff_matter": standing.row.staff_matter,
        "persons": parts_of(incident, people),
        "items": told.items,
        "audience": audience(
            staff_matter=standing.row.staff_matter,
            confidential=incident.confidential,
            flagged=standing.row.flagged,
            groups=groups,
            by_me="reporter" in standing.relations,
        ),
        "can": standing.may,
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
        }
        for person in parts_of(told.incident, people)
        for role, _words in person["roles"]
    ]
    return {
        "incident": told.incident,
        "rows": rows,
        "roles": [(code, str(label)) for code, label in ROLE_LABELS.items()],
        "people_url": url_for("incidents.people"),
        "can": standing.may,
        "back": url_for("incidents.incident", incident_id=incident_id),
    }


def withdraw_page(incident_id: UUID, standing: Standing, person: UUID | None, role: str | None) -> dict[str, Any]:
    """Return whom the page is about."""
    people = roster(current_school())
    return {
        "name": story.who(people, person) if person else _("iemand"),
        "role": story.role_in_words(role or ""),
        "back": url_for("incidents.incident", incident_id=incident_id),
    }


def recorded_page(incident_id: UUID, standing: Standing) -> dict[str, Any]:
    """Return what comes right after saving."""
    people = roster(current_school())
    row = standing.row
    return {
        "incident_id": incident_id,
        "happened": story.moment_in_words(listing.moment_of(row.happened_at)),
        "place": str(place_of(row.place).label) if row.place else None,
        "group": story.group_in_words(row.class_group, people) if row.class_group else None,
        "can": standing.may,
    }
