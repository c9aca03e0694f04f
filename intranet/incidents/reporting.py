"""The report form as it is opened: empty, taken up from a draft, or begun where the last one happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from events.incident import Incident
from events.log import clock
from intranet.api import current_school, log
from intranet.drafts import Draft, my_draft
from intranet.incidents import choosing
from intranet.incidents.audience import Audience, audience_of
from intranet.incidents.fields import person_id
from intranet.incidents.forms import ReportForm, WhatAndWhere, school_zone
from intranet.incidents.kinds import ANOTHER_TIME, moment_of
from intranet.incidents.readable import open_incident
from intranet.people.mentions import to_tokens
from intranet.people.roster import roster

DRAFT = "incidents.report"
NOT_KEPT = frozenset({"csrf_token"})
STILL_NOW = timedelta(minutes=30)


def report_form() -> ReportForm:
    """Return the form for this request."""
    form = _begin()
    people = form.people.names = roster(current_school())
    form.offer_groups(choosing.groups_to_choose(people, form.group_id))
    return form


def _begin() -> ReportForm:
    if request.method == "POST":
        return _with_mentions(ReportForm(), request.form)
    if key := request.args.get("draft"):
        values = taken_up(my_draft(key))
        return _with_mentions(ReportForm(formdata=values), values)
    if like := person_id(request.args.get("like")):
        return ReportForm(data=_same_place_and_time(like))
    mine = choosing.own_group()
    return ReportForm(data={"group": mine.hex if mine else ""})


def _with_mentions(form: ReportForm, values: MultiDict[str, str]) -> ReportForm:
    form.mentions = values.getlist("account-mention")
    return form


def taken_up(draft: Draft) -> MultiDict[str, str]:
    """Return what was in a draft of something that happened; "just now" becomes the time at which it was just now."""
    values = MultiDict((name, value) for name, many in draft.values.items() for value in many)
    moment = values.get("moment")
    if moment != ANOTHER_TIME and clock.now() - draft.saved_at > STILL_NOW:
        then = draft.saved_at.astimezone(school_zone())
        part = moment_of(moment or "")
        values["moment"] = ANOTHER_TIME
        values["happened_on"] = then.date().isoformat()
        values["happened_time"] = (part.begins if part else then.time()).strftime("%H:%M")
    return values


def _same_place_and_time(incident_id: UUID) -> dict[str, Any]:
    """Return where and when another incident was, for the next one of the same playground duty."""
    open_incident(incident_id)
    incident = log.get(Incident, incident_id)
    then = incident.happened_at.astimezone(school_zone())
    return {
        "group": incident.group_id.hex if incident.group_id else "",
        "place": incident.place,
        "moment": ANOTHER_TIME,
        "happened_on": then.date(),
        "happened_time": then.time(),
    }


def draft_values() -> dict[str, list[str]]:
    """Return what stands in the posted form, to be kept as a draft."""
    return {name: request.form.getlist(name) for name in request.form if name not in NOT_KEPT}


OWN_WORK = ("kinds", "more_kinds", "people", "place", "account")


def is_worth_keeping(values: dict[str, list[str]], own: Sequence[str] = OWN_WORK) -> bool:
    """Tell whether somebody chose or wrote something themselves; what was filled in beforehand does not count."""
    return any(value.strip() for name in own for value in values.get(name, ()))


def report_values(form: ReportForm) -> dict[str, Any]:
    """Return what a valid form asks to record."""
    return {
        **facts(form),
        "happened_at": form.happened_at,
        "moment": form.moment_code,
        "involved": form.people.involved,
        "confidential": form.confidential.data,
        "draft_key": form.once.data,
    }


def facts(form: WhatAndWhere) -> dict[str, Any]:
    """Return what a report and a correction have in common; people named with @ become tokens."""
    return {
        "kinds": form.chosen_kinds,
        "place": form.place.data or None,
        "group_id": form.group_id,
        "unknown_persons": form.unknown_persons.data,
        "account": to_tokens(form.account.data, current_school(), request.form.getlist("account-mention")),
    }


def mentioned(values: list[str]) -> list[dict[str, str]]:
    """Return the people that a posted text names, for the field that shows it again."""
    return [{"id": one, "label": label} for one, _space, label in (value.partition(" ") for value in values) if label]


def audience_now(form: ReportForm) -> Audience:
    """Return who would see the form as it stands."""
    people = roster(current_school())
    persons = [found for each in form.people.data if (found := person_id(each)) is not None]
    groups = choosing.group_names(people, form.group_id, persons)
    return audience_of(form.chosen_kinds, confidential=form.confidential.data, groups=groups)


def draft_line(draft: Draft) -> str:
    """Return in words since when a draft waits."""
    moment: datetime = draft.saved_at.astimezone(school_zone())
    return _("Incident van %(day)s is nog niet vastgelegd.", day=format_date(moment.date(), "EEEE d MMMM"))
