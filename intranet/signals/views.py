"""Pages of signals: the three ways to begin, writing one down, finding them, and the page of one."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for

from intranet.api import export_page, only_now, requires
from intranet.drafts import save_draft
from intranet.incidents.readable import reader
from intranet.incidents.reporting import draft_values, is_worth_keeping
from intranet.signals import commands, list_page, listing, reporting, showing, triage
from intranet.signals.exporting import signals_to_export
from intranet.signals.opening import before_showing
from intranet.signals.readable import READ, RECEIPT, open_signal
from intranet.staff_matters import reporting as about_staff

pages = Blueprint("signals", __name__, url_prefix="/signals")
triage.mount(pages)


@pages.get("/")
@requires(READ)
def signals() -> str:
    """The list; its filters are the address."""
    return render_template("signals/list.html", **list_page.page(reader(), listing.Wish.of_request()))


@pages.route("/export", methods=["GET", "POST"])
@requires(READ)
def export() -> Any:
    """The list as a file; the same filters, and the same access."""
    wish = listing.Wish.of_request()
    return export_page(signals_to_export(reader(), wish, url_for(".signals", **wish.parameters)))


@pages.get("/start")
@only_now
@requires("signals.record")
def start() -> str:
    """Three big buttons: an observation, a concern, or an incident."""
    return render_template("signals/start.html")


@pages.route("/new", methods=["GET", "POST"])
@requires("signals.record")
def record() -> Any:
    """The form, on one page of a phone; what is about somebody who works here goes on in the form for the board."""
    if about_staff.ticked():
        return about_staff.begun_page()
    form = reporting.signal_form()
    if form.submitted():
        signal_id = commands.record_signal(**reporting.signal_values(form))
        return redirect(url_for(".recorded", signal_id=signal_id), 303)
    return render_template("signals/record.html", form=form, **reporting.form_page(form))


@pages.post("/audience")
@requires("signals.record")
def who_will_see() -> str:
    """The lines that say who will see what is being written, while it is being written."""
    return render_template("incidents/who_will_see.html", audience=reporting.audience_now(reporting.signal_form()))


@pages.post("/draft")
@requires("signals.record")
def keep_draft() -> Any:
    """Keep what stands in the form; asked while somebody writes."""
    values = draft_values()
    if not about_staff.ticked() and is_worth_keeping(values, reporting.OWN_WORK):
        save_draft(reporting.DRAFT, request.form.get("once", ""), values)
    return "", 204


@pages.get("/<uuid:signal_id>")
@requires(RECEIPT)
def signal(signal_id: UUID) -> str:
    """One signal; for its writer what they wrote and how far it is. Opening one about home is recorded first."""
    standing = open_signal(signal_id)
    before_showing(signal_id, standing)
    return render_template("signals/signal.html", **showing.signal_page(signal_id, standing))


@pages.get("/<uuid:signal_id>/recorded")
@requires(RECEIPT)
def recorded(signal_id: UUID) -> str:
    """What comes right after saving: it is there, and where its writer finds it again."""
    standing = open_signal(signal_id)
    return render_template("signals/recorded.html", **showing.recorded_page(signal_id, standing))
