"""What the pages of the need-to-know table show: the table in words, what a change would do, and what was changed."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from events.frozen import frozen
from intranet.access import ANY, STAFF, Changes, bound_of, changes, default_rules, relations_of, with_changes
from intranet.access_bounds import NEVER
from intranet.accounts.known_people import duties_by_person
from intranet.api import current_school, log
from intranet.looked_at import looked_at
from intranet.need_to_know.commands import default_relations, difference, relations_now
from intranet.need_to_know.kinds import FIXED, RELATIONS, changeable, column_of, first_upper, title_of
from intranet.people.colleagues import staff_of
from intranet.people.duties import DUTIES, duty_title
from intranet.people.roster import Name, roster
from intranet.schools.events import School


def table_page() -> dict[str, Any]:
    """Return the table: a row for each duty and one for everybody, a column for each kind of record."""
    columns = [*changeable(), *FIXED]
    everybody = [_words(relations_now(column, STAFF)) for column in columns]
    return {
        "columns": [column_of(each) for each in columns],
        "rows": [
            *([first_upper(str(duty_title(duty))), *(_cell(column, duty) for column in columns)] for duty in DUTIES),
            [_("Iedereen in dienst"), *everybody],
        ],
        "history": list(_history()),
    }


def _cell(permission: str, duty: str) -> dict[str, Any]:
    """Return what a duty reads of a kind of record; with a link where it can be changed, and a mark where it was."""
    bound = bound_of(permission)
    cell: dict[str, Any] = {"text": _words(relations_now(permission, duty))}
    if bound is not None and duty in bound.duties - NEVER and not looked_at():
        cell["href"] = url_for("need_to_know.cell", permission=permission, duty=duty)
    if _differs(permission, duty):
        cell["badge"] = _("anders"), "warn"
        cell["note"] = _("standaard: %(usual)s", usual=_words(default_relations(permission, duty)))
    return cell


def _differs(permission: str, duty: str) -> bool:
    return relations_now(permission, duty) != default_relations(permission, duty)


def _words(relations: set[str]) -> str:
    """Return in words in which cases a record is read."""
    if ANY in relations:
        return str(RELATIONS[ANY])
    return ", ".join(str(RELATIONS.get(each, each)) for each in RELATIONS if each in relations) or _("niets")


@frozen
class Effect:
    """Who would read more, and who less."""

    more: list[str]
    less: list[str]


def effect_of(permission: str, duty: str, relations: list[str]) -> Effect:
    """Return for which people a change of a cell would make a difference, by name with the duty."""
    tried = _after(permission, duty, relations)
    before = {name.person_id: (name, held) for name, held in _staff() if duty in held}
    more, less = [], []
    for name, held in before.values():
        now = relations_of(permission, held)
        with with_changes(tried):
            then = relations_of(permission, held)
        if ANY not in now and (ANY in then or then - now):
            more.append(name.full)
        elif ANY not in then and (ANY in now or now - then):
            less.append(name.full)
    return Effect(more, less)


def _after(permission: str, duty: str, relations: list[str]) -> Changes:
    changed = dict(difference(permission, duty, relations))
    kept = {(rule, given) for rule, given in changes() if rule not in changed}
    return frozenset(kept | set(changed.items()))


def _staff() -> Iterator[tuple[Name, frozenset[str]]]:
    duties = duties_by_person(current_school())
    for name in staff_of(current_school()):
        yield name, duties.get(name.person_id, frozenset())


def cell_page(permission: str, duty: str) -> dict[str, Any]:
    """Return what the page of one cell says besides its form."""
    usual = default_relations(permission, duty)
    fixed = {rule.relation for rule in default_rules(permission) if rule.duty == STAFF}
    return {
        "duty": first_upper(str(duty_title(duty))),
        "title": first_upper(str(title_of(permission))),
        "now": _words(relations_now(permission, duty)),
        "usual": _words(usual),
        "differs": _differs(permission, duty),
        "always": _words(fixed),
    }


def _history() -> Iterator[dict[str, Any]]:
    """Yield what was changed, the newest first, as items of the timeline component."""
    names = roster(current_school())
    for event in reversed(list(log.events.get(current_school()))):
        if type(event) is School.NeedToKnowChanged:
            relation = RELATIONS.get(event.relation, event.relation)
            words = (first_upper(str(duty_title(event.duty))), title_of(event.permission), relation)
            yield {
                "at": event.recorded_at,
                "title": _("%(duty)s leest meer: %(what)s, %(which)s", duty=words[0], what=words[1], which=words[2])
                if event.given
                else _("%(duty)s leest minder: %(what)s, %(which)s", duty=words[0], what=words[1], which=words[2]),
                "line": event.reason,
                "actor": _name(names, event.actor_id),
                "icon": "lock-open" if event.given else "lock",
                "tone": "warn" if event.given else "info",
            }


def _name(names: Any, person: UUID | None) -> str:
    if person is None:
        return _("Het systeem")
    return str(names[person].full) if person in names else _("Iemand die niet meer bekend is")
