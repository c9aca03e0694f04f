"""Letting colleagues in and out: the list of accounts, inviting, a new link, a lost phone, disabling."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from wtforms.fields.choices import SelectChoice

from intranet.accounts import commands, invitations, known_people, second_factor
from intranet.accounts.clock import DAY, now
from intranet.accounts.events import Account
from intranet.accounts.exporting import accounts_to_export
from intranet.accounts.forms import DisableForm, InviteForm
from intranet.accounts.happenings import happenings
from intranet.accounts.pages import pages
from intranet.accounts.projections import account as accounts_table
from intranet.accounts.projections import membership
from intranet.api import ButtonForm, NotFound, Refused, acting, db, export_page, log, requires
from intranet.people.colleagues import staff_of
from intranet.people.roster import Name, roster
from intranet.undoing import say_undoable


def _rows() -> list[Any]:
    """Return the accounts of the school the person is at, with their person there."""
    query = (
        select(accounts_table, membership.c.person.label("person_here"))
        .join(
            membership,
            (membership.c.school == accounts_table.c.school) & (membership.c.account == accounts_table.c.account),
        )
        .where(accounts_table.c.school == current_user.board_id, membership.c.works_at == current_user.school_id)
    )
    return list(db.session.execute(query))


def _named_rows() -> list[tuple[Any, Name]]:
    """Return the accounts of the school with whose they are, in alphabetical order."""
    names = roster(current_user.school_id)
    rows = [(row, names[row.person_here]) for row in _rows() if row.person_here in names]
    return sorted(rows, key=lambda pair: pair[1].sort_key)


@pages.get("/accounts")
@requires("accounts.manage")
def accounts() -> Any:
    rows = _named_rows()
    held = known_people.duties_by_person(current_user.school_id)
    duties = {row.account: held.get(row.person_here, frozenset()) for row, _name in rows}
    return render_template(
        "accounts/accounts.html",
        rows=rows,
        duty_names={key: known_people.duty_names(value) for key, value in duties.items()},
        needs_factor={key: second_factor.is_needed(value) for key, value in duties.items()},
        without=len(_without_account()),
    )


def _without_account() -> list[Name]:
    have_one = {row.person_here for row in _rows()}
    return [name for name in staff_of(current_user.school_id) if name.person_id not in have_one]


@pages.route("/accounts/export", methods=["GET", "POST"])
@requires("accounts.manage")
def export() -> Any:
    return export_page(accounts_to_export(_named_rows()))


@pages.route("/accounts/invite", methods=["GET", "POST"])
@requires("accounts.manage")
def invite() -> Any:
    form = InviteForm(person=request.args.get("person"))
    form.person.choices = [SelectChoice("", _("Kies een collega"))]
    form.person.choices += [SelectChoice(name.person_id.hex, name.full) for name in _without_account()]
    if form.submitted():
        account_id, token = commands.invite(
            current_user.board_id,
            person_id=UUID(form.person.data),
            works_at=current_user.school_id,
            address=form.address.data,
        )
        return _link_page(account_id, token)
    return render_template("accounts/invite.html", form=form)


def _link_page(account_id: UUID, token: str) -> str:
    """Show a link this once: it is kept nowhere, not even in the cookie of a redirect."""
    _account, name = _account_here(account_id)
    link = url_for("accounts.welcome", token=token, _external=True)
    return render_template(
        "accounts/link.html", link=link, name=name, account_id=account_id, days=invitations.GOOD_FOR_DAYS
    )


def _account_here(account_id: UUID) -> tuple[Account, Name]:
    """Return an account of this school with its person. Raises `NotFound` for an account of other schools only."""
    with acting(school=current_user.board_id):
        found = log.get(Account, account_id)
    person_id = found.person_at.get(current_user.school_id)
    name = roster(current_user.school_id).get(person_id) if person_id else None
    if name is None:
        raise NotFound("This account does not exist at this school.")
    return found, name


@pages.get("/accounts/<uuid:account_id>")
@requires("accounts.manage")
def account(account_id: UUID) -> Any:
    return _account_page(account_id, DisableForm(formdata=None))


def _account_page(account_id: UUID, form: DisableForm) -> str:
    found, name = _account_here(account_id)
    until = invitations.until(account_id)
    duties = known_people.duties_of(current_user.school_id, name.person_id)
    return render_template(
        "accounts/account.html",
        account=found,
        name=name,
        form=form,
        button=ButtonForm(formdata=None),
        duties=known_people.duty_names(duties),
        needs_factor=second_factor.is_needed(duties),
        link_days=None if until is None else max(1, -(-(until - now()) // DAY)),
        own=account_id == current_user.account_id,
        happenings=happenings(current_user.board_id, account_id),
    )


def _not_proved_lately(account_id: UUID) -> Any:
    """Return the way to prove who is behind the screen, None when that was done just now."""
    if second_factor.fresh_second_factor():
        return None
    flash(_("Laat eerst zien dat jij het bent. Klik daarna nog een keer op de knop."), "info")
    return redirect(url_for("accounts.confirm", next=url_for("accounts.account", account_id=account_id)), 303)


def _refuse_own(account_id: UUID) -> None:
    if account_id == current_user.account_id:
        raise Refused("Dit is je eigen account. Vraag een collega om dit te doen.")


@pages.post("/accounts/<uuid:account_id>/link")
@requires("accounts.manage")
def give_link(account_id: UUID) -> Any:
    _account_here(account_id)
    _refuse_own(account_id)
    if (ask := _not_proved_lately(account_id)) is not None:
        return ask
    if ButtonForm().submitted():
        token = commands.give_link(current_user.board_id, account_id, given_by=current_user.person_id)
        return _link_page(account_id, token)
    return redirect(url_for("accounts.account", account_id=account_id), 303)


@pages.post("/accounts/<uuid:account_id>/second-factor/remove")
@requires("accounts.manage")
def remove_second_factor(account_id: UUID) -> Any:
    _account_here(account_id)
    _refuse_own(account_id)
    if (ask := _not_proved_lately(account_id)) is not None:
        return ask
    if ButtonForm().submitted():
        commands.remove_second_factor(current_user.board_id, account_id, removed_by=current_user.person_id)
        flash(_("De tweede stap is weg. Je collega stelt hem opnieuw in."), "ok")
    return redirect(url_for("accounts.account", account_id=account_id), 303)


@pages.post("/accounts/<uuid:account_id>/disable")
@requires("accounts.manage")
def disable(account_id: UUID) -> Any:
    _account_here(account_id)
    _refuse_own(account_id)
    form = DisableForm()
    if not form.submitted():
        return _account_page(account_id, form)
    commands.disable(current_user.board_id, account_id, reason=form.reason.data)
    again = url_for("accounts.enable", account_id=account_id)
    say_undoable(_("Het account staat uit. Alle apparaten zijn uitgelogd."), again)
    return redirect(url_for("accounts.account", account_id=account_id), 303)


@pages.post("/accounts/<uuid:account_id>/enable")
@requires("accounts.manage")
def enable(account_id: UUID) -> Any:
    _account_here(account_id)
    if ButtonForm().submitted():
        return _link_page(account_id, commands.enable(current_user.board_id, account_id))
    return redirect(url_for("accounts.account", account_id=account_id), 303)
