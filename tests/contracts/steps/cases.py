"""A case: from the incident, with a plan, until it is closed and begins again; and what leaves the school of it."""

import re
from collections.abc import Callable
from uuid import UUID

from tests.contracts.steps.filling_in import day_after, of_pupil, support_staff, taken_out, today
from tests.contracts.steps.keeping import id_in
from tests.contracts.steps.on_a_record import file_on, parents_know, promised, shared, unshare
from tests.contracts.story import Step, Story, Values

HAND_OUT = ("recipient_name", "reason")


def _handed_out(rule: str) -> Callable[[Story], Values]:
    """Return what fills in the form: every sentence that waits for a choice stays."""

    def given(story: Story) -> Values:
        story.known |= {"person_id": story.board.pupils["own"], "group_id": story.board.groups["6a"]}
        level = {"level": "authority", "recipient": "police"}
        asked = {**level, **dict.fromkeys(HAND_OUT, "Om te bekijken.")}
        shown = story.client("care_coordinator").post(story.path(rule), data=asked).text
        kept = dict.fromkeys(re.findall(r'name="(piece-[^"]+)" value="keep"', shown), "keep")
        return {**level, **kept, "looked_through": "1"}

    return given


def _hand_out_step(rule: str) -> Step:
    return Step(rule, "care_coordinator", _handed_out(rule), answer=200)


def _case(story: Story) -> Values:
    own, other = story.board.pupils["own"].hex, story.board.pupils["other"].hex
    parts = {f"people-role-{own}": "victim", f"people-role-{other}": "alleged_perpetrator"}
    return {"signs": ["repeated"], "people": [own, other], **parts, "group": ""}


def _gathering(story: Story) -> Values:
    story.known |= {"word": "incident", "record_id": story.known["incident_id"]}
    return {"case": UUID(str(story.known["case_id"])).hex}


def _witness(story: Story) -> Values:
    own = story.board.pupils["own"].hex
    return {"people": [own], f"people-role-{own}": "witness"}


def _view(story: Story) -> Values:
    return {"asked": f"pupil:{story.board.pupils['own'].hex}", "view": "well", "heard_on": today(story)}


CASE = "/cases/<uuid:case_id>"

STEPS = (
    Step("/cases/new", "care_coordinator", _case, then=id_in(r"/cases/([0-9a-f-]{36})", "case_id")),
    Step("/cases/gather/<word>/<uuid:record_id>", "care_coordinator", _gathering),
    Step(f"{CASE}/records/<uuid:record_id>/take-out", "care_coordinator"),
    Step(f"{CASE}/people", "care_coordinator", _witness),
    Step(f"{CASE}/role", "care_coordinator", of_pupil(was="witness", role="defender")),
    Step(f"{CASE}/withdraw", "care_coordinator", of_pupil(was="defender")),
    Step(f"{CASE}/participants", "care_coordinator", lambda story: {"colleague": support_staff(story)}),
    Step(f"{CASE}/participants/<uuid:person_id>/remove", "care_coordinator", unshare),
    *shared(CASE),
    Step(f"{CASE}/seriousness", "care_coordinator", lambda story: {"serious": "1"}),
    Step(f"{CASE}/seriousness", "care_coordinator", lambda story: {"serious": "0"}, shows_closed=True),
    Step(f"{CASE}/plan/goal", "care_coordinator", lambda story: {"look_back_on": day_after(story, 7)}),
    Step(f"{CASE}/plan/more-time", "care_coordinator", lambda story: {"more_time_until": day_after(story, 14)}),
    *promised(f"{CASE}/plan", "case_id"),
    parents_know(f"{CASE}/plan", "own"),
    *file_on(CASE),
    Step(f"{CASE}/evaluation/views", "care_coordinator", _view),
    Step(f"{CASE}/evaluation/conclude", "care_coordinator", lambda story: {"outcome": "well", "next_on": ""}),
    Step(f"{CASE}/close", "care_coordinator"),
    Step(f"{CASE}/close", "bullying_coordinator"),
    Step(f"{CASE}/reopen", "care_coordinator", lambda story: {"look_back_again_on": day_after(story, 7)}),
    Step(f"{CASE}/leader", "care_coordinator", lambda story: {"leader": support_staff(story)}),
    _hand_out_step("/chronology/people/<uuid:person_id>/hand-out"),
    _hand_out_step("/chronology/groups/<uuid:group_id>/hand-out"),
    _hand_out_step("/chronology/cases/<uuid:case_id>/hand-out"),
    taken_out("/cases/export", "care_coordinator"),
    taken_out("/promises/export", "care_coordinator"),
)  # fmt: skip
