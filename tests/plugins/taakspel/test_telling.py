"""What Taakspel says elsewhere: each event in the log, the time line of a group, what waits, and the safety plan."""

import re
from datetime import date, timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
import time_machine

from events.log import clock
from events.log.kinds import registry
from intranet.api import Told
from intranet.people.commands import register_person
from plugins.taakspel import commands, group_commands, group_reading, plugin, telling
from plugins.taakspel.commands import END, START, UNDO, Tap
from plugins.taakspel.events import CARD, COMPLIMENT
from tests.plugins.taakspel.conftest import AGREED

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 8, 3) + timedelta(days=day) for day in range(3))
TOLD = Told("Fatima", lambda _person: "een collega")

SENTENCES = [
    "Fatima verdeelde een groep in 2 teams.",
    "Fatima veranderde de teams van een groep.",
    "Fatima sprak een weekbeloning af: samen iets lekkers maken.",
    "Fatima sprak een weekbeloning af: samen een film kijken.",
    "Fatima sprak een Taakspel af: rekenen, 10 minuten, met als beloning: even langer naar buiten.",
    "Fatima liet een Taakspel niet doorgaan.",
    "Fatima sprak een Taakspel af: rekenen, 10 minuten, met als beloning: even langer naar buiten.",
    "Fatima begon een Taakspel.",
    "Fatima nam een kaart van team 2.",
    "Fatima gaf team 1 een compliment.",
    "Fatima nam een kaart van team 2 terug.",
    "Fatima stopte een Taakspel.",
    "Fatima keek terug op een Taakspel: goed.",
    "Fatima gaf een weekbeloning.",
    "Fatima plande een observatie van een groep op 4 augustus 2026.",
    "Fatima observeerde een groep: 15 van 20 keer aan het werk.",
    "Fatima liet een observatie niet meetellen.",
    "Fatima legde een klassenconsultatie vast.",
    "Fatima keek terug op de afspraken over Taakspel: deels gelukt.",
]


@pytest.fixture(autouse=True)
def in_the_second_week():
    """Of a school year, so that one week of it is over."""
    with time_machine.travel("2026-08-10 13:00+02:00", tick=True):
        yield


def play(school, group: UUID, day: date) -> UUID:
    with time_machine.travel(f"{day} 11:00+02:00", tick=True):
        game = school.do("fatima", commands.plan_game, group, **AGREED)
        taps = [Tap(uuid4(), START, ago=timedelta(minutes=10)), Tap(uuid4(), END)]
        school.do("fatima", commands.take_taps, game, taps, now=clock.now())
    return game


def words_of(answer) -> str:
    assert answer.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", answer.text).split()))


def seen(school, group: UUID) -> UUID:
    made = school.do("fatima", group_commands.plan_observation, group, day=TUESDAY, moment="before")
    what = {"day": TUESDAY, "lesson": "reading", "looks": 20, "on_task": 15, "breaches": 6}
    school.do("fatima", group_commands.make_observation, made, **what)
    return made


def visited(school, group: UUID) -> UUID:
    held = {"day": TUESDAY, "phase": "extension", "agreements": "We beginnen na de pauze.", "look_back_on": WEDNESDAY}
    return school.do("hanneke", group_commands.hold_consultation, group, **held)


def everything(school, group: UUID) -> None:
    """Let everything happen that Taakspel records."""
    do, card = school.do, uuid4()
    teams = {school.people["noor"]: 1, school.people["sem"]: 2}
    division = do("fatima", commands.make_teams, group, names={1: "stars", 2: "moons"}, members=teams)
    do("fatima", commands.change_teams, division, names={1: "stars", 2: "suns"}, members=teams)
    with time_machine.travel(f"{MONDAY} 08:00+02:00", tick=True):
        for reward in ("cook", "film"):
            do("fatima", group_commands.agree_on_week, group, monday=MONDAY, reward=reward)
    do("fatima", commands.call_off_game, do("fatima", commands.plan_game, group, **AGREED))
    with time_machine.travel(f"{MONDAY} 11:00+02:00", tick=True):
        game = do("fatima", commands.plan_game, group, **AGREED)
        taps = [Tap(uuid4(), START), Tap(card, CARD, 2), Tap(uuid4(), COMPLIMENT, 1), Tap(uuid4(), UNDO, undone=card)]
        do("fatima", commands.take_taps, game, [*taps, Tap(uuid4(), END)], now=clock.now())
    do("fatima", commands.evaluate_game, game, went="well", reward_given=True, note="")
    with time_machine.travel(f"{TUESDAY} 11:00+02:00", tick=True):
        do("fatima", group_commands.give_week_reward, _week(school, group))
    do("fatima", group_commands.drop_observation, seen(school, group))
    do("fatima", group_commands.look_back_on_agreements, visited(school, group), kept="partly")


def _week(school, group: UUID) -> UUID:
    return school.do("fatima", group_reading.week_of, group, MONDAY).week


def test_each_event_is_a_sentence_that_names_no_pupil(school, group):
    everything(school, group)
    facts = school.facts("taakspel")
    with school.app.test_request_context():
        told = [telling.describe(fact, TOLD).sentence for fact in facts]
    assert told == SENTENCES
    names = {registry.of_class(type(fact)).name for fact in facts}
    assert names == set(plugin.manifest.event_labels)


def test_a_game_that_was_forgotten_is_told_as_one(school, game):
    school.do("fatima", commands.take_taps, game, [Tap(uuid4(), START, ago=timedelta(hours=5))], now=clock.now())
    school.do("fatima", commands.take_taps, game, [Tap(uuid4(), END)], now=clock.now())
    with school.app.test_request_context():
        assert "niet was gestopt" in telling.describe(school.facts("taakspel")[-1], TOLD).sentence


def test_the_time_line_of_a_group_has_its_games_and_visits_for_who_may_read_them(school, group, teams):
    play(school, group, TUESDAY)
    seen(school, group)
    visited(school, group)
    for who, reads in (("fatima", True), ("hanneke", True), ("bas", False)):
        page = words_of(school.client(who).get(f"/chronology/groups/{group}"))
        assert "Taakspel: Rekenen" in page
        assert "Introductie · 10 minuten" in page
        assert "Taakspel: observatie" in page
        assert "75% aan het werk" in page
        assert ("Taakspel: klassenconsultatie" in page) is reads
    pupil = words_of(school.client("fatima").get(f"/chronology/people/{school.people['noor']}"))
    assert "Taakspel:" not in pupil


def test_what_waits_is_of_the_own_group(school, group, teams):
    with time_machine.travel(f"{MONDAY} 11:00+02:00", tick=True):
        game = school.do("fatima", commands.plan_game, group, **AGREED)
        school.do("fatima", commands.take_taps, game, [Tap(uuid4(), START)], now=clock.now())
    school.do("fatima", group_commands.plan_observation, group, day=TUESDAY, moment="before")
    visited(school, group)
    waiting = ("Stop dit spel", "Observeer de groep", "Kijk terug op de afspraken")
    mine, of_another = (words_of(school.client(who).get("/")) for who in ("fatima", "bas"))
    assert all(each in mine for each in waiting)
    assert not any(each in of_another for each in waiting)


def test_three_times_a_week_is_a_promise_with_its_numbers(school):
    def promised() -> str:
        page = words_of(school.client("marijke").get("/audit/assertions"))
        state = re.search(r"(Klopt|Klopt nu niet|Vraagt aandacht) De groepen 3 tot en met 8 spelen drie keer", page)[1]
        return state, re.search(r"Taakspel\. (.*?) · plan P5\.2", page)[1]

    groups = [school.groups["6a"], school.groups["7b"]]
    bo = school.do("marijke", register_person, kind="pupil", given_name="Bo", group_id=groups[1])
    of_groups = (school.people["noor"], school.people["sem"]), (school.people["nova"], bo)
    for each, pupils in zip(groups, of_groups, strict=True):
        members = {pupil: team for team, pupil in enumerate(pupils, 1)}
        school.do("fatima", commands.make_teams, each, names={1: "stars", 2: "moons"}, members=members)
    none = "In de laatste schoolweek speelden 0 van 2 groepen. Drie keer per week lukte in 0 van 2 weken."
    assert promised() == ("Klopt nu niet", none)
    for days in range(3):
        play(school, groups[0], MONDAY + timedelta(days=days))
    one = "In de laatste schoolweek speelden 1 van 2 groepen. Drie keer per week lukte in 1 van 2 weken."
    assert promised() == ("Vraagt aandacht", one)
    for days in range(3):
        play(school, groups[1], MONDAY + timedelta(days=days))
    assert promised()[0] == "Klopt"


def test_in_the_first_week_of_a_year_nothing_is_promised_yet(school):
    with time_machine.travel("2027-08-02 13:00+02:00", tick=True):
        page = words_of(school.client("marijke").get("/audit/assertions"))
    assert "Van dit schooljaar is nog geen hele week voorbij." in page
