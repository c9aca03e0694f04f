"""Who may read and decide about which signal: the answers, written by hand and never taken from the access table."""

from tests.contracts.written_answers import EMERGENCY, NOT_IN_SERVICE, pages, rows

SIGNAL_PAGES = {
    "see": """
        GET      /signals/<uuid:signal_id>
        GET      /signals/<uuid:signal_id>/recorded
        GET POST /signals/<uuid:signal_id>/files
        GET      /signals/<uuid:signal_id>/files/<uuid:file_id>
        GET      /signals/<uuid:signal_id>/files/<uuid:file_id>/<int:page>
        GET      /signals/<uuid:signal_id>/files/<uuid:file_id>/<int:page>/small
        GET POST /signals/<uuid:signal_id>/body-map
    """,
    "take_back": """
        POST     /signals/<uuid:signal_id>/files/<uuid:file_id>/describe
        POST     /signals/<uuid:signal_id>/files/<uuid:file_id>/remove
        POST     /signals/<uuid:signal_id>/files/<uuid:file_id>/put-back
        GET POST /signals/<uuid:signal_id>/body-map/<uuid:mark_id>/withdraw
    """,
    "open_original": """
        POST     /signals/<uuid:signal_id>/files/<uuid:file_id>/original
    """,
    "triage": """
        POST     /signals/<uuid:signal_id>/talks
        GET POST /signals/<uuid:signal_id>/shares
        POST     /signals/<uuid:signal_id>/shares/<uuid:person_id>/withdraw
        POST     /signals/<uuid:signal_id>/support-team
        POST     /signals/<uuid:signal_id>/escalate
        GET POST /signals/<uuid:signal_id>/incident
        POST     /signals/<uuid:signal_id>/close
        POST     /signals/<uuid:signal_id>/reopen
    """,
}
"""Pages of one signal. Its writer sees the first of these for ever, with what they wrote and how far it is; the photo
and the mark here were added by its writer, who may take them back."""

# shared: those that a colleague shared with them. group: also those of their own group, or about a pupil of it.
# Whoever is named in it never sees it, whatever stands here.
READING = """
                       plain   bullying  escalated  colleague
staff                  shared  shared    shared     shared
teacher                group   group     group      group
teaching_assistant     shared  shared    shared     shared
support_staff          shared  shared    shared     shared
head_teacher           shared  shared    all        all
executive_director     shared  shared    shared     shared
management_team        shared  shared    shared     shared
administrator          shared  shared    shared     shared
care_coordinator       all     all       all        all
protection_officer     shared  shared    shared     shared
confidential_adviser   shared  shared    shared     shared
bullying_coordinator   shared  all       shared     shared
bullying_contact       shared  shared    shared     shared
emergency_responder    shared  shared    shared     shared
prevention_officer     shared  shared    shared     shared
participation_council  shared  shared    shared     shared
dpo                    shared  shared    shared     shared
supervisory_board      never   never     never      never
kanjertraining.coordinator  shared  shared  shared  shared
parent_in_council      never   never     never      never
"""
STATES_READ = ("plain", "bullying", "escalated", "colleague")
"""`colleague`: it is about a member of staff."""

DECIDES = {
    "care_coordinator": {"plain", "bullying", "escalated", "colleague"},
    "bullying_coordinator": {"bullying"},
    "head_teacher": {"escalated", "colleague"},
}
"""Who decides what is done with a signal that they may read."""

OPENS_ORIGINALS = {
    "care_coordinator": {"plain", "bullying", "escalated", "colleague"},
    "head_teacher": {"escalated", "colleague"},
}
"""Who takes out a photo as it was sent, of a signal that they may read."""

SIGNAL_RELATIONS = ("reporter", "own_group", "own_pupil", "other_group", "shared", "emergency", "named")
COVERS = {
    "never": frozenset(),
    "shared": frozenset({"shared"}),
    "group": frozenset({"shared", "own_group", "own_pupil"}),
    "all": frozenset(SIGNAL_RELATIONS) - {"named", "emergency"},
}
DONE_WITH = {page: doing for doing, text in SIGNAL_PAGES.items() for page in pages(text)}
_reading = rows(READING)


def reads(role: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty may read such a signal, with all that was done with it."""
    if relation == "emergency" and role in EMERGENCY.split() and state != "colleague":
        return True
    return reads_always(role, relation, state)


def reads_always(role: str, relation: str, state: str) -> bool:
    """Tell the same, without what emergency access opens for a while: on lists it has no effect."""
    covered = "other_group" if relation == "emergency" else relation
    return covered in COVERS[_reading[role][STATES_READ.index(state)]]


def has_receipt(role: str, relation: str) -> bool:
    """Tell whether somebody with this duty has the receipt of a signal."""
    return relation == "reporter" and role not in NOT_IN_SERVICE


def does(role: str, doing: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty reaches a page of such a signal."""
    if doing == "see":
        return reads(role, relation, state) or has_receipt(role, relation)
    if doing == "take_back" and has_receipt(role, relation):
        return True
    who = OPENS_ORIGINALS if doing == "open_original" else DECIDES
    return reads_always(role, relation, state) and state in who.get(role, ())


def decides(role: str, state: str) -> bool:
    """Tell whether somebody with this duty decides about such a signal, if they may read it."""
    return state in DECIDES.get(role, ())
