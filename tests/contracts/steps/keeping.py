"""What a step keeps of its answer, for the steps after it."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from events.log.context import acting
from tests.contracts.story import Story


def id_in(pattern: str, name: str, convert: Callable[[str], Any] = str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        place = answer.location or answer.text
        story.known[name] = convert(re.search(pattern, place)[1])

    return keep


def newest_promise_of(name: str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        from intranet.follow_up.projections import promise

        with story.board.log.read_engine.connect() as connection:
            mine = promise.c.record == UUID(str(story.known[name]))
            query = select(promise.c.follow_up).where(mine, promise.c.open)
            story.known["follow_up_id"] = connection.scalars(query).one()

    return keep


def newest_note_of(name: str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        from events.notes import Noted

        with acting(school=story.board.school):
            story.known["note"] = max(story.board.log.get(Noted, UUID(str(story.known[name]))).notes)

    return keep
