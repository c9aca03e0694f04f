"""An incident: a draft, the record, and what is done with it."""

from tests.contracts.steps.filling_in import HEAD, INCIDENT, incident_form, of_pupil, taken_out, today
from tests.contracts.steps.keeping import id_in
from tests.contracts.steps.on_a_record import hang_on, noted, shared
from tests.contracts.story import Step, Story, Values


def _correction(story: Story) -> Values:
    values = {**incident_form(story), "corrections": "0", "happened_on": "2026-10-19", "happened_time": "10:15"}
    return {**values, "moment": "lesson"}


def _draft(story: Story) -> Values:
    return {**incident_form(story), "once": "d" * 20}


STEPS = (
    Step("/incidents/draft", "teacher", _draft, ("account",), answer=204),
    Step("/incidents/draft/discard", "teacher", lambda story: {"draft": "d" * 20}),
    Step("/incidents/audience", "teacher", incident_form, ("account",), answer=200),
    Step("/incidents/people", "teacher", texts=("q",), answer=200),
    Step("/incidents/new", "care_coordinator", incident_form, then=id_in(r"/incidents/([0-9a-f-]{36})", "incident_id")),
    Step(f"{INCIDENT}/correct", "care_coordinator", _correction),
    *noted(INCIDENT, "care_coordinator", "incident_id"),
    Step(f"{INCIDENT}/severity", "care_coordinator", lambda story: {"level": "2"}),
    Step(f"{INCIDENT}/people", "care_coordinator", lambda story: {"people": [story.board.pupils["other"].hex]}),
    Step(f"{INCIDENT}/role", "care_coordinator", of_pupil(was="witness", role="victim")),
    Step(f"{INCIDENT}/withdraw", "care_coordinator", of_pupil(was="victim")),
    Step("/school/law/incidents/<uuid:incident_id>", HEAD, lambda story: {"sent_on": today}),
    Step("/school/law/incidents/<uuid:incident_id>/withdraw", HEAD),
    taken_out("/school/law/incidents/export", HEAD),
    Step("/school/law/off", HEAD),
    Step(f"{INCIDENT}/confidentiality", "care_coordinator", lambda story: {"confidential": "1"}),
    *shared(INCIDENT, shows_closed=True),
    Step(f"{INCIDENT}/confidentiality", "care_coordinator", lambda story: {"confidential": "0"}, shows_closed=True),
    *hang_on(INCIDENT),
    Step("/incidents/export", "care_coordinator", lambda story: {"format": "excel", "names": "with"}, answer=200),
)  # fmt: skip
