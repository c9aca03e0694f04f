"""What follows on an incident."""

from tests.contracts.steps.filling_in import INCIDENT, handed_over, promise_form, today
from tests.contracts.steps.keeping import newest_promise_of
from tests.contracts.story import Step

FOLLOW_UP = f"{INCIDENT}/follow-up"


ONE_PROMISE = f"{FOLLOW_UP}/<uuid:follow_up_id>"


STEPS = (
    Step(f"{FOLLOW_UP}/new", "care_coordinator", promise_form, then=newest_promise_of("incident_id")),
    Step(f"{ONE_PROMISE}/move", "care_coordinator", handed_over),
    Step(f"{ONE_PROMISE}/waive", "care_coordinator"),
    Step(f"{FOLLOW_UP}/new", "care_coordinator", promise_form, then=newest_promise_of("incident_id")),
    Step(f"{ONE_PROMISE}/keep", "care_coordinator", lambda story: {"done_on": today}),
    Step(
        f"{FOLLOW_UP}/parents",
        "care_coordinator",
        lambda story: {"child": story.board.pupils["other"].hex, "informed_on": today, "how": "phone"},
    ),
    Step(f"{FOLLOW_UP}/close", "care_coordinator"),
    Step(f"{FOLLOW_UP}/reopen", "care_coordinator"),
)  # fmt: skip
