"""Who may do what to which record: one table, default deny, with what a school changed within its bounds."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache, wraps
from typing import Any, TypeVar

from flask import abort, current_app, g, has_app_context
from flask_login import current_user

from events.frozen import frozen
from intranet.access_bounds import ANY, OF_CORE, STAFF, Bound, bound_of_plugin, within

View = TypeVar("View", bound=Callable[..., Any])

__all__ = [
    "ANY",
    "NAMED",
    "STAFF",
    "SUPERVISORY_BOARD",
    "TABLE",
    "Rule",
    "allowed",
    "may",
    "public",
    "relations_of",
    "requires",
    "rules_of",
]

NAMED = "named"
"""Whoever is named in a record as the one it is about loses it, whatever their duties (facts: role in this case)."""


@frozen
class Rule:
    """Somebody with `duty` has `permission` on records to which they stand in `relation`."""

    permission: str
    duty: str
    relation: str = ANY


def rules_from(permission: str, *holders: str) -> tuple[Rule, ...]:
    """Read holders written as `duty` or `duty:relation`."""
    return tuple(Rule(permission, duty, relation or ANY) for duty, _, relation in (h.partition(":") for h in holders))


SUPERVISORY_BOARD = "supervisory_board"
"""Who oversees the board is not in service of the school: whoever holds this duty has nothing of what `STAFF` has."""

TABLE: tuple[Rule, ...] = (
    *rules_from("home.see", STAFF, SUPERVISORY_BOARD),
    *rules_from("search.use", STAFF),
    *rules_from("notices.own", STAFF, SUPERVISORY_BOARD),
    *rules_from("accounts.own", STAFF, SUPERVISORY_BOARD),
    *rules_from("accounts.manage", "head_teacher", "executive_director", "administrator"),
    *rules_from("people.read", STAFF),
    *rules_from("people.import", "head_teacher", "executive_director", "administrator"),
    *rules_from("people.duties", "head_teacher", "executive_director"),
    *rules_from(
        "people.family",
        "teacher:own_group",
        "teaching_assistant:own_group",
        "care_coordinator",
        "head_teacher",
        "administrator",
    ),
    *rules_from("calendar.read", STAFF),
    *rules_from("calendar.change", "head_teacher", "executive_director", "administrator"),
    *rules_from("schools.settings", "head_teacher", "executive_director"),
    *rules_from("schools.plugins", "head_teacher", "executive_director"),
    *rules_from("schools.need_to_know", "head_teacher", "executive_director"),
    *rules_from("incidents.report", STAFF),
    *rules_from(
        "incidents.read",
        f"{STAFF}:reporter",
        "teacher:own_group",
        "teaching_assistant:own_group",
        "care_coordinator",
        "bullying_coordinator",
        "protection_officer:flagged",
        "head_teacher",
        "executive_director:serious",
        f"{STAFF}:shared",
        f"{STAFF}:emergency",
    ),
    *rules_from("incidents.read_staff_matter", f"{STAFF}:reporter", "executive_director"),
    *rules_from(
        "incidents.read_confidential",
        f"{STAFF}:reporter",
        "care_coordinator",
        "head_teacher",
        f"{STAFF}:shared",
        f"{STAFF}:emergency",
    ),
    *rules_from("incidents.correct", f"{STAFF}:reporter", "care_coordinator", "head_teacher"),
    *rules_from("incidents.add", f"{STAFF}:reporter", "teacher:own_group", "care_coordinator", "head_teacher"),
    *rules_from("incidents.open_original", "care_coordinator", "head_teacher", "executive_director"),
    *rules_from("incidents.assess", "care_coordinator", "bullying_coordinator", "head_teacher"),
    *rules_from(
        "incidents.follow_up",
        "teacher:reporter",
        "teacher:own_group",
        "care_coordinator",
        "bullying_coordinator",
        "head_teacher",
    ),
    *rules_from("incidents.share", "care_coordinator", "bullying_coordinator", "head_teacher"),
    *rules_from("incidents.close", "care_coordinator", "bullying_coordinator", "head_teacher"),
    *rules_from("signals.record", STAFF),
    *rules_from("signals.receipt", f"{STAFF}:reporter"),
    *rules_from(
        "signals.read",
        "teacher:own_group",
        "care_coordinator",
        "bullying_coordinator:bullying",
        "head_teacher:escalated",
        f"{STAFF}:shared",
        f"{STAFF}:emergency",
    ),
    *rules_from("signals.triage", "care_coordinator", "bullying_coordinator:bullying", "head_teacher:escalated"),
    *rules_from("cases.open", "care_coordinator", "bullying_coordinator", "bullying_contact", "head_teacher"),
    *rules_from(
        "cases.read",
        f"{STAFF}:leader",
        f"{STAFF}:participant",
        "teacher:own_group",
        "care_coordinator",
        "bullying_coordinator",
        "head_teacher",
        "executive_director:serious",
        f"{STAFF}:shared",
        f"{STAFF}:emergency",
    ),
    *rules_from(
        "cases.work",
        f"{STAFF}:leader",
        f"{STAFF}:participant",
        "care_coordinator",
        "bullying_coordinator",
        "head_teacher",
    ),
    *rules_from("cases.lead", f"{STAFF}:leader", "care_coordinator", "bullying_coordinator", "head_teacher"),
    *rules_from("chronology.hand_out", "care_coordinator", "head_teacher"),
    *rules_from("signals.open_original", "care_coordinator", "head_teacher:escalated"),
    *rules_from("staff_matters.see", STAFF, SUPERVISORY_BOARD),
    *rules_from("staff_matters.report", STAFF),
    *rules_from("staff_matters.receipt", f"{STAFF}:reporter"),
    *rules_from("staff_matters.handle", "executive_director:received", "supervisory_board:oversight"),
    # The emergency relation above holds only for who holds this now.
    *rules_from("emergency.open", "care_coordinator", "protection_officer", "head_teacher"),
    *rules_from("emergency.review", "executive_director", "head_teacher"),
    *rules_from("law.read", "care_coordinator", "bullying_coordinator", "head_teacher", "executive_director"),
    *rules_from("law.switch", "head_teacher", "executive_director"),
    *rules_from("law.evaluate", "head_teacher", "executive_director"),
    *rules_from("incidents.report_to_inspectorate", "head_teacher", "executive_director"),
    *rules_from("audit.read", "executive_director", "head_teacher", "dpo"),
    *rules_from("audit.board", "executive_director", "dpo"),
    *rules_from("audit.checkpoint", "executive_director", "head_teacher"),
    *rules_from("audit.review", "executive_director"),
)


Changes = frozenset[tuple[Rule, bool]]
"""What a school changed: each rule with whether it was given or taken away."""
UNCHANGED: Changes = frozenset()
CHANGES = "geborgen.need_to_know"
"""Where an application keeps the function that returns what the school acted in changed."""


def default_rules(permission: str) -> tuple[Rule, ...]:
    """Return the rows of the table for a permission before a school changes it; those of plugins: their manifests."""
    found = tuple(rule for rule in TABLE if rule.permission == permission)
    if found or not has_app_context():
        return found
    rules: tuple[Rule, ...] = current_app.extensions["geborgen.plugins"].rules.get(permission, ())
    return rules


def bound_of(permission: str) -> Bound | None:
    """Return within what a school may change a permission, None for one that is the same at every school."""
    if permission in OF_CORE or not has_app_context():
        return OF_CORE.get(permission)
    if permission not in current_app.extensions["geborgen.plugins"].changeable:
        return None
    return bound_of_plugin(frozenset((rule.duty, rule.relation) for rule in default_rules(permission)))


def rules_of(permission: str) -> tuple[Rule, ...]:
    """Return the rows of the table for a permission as they are at the school that is acted in."""
    return _changed(default_rules(permission), permission, bound_of(permission), changes())


@lru_cache(maxsize=1024)
def _changed(rules: tuple[Rule, ...], permission: str, bound: Bound | None, changed: Changes) -> tuple[Rule, ...]:
    if bound is None or not changed:
        return rules
    # Also when it is read: what was given before a bound became narrower is given no longer.
    mine = {
        rule: given
        for rule, given in changed
        if rule.permission == permission and within(bound, rule.duty, rule.relation)
    }
    more = sorted((rule for rule, given in mine.items() if given and rule not in rules), key=_order)
    return (*(rule for rule in rules if mine.get(rule, True)), *more)


def _order(rule: Rule) -> tuple[str, str]:
    return rule.duty, rule.relation


def changes() -> Changes:
    """Return what the school that is acted in changed of the table, or what `with_changes` says instead."""
    if not has_app_context():
        return UNCHANGED
    instead: Changes | None = g.get("changes_instead")
    ask = current_app.extensions.get(CHANGES)
    return instead if instead is not None else ask() if ask else UNCHANGED


@contextmanager
def with_changes(changed: Changes) -> Iterator[None]:
    """Let everything inside be decided by a table with other changes: that of a moment, or one that is only tried."""
    before = g.get("changes_instead")
    g.changes_instead = changed
    try:
        yield
    finally:
        g.changes_instead = before


def relations_of(permission: str, duties: Collection[str]) -> frozenset[str]:
    """Return the relations in which these duties give the permission; empty means never."""
    return frozenset(rule.relation for rule in rules_of(permission) if rule.duty in duties)


def allowed(permission: str, duties: Collection[str], relations: Collection[str] | None = None) -> bool:
    """Decide from the table. `relations=None` asks whether there is any record for which it could hold."""
    given = relations_of(permission, duties)
    if relations is None:
        return bool(given)
    if NAMED in relations:
        return False
    return ANY in given or not given.isdisjoint(relations)


def may(permission: str, relations: Collection[str] | None = None) -> bool:
    """Tell whether the person who is signed in has a permission on a record with these relations to them."""
    if not current_user.is_authenticated or not current_app.extensions["geborgen.plugins"].is_on_for(permission):
        return False
    return allowed(permission, current_user.duties, relations)


def requires(permission: str) -> Callable[[View], View]:
    """Let a view be reached by whoever the table gives `permission`; for others the page does not exist (404).

    A permission that nothing gives is refused when the pages are mounted.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not may(permission):
                abort(404)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def public(view: View) -> View:
    """Mark a view that anybody may reach, signed in or not."""
    view.permission = None  # type: ignore[attr-defined]
    return view
