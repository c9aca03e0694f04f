"""How often groups play, what is seen and agreed about a group, and the reward of a week; at a day in November."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from events.involvement import Involvement
from events.log import clock
from events.log.kinds import registry
from intranet.api import Refused, SchoolYear, today
from intranet.calendar.commands import add_free_days
from intranet.incidents.commands import report_incident
from plugins.taakspel import commands, coverage, group_commands, group_reading, reading
from plugins.taakspel.commands import END, START, Tap
from plugins.taakspel.events import CARD
from plugins.taakspel.group_events import Consultation, Observation, Week
from plugins.taakspel.group_projections import AroundGames
from plugins.taakspel.projections import Divisions, Games
from tests.plugins.taakspel.conftest import agreed
from tests.plugins.taakspel.test_events import FORBIDDEN

THURSDAY = date(2026, 11, 26)
MONDAY = date(2026, 11, 23)
WEEK = timedelta(days=7)
YEAR = SchoolYear(2026)
SEEN = {"day": THURSDAY, "lesson": "reading", "looks": 20, "on_task": 15, "breaches": 6}
PAGES = ("/taakspel/coverage", "/taakspel/groups/{}/progress", "/taakspel/groups/{}/week", "/taakspel/groups/{}")


@pytest.fixture(autouse=True)
def on_thursday():
    with time_machine.travel("2026-11-26 13:00+01:00", tick=True):
        yield


def play(school, group: UUID, day: date, minutes: int = 10, loses: int | None = None, **changed) -> UUID:
    """Let a group play one game on a day; `loses` is the team that loses all its cards."""
    length = timedelta(minutes=minutes)
    cards = [Tap(uuid4(), CARD, loses, ago=length / 2) for _each in range(3)] if loses else []
    with time_machine.travel(f"{day} 11:00+01:00", tick=True):
        game = school.do("fatima", commands.plan_game, group, **agreed(**changed))
        taps = [Tap(uuid4(), START, ago=length), *cards, Tap(uuid4(), END)]
        school.do("fatima", commands.take_taps, game, taps, now=clock.now())
    return game


def of_group(school, group: UUID) -> coverage.Played:
    def found():
        games = coverage.by_group(YEAR)
        return coverage.played(group, games.get(group, []), coverage.school_weeks(YEAR))

    return school.do("fatima", found)


def page(school, group: UUID, path: str = PAGES[1], who: str = "fatima") -> str:
    answer = school.client(who).get(path.format(group))
    assert answer.status_code == 200
    return answer.text


def test_a_week_without_school_is_no_week_and_a_short_one_asks_less(school, group):
    school.do("marijke", add_free_days, title="Herfst", kind="holiday", first=MONDAY - WEEK, last=MONDAY - timedelta(1))
    first, last = MONDAY - 2 * WEEK, MONDAY - 2 * WEEK + timedelta(days=2)
    school.do("marijke", add_free_days, title="Studie", kind="study_day", first=first, last=last)
    weeks = school.do("fatima", coverage.school_weeks, YEAR)
    assert MONDAY - WEEK not in {week.monday for week in weeks}
    wanted = {week.monday: (week.wanted, week.over) for week in weeks}
    assert wanted[MONDAY] == (3, False)
    assert wanted[MONDAY - 2 * WEEK] == (2, True)
    assert wanted[MONDAY - 3 * WEEK] == (3, True)


def test_a_group_that_plays_three_times_played_enough(school, group, teams):
    for days in (0, 1, 2):
        play(school, group, MONDAY - WEEK + timedelta(days=days))
    play(school, group, MONDAY - WEEK, variant="playground", lesson="break", rules=("walk",))
    play(school, group, MONDAY - 2 * WEEK)
    found = of_group(school, group)
    assert found.times[-3:] == (1, 3, 0)
    assert (found.enough, found.outside, found.phase) == (1, 1, "introduction")


def test_minutes_grow_with_the_phase_and_a_forgotten_game_says_nothing(school, group, teams):
    play(school, group, MONDAY - WEEK, minutes=10)
    play(school, group, MONDAY, minutes=30, phase="extension")
    play(school, group, THURSDAY, minutes=600, phase="extension")
    rows = school.do("fatima", reading.played, YEAR.first, THURSDAY, group)
    assert [row.left_open for row in rows] == [True, False, False]
    of_phase = [("introduction", 10, 1), ("extension", 30, 2), ("generalisation", None, 0)]
    assert coverage.minutes_by_phase(rows) == of_phase


def test_a_long_second_phase_is_said_calmly(school, group, teams):
    for weeks in range(12, 1, -1):
        play(school, group, MONDAY - weeks * WEEK, phase="extension")
    assert of_group(school, group).stuck == 13
    assert "al 13 schoolweken in de uitbreiding" in page(school, group)
    assert "al 13 schoolweken" in page(school, group, PAGES[0])
    play(school, group, MONDAY, phase="generalisation")
    assert of_group(school, group).stuck is None


def test_the_playground_has_rules_of_its_own_and_no_lesson(school, group, teams):
    for changed, sentence in [
        ({"variant": "playground"}, "in de pauze"),
        ({"lesson": "break"}, "in de pauze"),
        ({"variant": "playground", "lesson": "break", "rules": ("work_quietly",)}, "op het plein passen"),
    ]:
        with pytest.raises(Refused, match=sentence):
            school.do("fatima", commands.plan_game, group, **agreed(**changed))
    form = school.client("fatima").get(f"/taakspel/groups/{group}/play?where=playground").text
    assert 'name="lesson"' not in form
    assert "We lopen rustig" in form
    assert "We werken stil" not in form
    sent = {"phase": "introduction", "rules": ["walk", "help"], "minutes": "15", "cards": "3", "reward": "dance"}
    answer = school.client("fatima").post(f"/taakspel/groups/{group}/play?where=playground", sent)
    assert answer.status_code == 303
    assert school.do("fatima", reading.open_game_of, group).lesson == "break"


def test_a_group_is_watched_before_and_after(school, group):
    for moment, on_task in (("before", 8), ("after", 15)):
        made = school.do("fatima", group_commands.plan_observation, group, day=THURSDAY, moment=moment)
        school.do("fatima", group_commands.make_observation, made, **{**SEEN, "on_task": on_task})
    text = page(school, group)
    assert "40% aan het werk" in text
    assert "75% aan het werk" in text
    assert "0,3 keer een regel niet gehouden" in text
    school.do("fatima", group_commands.drop_observation, made)
    assert [row.on_task for row in school.do("fatima", group_reading.observations, group, YEAR)] == [8]
    with pytest.raises(Refused, match="gaat niet door"):
        school.do("fatima", group_commands.make_observation, made, **SEEN)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [({"looks": 0}, "1 tot en met 120"), ({"on_task": 21}, "zo vaak als je keek"), ({"breaches": -1}, "0 tot en met")],
)
def test_numbers_that_cannot_be_seen_are_refused_with_a_sentence(school, group, changed, sentence):
    made = school.do("fatima", group_commands.plan_observation, group, day=THURSDAY, moment="before")
    with pytest.raises(Refused, match=sentence):
        school.do("fatima", group_commands.make_observation, made, **{**SEEN, **changed})
    form = {name: str(value) for name, value in {**SEEN, **changed}.items()}
    answer = school.client("fatima").post(f"/taakspel/observations/{made}", form)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_agreements_are_read_by_who_has_the_group_and_who_cares_for_it(school, group):
    held = {"day": MONDAY, "phase": "extension", "agreements": "We beginnen na de pauze.", "look_back_on": THURSDAY}
    made = school.do("hanneke", group_commands.hold_consultation, group, **held)
    path = f"/taakspel/consultations/{made}"
    for who in ("fatima", "hanneke", "marijke"):
        assert "We beginnen na de pauze." in page(school, group, path, who)
    assert school.client("bas").get(path).status_code == 404
    assert "Klassenconsultatie" not in page(school, group, who="bas")
    assert "Kijk terug op de afspraken" in school.client("fatima").get("/").text
    school.client("fatima").post(path, {"kept": "partly"})
    assert "Kijk terug op de afspraken" not in school.client("fatima").get("/").text
    with pytest.raises(Refused, match="al teruggekeken"):
        school.do("fatima", group_commands.look_back_on_agreements, made, kept="yes")
    with pytest.raises(Refused, match="na de consultatie"):
        school.do("fatima", group_commands.hold_consultation, group, **{**held, "look_back_on": MONDAY})


def test_who_teaches_a_group_hears_what_was_agreed_there_without_a_word_of_it(school, group):
    held = {"day": MONDAY, "phase": "extension", "agreements": "We beginnen na de pauze.", "look_back_on": None}
    school.do("fatima", group_commands.hold_consultation, group, **held)
    fatima = school.client("fatima")
    assert "Niets nieuws" in fatima.get("/notices/").text
    made = school.do("hanneke", group_commands.hold_consultation, group, **held)
    told = fatima.get("/notices/").text
    assert "Er zijn afspraken gemaakt na een bezoek aan je klas" in told
    assert "na de pauze" not in told
    [path] = re.findall(r'action="(/notices/\d+)"', told)
    assert fatima.post(path, {}, shown="/notices/").location == f"/taakspel/consultations/{made}"
    for who in ("bas", "hanneke"):
        assert "Niets nieuws" in school.client(who).get("/notices/").text
    school.disable("taakspel")
    assert "afspraken" not in fatima.get("/notices/").text


def test_a_week_is_rewarded_when_a_team_won_all_its_games(school, group, teams):
    school.do("fatima", group_commands.agree_on_week, group, monday=MONDAY, reward="cook")
    week = school.do("fatima", group_reading.week_of, group, MONDAY).week
    with pytest.raises(Refused, match="Nog geen team"):
        school.do("fatima", group_commands.give_week_reward, week)
    play(school, group, MONDAY)
    play(school, group, MONDAY + timedelta(days=1), loses=1)
    assert school.do("fatima", group_reading.week_winners, group, MONDAY) == ["moons"]
    for path in ("/", "/taakspel/groups/{}", "/taakspel/groups/{}/week", "/taakspel/groups/{}/poster"):
        assert "samen iets lekkers maken" in page(school, group, path).lower()
    assert "Geef de weekbeloning" in school.client("fatima").get("/").text
    school.client("fatima").post(f"/taakspel/weeks/{week}/give", {}, f"/taakspel/groups/{group}/week")
    assert "Geef de weekbeloning" not in school.client("fatima").get("/").text


def test_the_reward_of_a_week_is_agreed_beforehand(school, group, teams):
    play(school, group, MONDAY)
    with pytest.raises(Refused, match="vooraf"):
        school.do("fatima", group_commands.agree_on_week, group, monday=MONDAY, reward="cook")
    school.client("fatima").post(f"/taakspel/groups/{group}/week", {"reward": "film"})
    school.client("fatima").post(f"/taakspel/groups/{group}/week", {"reward": "cook"})
    assert school.do("fatima", group_reading.week_of, group, MONDAY + WEEK).reward == "cook"


def test_a_rebuild_says_the_same_and_switching_off_and_on_keeps_all(school, group, teams):
    made = school.do("fatima", group_commands.plan_observation, group, day=THURSDAY, moment="after")
    school.do("fatima", group_commands.make_observation, made, **SEEN)
    school.do("fatima", group_commands.agree_on_week, group, monday=MONDAY, reward="cook")
    before = school.rows(AroundGames())
    assert len(before) == 2
    school.rebuild(AroundGames())
    assert school.rows(AroundGames()) == before
    school.disable("taakspel")
    school.enable("taakspel")
    assert school.rows(AroundGames()) == before
    assert "75% aan het werk" in page(school, group)


def test_switched_on_in_the_third_year_nothing_is_made_up(school):
    """Two school years of other things happened there, and Taakspel has nothing to say about them."""
    with time_machine.travel("2024-09-02 09:00+02:00", tick=True):
        late = school.next_door(enabled=["kanjertraining", "patterns"])
    there = late.groups["6a"]
    for year in (2024, 2025, 2026):
        with time_machine.travel(f"{year}-10-06 12:00+02:00", tick=True):
            facts = {"kinds": ["quarrel"], "account": "Ze trokken allebei aan de bal.", "happened_at": clock.now()}
            noor = Involvement(late.people["noor"], "victim")
            late.do("fatima", report_incident, **facts, group_id=there, place="playground", involved=[noor])
    offered = late.client("marijke").get("/school/plugins/taakspel").text
    assert "Er is nog niets vastgelegd dat dit onderdeel laat zien." in offered
    late.enable("taakspel")
    assert [late.rows(each) for each in (Games(), Divisions(), AroundGames())] == [[], [], []]
    for path in (*PAGES, "/taakspel/", *(f"{PAGES[0]}?year={year}" for year in (2024, 2025))):
        text = page(late, there, path).split("<main", 1)[1].split("</main")[0]
        assert "%" not in text
        assert "Sterren" not in text
    assert "Taakspel:" not in late.client("fatima").get(f"/chronology/groups/{there}").text
    assert "taakspel" not in {each.partition(".")[0] for each in names_of(late.facts())}


def names_of(facts) -> set[str]:
    return {registry.of_class(type(fact)).name for fact in facts}


def test_no_event_around_games_is_about_a_pupil():
    """Observations and agreements are of a group: there is no field for a child (facts, section 13, 18)."""
    kinds = [kind for kind in registry if kind.aggregate in (Observation, Consultation, Week)]
    fields = {field for kind in kinds for field in kind.payload.__struct_fields__}
    assert len(kinds) == 8
    assert "group_id" in fields
    assert not {field for field in fields if any(word in field for word in FORBIDDEN)}


def test_nobody_watched_or_visited_a_class_tomorrow(school, group):
    tomorrow = school.do("fatima", today) + timedelta(days=1)
    made = school.do("fatima", group_commands.plan_observation, group, day=tomorrow, moment="before")
    with pytest.raises(Refused, match="Deze dag komt nog"):
        school.do("fatima", group_commands.make_observation, made, **{**SEEN, "day": tomorrow})
    held = {"phase": "extension", "agreements": "We beginnen na de pauze.", "look_back_on": None}
    with pytest.raises(Refused, match="Deze dag komt nog"):
        school.do("hanneke", group_commands.hold_consultation, group, day=tomorrow, **held)
