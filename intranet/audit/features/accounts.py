"""Accounts in the review: who got in, and what changed about how they prove who they are."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.accounts.events import Account

from ..sentences import Telling, describes


def _many_invited(count: int, who: str) -> str:
    return ngettext(
        "%(who)s nodigde %(num)d persoon uit voor een account.",
        "%(who)s nodigde %(num)d mensen uit voor een account.",
        count,
        who=who,
    )


@describes(Account.Invited, label=_l("Uitgenodigd"), icon="mail", many=_many_invited)
def invited(event: Any, told: Telling) -> str:
    return _("%(who)s nodigde %(person)s uit voor een account.", who=told.who, person=told.person(event.person_id))


@describes(Account.Activated, label=_l("Account in gebruik genomen"), icon="key-round")
def activated(_event: Any, told: Telling) -> str:
    return _("%(who)s nam een account in gebruik.", who=told.who)


@describes(Account.PasswordChanged, label=_l("Wachtwoord veranderd"), icon="lock")
def password_changed(event: Any, told: Telling) -> str:
    if event.by_way_of == "link":
        return _("%(who)s koos een nieuw wachtwoord met een link.", who=told.who)
    return _("%(who)s veranderde het eigen wachtwoord.", who=told.who)


@describes(Account.LinkGiven, label=_l("Link gegeven"), icon="link", tone="info")
def link_given(event: Any, told: Telling) -> str:
    return _("%(who)s gaf een link om een wachtwoord te kiezen.", who=told.who)


@describes(Account.SecondFactorAdded, label=_l("Tweede stap aan"), icon="smartphone", tone="ok")
def factor_added(_event: Any, told: Telling) -> str:
    return _("%(who)s zette de tweede stap bij het inloggen aan.", who=told.who)


@describes(Account.SecondFactorRemoved, label=_l("Tweede stap weg"), icon="shield-alert", tone="warn")
def factor_removed(_event: Any, told: Telling) -> str:
    return _("%(who)s haalde de tweede stap van een account weg.", who=told.who)


@describes(Account.Disabled, label=_l("Account uitgezet"), icon="user-x", tone="warn")
def disabled(_event: Any, told: Telling) -> str:
    return _("%(who)s zette een account uit.", who=told.who)


@describes(Account.Enabled, label=_l("Account aangezet"), icon="check")
def enabled(_event: Any, told: Telling) -> str:
    return _("%(who)s zette een account weer aan.", who=told.who)


@describes(Account.MembershipAdded, label=_l("Toegang tot een school erbij"), icon="school")
def membership_added(event: Any, told: Telling) -> str:
    return _("%(who)s gaf %(person)s toegang tot nog een school.", who=told.who, person=told.person(event.person_id))


@describes(Account.AgendaAddressMade, label=_l("Adres voor een agenda"), icon="calendar-days")
def agenda_address_made(_event: Any, told: Telling) -> str:
    return _("%(who)s maakte een adres voor de eigen agenda.", who=told.who)


@describes(Account.AgendaAddressWithdrawn, label=_l("Adres voor een agenda weg"), icon="calendar-x")
def agenda_address_withdrawn(_event: Any, told: Telling) -> str:
    return _("%(who)s trok het adres voor de eigen agenda in.", who=told.who)
