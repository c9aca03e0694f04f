"""Who may read which incident and do what with it: answers written by hand, never taken from the access table."""

from tests.contracts.written_answers import COVERS, EMERGENCY, NOT_IN_SERVICE, pages, rows

INCIDENT_PAGES = {
    "read": """
        GET      /incidents/<uuid:incident_id>
        GET      /incidents/<uuid:incident_id>/recorded
        GET      /incidents/<uuid:incident_id>/follow-up/
        GET      /incidents/<uuid:incident_id>/files
        GET      /incidents/<uuid:incident_id>/files/<uuid:file_id>
        GET      /incidents/<uuid:incident_id>/files/<uuid:file_id>/<int:page>
        GET      /incidents/<uuid:incident_id>/files/<uuid:file_id>/<int:page>/small
        GET      /incidents/<uuid:incident_id>/body-map
    """,
    "correct": """
        GET POST /incidents/<uuid:incident_id>/correct
        GET POST /incidents/<uuid:incident_id>/withdraw
        POST     /incidents/<uuid:incident_id>/confidentiality
        POST     /incidents/<uuid:incident_id>/files/<uuid:file_id>/describe
        POST     /incidents/<uuid:incident_id>/files/<uuid:file_id>/remove
        POST     /incidents/<uuid:incident_id>/files/<uuid:file_id>/put-back
        GET POST /incidents/<uuid:incident_id>/body-map/<uuid:mark_id>/withdraw
        POST     /incidents/<uuid:incident_id>/notes/<int:note>/withdraw
        POST     /incidents/<uuid:incident_id>/notes/<int:note>/put-back
    """,
    "add": """
        POST     /incidents/<uuid:incident_id>/notes
        GET POST /incidents/<uuid:incident_id>/people
        POST     /incidents/<uuid:incident_id>/role
        POST     /incidents/<uuid:incident_id>/files
        POST     /incidents/<uuid:incident_id>/body-map
    """,
    "assess": """
        POST     /incidents/<uuid:incident_id>/severity
    """,
    "share": """
        GET POST /incidents/<uuid:incident_id>/shares
        POST     /incidents/<uuid:incident_id>/shares/<uuid:person_id>/withdraw
    """,
    "follow_up": """
        GET POST /incidents/<uuid:incident_id>/follow-up/new
        GET      /incidents/<uuid:incident_id>/follow-up/<uuid:follow_up_id>
        POST     /incidents/<uuid:incident_id>/follow-up/<uuid:follow_up_id>/keep
        POST     /incidents/<uuid:incident_id>/follow-up/<uuid:follow_up_id>/move
        POST     /incidents/<uuid:incident_id>/follow-up/<uuid:follow_up_id>/waive
        POST     /incidents/<uuid:incident_id>/follow-up/parents
    """,
    "report_to_inspectorate": """
        POST     /school/law/incidents/<uuid:incident_id>/withdraw
    """,
    "open_original": """
        POST     /incidents/<uuid:incident_id>/files/<uuid:file_id>/original
    """,
    "close": """
        POST     /incidents/<uuid:incident_id>/follow-up/close
        POST     /incidents/<uuid:incident_id>/follow-up/reopen
    """,
}
"""Pages of one incident: who may read it and do this with it (below) reaches them."""

BY_LAW = "by_law"
LAW_PAGES = "GET POST /school/law/incidents/<uuid:incident_id>"
"""What the rules of a law make of one: for who reports to the inspectorate; a suspicion about staff is not among it."""

# mine: those they recorded themselves. group: also those in their own group, or with a pupil of it. all: every one.
# Whoever is named as the alleged perpetrator sees it never, whatever stands here.
READING = """
                       open    serious  flagged  confidential  confidential  confidential  staff   staff    staff
                                                               serious       flagged       matter  serious  flagged
staff                  mine    mine     mine     mine          mine          mine          mine    mine     mine
teacher                group   group    group    mine          mine          mine          mine    mine     mine
teaching_assistant     group   group    group    mine          mine          mine          mine    mine     mine
support_staff          mine    mine     mine     mine          mine          mine          mine    mine     mine
head_teacher           all     all      all      all           all           all           mine    mine     mine
executive_director     mine    all      mine     mine          mine          mine          all     all      all
management_team        mine    mine     mine     mine          mine          mine          mine    mine     mine
administrator          mine    mine     mine     mine          mine          mine          mine    mine     mine
care_coordinator       all     all      all      all           all           all           mine    mine     mine
protection_officer     mine    mine     all      mine          mine          mine          mine    mine     mine
confidential_adviser   mine    mine     mine     mine          mine          mine          mine    mine     mine
bullying_coordinator   all     all      all      mine          mine          mine          mine    mine     mine
bullying_contact       mine    mine     mine     mine          mine          mine          mine    mine     mine
emergency_responder    mine    mine     mine     mine          mine          mine          mine    mine     mine
prevention_officer     mine    mine     mine     mine          mine          mine          mine    mine     mine
participation_council  mine    mine     mine     mine          mine          mine          mine    mine     mine
dpo                    mine    mine     mine     mine          mine          mine          mine    mine     mine
supervisory_board      never   never    never    never         never         never         never   never    never
kanjertraining.coordinator  mine  mine   mine     mine          mine          mine          mine    mine     mine
parent_in_council      never   never    never    never         never         never         never   never    never
"""
STATES_READ = (
    "open", "serious", "flagged", "confidential", "confidential_serious", "confidential_flagged",
    "staff_matter", "staff_matter_serious", "staff_matter_flagged",
)  # fmt: skip

DOINGS = ("add", "correct", "assess", "follow_up", "close", "open_original", "report_to_inspectorate", "share")
# What they may do with an incident that they may read; whoever made a promise reaches that one besides.
DOING = """
                       add     correct  assess   follow_up  close   open_original  report_to_inspectorate  share
staff                  mine    mine     never    never      never  never          never                    never
teacher                group   mine     never    group      never  never          never                    never
teaching_assistant     mine    mine     never    never      never  never          never                    never
support_staff          mine    mine     never    never      never  never          never                    never
head_teacher           all     all      all      all        all    all            all                      all
executive_director     mine    mine     never    never      never  all            all                      never
management_team        mine    mine     never    never      never  never          never                    never
administrator          mine    mine     never    never      never  never          never                    never
care_coordinator       all     all      all      all        all    all            never                    all
protection_officer     mine    mine     never    never      never  never          never                    never
confidential_adviser   mine    mine     never    never      never  never          never                    never
bullying_coordinator   mine    mine     all      all        all    never          never                    all
bullying_contact       mine    mine     never    never      never  never          never                    never
emergency_responder    mine    mine     never    never      never  never          never                    never
prevention_officer     mine    mine     never    never      never  never          never                    never
participation_council  mine    mine     never    never      never  never          never                    never
dpo                    mine    mine     never    never      never  never          never                    never
supervisory_board      never   never    never    never      never  never          never                    never
kanjertraining.coordinator  mine  mine   never    never      never  never          never                   never
parent_in_council      never   never    never    never      never  never          never                    never
"""


DONE_WITH = {page: doing for doing, text in INCIDENT_PAGES.items() for page in pages(text)}
DONE_WITH |= dict.fromkeys(pages(LAW_PAGES), BY_LAW)
_reading, _doing = rows(READING), rows(DOING)


def reads(role: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty may read such an incident."""
    if relation == "emergency":
        opens = role in EMERGENCY.split() and not state.startswith("staff_matter")
        return opens or reads(role, "other_group", state)
    if relation == "shared":
        # What is about a colleague is for nobody but its writer and the board, whatever was shared before.
        opens = role not in NOT_IN_SERVICE and not state.startswith("staff_matter")
        return opens or reads(role, "other_group", state)
    return relation in COVERS[_reading[role][STATES_READ.index(state)]]


def does(role: str, doing: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty may do something with such an incident."""
    if doing == BY_LAW:
        return not state.startswith("staff_matter") and does(role, "report_to_inspectorate", relation, state)
    if relation == "emergency" and doing != "read":
        # Whoever reads all of it anyhow does with it what they may do.
        relation = "other_group"
    if doing == "share" and state.startswith("staff_matter"):
        return False
    return reads(role, relation, state) and (doing == "read" or does_if_read(role, doing, relation))


def does_if_read(role: str, doing: str, relation: str) -> bool:
    """Tell whether somebody with this duty may do something with an incident, if they may read it."""
    return relation in COVERS[_doing[role][DOINGS.index(doing)]]
