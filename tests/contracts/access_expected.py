"""Who may reach which page and which incident: the answers, written by hand and never taken from the access table.

Change them when the school's answer changes, with the reason in the commit; never to make the test pass.
"""

ANYONE = "signed_out staff parent_in_council supervisory_board"
"""Whoever has the address. A duty has what `staff` has, besides what is said of it."""

NOT_IN_SERVICE = ("signed_out", "parent_in_council", "supervisory_board")
"""Who has nothing of what `staff` has."""

PAGES = {
    ANYONE: """
        GET POST /login
        POST     /login/as
        GET POST /login/code
        POST     /logout
        GET POST /welcome/<token>
        GET      /static/<path:filename>
        GET      /patterns/static/<path:filename>
        GET      /kanjertraining/static/<path:filename>
        GET      /taakspel/static/<path:filename>
        GET POST /screen
        GET POST /screen/<code>
        POST     /leave-screen
        GET      /agenda/<secret>.ics
    """,
    "staff supervisory_board": """
        GET      /
        GET      /in
        GET      /account
        GET POST /account/confirm
        GET POST /account/password
        POST     /account/preferences
        GET POST /account/school
        GET POST /account/second-factor
        GET      /notices/
        GET      /notices/mentions
        GET POST /notices/mail
        POST     /notices/mail/fetch
        POST     /notices/seen
        POST     /notices/<int:position>
        POST     /account/second-factor/remove
        POST     /account/sessions/end
        GET POST /account/agenda
        POST     /account/agenda/withdraw
        GET      /agenda/item/<mark>
        GET      /staff-matters/
        POST     /staff-matters/colleagues
    """,
    "staff": """
        GET POST /staff-matters/new
        POST     /staff-matters/audience
        GET      /incidents/
        GET POST /incidents/export
        GET POST /incidents/new
        POST     /incidents/audience
        POST     /incidents/people
        POST     /incidents/draft
        POST     /incidents/draft/discard
        GET      /signals/
        GET      /cases/
        GET POST /cases/export
        GET      /signals/start
        GET POST /signals/export
        GET POST /signals/new
        POST     /signals/audience
        POST     /signals/draft
        GET POST /search
        GET      /calendar/
        GET POST /calendar/export
        GET POST /people
        GET      /people/<uuid:person_id>
        GET      /people/duties
        GET      /people/groups
        GET POST /people/export
        GET POST /people/groups/export
        GET POST /people/duties/export
        GET      /people/groups/<uuid:group_id>
        GET      /chronology/people/<uuid:person_id>
        GET      /chronology/groups/<uuid:group_id>
        GET      /kanjertraining/
        GET      /kanjertraining/groups/<uuid:group_id>
        GET      /kanjertraining/groups/<uuid:group_id>/print
        GET      /kanjertraining/groups/<uuid:group_id>/lessons.ics
        GET      /kanjertraining/lessons/<uuid:lesson_id>
        GET      /kanjertraining/programmes/
        GET      /kanjertraining/programmes/<uuid:programme_id>
        GET      /kanjertraining/licences/mine
        GET      /kanjertraining/agreements/
        GET POST /kanjertraining/lessons/export
        GET POST /kanjertraining/programmes/export
        GET POST /kanjertraining/agreements/export
        GET      /patterns/measures
        GET POST /patterns/measures/export
        GET      /taakspel/
        GET      /taakspel/groups/<uuid:group_id>
        GET      /taakspel/groups/<uuid:group_id>/poster
        GET      /taakspel/groups/<uuid:group_id>/progress
        GET      /taakspel/coverage
        GET POST /taakspel/coverage/export
        GET      /taakspel/games/<uuid:game_id>
        GET      /taakspel/games/<uuid:game_id>/state
    """,
    "": """
        GET      /taakspel/board/<uuid:game_id>
        GET      /taakspel/board/<uuid:game_id>/state
        POST     /taakspel/board/<uuid:game_id>/taps
        GET      /taakspel/board/<uuid:game_id>/worker.js
    """,
    "teacher teaching_assistant care_coordinator head_teacher": """
        GET POST /taakspel/groups/<uuid:group_id>/divide
        GET POST /taakspel/groups/<uuid:group_id>/teams
        GET POST /taakspel/groups/<uuid:group_id>/play
        POST     /taakspel/games/<uuid:game_id>/press
        POST     /taakspel/games/<uuid:game_id>/taps
        POST     /taakspel/games/<uuid:game_id>/board
        POST     /taakspel/games/<uuid:game_id>/evaluate
        POST     /taakspel/games/<uuid:game_id>/call-off
        GET POST /taakspel/groups/<uuid:group_id>/observations
        GET POST /taakspel/observations/<uuid:observation_id>
        POST     /taakspel/observations/<uuid:observation_id>/drop
        GET POST /taakspel/groups/<uuid:group_id>/week
        POST     /taakspel/weeks/<uuid:week_id>/give
    """,
    "teacher care_coordinator head_teacher": """
        GET POST /taakspel/groups/<uuid:group_id>/consultations
        GET POST /taakspel/consultations/<uuid:consultation_id>
    """,
    "teacher kanjertraining.coordinator head_teacher": """
        GET      /kanjertraining/record
        GET POST /kanjertraining/groups/<uuid:group_id>/lessons/new
        POST     /kanjertraining/lessons/<uuid:lesson_id>/give
        GET POST /kanjertraining/lessons/<uuid:lesson_id>/move
        POST     /kanjertraining/lessons/<uuid:lesson_id>/week
        GET POST /kanjertraining/lessons/<uuid:lesson_id>/skip
        GET POST /kanjertraining/lessons/<uuid:lesson_id>/repeat
        POST     /kanjertraining/lessons/<uuid:lesson_id>/take-back
        POST     /kanjertraining/lessons/<uuid:lesson_id>/withdraw
    """,
    "kanjertraining.coordinator head_teacher": """
        GET      /kanjertraining/coordinator
        GET POST /kanjertraining/groups/<uuid:group_id>/plan
        GET POST /kanjertraining/programmes/new
        POST     /kanjertraining/programmes/copy
        GET POST /kanjertraining/programmes/import
        GET POST /kanjertraining/programmes/import/<uuid:upload_id>
        POST     /kanjertraining/programmes/import/<uuid:upload_id>/discard
        GET POST /kanjertraining/programmes/<uuid:programme_id>/change
        POST     /kanjertraining/programmes/<uuid:programme_id>/drop
        POST     /kanjertraining/programmes/<uuid:programme_id>/lessons
        GET POST /kanjertraining/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>
        POST     /kanjertraining/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>/remove
        GET POST /kanjertraining/windows/new
        GET POST /kanjertraining/windows/<uuid:window_id>
        POST     /kanjertraining/windows/<uuid:window_id>/remove
        GET POST /kanjertraining/agreements/new/<kind>
        GET POST /kanjertraining/agreements/<uuid:line_id>
        POST     /kanjertraining/agreements/<uuid:line_id>/retire
    """,
    "kanjertraining.coordinator head_teacher executive_director": """
        GET      /kanjertraining/licences/
        GET POST /kanjertraining/licences/new
        GET POST /kanjertraining/licences/export
        GET POST /kanjertraining/licences/<uuid:licence_id>
        POST     /kanjertraining/licences/<uuid:licence_id>/withdraw
    """,
    "head_teacher executive_director administrator": """
        GET      /accounts
        GET POST /accounts/export
        GET POST /accounts/invite
        GET      /accounts/<uuid:account_id>
        POST     /accounts/<uuid:account_id>/disable
        POST     /accounts/<uuid:account_id>/enable
        POST     /accounts/<uuid:account_id>/link
        POST     /accounts/<uuid:account_id>/second-factor/remove
        GET POST /calendar/new
        GET POST /calendar/<uuid:period_id>
        POST     /calendar/<uuid:period_id>/remove
        POST     /calendar/<uuid:period_id>/put-back
        GET POST /calendar/week
        GET POST /calendar/import
        GET POST /calendar/import/<uuid:upload_id>
        POST     /calendar/import/<uuid:upload_id>/discard
        GET POST /people/new
        GET POST /people/<uuid:person_id>/name
        GET POST /people/<uuid:person_id>/group
        POST     /people/<uuid:person_id>/leave
        POST     /people/<uuid:person_id>/return
        GET POST /people/groups/new
        GET POST /people/groups/<uuid:group_id>/change
        POST     /people/groups/<uuid:group_id>/close
        POST     /people/groups/<uuid:group_id>/teachers
        POST     /people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove
        GET POST /people/import
        GET POST /people/import/<uuid:upload_id>
        POST     /people/import/<uuid:upload_id>/discard
    """,
    "head_teacher executive_director": """
        GET POST /school
        POST     /school/climbing
        POST     /school/law
        POST     /school/law/off
        POST     /school/law/evaluations
        POST     /school/case-term
        GET      /school/need-to-know
        GET POST /school/need-to-know/export
        GET POST /school/need-to-know/<permission>/<duty>
        GET      /school/plugins
        GET      /school/plugins/<name>
        POST     /school/plugins/<name>/on
        POST     /school/plugins/<name>/off
        GET POST /school/plugins/<name>/settings
        GET POST /people/duties/assign
        GET POST /people/<uuid:person_id>/duties/<duty>/<since>
        POST     /audit/proof/checkpoints
    """,
    "head_teacher executive_director dpo": """
        GET      /audit/
        GET POST /audit/export
        GET      /audit/records/<uuid:stream>
        GET      /audit/records/<uuid:stream>/readable
        GET      /audit/readings
        GET POST /audit/readings/export
        GET      /audit/reviews
        GET POST /audit/reviews/export
        GET      /audit/assertions
        GET POST /audit/assertions/export
        GET      /audit/proof
        POST     /audit/proof/check
        GET      /audit/proof/checkpoints/<int:size>
        GET      /audit/proof/checkpoints/<int:size>.txt
        GET      /audit/proof/erased.txt
    """,
    "care_coordinator protection_officer head_teacher": """
        GET POST /people/<uuid:person_id>/emergency
        GET      /emergency/now
        POST     /emergency/end
    """,
    "head_teacher executive_director ": """
        GET      /emergency/
        GET POST /emergency/export
        GET POST /emergency/<uuid:emergency_id>
    """,
    "care_coordinator bullying_coordinator head_teacher executive_director": """
        GET      /school/law
        GET      /school/law/incidents
        GET POST /school/law/incidents/export
        GET      /school/law/evaluations
        GET      /patterns/
        GET      /patterns/quality
        GET POST /patterns/quality/export
        GET POST /patterns/export
        GET POST /patterns/measures/<uuid:measure_id>
    """,
    "care_coordinator bullying_coordinator bullying_contact head_teacher": """
        GET POST /cases/new
    """,
    "care_coordinator bullying_coordinator head_teacher": """
        GET POST /patterns/measures/new
        POST     /patterns/measures/<uuid:measure_id>/withdraw
        POST     /patterns/quiet-weeks/<uuid:quiet_week_id>/withdraw
    """,
    "teacher care_coordinator bullying_coordinator head_teacher": """
        GET POST /patterns/quiet-weeks
        GET POST /patterns/quiet-weeks/export
    """,
    "care_coordinator head_teacher": """
        GET POST /chronology/people/<uuid:person_id>/hand-out
        GET POST /chronology/groups/<uuid:group_id>/hand-out
        GET      /patterns/pupils
        GET      /patterns/rules
        GET POST /patterns/pupils/export
        GET POST /patterns/rules/export
        GET POST /patterns/rules/new
        GET      /patterns/rules/<uuid:rule_id>
        POST     /patterns/rules/<uuid:rule_id>/off
        POST     /patterns/rules/<uuid:rule_id>/back-on
        GET POST /patterns/warnings/<uuid:warning_id>
    """,
    "care_coordinator": """
        GET POST /notebook/
    """,
    "executive_director": """
        POST     /audit/reviews
        POST     /audit/reviews/<uuid:review_id>/withdraw
    """,
}
"""Who reaches a page whatever it shows. Whoever is not named gets the page that it does not exist.

The board of a game is for no person: only a screen that was opened for that game reaches it (test_screens.py)."""

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
        GET POST /school/law/incidents/<uuid:incident_id>
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
"""Who does something of a plugin for which groups: the pages above are asked for a group of their own."""

LOG_OF_THE_BOARD = "executive_director dpo"
"""Who sees the log of the board, with its accounts, instead of that of the school."""


def rows(table: str) -> dict[str, list[str]]:
    """Read a table above: the first word of a line and the words after it; lines that begin with a space are heads."""
    return {line.split()[0]: line.split()[1:] for line in table.splitlines() if line and not line.startswith(" ")}


def pages(text: str) -> list[tuple[str, str]]:
    """Read lines such as `GET POST /people` as methods with an address."""
    found = []
    for line in text.splitlines():
        *methods, address = line.split() or [""]
        found += [(method, address) for method in methods]
    return found


REACHED_BY = {(page, who) for who, text in PAGES.items() for page in pages(text)}
DONE_WITH = {page: doing for doing, text in INCIDENT_PAGES.items() for page in pages(text)}
EMERGENCY = "care_coordinator protection_officer head_teacher"
"""Who may take emergency access. With it they read what is about a pupil, and do no more with it than before."""
_reading, _doing = rows(READING), rows(DOING)
COVERS = {
    "never": frozenset(),
    "mine": frozenset({"reporter"}),
    "group": frozenset({"reporter", "own_group", "own_pupil"}),
    "all": frozenset({"reporter", "own_group", "own_pupil", "other_group", "shared"}),
}


def reaches(page: tuple[str, str], role: str) -> bool:
    """Tell whether somebody with this duty reaches a page that is not of one incident."""
    who = {word for listed, words in REACHED_BY if listed == page for word in words.split()}
    works_here = role not in NOT_IN_SERVICE
    return role in who or (works_here and "staff" in who)


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
    if relation == "emergency" and doing != "read":
        # Whoever reads all of it anyhow does with it what they may do.
        relation = "other_group"
    if doing == "share" and state.startswith("staff_matter"):
        return False
    return reads(role, relation, state) and (doing == "read" or does_if_read(role, doing, relation))


def does_if_read(role: str, doing: str, relation: str) -> bool:
    """Tell whether somebody with this duty may do something with an incident, if they may read it."""
    return relation in COVERS[_doing[role][DOINGS.index(doing)]]


def sees_parents(role: str, relation: str) -> bool:
    """Tell whether somebody with this duty sees who the parents of a pupil in this relation are."""
    return relation in COVERS[PARENTS_OF_A_PUPIL.get(role, "never")]


def does_in_group(role: str, permission: str, relation: str) -> bool:
    """Tell whether somebody with this duty has a permission of a plugin for a group in this relation."""
    return relation in COVERS[IN_A_GROUP[permission].get(role, "never")]
