"""What follows on an incident."""

from tests.contracts.steps.filling_in import INCIDENT
from tests.contracts.steps.on_a_record import parents_know, promised
from tests.contracts.story import Step

FOLLOW_UP = f"{INCIDENT}/follow-up"

STEPS = (
    *promised(FOLLOW_UP, "incident_id"),
    parents_know(FOLLOW_UP, "other"),
    Step(f"{FOLLOW_UP}/close", "care_coordinator"),
    Step(f"{FOLLOW_UP}/reopen", "care_coordinator"),
)
