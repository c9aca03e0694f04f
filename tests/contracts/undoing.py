"""After each step of the story: whether what it says can be undone is taken, while no write can begin."""

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
        "body-map",
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
        "participants",
        "participants/<uuid:person_id>/remove",
        "records/<uuid:record_id>/take-out",
        "seriousness",
        "plan/<uuid:follow_up_id>/move",
        "close",
    )
} | {
    f"/kanjertraining/lessons/<uuid:lesson_id>/{part}" for part in ("give", "move", "week", "skip")
} | {
    "/cases/gather/<word>/<uuid:record_id>",
    "/school/law/incidents/<uuid:incident_id>",
    "/school/plugins/<name>/on",
    "/school/plugins/<name>/off",
    "/people/groups/<uuid:group_id>/teachers",
    "/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove",
    "/accounts/<uuid:account_id>/disable",
    "/audit/reviews",
    "/patterns/measures/new",
    "/patterns/quiet-weeks",
}  # fmt: skip
"""The steps after which there is a button that undoes them."""


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
