"""Who sees which part of a page, and does what for which groups: the answers, written by hand."""

from tests.contracts.written_answers import COVERS

PARENTS_OF_A_PUPIL = {
    "teacher": "group",
    "teaching_assistant": "group",
    "care_coordinator": "all",
    "head_teacher": "all",
    "administrator": "all",
}
"""Who sees on a pupil's page who the parents are."""

IN_A_GROUP = {
    "kanjertraining.record": {"teacher": "group", "kanjertraining.coordinator": "all", "head_teacher": "all"},
    "kanjertraining.notes": {
        "teacher": "group",
        "kanjertraining.coordinator": "all",
        "care_coordinator": "all",
        "head_teacher": "all",
    },
    "taakspel.consult": {"teacher": "group", "care_coordinator": "all", "head_teacher": "all"},
    "patterns.quiet": {
        "teacher": "group",
        "care_coordinator": "all",
        "bullying_coordinator": "all",
        "head_teacher": "all",
    },
}
"""Who does something of a plugin for which groups: its pages themselves are asked for a group of their own."""

LOG_OF_THE_BOARD = "executive_director dpo"
"""Who sees the log of the board, with its accounts, instead of that of the school."""


def sees_parents(role: str, relation: str) -> bool:
    """Tell whether somebody with this duty sees who the parents of a pupil in this relation are."""
    return relation in COVERS[PARENTS_OF_A_PUPIL.get(role, "never")]


def does_in_group(role: str, permission: str, relation: str) -> bool:
    """Tell whether somebody with this duty has a permission of a plugin for a group in this relation."""
    return relation in COVERS[IN_A_GROUP[permission].get(role, "never")]
