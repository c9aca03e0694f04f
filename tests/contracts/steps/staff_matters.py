"""A suspicion about staff: told to the board, and the steps of the law."""

from tests.contracts.steps.filling_in import BOARD, today
from tests.contracts.steps.keeping import id_in
from tests.contracts.steps.on_a_record import noted
from tests.contracts.story import Step, Story, Values


def _matter(story: Story) -> Values:
    board = story.board
    return {"asked": "1", "named": [board.colleague.hex], "pupils": [board.pupils["own"].hex], "happened_on": today}


def _also_named(story: Story) -> Values:
    return {"people": [story.board.people["support_staff"].hex]}


MATTER = "/staff-matters/<uuid:matter_id>"

STEPS = (
    Step("/staff-matters/audience", "teacher", _matter, ("account",), answer=200),
    Step("/staff-matters/colleagues", "teacher", texts=("q",), answer=200),
    Step("/staff-matters/new", "teacher", _matter, then=id_in(r"/staff-matters/([0-9a-f-]{36})", "matter_id")),
    *noted(MATTER, BOARD, "matter_id", shows_closed=True),
    Step(f"{MATTER}/named", BOARD, _also_named, shows_closed=True),
    Step(f"{MATTER}/receipt", BOARD, shows_closed=True),
    Step(f"{MATTER}/inspector", BOARD, lambda story: {"on": today}, shows_closed=True),
    Step(f"{MATTER}/judgement", BOARD, lambda story: {"on": today, "reasonable": "yes"}, shows_closed=True),
    Step(f"{MATTER}/informed", BOARD, lambda story: {"on": today, "who": "parents"}, shows_closed=True),
    Step(f"{MATTER}/police", BOARD, lambda story: {"on": today}, shows_closed=True),
    Step(f"{MATTER}/measures", BOARD, lambda story: {"on": today, "measure": "leave"}, shows_closed=True),
    Step(f"{MATTER}/close", BOARD, shows_closed=True),
    Step(f"{MATTER}/close", "supervisory_board", shows_closed=True),
    Step(f"{MATTER}/reopen", BOARD, shows_closed=True),
)  # fmt: skip
