"""The review."""

from tests.contracts.steps.filling_in import BOARD, taken_out, today
from tests.contracts.story import Step, Story, Values


def _review(story: Story) -> Values:
    from intranet.audit.reviews import reviews

    with story.board.app.app_context(), story.board.log.read() as connection:
        story.known["review_id"] = reviews(connection, story.board.school)[0].review
    return {}


STEPS = (
    Step("/audit/reviews", BOARD, lambda story: {"first_day": today, "last_day": today}),
    taken_out("/audit/export", BOARD),
    taken_out("/audit/readings/export", BOARD),
    taken_out("/audit/reviews/export", BOARD),
    taken_out("/audit/assertions/export", BOARD, names=False),
    Step("/audit/reviews/<uuid:review_id>/withdraw", BOARD, _review),
    Step("/audit/proof/check", BOARD, answer=200),
    Step("/audit/proof/checkpoints", BOARD),
)  # fmt: skip
