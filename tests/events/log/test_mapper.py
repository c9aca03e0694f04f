"""Moments are stored as milliseconds, and come back as they were, one by one and a column at a time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.log.mapper import MILLISECOND, from_milliseconds, moments_of, to_milliseconds

MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2105, 1, 1), timezones=st.just(UTC))


@given(st.lists(MOMENTS | st.none()))
def test_a_column_of_moments_is_exact(moments: list[datetime | None]) -> None:
    stored = [None if each is None else to_milliseconds(each) for each in moments]
    found = moments_of(stored)
    assert found == [None if each is None else from_milliseconds(each) for each in stored]
    for before, after in zip(moments, found, strict=True):
        assert before is after is None or (timedelta(0) <= before - after < MILLISECOND and after.tzinfo is UTC)
