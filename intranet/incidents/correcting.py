"""Correcting an incident: the form filled with what stands, and what somebody else changed in between."""

from typing import Any
from uuid import UUID

from flask import g, request, url_for
from flask_babel import gettext as _

from events.incident import Incident
from intranet.api import current_school, log
from intranet.incidents import choosing
from intranet.incidents.forms import CorrectForm, school_zone
from intranet.incidents.kinds import KINDS, MAIN, OTHER
from intranet.incidents.reporting import facts, mentioned
from intranet.people.mentions import to_editable
from intranet.people.roster import roster


def correct_form(incident_id: UUID) -> tuple[CorrectForm, Incident]:
    """Return the form with what stands, or with what was posted, and the incident."""
    incident = log.get(Incident, incident_id)
    then = incident.happened_at.astimezone(school_zone())
    text, _people = to_editable(incident.account, current_school())
    main = {kind.code for kind in KINDS if MAIN in kind.marks}
    more = [kind for kind in incident.kinds if kind not in main]
    form = CorrectForm(
        data={
            "kinds": [kind for kind in incident.kinds if kind in main] + ([OTHER] if more else []),
            "more_kinds": more,
            "place": incident.place,
            "group": incident.group_id.hex if incident.group_id else "",
            "moment": incident.moment or "",
            "happened_on": then.date(),
            "happened_time": then.time().replace(second=0, microsecond=0),
            "unknown_persons": incident.unknown_persons,
            "account": text,
            "corrections": str(incident.corrections),
        }
    )
    form.offer_groups(choosing.groups_to_choose(roster(current_school()), incident.group_id))
    return form, incident


def correction(form: CorrectForm, incident: Incident) -> dict[str, Any]:
    """Return what a valid form asks to record; the same kinds in another order are no change."""
    asked = facts(form)
    if set(asked["kinds"]) == set(incident.kinds):
        asked["kinds"] = incident.kinds
    return {
        **asked,
        "happened_at": form.happened_at,
        "moment": form.moment.data or None,
        "reason": form.reason.data,
    }


def is_about_what_stands(form: CorrectForm, incident: Incident) -> bool:
    """Tell whether nobody corrected the incident since the form was shown; if so, say it and let them look first."""
    if form.corrections.data == str(incident.corrections):
        return True
    form.form_errors = [
        *form.form_errors,
        _("Iemand anders heeft dit net verbeterd. Kijk wat er nu staat en leg dan nog eens vast."),
    ]
    form.corrections.data = str(incident.corrections)
    g.form_refused = g.corrected_meanwhile = True
    return False


def correct_page(form: CorrectForm, incident: Incident) -> dict[str, Any]:
    """Return what the page of the correction shows."""
    text, people = to_editable(incident.account, current_school())
    posted = request.form.getlist("account-mention")
    return {
        "incident": incident,
        "mentioned": mentioned(posted) if posted else people,
        "stands_now": text if g.get("corrected_meanwhile") else None,
        "icons": {kind.code: kind.icon for kind in KINDS},
        "people_url": url_for("incidents.people"),
        "back": url_for("incidents.incident", incident_id=incident.id),
    }
