"""What every page has around its content: menu, school, person, quick action."""

from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _
from flask_login import current_user

from events.log.projection import not_up_to_date
from intranet.access import may
from intranet.contributions import MenuItem
from intranet.database import db, log
from intranet.forms import ButtonForm
from intranet.hook_calls import contributions
from intranet.looked_at import looked_at

# label, icon, endpoint, permission; a page that is not mounted or not allowed is left out.
MENU = (
    # For who oversees the board the start page leads to the matters, which have a link of their own.
    (lazy_gettext("Vandaag"), "house", "home.today", "incidents.report"),
    (lazy_gettext("Incidenten"), "list-checks", "incidents.incidents", "incidents.read"),
    (lazy_gettext("Signalen"), "eye", "signals.signals", "signals.read"),
    (lazy_gettext("Bestuur"), "lock", "staff_matters.matters", "staff_matters.handle"),
    (lazy_gettext("Zaken"), "book-open", "cases.cases", "cases.read"),
    (lazy_gettext("Mensen"), "users", "people.people", "people.read"),
    (lazy_gettext("Kalender"), "calendar-days", "calendar.year", "calendar.read"),
    (lazy_gettext("Controle"), "shield-check", "audit.audit", "audit.read"),
    (lazy_gettext("Accounts"), "key-round", "accounts.accounts", "accounts.manage"),
    (lazy_gettext("School"), "school", "schools.settings", "schools.settings"),
)

BEFORE_PLUGINS = 6
AREAS = {"promises": "home", "activation": "schools", "law": "schools", "need_to_know": "schools"}
"""Pages that have no link of their own in the menu stand under another."""

OWN = frozenset(
    {"accounts.profile", "accounts.confirm", "accounts.password", "accounts.switch_school", "accounts.enrol"}
)
"""Pages about the account of whoever is signed in: under their name, not under the accounts of others."""

OVERSEEING = frozenset({"audit.audit", "schools.settings"})
"""Pages of people who look after the whole: they read which tables stopped and what to do about it."""


def register(app: Flask) -> None:
    """Give every template what `base.html` asks for."""

    @app.context_processor
    def shell() -> dict[str, Any]:
        language = str(get_locale() or "nl")
        if not current_user.is_authenticated:
            return {"language": language}
        return {
            "language": language,
            "menu": _menu(app),
            "quick_action": None if looked_at() else _quick_action(app),
            "home_url": url_for("home.today"),
            "person": _person(app),
            "search_url": url_for("search.search") if may("search.use") else None,
            "school_name": g.school.name if "school" in g else None,
            "may": may,
            "rebuilding": _rebuilding,
            "undo_form": lambda: ButtonForm(formdata=None),
        }


def _rebuilding() -> list[str]:
    """Return what to say above a page whose tables do not follow the log: to its reader, and to who looks after it."""
    if "school" not in g or looked_at():
        return []
    late = not_up_to_date(db.session.connection(), g.school.id, log.projector.keys)
    if not late:
        return []
    sentences = []
    feature = request.blueprint or ""
    # Today's page brings together what all features have.
    if feature == "home" or any(key.partition(".")[0] == feature for key in late):
        sentences.append(_("Deze pagina wordt opnieuw opgebouwd. Er is niets kwijt, maar hier staat nog niet alles."))
    if request.endpoint in OVERSEEING:
        stopped = ", ".join(f"{key} ({error})" if error else key for key, error in sorted(late.items()))
        sentences.append(
            _(
                "Deze tabellen lopen achter op het logboek: %(stopped)s. "
                "Vraag de beheerder van de server om dit te draaien: flask intranet upgrade",
                stopped=stopped,
            )
        )
    return sentences


def _menu(app: Flask) -> list[dict[str, Any]]:
    """Return the core's links with those of plugins between what everybody uses and what few do."""
    links = [MenuItem(label, endpoint, icon, permission) for label, icon, endpoint, permission in MENU]
    of_plugins = [item for _plugin, item in contributions("menu_items")]
    return [
        _link(item)
        for item in (*links[:BEFORE_PLUGINS], *of_plugins, *links[BEFORE_PLUGINS:])
        if item.endpoint in app.view_functions and (item.permission is None or may(item.permission))
    ]


def _link(item: MenuItem) -> dict[str, Any]:
    href = url_for(item.endpoint)
    return {
        "label": item.label,
        "icon": item.icon,
        "href": href,
        "current": _stands_under(item, href),
        "count": item.count,
    }


def _stands_under(item: MenuItem, href: str) -> bool:
    """Tell whether a page is of this link: of its feature, or, as the files of a record, under its address."""
    if request.endpoint in OWN:
        return False
    area = (request.endpoint or "").partition(".")[0]
    return AREAS.get(area, area) == item.endpoint.partition(".")[0] or (href != "/" and request.path.startswith(href))


def _quick_action(app: Flask) -> dict[str, Any] | None:
    if "incidents.report" not in app.view_functions or not may("incidents.report"):
        return None
    return {"label": lazy_gettext("Nieuw incident"), "href": url_for("incidents.report")}


def _person(app: Flask) -> dict[str, Any]:
    links = []
    if "accounts.profile" in app.view_functions:
        links.append({"label": lazy_gettext("Mijn account"), "href": url_for("accounts.profile"), "icon": "user"})
    return {"name": current_user.name, "detail": "", "logout_url": url_for("accounts.log_out"), "links": links}
