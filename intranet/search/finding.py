"""What words find: people and groups of the school, its records by their words, and what plugins answer."""

from itertools import chain
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from intranet.audit.features.audit import PERSON
from intranet.audit.grounds import SEARCH
from intranet.audit.readings import record_readings
from intranet.contributions import SearchResult
from intranet.features import modules
from intranet.hook_calls import contributions
from intranet.people.events import PUPIL
from intranet.people.forms import KIND_NAMES
from intranet.people.roster import Name, fold
from intranet.search.asked import MOST, Asked


def find(words: str, school: UUID) -> list[tuple[str, list[SearchResult], bool]]:
    """Return what is found by heading, and whether there is more: people, groups, records, then plugins by heading.

    That somebody searched for a child by name is recorded before anything is shown.
    """
    asked = Asked(words, school)
    persons = asked.persons()[: MOST + 1]
    record_readings(PERSON, [name.person_id for name in persons if name.kind == PUPIL], SEARCH)
    records = chain.from_iterable(module.found(asked) for module in modules("searching"))
    of_plugins = sorted(
        (each for _plugin, each in contributions("search", words=words)), key=lambda each: str(each.kind)
    )
    headings: dict[str, list[SearchResult]] = {}
    for each in (*map(_person, persons), *_groups(asked), *records, *of_plugins):
        headings.setdefault(str(each.kind), []).append(each)
    return [(heading, items[:MOST], len(items) > MOST) for heading, items in headings.items()]


def _person(name: Name) -> SearchResult:
    return SearchResult(
        name.full,
        url_for("people.person", person_id=name.person_id),
        _("Mensen"),
        _("groep %(group)s", group=name.group) if name.group else KIND_NAMES[name.kind],
        "user",
    )


def _groups(asked: Asked) -> list[SearchResult]:
    wanted = fold(asked.words).removeprefix("groep").strip()
    return [
        SearchResult(
            _("Groep %(name)s", name=group.name),
            url_for("people.group", group_id=group.group_id),
            _("Groepen"),
            icon="users",
        )
        for group in asked.people.groups.values()
        if group.open and wanted and fold(group.name).startswith(wanted)
    ]
