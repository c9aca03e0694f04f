"""The form of a signal as it is opened: empty or taken up from a draft, and who will see what is written."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from intranet.access import ANY, rules_of
from intranet.api import current_school
from intranet.drafts import Draft, my_draft
from intranet.incidents import choosing
from intranet.incidents.audience import Audience
from intranet.incidents.fields import person_id
from intranet.incidents.forms import school_zone
from intranet.incidents.reporting import mentioned, taken_up
from intranet.people.duties import DUTIES
from intranet.people.events import STAFF
from intranet.people.mentions import to_tokens
from intranet.people.roster import Roster, roster
from intranet.signals.forms import SignalForm
from intranet.signals.kinds import BULLYING, CHOICES, MARK_ICONS
from intranet.signals.readable import READ, RECEIPT

DRAFT = "signals.record"
OWN_WORK = ("people", "account", "on_behalf_of")


def signal_form() -> SignalForm:
    """Return the form for this request."""
    form = _begin()
    people = form.people.names = roster(current_school())
    form.offer_groups(choosing.groups_to_choose(people, form.group_id))
    return form


def _begin() -> SignalForm:
    if request.method == "POST":
        return _with_mentions(SignalForm(), request.form)
    if key := request.args.get("draft"):
        values = taken_up(my_draft(key))
        return _with_mentions(SignalForm(formdata=values), values)
    mine = choosing.own_group()
    codes = {choice.code for choice in CHOICES}
    kind = request.args.get("kind")
    return SignalForm(data={"group": mine.hex if mine else "", "noticed": kind if kind in codes else None})


def _with_mentions(form: SignalForm, values: MultiDict[str, str]) -> SignalForm:
    form.mentions = values.getlist("account-mention")
    return form


def signal_values(form: SignalForm) -> dict[str, Any]:
    """Return what a valid form asks to record."""
    account = to_tokens(form.account.data, current_school(), request.form.getlist("account-mention"))
    return {**form.facts, "account": account, "draft_key": form.once.data}


def form_page(form: SignalForm) -> dict[str, Any]:
    """Return what the form needs besides itself."""
    form.people.offer(choosing.pupils_of_own_group())
    return {
        "icons": {choice.code: choice.icon for choice in CHOICES},
        "mark_icons": MARK_ICONS,
        "mentioned": mentioned(list(form.mentions)),
        "audience": audience_now(form),
        "people_url": url_for("incidents.people"),
    }


def audience_now(form: SignalForm) -> Audience:
    """Return who would see the form as it stands."""
    people = roster(current_school())
    persons = [found for each in form.people.data if (found := person_id(each)) is not None]
    return audience(people, form.group_id, persons, bullying=BULLYING in (form.marks.data or ()), by_me=True)


def audience(
    people: Roster,
    group_id: UUID | None,
    persons: Collection[UUID],
    *,
    bullying: bool,
    by_me: bool,
    escalated: bool = False,
) -> Audience:
    """Return who sees a signal about these people: read from the access table itself."""
    groups = choosing.group_names(people, group_id, persons)
    colleague = any(people[each].kind == STAFF for each in persons if each in people)
    holds = {ANY: True, "bullying": bullying, "escalated": escalated or colleague}
    who: dict[str, None] = {}
    for rule in (*rules_of(RECEIPT), *rules_of(READ)):
        if rule.relation == "reporter":
            who[_("jij") if by_me else _("wie het vastlegde")] = None
        elif rule.relation == "own_group":
            who.update(dict.fromkeys(_("de leerkracht van groep %(group)s", group=group) for group in groups))
        elif holds.get(rule.relation):
            who[str(DUTIES[rule.duty])] = None
    sees = str(DUTIES["head_teacher"]) in who
    return Audience(_writer_first(list(who), by_me), None if sees else _("De directeur alleen als dat nodig is."))


def _writer_first(who: list[str], by_me: bool) -> list[str]:
    writer = _("jij") if by_me else _("wie het vastlegde")
    return sorted(who, key=lambda each: each != writer)


def draft_line(draft: Draft) -> str:
    """Return in words since when a draft waits."""
    day = draft.saved_at.astimezone(school_zone()).date()
    return _("Signaal van %(day)s is nog niet vastgelegd.", day=format_date(day, "EEEE d MMMM"))
