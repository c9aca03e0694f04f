"""The feed, where its links lead, and the page on which somebody makes and withdraws its address."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from events.log import clock
from intranet.accounts import agenda_addresses, commands
from intranet.agenda.calendar_file import make
from intranet.agenda.dated import href_of, items
from intranet.api import ButtonForm, public, requires, today

pages = Blueprint("agenda", __name__)
SHOWN = 6


@pages.get("/agenda/<secret>.ics")
@public
def feed(secret: str) -> Response:
    """What waits for the owner of this address; who that is was settled before (`setup`)."""
    content = make(items(), clock.now(), lambda mark: url_for(".item", mark=mark, _external=True))
    return Response(content, mimetype="text/calendar")


@pages.get("/agenda/item/<mark>")
@requires("accounts.own")
def item(mark: str) -> Any:
    """Go where the thing in the calendar is done; the calendar itself never knew where that is."""
    address = href_of(mark)
    if address is None:
        flash(_("Dit wacht niet meer op jou."), "info")
        return redirect(url_for("home.today"), 303)
    return redirect(address, 303)


@pages.route("/account/agenda", methods=["GET", "POST"])
@requires("accounts.own")
def own() -> Any:
    """Make an address, which is shown this once; an older one stops working."""
    form = ButtonForm()
    if form.submitted():
        secret = commands.make_agenda_address(current_user.board_id, current_user.account_id, current_user.school_id)
        address = url_for(".feed", secret=secret, _external=True)
        return render_template("agenda/address.html", address=address, webcal=_for_calendar(address))
    address = agenda_addresses.of_account(current_user.account_id, current_user.school_id)
    return render_template("agenda/own.html", form=form, address=address, example=_example())


@pages.post("/account/agenda/withdraw")
@requires("accounts.own")
def withdraw() -> Any:
    if ButtonForm().submitted():
        commands.withdraw_agenda_address(current_user.board_id, current_user.account_id, current_user.school_id)
        flash(_("Het adres werkt niet meer. Je agenda haalt niets meer op."), "ok")
    return redirect(url_for(".own"), 303)


def _example() -> list[dict[str, str]]:
    """Return the next days as they stand in the calendar."""
    coming = [each for each in items() if each.day >= today()][:SHOWN]
    days = (format_date(each.day, "EEEE d MMMM") for each in coming)
    return [{"label": each.kind, "note": day, "icon": "calendar-days"} for each, day in zip(coming, days, strict=True)]


def _for_calendar(address: str) -> str:
    """Return the address with the scheme that opens the calendar of a phone."""
    return "webcal:" + address.partition(":")[2]
