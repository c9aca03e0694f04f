"""Changing a cell of the table of a school."""

from collections.abc import Collection

from flask_babel import gettext as _

from intranet.access import ANY, Rule, bound_of, default_rules, rules_of
from intranet.access_bounds import STAFF, within
from intranet.api import Refused, current_school, log
from intranet.schools.events import School
from intranet.schools.need_to_know import Cell


def change_cell(permission: str, duty: str, relations: Collection[str], reason: str) -> None:
    """Let a duty read in exactly these cases, and in those that are fixed.

    Raises `Refused` when nothing changes, for what the bounds do not allow, and when nobody would read everything.
    """
    changed = difference(permission, duty, relations)
    if not changed:
        raise Refused(_("Dat staat al zo. Er is niets veranderd."))
    if not all(within(bound_of(permission), duty, rule.relation) for rule, _given in changed):
        raise Refused(_("Dit ligt vast voor elke school. Je kunt het niet veranderen."))
    if not _somebody_reads_all(permission, duty, relations):
        raise Refused(_("Iemand moet alles kunnen lezen. Geef dat eerst aan een andere taak."))
    school = log.get(School, current_school())
    for rule, given in changed:
        school.change_need_to_know(Cell(*_cell(rule)), given, reason)
    log.save(school)


def difference(permission: str, duty: str, relations: Collection[str]) -> list[tuple[Rule, bool]]:
    """Return which rules would be given or taken to let a duty read in exactly these cases."""
    bound, now = bound_of(permission), relations_now(permission, duty)
    free = {each for each in now if within(bound, duty, each)}
    wanted = set(relations)
    return [
        *((Rule(permission, duty, each), True) for each in sorted(wanted - now)),
        *((Rule(permission, duty, each), False) for each in sorted(free - wanted)),
    ]


def relations_now(permission: str, duty: str) -> set[str]:
    """Return in which cases a duty by itself reads now."""
    return {rule.relation for rule in rules_of(permission) if rule.duty == duty}


def default_relations(permission: str, duty: str) -> set[str]:
    """Return in which cases a duty by itself reads before a school changes anything."""
    return {rule.relation for rule in default_rules(permission) if rule.duty == duty}


def _cell(rule: Rule) -> tuple[str, str, str]:
    return rule.permission, rule.duty, rule.relation


def _somebody_reads_all(permission: str, duty: str, relations: Collection[str]) -> bool:
    others = {rule.duty for rule in rules_of(permission) if rule.relation == ANY} - {duty, STAFF}
    return bool(others) or ANY in relations or not any(rule.relation == ANY for rule in default_rules(permission))
