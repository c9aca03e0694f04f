"""The history of one account as sentences: what somebody looks at to see whether anybody else was at their account."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from intranet.accounts import known_people
from intranet.accounts.events import Account
from intranet.accounts.forms import REASONS
from intranet.accounts.projections import membership
from intranet.api import acting, db, log


def happenings(board: UUID, account_id: UUID) -> list[dict[str, Any]]:
    """Return what happened to an account, the newest first, as items of a timeline."""
    with acting(school=board):
        account = log.get(Account, account_id)
        events = list(log.events.get(account_id))
    names = _names(board, account)
    return [_item(event, names) for event in reversed(events)]


def _names(board: UUID, account: Account) -> dict[UUID, str]:
    """Return the names of everybody who can have done something to it: colleagues of the same board with an account."""
    rows = db.session.execute(select(membership.c.works_at, membership.c.person).where(membership.c.school == board))
    return {row.person: known_people.name_of(row.works_at, row.person) for row in rows}


def _item(event: Any, names: dict[UUID, str]) -> dict[str, Any]:
    title, icon, tone = _telling(event)
    actor = names.get(event.actor_id) if event.actor_id else None
    return {"at": event.recorded_at, "title": title, "icon": icon, "tone": tone, "actor": actor}


def _telling(event: Any) -> tuple[str, str, str]:
    match event:
        case Account.Invited():
            return _("Uitgenodigd"), "user-plus", "info"
        case Account.Activated():
            return _("In gebruik genomen"), "circle-check", "ok"
        case Account.PasswordChanged(by_way_of="link"):
            return _("Nieuw wachtwoord gekozen met een link"), "key-round", "warn"
        case Account.PasswordChanged():
            return _("Wachtwoord veranderd"), "key-round", "info"
        case Account.LinkGiven():
            return _("Link gekregen voor een nieuw wachtwoord"), "key-round", "warn"
        case Account.SecondFactorAdded():
            return _("Tweede stap aangezet"), "shield-check", "ok"
        case Account.SecondFactorRemoved():
            return _("Tweede stap weggehaald"), "shield-alert", "warn"
        case Account.Disabled():
            return _("Uitgezet: %(reason)s", reason=REASONS.get(event.reason, event.reason)), "lock", "bad"
        case Account.Enabled():
            return _("Weer aangezet"), "lock-open", "info"
        case Account.MembershipAdded():
            return _("Mag ook bij een andere school"), "school", "info"
        case Account.AgendaAddressMade():
            return _("Adres gemaakt voor een agenda"), "calendar-days", "info"
        case Account.AgendaAddressWithdrawn():
            return _("Adres voor een agenda ingetrokken"), "calendar-x", "quiet"
        case _:
            return _("Iets anders"), "circle-alert", "quiet"
