"""The rules of the game: what can be agreed, what counts, and that nothing is about a child."""

import typing
from copy import copy, deepcopy
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from events.log.kinds import registry
from intranet.api import Refused
from plugins.taakspel.events import Division, Game, Playing, Team
from tests.plugins.taakspel.conftest import agreed

NOW = datetime(2026, 11, 27, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOOR, SEM = uuid4(), uuid4()
FORBIDDEN = ("pupil", "person", "child", "member", "who", "name")


def planned(**changed) -> Game:
    values = {**agreed(), "teams": (Playing(1, "stars"), Playing(2, "moons")), **changed}
    return Game.plan(group_id=uuid4(), division_id=uuid4(), **values)


def running(**changed) -> Game:
    game = planned(**changed)
    game.start(tap_id=uuid4(), happened_at=NOW)
    return game


def team(number: int, name: str, *members: UUID) -> Team:
    return Team(number, name, members)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"minutes": 0}, "Een spel duurt 1 tot en met 240 minuten."),
        ({"cards": 0}, "Geef elk team 1 tot en met 10 kaarten."),
        ({"rules": ()}, "Kies 1 tot en met 3 regels."),
        ({"rules": ("walk", "help", "listen", "whisper")}, "Kies 1 tot en met 3 regels."),
        ({"rules": ("walk", "walk")}, "Kies regels uit de lijst, elke regel één keer."),
        ({"reward": "money"}, "Spreek vooraf een beloning af."),
        ({"teams": (Playing(1, "stars"),)}, "Kies 2 tot en met 8 teams."),
        ({"teams": tuple(Playing(n, "stars") for n in range(1, 10))}, "Kies 2 tot en met 8 teams."),
        ({"phase": "fourth"}, "Kies een les en een fase."),
    ],
)
def test_what_nobody_can_play_is_refused_with_a_sentence(changed, sentence):
    with pytest.raises(Refused) as refused:
        planned(**changed)
    assert refused.value.sentence == sentence


@pytest.mark.parametrize(
    ("teams", "sentence"),
    [
        ((team(1, "stars", NOOR), team(2, "moons")), "Een team is nog leeg. Zet in elk team minstens één leerling."),
        ((team(1, "stars", NOOR), team(2, "moons", NOOR)), "Een leerling staat in twee teams. Kies er één."),
        ((team(1, "stars", NOOR), team(2, "stars", SEM)), "Elk team kiest een eigen naam uit de lijst."),
        ((team(1, "Noor van der Berg", NOOR), team(2, "moons", SEM)), "Elk team kiest een eigen naam uit de lijst."),
    ],
)
def test_teams_that_cannot_play_are_refused_with_a_sentence(teams, sentence):
    with pytest.raises(Refused) as refused:
        Division.make(group_id=uuid4(), teams=teams)
    assert refused.value.sentence == sentence


def test_no_event_of_a_game_has_a_field_for_a_child():
    """Teams score, children do not: who broke a rule is not written down anywhere (facts, section 13, 18)."""
    kinds = [kind for kind in registry if kind.aggregate is Game]
    assert len(kinds) == 8
    fields = {(kind.name, field) for kind in kinds for field in _names(kind.payload)}
    assert len(fields) > 20
    allowed = {("taakspel.game.Planned", "teams.name")}
    assert {each for each in fields - allowed if any(word in each[1] for word in FORBIDDEN)} == set()


def _names(struct, before=""):
    for name, hint in typing.get_type_hints(struct).items():
        yield before + name
        for part in (hint, *typing.get_args(hint)):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                yield from _names(part, f"{before}{name}.")


def test_a_team_with_a_card_left_wins_and_all_can():
    game = running(cards=2)
    for _each in range(2):
        game.take_card(1, tap_id=uuid4(), happened_at=NOW + MINUTE)
    game.take_card(2, tap_id=uuid4(), happened_at=NOW + MINUTE)
    assert [each.number for each in game.winners] == [2]
    assert [each.number for each in running().winners] == [1, 2]


def test_no_team_loses_a_card_that_it_has_not():
    game = running(cards=1)
    for _each in range(3):
        game.take_card(1, tap_id=uuid4(), happened_at=NOW)
    assert game.cards_left(1) == 0


def test_a_tap_counts_once_however_often_it_comes():
    game, card, compliment = running(), uuid4(), uuid4()
    for _each in range(3):
        game.take_card(1, tap_id=card, happened_at=NOW)
        game.give_compliment(2, tap_id=compliment, happened_at=NOW)
    assert (game.taken[1], game.compliments[2]) == (1, 1)


def test_what_is_undone_stays_undone():
    game, card = running(), uuid4()
    game.take_card(1, tap_id=card, happened_at=NOW)
    for _each in range(2):
        game.undo(card, tap_id=uuid4(), happened_at=NOW)
    game.take_card(1, tap_id=card, happened_at=NOW)
    assert game.cards_left(1) == 3
    assert len([each for each in game.pending_events if isinstance(each, Game.Undone)]) == 1


def test_a_tap_from_before_the_end_counts_however_late_it_comes():
    game = running()
    game.end(tap_id=uuid4(), happened_at=NOW + 10 * MINUTE)
    game.take_card(1, tap_id=uuid4(), happened_at=NOW + 9 * MINUTE)
    game.take_card(2, tap_id=uuid4(), happened_at=NOW + 11 * MINUTE)
    assert (game.taken[1], game.taken[2]) == (1, 0)


def test_nothing_counts_before_the_start_nor_for_a_team_that_is_not_there():
    game = planned()
    game.take_card(1, tap_id=uuid4(), happened_at=NOW)
    game.start(tap_id=uuid4(), happened_at=NOW)
    game.give_compliment(9, tap_id=uuid4(), happened_at=NOW)
    assert not game.taps


def test_a_game_that_was_never_stopped_is_closed_without_a_length():
    forgotten, stopped = running(), running()
    forgotten.end(tap_id=uuid4(), happened_at=NOW + timedelta(hours=20))
    stopped.end(tap_id=uuid4(), happened_at=NOW + 12 * MINUTE)
    assert (forgotten.left_open, stopped.left_open) == (True, False)


def test_a_game_is_looked_back_on_once_and_when_it_is_over():
    game = running()
    with pytest.raises(Refused, match="nog niet klaar"):
        game.evaluate(went="well", reward_given=True, note=None)
    game.end(tap_id=uuid4(), happened_at=NOW + MINUTE)
    game.evaluate(went="well", reward_given=True, note=None)
    with pytest.raises(Refused, match="al teruggekeken"):
        game.evaluate(went="hard", reward_given=False, note=None)


def test_a_game_that_began_is_not_called_off():
    with pytest.raises(Refused, match="al begonnen"):
        running().call_off()


def test_a_copy_that_is_kept_of_a_game_is_not_changed_by_what_happens_in_it():
    game, card = planned(), uuid4()
    steps = [
        lambda: game.start(tap_id=uuid4(), happened_at=NOW),
        lambda: game.take_card(1, tap_id=card, happened_at=NOW),
        lambda: game.give_compliment(2, tap_id=uuid4(), happened_at=NOW),
        lambda: game.undo(card, tap_id=uuid4(), happened_at=NOW),
        lambda: game.end(tap_id=uuid4(), happened_at=NOW + MINUTE),
        lambda: game.evaluate(went="well", reward_given=True, note=None),
    ]
    for step in steps:
        kept, was = copy(game), deepcopy(vars(copy(game)))
        step()
        assert vars(kept) == was
    assert game.went == "well"
