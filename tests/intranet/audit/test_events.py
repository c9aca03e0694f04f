"""The rules of reviewing."""

from datetime import date
from uuid import uuid4

import pytest

from events.log.errors import Refused
from intranet.audit.events import Reading, Review


def a_review() -> Review:
    return Review(
        first_day=date(2026, 9, 1),
        last_day=date(2026, 9, 30),
        position_from=12,
        position_until=340,
        root="ab" * 32,
        remark="Veel ruzie bij het klimrek.",
    )


def test_a_review_is_taken_back_once():
    review = a_review()
    review.withdraw()
    with pytest.raises(Refused, match="Dit is al teruggenomen."):
        review.withdraw()


def test_a_reading_names_the_record_ground_and_role():
    record = uuid4()
    opened = Reading(record_kind="incidents.incident", record_id=record, ground="duty", role="head_teacher")
    (event,) = opened.collect_events()
    assert (event.record_kind, event.record_id, event.ground, event.role) == (
        "incidents.incident",
        record,
        "duty",
        "head_teacher",
    )
