"""What is recorded of teams and games, and what pages read of it, on both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest

from events.log import clock
from intranet.api import NotFound, Refused
from plugins.taakspel import commands, reading
from plugins.taakspel.commands import END, START, UNDO, Tap
from plugins.taakspel.events import CARD, COMPLIMENT
from plugins.taakspel.projections import Divisions, Games
from tests.plugins.taakspel.conftest import AGREED


@pytest.fixture
def school(school_on_both):
    return school_on_both


def send(school, game, *taps):
    return school.do("fatima", commands.take_taps, game, taps, now=clock.now())


def scores(school, game):
    return [(row.number, row.taken, row.compliments) for row in school.do("fatima", reading.teams_of, [game])[game]]


def test_taps_are_counted_for_teams_and_a_rebuild_says_the_same(school, game):
    card = uuid4()
    taps = [Tap(uuid4(), START), Tap(card, CARD, 1), Tap(uuid4(), COMPLIMENT, 2), Tap(uuid4(), UNDO, undone=card)]
    send(school, game, *taps, Tap(uuid4(), CARD, 2), Tap(uuid4(), END))
    assert scores(school, game) == [(1, 0, 0), (2, 1, 1)]
    for projection in (Games(), Divisions()):
        before = school.rows(projection)
        school.rebuild(projection)
        assert school.rows(projection) == before


def test_a_batch_that_is_sent_again_records_nothing_more(school, game):
    taps = [Tap(uuid4(), START), Tap(uuid4(), CARD, 1), Tap(uuid4(), CARD, 1)]
    send(school, game, *taps)
    size = school.size()
    send(school, game, *taps, *taps)
    assert school.size() == size
    assert scores(school, game)[0] == (1, 2, 0)


def test_a_tap_happened_when_it_was_made_and_not_when_it_came(school, game):
    send(school, game, Tap(uuid4(), START, ago=timedelta(minutes=7)), Tap(uuid4(), CARD, 1, ago=timedelta(minutes=5)))
    start, card = school.facts("taakspel.game")[-2:]
    assert card.happened_at - start.happened_at == timedelta(minutes=2)
    assert card.recorded_at - card.happened_at > timedelta(minutes=4)


def test_a_group_plays_one_game_at_a_time(school, group, game):
    with pytest.raises(Refused, match="al een spel"):
        school.do("bas", commands.plan_game, group, **AGREED)
    school.do("fatima", commands.call_off_game, game)
    assert school.do("bas", commands.plan_game, group, **AGREED)


def test_a_group_without_teams_does_not_play(school):
    with pytest.raises(Refused, match="nog geen teams"):
        school.do("bas", commands.plan_game, school.groups["7b"], **AGREED)


def test_another_school_has_nothing_to_do_with_it(school, game):
    other = school.next_door(enabled=["taakspel"])
    with pytest.raises(NotFound):
        other.do("fatima", commands.take_taps, game, [Tap(uuid4(), START)], now=clock.now())


def test_switched_off_and_on_again_everything_is_there(school, group, game):
    send(school, game, Tap(uuid4(), START), Tap(uuid4(), COMPLIMENT, 1), Tap(uuid4(), END))
    before = [school.rows(each) for each in (Games(), Divisions())]
    school.disable("taakspel")
    assert school.client("fatima").get("/taakspel/").status_code == 404
    school.enable("taakspel")
    assert [school.rows(each) for each in (Games(), Divisions())] == before
    assert "Rekenen" in school.client("fatima").get(f"/taakspel/groups/{group}").text
