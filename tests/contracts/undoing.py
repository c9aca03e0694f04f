"""After each step of the story: whether what it says can be undone is taken, while no write can begin."""

from collections.abc import Iterable
from unittest.mock import patch
from uuid import uuid4

from intranet.forms import Form
from intranet.undoing import UNDO
from tests.contracts.story import Step, Story

UNDOABLE = {
    f"/incidents/<uuid:incident_id>/{part}"
    for part in (
        "people",
        "role",
        "shares",
        "shares/<uuid:person_id>/withdraw",
        "confidentiality",
        "files",
        "files/<uuid:file_id>/remove",
        "files/<uuid:file_id>/put-back",
        "notes",
        "notes/<int:note>/withdraw",
        "notes/<int:note>/put-back",
        "body-map",
        "follow-up/new",
        "follow-up/close",
        "follow-up/<uuid:follow_up_id>/move",
    )
} | {
    f"/signals/<uuid:signal_id>/{part}"
    for part in (
        "shares",
        "shares/<uuid:person_id>/withdraw",
        "files",
        "files/<uuid:file_id>/remove",
        "files/<uuid:file_id>/put-back",
        "body-map",
        "close",
    )
} | {
    f"/cases/<uuid:case_id>/{part}"
    for part in (
        "people",
        "role",
        "shares",
        "shares/<uuid:person_id>/withdraw",
        "files",
        "files/<uuid:file_id>/remove",
        "files/<uuid:file_id>/put-back",
        "participants",
        "participants/<uuid:person_id>/remove",
        "records/<uuid:record_id>/take-out",
        "seriousness",
        "plan/new",
        "plan/<uuid:follow_up_id>/move",
        "close",
    )
} | {
    f"/staff-matters/<uuid:matter_id>/{part}"
    for part in ("notes", "notes/<int:note>/withdraw", "notes/<int:note>/put-back")
} | {
    f"/kanjertraining/lessons/<uuid:lesson_id>/{part}" for part in ("give", "move", "week", "skip")
} | {
    "/cases/gather/<word>/<uuid:record_id>",
    "/school/climbing",
    "/school/case-term",
    "/school/need-to-know/<permission>/<duty>",
    "/school/law",
    "/school/law/off",
    "/school/law/incidents/<uuid:incident_id>",
    "/calendar/new",
    "/calendar/<uuid:period_id>/remove",
    "/calendar/<uuid:period_id>/put-back",
    "/calendar/week",
    "/school/plugins/<name>/on",
    "/school/plugins/<name>/off",
    "/people/groups/<uuid:group_id>/teachers",
    "/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove",
    "/accounts/<uuid:account_id>/disable",
    "/audit/reviews",
    "/patterns/rules/new",
    "/patterns/rules/<uuid:rule_id>/off",
    "/patterns/rules/<uuid:rule_id>/back-on",
    "/patterns/measures/new",
    "/patterns/quiet-weeks",
}  # fmt: skip
"""The steps after which there is a button that undoes them.

A promise that was made by mistake is not removed but waived, with that as the reason: a promise to a child never goes
silently, its owner had already heard of it, and what comes of it stays to be read.
"""

SEEN_OR_LEFT = "It records nothing, or that something was seen or left the building: that cannot be made undone."
OWN = "It is about oneself or one's own device, and the same page sets it back."
WORDS = "Words would have to travel in the button. The same page changes them, and what was there first stays."
SAID = "It is what was said or done on a day, and stays as it was said; what comes next says what is different."
ENDS = "It ends or takes back something; what it took back is done again on its own page, by whoever still wants it."
GIVEN_OUT = (
    "Somebody else acts on it from that moment: a link, a key, a right or a proof that was made cannot be called back."
)
CANNOT_BE_UNDONE = {
    SEEN_OR_LEFT: """
        /people/<uuid:person_id>/emergency /emergency/end /notices/<int:position> /notices/seen /notices/mail/fetch
        /people /search /incidents/draft /incidents/draft/discard /incidents/audience /incidents/people /signals/draft
        /signals/audience /staff-matters/audience /staff-matters/colleagues /people/import /calendar/import
        /kanjertraining/programmes/import /people/import/<uuid:upload_id>/discard
        /calendar/import/<uuid:upload_id>/discard /kanjertraining/programmes/import/<uuid:upload_id>/discard
        /incidents/<uuid:incident_id>/files/<uuid:file_id>/original
        /signals/<uuid:signal_id>/files/<uuid:file_id>/original
        /cases/<uuid:case_id>/files/<uuid:file_id>/original /chronology/people/<uuid:person_id>/hand-out
        /chronology/groups/<uuid:group_id>/hand-out /chronology/cases/<uuid:case_id>/hand-out /audit/proof/check
        """,
    OWN: """
        /notices/mail /welcome/<token> /account/second-factor /account/second-factor/remove /logout /login /login/as
        /login/code /account/confirm /account/password /account/preferences /account/agenda /account/agenda/withdraw
        /account/sessions/end /account/school /screen /screen/<code> /leave-screen
        """,
    WORDS: """
        /school /school/plugins/<name>/settings /people/new /people/<uuid:person_id>/name /people/<uuid:person_id>/group
        /people/groups/new /people/groups/<uuid:group_id>/change /calendar/<uuid:period_id>
        /incidents/<uuid:incident_id>/correct /incidents/<uuid:incident_id>/files/<uuid:file_id>/describe
        /signals/<uuid:signal_id>/files/<uuid:file_id>/describe /cases/<uuid:case_id>/files/<uuid:file_id>/describe
        /cases/<uuid:case_id>/plan/goal /cases/<uuid:case_id>/plan/more-time /cases/<uuid:case_id>/leader
        /kanjertraining/programmes/new /kanjertraining/programmes/<uuid:programme_id>/change
        /kanjertraining/programmes/<uuid:programme_id>/lessons /kanjertraining/licences/<uuid:licence_id>
        /kanjertraining/programmes/<uuid:programme_id>/lessons/<uuid:topic_id> /kanjertraining/programmes/copy
        /kanjertraining/licences/new /kanjertraining/windows/new /kanjertraining/windows/<uuid:window_id>
        /kanjertraining/agreements/new/<kind> /kanjertraining/agreements/<uuid:line_id>
        /kanjertraining/groups/<uuid:group_id>/plan /kanjertraining/groups/<uuid:group_id>/lessons/new
        /taakspel/groups/<uuid:group_id>/divide /taakspel/groups/<uuid:group_id>/teams
        /taakspel/groups/<uuid:group_id>/week /taakspel/observations/<uuid:observation_id>
        /taakspel/groups/<uuid:group_id>/observations /taakspel/consultations/<uuid:consultation_id>
        """,
    SAID: """
        /notebook/ /incidents/new /incidents/<uuid:incident_id>/severity
        /incidents/<uuid:incident_id>/follow-up/parents
        /incidents/<uuid:incident_id>/follow-up/<uuid:follow_up_id>/keep /signals/new /signals/<uuid:signal_id>/talks
        /signals/<uuid:signal_id>/support-team /signals/<uuid:signal_id>/escalate /signals/<uuid:signal_id>/incident
        /staff-matters/new /staff-matters/<uuid:matter_id>/named
        /staff-matters/<uuid:matter_id>/receipt /staff-matters/<uuid:matter_id>/inspector
        /staff-matters/<uuid:matter_id>/judgement /staff-matters/<uuid:matter_id>/informed
        /staff-matters/<uuid:matter_id>/police /staff-matters/<uuid:matter_id>/measures /cases/new
        /cases/<uuid:case_id>/plan/parents
        /cases/<uuid:case_id>/plan/<uuid:follow_up_id>/keep /cases/<uuid:case_id>/evaluation/views
        /cases/<uuid:case_id>/evaluation/conclude /patterns/measures/<uuid:measure_id>
        /patterns/warnings/<uuid:warning_id> /school/law/evaluations /emergency/<uuid:emergency_id>
        /taakspel/groups/<uuid:group_id>/play /taakspel/games/<uuid:game_id>/board /taakspel/games/<uuid:game_id>/press
        /taakspel/games/<uuid:game_id>/taps /taakspel/board/<uuid:game_id>/taps /taakspel/games/<uuid:game_id>/evaluate
        /taakspel/weeks/<uuid:week_id>/give /taakspel/groups/<uuid:group_id>/consultations
        /kanjertraining/lessons/<uuid:lesson_id>/repeat
        """,
    ENDS: """
        /people/<uuid:person_id>/leave /people/<uuid:person_id>/return /people/groups/<uuid:group_id>/close
        /people/duties/assign /people/<uuid:person_id>/duties/<duty>/<since> /incidents/<uuid:incident_id>/withdraw
        /school/law/incidents/<uuid:incident_id>/withdraw /incidents/<uuid:incident_id>/body-map/<uuid:mark_id>/withdraw
        /signals/<uuid:signal_id>/body-map/<uuid:mark_id>/withdraw /incidents/<uuid:incident_id>/follow-up/reopen
        /incidents/<uuid:incident_id>/follow-up/<uuid:follow_up_id>/waive /signals/<uuid:signal_id>/reopen
        /staff-matters/<uuid:matter_id>/close /staff-matters/<uuid:matter_id>/reopen /cases/<uuid:case_id>/withdraw
        /cases/<uuid:case_id>/plan/<uuid:follow_up_id>/waive /cases/<uuid:case_id>/reopen
        /patterns/measures/<uuid:measure_id>/withdraw /patterns/quiet-weeks/<uuid:quiet_week_id>/withdraw
        /audit/reviews/<uuid:review_id>/withdraw /kanjertraining/lessons/<uuid:lesson_id>/take-back
        /kanjertraining/lessons/<uuid:lesson_id>/withdraw /kanjertraining/licences/<uuid:licence_id>/withdraw
        /kanjertraining/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>/remove
        /kanjertraining/programmes/<uuid:programme_id>/drop /kanjertraining/windows/<uuid:window_id>/remove
        /kanjertraining/agreements/<uuid:line_id>/retire /taakspel/games/<uuid:game_id>/call-off
        /taakspel/observations/<uuid:observation_id>/drop
        """,
    GIVEN_OUT: """
        /people/import/<uuid:upload_id> /calendar/import/<uuid:upload_id>
        /kanjertraining/programmes/import/<uuid:upload_id> /audit/proof/checkpoints /accounts/invite
        /accounts/<uuid:account_id>/second-factor/remove /accounts/<uuid:account_id>/link
        /accounts/<uuid:account_id>/enable
        """,
}  # fmt: skip
"""Every other step, with why there is no such button; none of them asks whether somebody is sure."""


def left_out(steps: Iterable[Step]) -> set[str]:
    """Return the addresses of steps that are in neither list, but for files that are taken out; and those in both."""
    known = {rule: text for text, rules in CANNOT_BE_UNDONE.items() for rule in rules.split()}
    return {step.rule for step in steps if (step.rule in known) == (step.rule in UNDOABLE)} - _files(steps)


def _files(steps: Iterable[Step]) -> set[str]:
    return {step.rule for step in steps if step.rule.endswith("/export")}


class Undone:
    """Presses the button after each step, and keeps which were taken and which were not."""

    def __init__(self, story: Story):
        self.story = story
        self.taken: set[str] = set()
        self.wrong: list[tuple[str, str, int]] = []

    def look(self, step: Step) -> None:
        with self.story.client(step.who).session_transaction() as session:
            said = [message for category, message in session.get("_flashes", ()) if category == UNDO]
            session.pop("_flashes", None)
        for message in said:
            self._press(step, message)

    def _press(self, step: Step, message: dict) -> None:
        valid, submitted = [], Form.submitted

        def seen(form: Form) -> bool:
            valid.append(submitted(form))
            return valid[-1]

        posted = {**message["fields"], "once": uuid4().hex}
        with patch.object(Form, "submitted", seen), self.story.board.full_disk():
            answer = self.story.client(step.who).post(message["url"], data=posted)
        # That nothing could be saved is how a form that was taken shows; its page, when refused, may need a record too.
        if valid == [True] and answer.status_code == 503:
            self.taken.add(step.rule)
        else:
            self.wrong.append((step.rule, message["url"], answer.status_code))
