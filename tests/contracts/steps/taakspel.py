"""Taakspel: teams, a game that does not go on and one that does; a screen that nobody opened opens nothing."""

from werkzeug.test import TestResponse

from tests.contracts.steps.filling_in import taken_out, today
from tests.contracts.steps.keeping import id_in
from tests.contracts.story import Step, Story, Values


def _newest_consultation(story: Story, _answer: TestResponse) -> None:
    from plugins.taakspel.group_events import Consultation

    with story.board.app.app_context():
        held = [each for each in story.board.log.history(story.board.school) if isinstance(each, Consultation.Held)]
        story.known["consultation_id"] = held[-1].originator_id


def _teams(story: Story) -> Values:
    story.known |= {"group_id": story.board.groups["6a"], "code": "ABCD-EFGH", **story.board.game}
    return {"number": "2"}


def _watching(story: Story) -> Values:
    return {"day": today(story), "moment": "after"}


def _seen(story: Story) -> Values:
    return {"day": today(story), **SEEN}


T, G = "/taakspel/games/<uuid:game_id>", "/taakspel/groups/<uuid:group_id>"


GAME = {
    "lesson": "spelling", "phase": "introduction", "rules": ["whisper", "help"], "minutes": "10",
    "cards": "4", "reward": "draw",
}  # fmt: skip

SEEN = {"lesson": "reading", "looks": "20", "on_task": "15", "breaches": "4"}

STEPS = (
    Step(f"{G}/divide", "teacher", _teams, answer=200),
    Step(f"{G}/teams", "teacher", lambda story: {"name-1": "suns"}, answer=409),
    Step(f"{T}/call-off", "teacher"),
    Step(f"{G}/week", "teacher", lambda story: {"reward": "cook"}),
    Step(f"{G}/play", "teacher", lambda story: GAME, then=id_in(r"/games/(.+)", "game_id")),
    Step(f"{T}/board", "teacher", answer=200),
    Step(f"{T}/press", "teacher", lambda story: {"pressed": "start"}),
    Step(f"{T}/taps", "teacher", answer=422),
    Step(f"{T}/press", "teacher", lambda story: {"pressed": "end"}),
    Step(f"{T}/evaluate", "teacher", lambda story: {"went": "well", "reward_given": "y"}),
    Step("/taakspel/weeks/<uuid:week_id>/give", "teacher"),
    Step(f"{G}/observations", "teacher", _watching, then=id_in(r"/observations/(.+)", "observation_id")),
    Step("/taakspel/observations/<uuid:observation_id>", "teacher", _seen),
    Step("/taakspel/observations/<uuid:observation_id>/drop", "teacher"),
    Step(
        f"{G}/consultations",
        "teacher",
        lambda story: {"day": today, "phase": "extension", "look_back_on": ""},
        then=_newest_consultation,
    ),
    Step("/taakspel/consultations/<uuid:consultation_id>", "teacher", lambda story: {"kept": "partly"}),
    Step("/taakspel/board/<uuid:game_id>/taps", "class", answer=404),
    Step("/screen", "class", lambda story: {"code": "ABCD-EFGH"}, answer=422, writes_when_refused=True),
    Step("/screen/<code>", "class", lambda story: {"code": "ABCD-EFGH"}, answer=422, writes_when_refused=True),
    Step("/leave-screen", "class"),
    taken_out("/taakspel/coverage/export", "teacher", names=False),
)  # fmt: skip
