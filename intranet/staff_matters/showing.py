"""What the pages of suspicions about staff show: for who reported one, and for who handles it for the board."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from events.log import clock
from intranet.api import ButtonForm, db, from_milliseconds, today
from intranet.incidents.moments import moment_in_words
from intranet.incidents.readable import Reader
from intranet.notes.records import MATTER
from intranet.people.mentions import to_html
from intranet.staff_matters import forms
from intranet.staff_matters.kinds import ADDRESSEE_LABELS, State, inspector_on, state_for_board, state_of
from intranet.staff_matters.projections import register
from intranet.staff_matters.readable import Standing, handled_matters, reported_matters
from intranet.staff_matters.recipients import (
    ASKED,
    DIRECTOR,
    OVERSIGHT,
    TO_COME,
    BoardNames,
    recipients,
    second_pair_of_eyes,
)
from intranet.staff_matters.reporting import offer_named
from intranet.staff_matters.story import Story, story_of

AT_ONCE = timedelta(days=1)
"""The law says "onverwijld": after a day the page says so. It warns and stops nothing."""


def list_page(someone: Reader) -> dict[str, Any]:
    """Return what somebody handles, what is open first, and what they reported themselves."""
    handled = _rows(handled_matters(someone))
    return {
        "open": [_item(row, state_for_board(row)) for row in handled if not row.closed],
        "closed": [_item(row, state_of(row)) for row in handled if row.closed],
        "reported": [_item(row, state_of(row)) for row in _rows(reported_matters(someone))],
    }


def waiting(someone: Reader) -> list[dict[str, Any]]:
    """Return what waits for who handles it, as links without a word of it."""
    return [_item(row, state_for_board(row)) for row in _rows(handled_matters(someone)) if not row.closed]


def _rows(condition: Any) -> list[Any]:
    query = select(register).where(condition).order_by(register.c.recorded_at.desc())
    return list(db.session.execute(query))


def _item(row: Any, state: State) -> dict[str, Any]:
    return {
        "label": _("Melding over een medewerker"),
        "href": url_for("staff_matters.matter", matter_id=row.matter),
        "note": moment_in_words(from_milliseconds(row.recorded_at)),
        "icon": "lock",
        "tone": state.tone,
        "badge": (str(state.label), state.tone),
    }


def where_it_is(standing: Standing) -> str:
    """Return in words who has it now: also when somebody named in it leads the board since."""
    return str(ADDRESSEE_LABELS[DIRECTOR if "received" in standing.relations else OVERSIGHT])


def sentence_for_reporter(standing: Standing) -> str:
    """Return how far it is, in one sentence."""
    return str(state_of(standing.row).sentence) % {"board": where_it_is(standing)}


def matter_page(matter_id: UUID, standing: Standing, **refused: Any) -> dict[str, Any]:
    """Return what the page of one matter shows, with a form that was refused in the place of a new one."""
    names = BoardNames()
    told = story_of(matter_id, names)
    matter, row = told.matter, standing.row
    items = told.items if standing.may_handle else told.own_items
    # Who reported it reads what they wrote themselves, not whom the board named later.
    ids = matter.named if standing.may_handle else told.named_first
    named = [*(names.of(each) for each in ids), *([matter.named_otherwise] if matter.named_otherwise else ())]
    shown = {
        "matter": matter,
        "recorded": moment_in_words(told.recorded_at),
        "happened": format_date(matter.happened_on, "EEEE d MMMM y") if matter.happened_on else None,
        "reporter": names.of(told.reporter),
        "mine": standing.has_receipt,
        "handles": standing.may_handle,
        "account": to_html(matter.account, current_user),
        "named": named,
        "pupils": [names.of(each) for each in matter.pupils],
        "state": state_for_board(row) if standing.may_handle else state_of(row),
        "sentence": sentence_for_reporter(standing),
        "items": items if matter.closed else MATTER.with_buttons(items, matter, standing),
        "recipients": recipients(matter.named, by_me=standing.has_receipt, closing=closing_of(row)),
        "inspector": inspector_on(today()),
        "add_form": forms.AddForm(formdata=None),
    }
    if standing.may_handle:
        shown |= _handling(told, names)
    return {**shown, **refused}


def _handling(told: Story, names: BoardNames) -> dict[str, Any]:
    matter = told.matter
    second = second_pair_of_eyes(matter.named, current_user.person_id)
    asked_by_me = matter.closing_asked_by == current_user.person_id
    return {
        "steps": steps_of(told),
        "warnings": warnings_of(told),
        "received": moment_in_words(told.received_at) if told.received_at else None,
        "second": [names.of(each) for each in second],
        "asked_by": names.of(matter.closing_asked_by) if matter.closing_asked_by and not asked_by_me else None,
        "asked_by_me": asked_by_me and bool(second),
        "colleagues_url": url_for("staff_matters.colleagues"),
        "name_form": offer_named(forms.NameForm(formdata=None)),
        "receive_form": ButtonForm(formdata=None),
        "inspector_form": forms.InspectorForm(formdata=None),
        "judgement_form": forms.JudgementForm(formdata=None),
        "informed_form": forms.InformedForm(formdata=None),
        "police_form": forms.PoliceForm(formdata=None),
        "measure_form": forms.MeasureForm(formdata=None),
        "close_form": forms.CloseMatterForm(formdata=None),
        "reopen_form": forms.ReopenMatterForm(formdata=None),
    }


def steps_of(told: Story) -> list[dict[str, Any]]:
    """Return the steps of the law in its order, each with whether it is recorded; the board decides what it does."""
    matter = told.matter
    done = (
        (_("Ontvangen"), matter.received, "receipt"),
        (_("Overleg met de vertrouwensinspecteur"), matter.consulted > 0, "inspector"),
        (_("Besluit: is er een redelijk vermoeden?"), matter.reasonable is not None, "judgement"),
        (_("Betrokkenen geïnformeerd"), bool(matter.informed), "informed"),
        (_("Aangifte bij de politie"), matter.filed > 0, "police"),
        (_("Afgesloten"), matter.closed, "close"),
    )
    # Where the board sees no reasonable suspicion, the law asks for no report to the police.
    no_police = matter.reasonable is False and not matter.filed
    asked = [step for step in done if not (no_police and step[2] == "police")]
    next_one = next((name for _label, is_done, name in asked if not is_done), None)
    return [
        {
            "label": label,
            "href": f"#{name}",
            "state": "done" if is_done else "current" if name == next_one else "todo",
        }
        for label, is_done, name in asked
    ]


def warnings_of(told: Story) -> list[str]:
    """Return what the law asks for that is not recorded; a warning stops nothing and decides nothing."""
    matter, late = told.matter, clock.now() - told.recorded_at > AT_ONCE
    if matter.closed:
        return []
    found = []
    if late and not matter.received:
        found.append(_("Deze melding wacht al langer dan een dag. Bevestig de ontvangst."))
    if late and not matter.consulted:
        found.append(_("De wet vraagt onverwijld overleg met de vertrouwensinspecteur. Dat is nog niet vastgelegd."))
    if matter.reasonable and not matter.filed:
        found.append(_("Er is een redelijk vermoeden. Bij een seksueel misdrijf moet het bestuur aangifte doen."))
    if matter.reasonable and not matter.informed:
        found.append(_("De betrokkenen horen vóór de aangifte wat het bestuur doet. Dat is nog niet vastgelegd."))
    return found


def recorded_page(standing: Standing) -> dict[str, Any]:
    """Return what comes right after saving."""
    row = standing.row
    return {
        "matter_id": row.matter,
        "sentence": sentence_for_reporter(standing),
        "board": where_it_is(standing),
        "inspector": inspector_on(today()),
    }


def closing_of(row: Any) -> str | None:
    """Return how far closing a matter is: to come or asked; None once it is closed."""
    if row.closed:
        return None
    return ASKED if row.closing_asked else TO_COME
