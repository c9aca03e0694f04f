"""A moment in an address is read on the school's clock, or refused with a sentence."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from events.log.errors import Refused
from intranet.as_of.moments import HAPPENED, Moment, asked_moment, end_of

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def language(app: Flask):
    with app.test_request_context():
        yield


def asked(text: str, **more: str) -> Moment:
    return asked_moment({"op": text, **more}, ZONE, NOW)


@pytest.mark.parametrize(
    ("text", "in_utc"),
    [
        ("2026-03-12T14:00", "2026-03-12T13:00:00"),
        ("2026-07-01T14:00:30.250", "2026-07-01T12:00:30.250000"),
        ("2026-07-01", "2026-07-01T21:59:59.999000"),
        ("2026-03-29", "2026-03-29T21:59:59.999000"),
        ("2026-10-25", "2026-10-25T22:59:59.999000"),
        ("2026-10-25T02:30", "2026-10-25T01:30:00"),
        ("2026-10-25T02:30+02:00", "2026-10-25T00:30:00"),
        ("2026-10-25T02:30 02:00", "2026-10-25T00:30:00"),
        ("2026-03-29T01:59:59", "2026-03-29T00:59:59"),
        ("2026-03-29T03:00", "2026-03-29T01:00:00"),
    ],
)
def test_a_moment_is_one_of_the_schools_clock(text: str, in_utc: str) -> None:
    assert asked(text).at.astimezone(UTC) == datetime.fromisoformat(in_utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "more", "sentence"),
    [
        ("gisteren", {}, "begrijpen we niet"),
        ("", {}, "begrijpen we niet"),
        ("2026-02-30", {}, "begrijpen we niet"),
        ("9999-12-31", {}, "begrijpen we niet"),
        ("2026-03-12T25:00", {}, "begrijpen we niet"),
        ("2026-03-29T02:30", {}, "bestaat niet"),
        ("2026-11-28T13:01", {}, "moet nog komen"),
        ("2026-11-28", {}, "moet nog komen"),
        ("2026-03-12", {"klok": "koekoek"}, "Deze klok"),
    ],
)
def test_what_is_no_moment_is_refused(text: str, more: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        asked(text, **more)


@given(st.text(max_size=40))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    try:
        moment = asked(text)
    except Refused:
        return
    assert moment.at.astimezone(UTC) <= NOW


def test_an_address_carries_the_moment_and_the_clock() -> None:
    assert asked("2026-03-12").parameters == {"op": "2026-03-12"}
    assert asked("2026-03-12", klok=HAPPENED).parameters == {"op": "2026-03-12", "klok": HAPPENED}
    assert end_of(datetime(2026, 3, 12).date())["op"] == "2026-03-12"
    assert "12 maart 2026" in asked("2026-03-12T14:00").words
