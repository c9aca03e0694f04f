"""The lists of people, groups and tasks as files: what one sees on the lists."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, current_school, export_page, exported_list, requires
from intranet.people import listing
from intranet.people.duties import ALWAYS_HELD, Holding, duty_title, every_duty
from intranet.people.forms import KIND_NAMES
from intranet.people.pages import pages
from intranet.people.register import holdings, teachers_of
from intranet.people.roster import Roster, roster
from intranet.people.today import today

PEOPLE = exported_list("people.people", _l("Mensen"))
GROUPS = exported_list("people.groups", _l("Groepen"))
DUTIES = exported_list("people.duties", _l("Takenregister"))


@pages.route("/people/export", methods=["GET", "POST"])
@requires("people.read")
def export() -> Any:
    """The list of people as a file, with the filters of the address."""
    everybody = roster(current_school())
    wish = listing.Wish.of_request(everybody)
    chosen = ", ".join(each["label"] for each in listing.applied(everybody, wish))
    return export_page(
        ListToExport(
            PEOPLE,
            lambda names: _people(everybody, wish, names),
            wish.parameters,
            [(_("Filters"), chosen or _("geen"))],
            url_for(".people", **wish.parameters),
        )
    )


def _people(everybody: Roster, wish: listing.Wish, names: bool) -> Sheet:
    columns = [Column(_("Wie"), width=20), Column(_("Groep"), width=9), Column(_("Jaargroep"), width=9)]
    naming = [Column(_("Naam"), width=32)] if names else []
    rows = [
        [*([each.full] if names else []), str(KIND_NAMES[each.kind]), each.group, each.year_group]
        for each in wish.found(everybody)
    ]
    return Sheet([*naming, *columns], rows)


@pages.route("/people/groups/export", methods=["GET", "POST"])
@requires("people.read")
def export_groups() -> Any:
    """The list of groups as a file."""
    everybody = roster(current_school())
    return export_page(ListToExport(GROUPS, lambda names: _groups(everybody, names), {}, [], url_for(".groups")))


def _groups(everybody: Roster, names: bool) -> Sheet:
    columns = [
        Column(_("Groep"), width=9),
        Column(_("Jaargroep"), width=12),
        Column(_("Leerlingen"), "number", 12),
        Column(_("Leerkrachten"), *(["text", 40] if names else ["number", 12])),
    ]
    teachers = teachers_of(current_school())
    rows = []
    for group in everybody.groups.values():
        if group.open:
            teaching = [everybody[each] for each in teachers.get(group.group_id, []) if each in everybody]
            said = ", ".join(name.full for name in sorted(teaching, key=lambda name: name.sort_key))
            pupils = len(everybody.in_group(group.group_id))
            rows.append([group.name, ", ".join(group.year_groups).upper(), pupils, said if names else len(teaching)])
    return Sheet(columns, rows)


@pages.route("/people/duties/export", methods=["GET", "POST"])
@requires("people.read")
def export_duties() -> Any:
    """The register of tasks as a file: now, later and before, and what nobody has that somebody should."""
    everybody = roster(current_school())
    return export_page(ListToExport(DUTIES, lambda names: _duties(everybody, names), {}, [], url_for(".duties")))


def _duties(everybody: Roster, names: bool) -> Sheet:
    columns = [
        Column(_("Taak"), width=32),
        Column(_("Stand"), width=12),
        Column(_("Vanaf"), "day", 12),
        Column(_("Tot en met"), "day", 12),
    ]
    held = [each for each in holdings(current_school()) if each.person in everybody]
    order = {duty: number for number, duty in enumerate(every_duty())}
    held.sort(key=lambda each: (order.get(each.duty, len(order)), everybody[each.person].sort_key, each.since))
    day = today()
    rows: list[list[Any]] = [
        [
            str(duty_title(each.duty)),
            _standing(each, day),
            each.since,
            each.until,
            *([everybody[each.person].full] if names else []),
        ]
        for each in held
    ]
    now = {each.duty for each in held if each.holds_on(day)}
    nobody = [str(duty_title(duty)) for duty in ALWAYS_HELD if duty not in now]
    rows += [[title, _("niemand"), None, None, *([None] if names else [])] for title in nobody]
    return Sheet([*columns, *([Column(_("Wie"), width=32)] if names else [])], rows)


def _standing(held: Holding, day: date) -> str:
    if held.holds_on(day):
        return str(_("nu"))
    return str(_("nog niet")) if held.since > day else str(_("voorbij"))
