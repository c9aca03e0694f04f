"""People, groups and duties."""

import re
from uuid import UUID

from werkzeug.test import TestResponse

from tests.contracts.steps.filling_in import HEAD, support_staff, taken_out
from tests.contracts.steps.keeping import id_in
from tests.contracts.story import Step, Story, Values


def _roster(story: Story) -> bytes:
    given, infix, family, group = (
        story.text("people.UploadForm", f"file.{part}") for part in ("given", "infix", "family", "group")
    )
    return (
        "soort;sleutel;roepnaam;tussenvoegsel;achternaam;groep;jaargroep\n"
        f"leerling;L1;{given};{infix};{family};{group};6\n"
    ).encode()


def _fingerprint(story: Story) -> str:
    page = story.client("head_teacher").get(story.path("/people/import/<upload_id>")).text
    return re.search(r'name="shown"[^>]*value="(\w+)"', page)[1]


def _pupil_in(story: Story) -> Values:
    return {"kind": "pupil", "group": story.board.groups["6a"].hex, "year_group": "6"}


def _registered(story: Story, answer: TestResponse) -> None:
    id_in(r"/people/([0-9a-f-]{36})", "person_id", UUID)(story, answer)
    story.known["pupil"] = story.known["person_id"]


def _duty(story: Story) -> Values:
    story.known["person_of_duty"] = story.board.people["support_staff"]
    return {"person": support_staff(story), "duty": "emergency_responder", "since": "2026-09-01"}


def _of_duty(story: Story) -> Values:
    story.known |= {"person_id": story.known["person_of_duty"], "duty": "emergency_responder", "since": "2026-09-01"}
    return {"until": "2027-01-01"}


def _teacher(story: Story) -> Values:
    story.known["person_id"] = story.board.people["support_staff"]
    return {"person": support_staff(story)}


STEPS = (
    Step("/people/new", HEAD, _pupil_in, then=_registered),
    Step("/people/<uuid:person_id>/name", HEAD),
    Step("/people/<uuid:person_id>/group", HEAD, lambda story: {"group": story.board.groups["7b"].hex}),
    Step("/people/<uuid:person_id>/leave", HEAD),
    Step("/people/<uuid:person_id>/return", HEAD),
    Step("/people", "teacher", answer=200),
    taken_out("/people/export", "teacher"),
    Step("/search", "teacher", answer=200),
    Step("/people/groups/new", HEAD, lambda story: {"year_groups": ["6"]}, then=id_in(r"/groups/(.+)", "group_id")),
    Step("/people/groups/<uuid:group_id>/change", HEAD, lambda story: {"year_groups": ["5", "6"]}),
    Step("/people/groups/<uuid:group_id>/teachers", HEAD, _teacher),
    Step("/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove", HEAD),
    Step("/people/groups/<uuid:group_id>/close", HEAD),
    Step("/people/duties/assign", HEAD, _duty),
    Step("/people/<uuid:person_id>/duties/<duty>/<since>", HEAD, _of_duty),
    taken_out("/people/groups/export", HEAD),
    taken_out("/people/duties/export", HEAD),
    Step("/people/import", HEAD, lambda story: {"file": _roster}, then=id_in(r"/import/(.+)", "upload_id")),
    Step("/people/import/<uuid:upload_id>/discard", HEAD),
    Step("/people/import", HEAD, lambda story: {"file": _roster}, then=id_in(r"/import/(.+)", "upload_id")),
    Step("/people/import/<uuid:upload_id>", HEAD, lambda story: {"shown": _fingerprint, "many_leave": "y"}),
)  # fmt: skip
