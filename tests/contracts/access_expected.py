"""Who may reach which page: the answers, written by hand and never taken from the access table.

Change them with the reason in the commit, never to make the test pass. Those of one kind of record stand beside this.
"""

from tests.contracts.written_answers import NOT_IN_SERVICE, pages

ANYONE = "signed_out staff parent_in_council supervisory_board"
"""Whoever has the address. A duty has what `staff` has, besides what is said of it."""

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
        GET      /promises/
        GET POST /promises/export
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

REACHED_BY = {(page, who) for who, text in PAGES.items() for page in pages(text)}


def reaches(page: tuple[str, str], role: str) -> bool:
    """Tell whether somebody with this duty reaches a page that is not of one incident."""
    who = {word for listed, words in REACHED_BY if listed == page for word in words.split()}
    return role in who or (role not in NOT_IN_SERVICE and "staff" in who)
