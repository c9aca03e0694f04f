"""What a school may change of who may read what, and what the law or the product fixes for every school."""

from collections.abc import Mapping

from events.frozen import frozen

ANY = "any"
STAFF = "staff"
"""Everybody in service of the school has this duty besides their own."""

NEVER = frozenset({"participation_council", "administrator"})
"""A council speaks of numbers and sits with parents; who looks after the machines reads no word (facts §9.2)."""

WHOLE_SCHOOL = frozenset({
    "teacher", "teaching_assistant", "support_staff", "head_teacher", "executive_director", "management_team",
    "care_coordinator", "protection_officer", "confidential_adviser", "bullying_coordinator", "bullying_contact",
    "emergency_responder", "prevention_officer",
})  # fmt: skip
CONFIDENTIAL = frozenset({
    "head_teacher", "executive_director", "care_coordinator", "protection_officer", "confidential_adviser",
    "bullying_coordinator",
})  # fmt: skip
"""Who may read what is closed: those who are bound by their task to keep it so."""


@frozen
class Bound:
    """Within what a school may give and take one permission: to which duties, in which relations, and what stays."""

    duties: frozenset[str]
    relations: tuple[str, ...]
    fixed: frozenset[tuple[str, str]] = frozenset()


_WRITER, _SHARED, _EMERGENCY = (STAFF, "reporter"), (STAFF, "shared"), (STAFF, "emergency")

OF_CORE: Mapping[str, Bound] = {
    "incidents.read": Bound(
        WHOLE_SCHOOL,
        (ANY, "own_group", "serious", "flagged"),
        # Who is responsible for the school always knows of what is serious (WPO art. 4c, plan P6.6).
        frozenset({_WRITER, _SHARED, _EMERGENCY, ("executive_director", "serious")}),
    ),
    "incidents.read_confidential": Bound(
        CONFIDENTIAL, (ANY, "own_group", "serious", "flagged"), frozenset({_WRITER, _SHARED, _EMERGENCY})
    ),
    "signals.read": Bound(
        WHOLE_SCHOOL, (ANY, "own_group", "bullying", "escalated"), frozenset({_WRITER, _SHARED, _EMERGENCY})
    ),
    "cases.read": Bound(
        WHOLE_SCHOOL,
        (ANY, "own_group", "serious"),
        frozenset(
            {
                (STAFF, "leader"),
                (STAFF, "participant"),
                _SHARED,
                _EMERGENCY,
                ("executive_director", "serious"),
            }
        ),
    ),
}
"""What is not here no school changes: who reads of a colleague (WPO art. 4a), who reviews the log, who may report."""


def bound_of_plugin(holders: frozenset[tuple[str, str]]) -> Bound:
    """Return the bound of a permission of a plugin that may be changed: in the relations that the plugin knows."""
    return Bound(WHOLE_SCHOOL, tuple(sorted({ANY} | {relation for _duty, relation in holders})))


def within(bound: Bound | None, duty: str, relation: str) -> bool:
    """Tell whether a school may give or take this; what it once gave outside the bounds does not count either."""
    return (
        bound is not None
        and duty in bound.duties - NEVER
        and relation in bound.relations
        and (duty, relation) not in bound.fixed
    )
