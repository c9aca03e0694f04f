"""The filter bar over the log: what each option would find, and what is chosen as chips to take away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, union_all
from sqlalchemy.engine import Connection

from intranet.api import may
from intranet.plugin_manager import installed

from .audited import BOARD, is_board
from .choosing import PERIODS, SYSTEM, USUAL, Wish, named_records
from .entries import Choice, counts
from .reach import CLOSED, hidden_records
from .sentences import Names, label

AREAS = {
    "incidents": _l("Incidenten"),
    "signals": _l("Signalen"),
    "cases": _l("Zaken"),
    "follow_up": _l("Vervolg"),
    "staff_matters": _l("Meldingen over een medewerker"),
    "files": _l("Foto’s en scans"),
    "body_map": _l("Plekken op het lichaam"),
    "chronology": _l("Tijdlijn"),
    "emergency": _l("Noodtoegang"),
    "law": _l("Wet en regels"),
    "people": _l("Mensen"),
    "accounts": _l("Accounts"),
    "schools": _l("School"),
    "calendar": _l("Kalender"),
    "exports": _l("Exports"),
    "notices": _l("Berichten"),
    "audit": _l("Controle"),
    "log": _l("Logboek"),
    "erasure": _l("Wissen"),
    CLOSED: _l("Vertrouwelijk, gesloten voor jou"),
}


@dataclass(slots=True)
class Controls:
    """What the filter bar shows."""

    groups: list[dict[str, Any]]
    applied: list[dict[str, Any]]
    total: int
    export_url: str


def controls(connection: Connection, chosen: Choice, asked: Wish, names: Names) -> Controls:
    """Return the filters with what each option would find, from one count over the chosen days."""
    everything = replace(chosen, kind="", actor=None, by_system=False, without=tuple(hidden_records(chosen.school)))
    found = counts(connection, everything)
    by_kind, by_actor, total = Counter[str](), Counter[UUID | None](), 0
    for (name, actor), count in found.items():
        of_kind = not asked.kind or name == asked.kind or name.startswith(f"{asked.kind}.")
        of_actor = (actor is None) if asked.by_system else (asked.actor in (None, actor))
        by_kind[name] += count if of_actor else 0
        by_actor[actor] += count if of_kind else 0
        total += count if of_kind and of_actor else 0
    groups = [
        {"name": "kind", "label": _("Soort"), "all": _("Alle soorten"), "options": _kinds(by_kind, asked)},
        {"name": "actor", "label": _("Gedaan door"), "all": _("Iedereen"), "options": _actors(by_actor, asked, names)},
        {
            "name": "person",
            "label": _("Over wie"),
            "all": _("Iedereen"),
            "options": _people(connection, chosen.school, asked, names),
        },
        {
            "name": "period",
            "label": _("Periode"),
            "no_all": True,
            "options": [
                {
                    "value": code,
                    "label": words,
                    "current": code == ("custom" if asked.first or asked.last else asked.period),
                }
                for code, words in PERIODS.items()
            ],
        },
    ]
    if may("audit.board"):
        groups.insert(
            0,
            {
                "name": "of",
                "label": _("Logboek van"),
                "all": _("De school"),
                "options": [{"value": BOARD, "label": _("Het bestuur, met de accounts"), "current": is_board()}],
            },
        )
    if asked.period == "custom" or asked.first or asked.last:
        groups += [
            {"name": "from", "label": _("Vanaf"), "kind": "date", "value": asked.first and asked.first.isoformat()},
            {"name": "until", "label": _("Tot en met"), "kind": "date", "value": asked.last and asked.last.isoformat()},
        ]
    return Controls(groups, applied(asked, names), total, url_for("audit.export", **asked.parameters))


def _kinds(by_kind: Counter[str], asked: Wish) -> list[dict[str, Any]]:
    areas: dict[str, list[str]] = {}
    for name in sorted(by_kind | Counter([asked.kind] if asked.kind else [])):
        areas.setdefault(name.partition(".")[0], []).append(name)
    options = []
    for area, names in sorted(areas.items(), key=lambda each: str(_title(each[0]))):
        title = _title(area)
        whole = sum(by_kind[name] for name in names)
        every = title if area == CLOSED else _("%(area)s: alles", area=title)
        options.append({"value": area, "label": every, "count": whole})
        for name in sorted((name for name in names if name != area), key=lambda name: str(label(name))):
            options.append({"value": name, "label": f"{title}: {label(name)}", "count": by_kind[name]})
    for option in options:
        option["current"] = option["value"] == asked.kind
    return options


def _title(area: str) -> Any:
    """Return what people call where an event belongs: a part of the core, or a plugin; its code when that is gone."""
    plugin = installed().by_name.get(area)
    return AREAS.get(area) or (plugin.manifest.title if plugin else area)


def _actors(by_actor: Counter[UUID | None], asked: Wish, names: Names) -> list[dict[str, Any]]:
    options = [
        {
            "value": SYSTEM if actor is None else actor.hex,
            "label": names.who(actor),
            "count": count,
            "current": asked.by_system if actor is None else actor == asked.actor,
        }
        for actor, count in by_actor.items()
    ]
    return sorted(options, key=lambda option: str(option["label"]))


def _people(connection: Connection, school: UUID, asked: Wish, names: Names) -> list[dict[str, Any]]:
    every = [select(each.c.stream, each.c.person) for each in named_records(school)]
    if not every:
        return []
    pairs = union_all(*every).subquery()
    query = select(pairs.c.person, func.count(pairs.c.stream.distinct())).group_by(pairs.c.person)
    options = [
        {"value": person.hex, "label": names.who(person), "count": count, "current": person == asked.person}
        for person, count in connection.execute(query)
    ]
    return sorted(options, key=lambda option: str(option["label"]))


def applied(asked: Wish, names: Names) -> list[dict[str, Any]]:
    """Return what was chosen, each with the address without it."""
    chips: list[tuple[Iterable[str], str]] = []
    if is_board():
        chips.append((["of"], _("Logboek van het bestuur")))
    if asked.kind:
        chips.append((["kind"], str(label(asked.kind) if "." in asked.kind else _title(asked.kind))))
    if asked.actor or asked.by_system:
        chips.append((["actor"], _("Door %(who)s", who=names.who(asked.actor))))
    if asked.person:
        chips.append((["person"], _("Over %(who)s", who=names.who(asked.person))))
    if asked.first or asked.last:
        chips.append((["from", "until", "period"], _days(asked.first, asked.last)))
    elif asked.period not in (USUAL, "custom"):
        chips.append((["period"], str(PERIODS[asked.period])))
    if asked.rows:
        chips.append((["rows"], _("Regels %(first)d tot en met %(last)d", first=asked.rows[0], last=asked.rows[1])))
    return [{"label": words, "href": _without(asked, names_of)} for names_of, words in chips]


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return _(
            "%(first)s tot en met %(last)s", first=format_date(first, "d MMM y"), last=format_date(last, "d MMM y")
        )
    if first:
        return _("Vanaf %(first)s", first=format_date(first, "d MMM y"))
    return _("Tot en met %(last)s", last=format_date(last, "d MMM y"))


def _without(asked: Wish, gone: Iterable[str]) -> str:
    gone = set(gone)
    kept = {name: value for name, value in asked.parameters.items() if name not in gone}
    return url_for("audit.audit", **({"of": None} if "of" in gone else {}), **kept)
