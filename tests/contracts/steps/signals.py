"""A signal: a draft, the record, and what is done with it."""

from tests.contracts.steps.filling_in import incident_form, taken_out
from tests.contracts.steps.keeping import id_in
from tests.contracts.steps.on_a_record import hang_on, shared
from tests.contracts.story import Step, Story, Values


def _signal(story: Story) -> Values:
    pupil = story.board.pupils["own"].hex
    return {
        "noticed": "concern",
        "marks": ["bullying_suspected"],
        "people": [pupil],
        "moment": "just_now",
        "group": story.board.groups["6a"].hex,
        "source": "class_parent",
        "account-mention": f"{pupil} {story.text('account-mention', 'label')}",
    }


SIGNAL = "/signals/<uuid:signal_id>"

STEPS = (
    Step("/signals/draft", "teacher", lambda story: {**_signal(story), "once": "e" * 20}, ("account",), answer=204),
    Step("/signals/audience", "teacher", _signal, ("account",), answer=200),
    Step(
        "/signals/new",
        "teacher",
        lambda story: {**_signal(story), "once": "e" * 20},
        then=id_in(r"/signals/([0-9a-f-]{36})", "signal_id"),
    ),
    Step(f"{SIGNAL}/talks", "care_coordinator", lambda story: {"partner": "parents"}),
    *shared(SIGNAL),
    *hang_on(SIGNAL),
    Step(f"{SIGNAL}/support-team", "care_coordinator"),
    Step(f"{SIGNAL}/escalate", "care_coordinator"),
    Step(f"{SIGNAL}/incident", "care_coordinator", incident_form),
    Step(f"{SIGNAL}/close", "care_coordinator"),
    Step(f"{SIGNAL}/reopen", "care_coordinator"),
    taken_out("/signals/export", "care_coordinator"),
)  # fmt: skip
