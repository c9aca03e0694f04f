"""Who may read and work on which case: the answers, written by hand and never taken from the access table."""

from tests.contracts import incidents_expected as of_incidents
from tests.contracts.written_answers import EMERGENCY, pages, rows

CASE_PAGES = {
    "read": """
        GET      /cases/<uuid:case_id>
        GET      /chronology/cases/<uuid:case_id>
        GET      /cases/<uuid:case_id>/plan
        GET      /cases/<uuid:case_id>/evaluation
        GET      /cases/<uuid:case_id>/team
        GET      /cases/<uuid:case_id>/files
        GET      /cases/<uuid:case_id>/files/<uuid:file_id>
        GET      /cases/<uuid:case_id>/files/<uuid:file_id>/<int:page>
        GET      /cases/<uuid:case_id>/files/<uuid:file_id>/<int:page>/small
    """,
    "work": """
        GET POST /cases/<uuid:case_id>/people
        POST     /cases/<uuid:case_id>/role
        GET POST /cases/<uuid:case_id>/withdraw
        POST     /cases/<uuid:case_id>/plan/goal
        POST     /cases/<uuid:case_id>/plan/more-time
        GET POST /cases/<uuid:case_id>/plan/new
        GET      /cases/<uuid:case_id>/plan/<uuid:follow_up_id>
        POST     /cases/<uuid:case_id>/plan/<uuid:follow_up_id>/keep
        POST     /cases/<uuid:case_id>/plan/<uuid:follow_up_id>/move
        POST     /cases/<uuid:case_id>/plan/<uuid:follow_up_id>/waive
        POST     /cases/<uuid:case_id>/plan/parents
        POST     /cases/<uuid:case_id>/evaluation/views
        POST     /cases/<uuid:case_id>/evaluation/conclude
        POST     /cases/<uuid:case_id>/files
        POST     /cases/<uuid:case_id>/files/<uuid:file_id>/describe
        POST     /cases/<uuid:case_id>/files/<uuid:file_id>/remove
        POST     /cases/<uuid:case_id>/files/<uuid:file_id>/put-back
    """,
    "lead": """
        GET POST /cases/<uuid:case_id>/shares
        POST     /cases/<uuid:case_id>/shares/<uuid:person_id>/withdraw
        POST     /cases/<uuid:case_id>/participants
        POST     /cases/<uuid:case_id>/participants/<uuid:person_id>/remove
        POST     /cases/<uuid:case_id>/leader
        POST     /cases/<uuid:case_id>/files/<uuid:file_id>/original
        POST     /cases/<uuid:case_id>/seriousness
        POST     /cases/<uuid:case_id>/close
        POST     /cases/<uuid:case_id>/reopen
    """,
    "hand out": """
        GET POST /chronology/cases/<uuid:case_id>/hand-out
    """,
    "take out": """
        GET POST /cases/<uuid:case_id>/records/<uuid:record_id>/take-out
    """,
    "gather": """
        GET POST /cases/gather/<word>/<uuid:record_id>
    """,
}
"""Pages of one case. What is gathered is taken out, and gathered, by who may read that record itself."""

# role: the cases that they lead or take part in, or that a colleague shared with them. group: also those of their own
# group, or with a pupil of it.
# Who is said to do it never sees it, whatever stands here.
READING = """
                       plain  serious
staff                  role   role
teacher                group  group
teaching_assistant     role   role
support_staff          role   role
head_teacher           all    all
executive_director     role   all
management_team        role   role
administrator          role   role
care_coordinator       all    all
protection_officer     role   role
confidential_adviser   role   role
bullying_coordinator   all    all
bullying_contact       role   role
emergency_responder    role   role
prevention_officer     role   role
participation_council  role   role
dpo                    role   role
supervisory_board      never  never
kanjertraining.coordinator  role  role
parent_in_council      never  never
"""
STATES_READ = ("plain", "serious")
WORKS_ON_ALL = {"care_coordinator", "bullying_coordinator", "head_teacher"}
HANDS_OUT = {"care_coordinator", "head_teacher"}

CASE_RELATIONS = ("leader", "participant", "own_group", "own_pupil", "other_group", "shared", "emergency", "named")
COVERS = {
    "never": frozenset(),
    "role": frozenset({"leader", "participant", "shared"}),
    "group": frozenset({"leader", "participant", "shared", "own_group", "own_pupil"}),
    "all": frozenset(CASE_RELATIONS) - {"named", "emergency"},
}
DONE_WITH = {page: doing for doing, text in CASE_PAGES.items() for page in pages(text)}
_reading = rows(READING)


def reads(role: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty may read such a case."""
    opens = relation == "emergency" and role in EMERGENCY.split()
    return opens or reads_always(role, relation, state)


def reads_always(role: str, relation: str, state: str) -> bool:
    """Tell the same, without what emergency access opens for a while: on lists it has no effect."""
    relation = "other_group" if relation == "emergency" else relation
    return relation in COVERS[_reading[role][STATES_READ.index(state)]]


def does(role: str, doing: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty reaches a page of such a case; the record in it is a plain incident."""
    reads_record = of_incidents.reads(role, "other_group", "open")
    if doing == "gather":
        # There is always a case that they lead, to gather it in.
        return reads_record
    if doing == "read":
        return reads(role, relation, state)
    if doing == "hand out":
        return reads_always(role, relation, state) and role in HANDS_OUT
    works = reads_always(role, relation, state) and does_if_read(role, "lead" if doing == "lead" else "work", relation)
    return works and (doing != "take out" or reads_record)


def does_if_read(role: str, doing: str, relation: str) -> bool:
    """Tell whether somebody with this duty may work on a case or lead it, if they may read it."""
    if relation == "named" or role in ("parent_in_council", "supervisory_board"):
        return False
    return role in WORKS_ON_ALL or relation in {"work": ("leader", "participant"), "lead": ("leader",)}[doing]
