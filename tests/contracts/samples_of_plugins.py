"""One of everything that the bundled plugins keep, made at the school where somebody acts."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from intranet.api import SchoolYear, school_calendar

WARNED_ON = date(2026, 10, 19)


def of_patterns(log: Any, owner: UUID, about: UUID) -> dict[str, UUID]:
    """A measure, a quiet week, and a rule that has warned."""
    from intranet.people.today import today
    from plugins.patterns.commands import propose_measure, switch_on_rule
    from plugins.patterns.events import Rule
    from plugins.patterns.quiet import decide_quiet_week, weeks_to_decide

    later = today() + timedelta(days=30)
    measure = propose_measure(text="Samen kijken.", pattern={"place": "gym"}, owner_id=owner, evaluate_on=later)
    rule, warning = log.get(Rule, switch_on_rule(who="pupil", kinds=["theft"], times=9, days=1)), uuid4()
    rule.warn(warning_id=warning, person_id=about, group_id=None, place=None, day=WARNED_ON, happenings=())
    log.save(rule)
    quiet = decide_quiet_week(group_id=None, monday=weeks_to_decide()[0], looked=["breaks"])
    return {"measure_id": measure, "rule_id": rule.id, "warning_id": warning, "quiet_week_id": quiet}


def of_kanjertraining(group: UUID, person: UUID) -> dict[str, UUID]:
    """A programme of last year and one of this year with a lesson, that lesson in a plan, and what goes with it."""
    from intranet.people.today import today
    from plugins.kanjertraining import commands, school_commands
    from plugins.kanjertraining.events import Topic

    year, later = SchoolYear.of(today()), today() + timedelta(days=90)
    commands.draw_programme(title="Vorig jaar", school_year=year.previous.begins, year_groups=("8",))
    programme = commands.draw_programme(title="Samen", school_year=year.begins, year_groups=("6",))
    topic = commands.add_topic(programme, Topic(1, "Samen beginnen", None, (), None))
    day = school_calendar().after(year.first + timedelta(days=30), 1)
    return {
        "programme_id": programme,
        "topic_id": topic,
        "lesson_id": commands.plan_lesson(
            group, kind="preventive", day=day, teacher_id=person, topic=(programme, topic)
        ),
        "licence_id": school_commands.record_licence(
            person_id=person, level="a", issued_on=today(), valid_until=later, at_this_school=True, evidence=None
        ),
        "window_id": school_commands.open_window(wave="autumn", year_groups=("6",), first=today(), last=later),
        "line_id": school_commands.word_line("agreement", number=1, text="Iedereen hoort erbij."),
    }


def of_taakspel(group: UUID) -> dict[str, UUID]:
    """A group in two teams, a game and the reward of a week that they agreed on, and what is seen around those."""
    from intranet.people.commands import register_person
    from intranet.people.today import today
    from plugins.taakspel import commands, group_commands, group_reading

    names = {1: "stars", 2: "moons"}
    members = {
        register_person(kind="pupil", given_name="Kind", family_name=name, group_id=group): team
        for team, name in names.items()
    }
    commands.make_teams(group, names=names, members=members)
    game = commands.plan_game(
        group, lesson="reading", variant="lesson", phase="extension", rules=("listen",), cards=3, minutes=20,
        reward="music",
    )  # fmt: skip
    day = today()
    monday = group_reading.this_monday()
    group_commands.agree_on_week(group, monday=monday, reward="film")
    return {
        "game_id": game,
        "observation_id": group_commands.plan_observation(group, day=day, moment="before"),
        "consultation_id": group_commands.hold_consultation(
            group, day=day, phase="extension", agreements="We beginnen na de pauze.", look_back_on=None
        ),
        "week_id": group_reading.week_of(group, monday).week,
    }
