"""What is recorded of teams and games, and what pages read of it, on both databases."""

from datetime import timedelta
from threading import Thread
from uuid import uuid4

import pytest
import time_machine

from events.log import clock
from intranet.api import NotFound, Refused
from intranet.people.commands import let_go, register_person
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


def test_in_the_teams_of_a_group_are_its_pupils_only(school, group, teams):
    people, names = school.people, {1: "stars", 2: "moons"}
    bo = school.do("marijke", register_person, kind="pupil", given_name="Bo", group_id=group)
    school.do("marijke", let_go, bo)
    before = school.size()
    for other in (people["nova"], people["fatima"], bo, uuid4()):
        members = {people["noor"]: 1, people["sem"]: 2, other: 2}
        with pytest.raises(Refused, match="zit niet in deze groep"):
            school.do("fatima", commands.make_teams, group, names=names, members=members)
        with pytest.raises(Refused, match="zit niet in deze groep"):
            school.do("fatima", commands.change_teams, teams, names=names, members=members)
    assert school.size() == before


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


def test_two_boards_of_one_group_that_tap_at_once_lose_nothing(school, game):
    """Each reads the game before it waits for the other, and reads again what the other changed."""
    send(school, game, Tap(uuid4(), START))

    def play(team):
        for _each in range(10):
            send(school, game, Tap(uuid4(), COMPLIMENT, team))

    boards = [Thread(target=play, args=(team,)) for team in (1, 2)]
    for board in boards:
        board.start()
    for board in boards:
        board.join()
    assert scores(school, game) == [(1, 0, 10), (2, 0, 10)]


def test_a_game_that_was_never_ended_waits_with_a_sentence(school, group, game):
    with time_machine.travel(clock.now() - timedelta(days=2), tick=True):
        send(school, game, Tap(uuid4(), START))
    assert "Stop dit spel" in school.client("fatima").get("/").text
    assert "Dit spel is nooit gestopt." in school.client("fatima").get(f"/taakspel/games/{game}").text
    send(school, game, Tap(uuid4(), END))
    assert "niet gestopt" in school.client("fatima").get(f"/taakspel/groups/{group}").text


@pytest.mark.parametrize(
    ("path", "form", "sentence"),
    [
        ("play", {"minutes": "0"}, "Een spel duurt 1 tot en met 240 minuten."),
        ("divide", {"number": "9"}, "Kies 2 tot en met 8 teams."),
    ],
)
def test_a_form_that_nobody_can_play_by_comes_back_with_a_sentence(school, group, teams, path, form, sentence):
    answer = school.client("fatima").post(f"/taakspel/groups/{group}/{path}", form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_teams_without_members_come_back_with_a_sentence(school, group, teams):
    page = f"/taakspel/groups/{group}/teams"
    form = {"name-1": "stars", "name-2": "moons", school.people["noor"].hex: "1"}
    answer = school.client("fatima").post(page, form)
    assert answer.status_code == 409
    assert "Een team is nog leeg." in answer.text
