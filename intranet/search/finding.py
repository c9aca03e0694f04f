"""What words find: people and groups of the school, and what plugins answer."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from intranet.contributions import SearchResult
from intranet.hook_calls import contributions
from intranet.people.forms import KIND_NAMES
from intranet.people.roster import fold, roster

MOST = 20
"""Results under one heading; whoever sees so many types another letter."""


def find(words: str, school: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what is found by heading: people, groups, then plugins in order of heading."""
    found = [*_people(words, school), *_groups(words, school)]
    found += sorted(
        (each for _plugin, each in contributions("search", words=words)),
        key=lambda each: str(each.kind),
    )
    headings: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        items = headings.setdefault(str(each.kind), [])
        if len(items) < MOST:
            items.append({"label": each.label, "href": each.href, "note": each.note, "icon": each.icon})
    return list(headings.items())


def _people(words: str, school: Any) -> list[SearchResult]:
    everybody = roster(school)
    return [
        SearchResult(
            name.full,
            url_for("people.person", person_id=name.person_id),
            _("Mensen"),
            _("groep %(group)s", group=name.group) if name.group else KIND_NAMES[name.kind],
            "user",
        )
        for name in everybody.find(words)
    ]


def _groups(words: str, school: Any) -> list[SearchResult]:
    wanted = fold(words).removeprefix("groep").strip()
    return [
        SearchResult(
            _("Groep %(name)s", name=group.name),
            url_for("people.group", group_id=group.group_id),
            _("Groepen"),
            icon="users",
        )
        for group in roster(school).groups.values()
        if group.open and wanted and fold(group.name).startswith(wanted)
    ]
