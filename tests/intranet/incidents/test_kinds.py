"""The lists of words: codes that can be stored, and the style sheet that shows a safety net for the right ones."""

import re
from datetime import date
from pathlib import Path

from intranet.incidents.kinds import (
    DANGER,
    HOME,
    KINDS,
    MAIN,
    MOMENTS,
    OFFERED,
    PLACES,
    ROLE_LABELS,
    STAFF_MATTER,
    Word,
    kind_of,
    with_mark,
)

CODE = re.compile(r"^[a-z0-9][a-z0-9_.:-]{0,63}$")
STATIC = Path(__file__).parents[3] / "intranet" / "static"
STYLE = (STATIC / "css" / "incidents.css").read_text()
SPRITE = (STATIC / "icons" / "sprite.svg").read_text()


def test_codes_can_be_stored_and_are_different():
    for words in (KINDS, PLACES, MOMENTS):
        codes = [word.code for word in words]
        assert all(CODE.fullmatch(code) for code in codes)
        assert len(set(codes)) == len(codes)
    assert all(CODE.fullmatch(role) for role in ROLE_LABELS)


def test_six_tiles_and_the_rest_behind_something_else():
    assert len(with_mark(MAIN)) == 6


def test_every_picture_is_in_the_sprite():
    for word in (*KINDS, *PLACES):
        assert f'id="{word.icon}"' in SPRITE, word.code


def test_the_safety_net_is_shown_for_exactly_the_marked_kinds():
    for mark, part in ((DANGER, "for-danger"), (HOME, "for-home")):
        rule = next(line for line in STYLE.splitlines() if f".{part} {{ display: none; }}" in line)
        assert set(re.findall(r'value="(\w+)"', rule)) == with_mark(mark)
    whole = next(line for line in STYLE.splitlines() if line.strip().endswith(".safety-net { display: none; }"))
    shown = with_mark(DANGER) | with_mark(HOME)
    assert set(re.findall(r'value="(\w+)"', whole)) == shown


def test_a_suspicion_about_staff_is_no_kind_to_choose():
    assert {kind.code for kind in KINDS} - {kind.code for kind in OFFERED} == with_mark(STAFF_MATTER) != set()


def test_a_word_counts_between_its_dates():
    word = Word("old", "Oud", since=date(2025, 8, 1), until=date(2026, 7, 31))
    days = (date(2025, 7, 31), date(2025, 8, 1), date(2026, 7, 31), date(2026, 8, 1))
    assert [word.used_on(day) for day in days] == [False, True, True, False]


def test_a_code_that_left_the_list_shows_as_itself():
    assert kind_of("something_of_2019").label == "something_of_2019"
