"""What the practice school did with Kanjertraining: programmes, year plans, lessons given and missed, licences."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from intranet.api import DemoSchool, DemoStory, SchoolYear, log

from . import commands, reading, school_commands
from .events import CURATIVE, GIVEN, PARENTS, PLANNED, PREVENTIVE, Topic
from .planning import EVENLY
from .school_events import AGREEMENT, THEME, Licence
from .words import SHIPPED_THEMES

COORDINATOR = "kanjertraining.coordinator"
SECRETS, ADVISER, OUTSIDE = SHIPPED_THEMES
AGREEMENTS = (
    "Iedereen hoort erbij",
    "We zeggen het als iets niet fijn is",
    "We lachen met elkaar, niet om elkaar",
    "We helpen waar dat kan",
    "We stoppen als iemand stop zegt",
)
BANDS: tuple[tuple[tuple[str, ...], tuple[tuple[str, UUID | None], ...]], ...] = (
    (("1", "2"), (
        ("Zo heet ik en dit vind ik leuk", None), ("Samen spelen, samen opruimen", None),
        ("Fijne geheimen en nare geheimen", SECRETS), ("Blij, boos, bang en verdrietig", None),
        ("Wachten op je beurt", None), ("Stop, ik vind dit niet leuk", None),
        ("Wie helpt jou op school?", ADVISER), ("Het weer goedmaken", None), ("Iemand troosten", None),
        ("Wie helpt jou als je niet op school bent?", OUTSIDE),
    )),
    (("3", "4"), (
        ("Onze groep, onze afspraken", None), ("Luisteren met je hele lijf", None),
        ("Een geheim dat zwaar voelt", SECRETS), ("Een complimentje dat klopt", None),
        ("Wat doe je als je boos bent?", None), ("Meedoen zonder de baas te zijn", None),
        ("De vertrouwenspersoon komt langs", ADVISER), ("Sorry zeggen en het menen", None),
        ("Anders zijn is gewoon", None), ("Naar wie ga je buiten school?", OUTSIDE), ("Trots op jezelf", None),
    )),
    (("5", "6"), (
        ("Een goede start met elkaar", None), ("Eerlijk zeggen wat je ziet", None),
        ("Zwijgen of praten?", SECRETS), ("Grapje of niet?", None), ("Erbij horen en buitensluiten", None),
        ("Opkomen voor jezelf en voor een ander", None),
        ("Bij wie kun je terecht?", ADVISER), ("Samenwerken als het lastig wordt", None),
        ("Aardig zijn in de groepsapp", None), ("Hulp zoeken buiten school", OUTSIDE), ("Vooruitkijken", None),
    )),
    (("7", "8"), (
        ("Wie zijn wij dit jaar?", None), ("Respect zonder gelijk te krijgen", None),
        ("Geheimen waar je niet alleen mee loopt", SECRETS), ("Wat doet een omstander?", None), ("Groepsdruk", None),
        ("Online en offline dezelfde", None), ("In gesprek met de vertrouwenspersoon", ADVISER),
        ("Omgaan met kritiek", None), ("Verliefd, gevoelens en grenzen", None),
        ("Wie helpt er buiten school?", OUTSIDE), ("Klaar voor een nieuwe plek", None),
    )),
)  # fmt: skip
REMARKS = (
    "De groep deed goed mee. Bij het rollenspel was het even zoeken.",
    "Mooi gesprek. We komen hier volgende week op terug.",
    "Onrustig na de pauze. De tweede helft ging beter.",
    "Ze bedachten zelf voorbeelden van het plein.",
    "Kort gehouden. De oefening in tweetallen doen we nog een keer.",
    "Veel om gelachen, en daarna werd het serieus.",
    "We hebben de afspraak op het bord gezet. De kinderen wezen elkaar er zelf op.",
)
NOTES = ("De schoolfotograaf kwam langs.", "We oefenden voor de voorstelling.", "De sportdag werd verzet.")
WEEKDAYS = {"1/2a": 1, "1/2b": 2, "3a": 2, "3/4b": 4, "4a": 3, "5a": 2, "5/6b": 1, "6a": 4, "7a": 2, "8a": 3}
NOT_YET = timedelta(days=9)
"""Of lessons of the last days not all are written down yet."""


def history(school: DemoSchool) -> list[DemoStory]:
    """Return the stories: the coordinator's own, one of each group, licences, and the group that needed more."""
    groups = [_group(school, name, number) for number, name in enumerate(school.groups)]
    return [_coordinator(school), _licences(school), *groups, _extra(school), _mending(school)]


def _keeper(school: DemoSchool) -> UUID:
    """Return who is the coordinator: somebody who teaches group 5."""
    return school.teachers("5a")[0]


def _coordinator(school: DemoSchool) -> DemoStory:
    """Programmes are typed in once and taken over after that; KanVAS is planned twice a year."""
    school.give_duty(_keeper(school), COORDINATOR)
    for number, year in enumerate(school.years):
        days = school.days(year)
        yield school.at(days[0], 10)
        with school.acting_as(_keeper(school)):
            if number:
                commands.copy_programmes(year)
            else:
                with log.unit_of_work():
                    _draw_all(year)
            for wave, month in (("autumn", 11), ("spring", 4)):
                first = school.calendar.after(date(year.begins + (month < 8), month, 2), 3)
                school_commands.open_window(
                    wave=wave, year_groups=tuple("12345678"), first=first, last=school.calendar.after(first, 14)
                )


def _draw_all(year: SchoolYear) -> None:
    for number, text in enumerate(AGREEMENTS, 1):
        school_commands.word_line(AGREEMENT, number=number, text=text)
    school_commands.word_line(THEME, number=1, text="Omgaan met elkaar online")
    for groups, topics in BANDS:
        title = f"Lessen voor groep {groups[0]} en {groups[1]}"
        programme = commands.draw_programme(title=title, school_year=year.begins, year_groups=groups)
        for number, (name, theme) in enumerate(topics, 1):
            commands.add_topic(
                programme,
                Topic(
                    number, name, f"Map groep {groups[0]}-{groups[1]}, blad {number}", (theme,) if theme else (), None
                ),
            )


def _licences(school: DemoSchool) -> DemoStory:
    """Most teachers have one; one ends soon, one ended, one stands in the name of another school, and two have none."""
    teachers = list(dict.fromkeys(person for name in school.groups for person in school.teachers(name)))
    yield school.at(school.days()[2], 15)
    with school.acting_as(school.staff("head_teacher")[0]):
        for number, person in enumerate(teachers[:-2]):
            issued = school.first - timedelta(days=200 + 11 * number)
            until = school.last + timedelta(days=380 + 9 * number)
            if number == 2:
                until = school.last + timedelta(days=61)
            elif number == 5:
                until = school.last - timedelta(days=24)
            school_commands.record_licence(
                person_id=person,
                level="abc"[number % 3],
                issued_on=issued,
                valid_until=until,
                at_this_school=number != 7,
                evidence="Personeelsdossier, kast directie",
            )


def _group(school: DemoSchool, name: str, number: int) -> DemoStory:
    """Each group makes its plan in the first week and gives its lessons; not everything goes as planned."""
    group, draw = school.groups[name], school.draw
    for year in school.years:
        days = school.days(year)
        if len(days) < 12:
            return
        yield school.at(days[1], 15, 5 + number)
        with school.acting_as(_keeper(school)):
            source = next(row.programme for row in reading.programmes(year.begins) if name[0] in row.year_groups)
            teacher = school.teachers(name)[0]
            commands.make_plan(
                group,
                source,
                school_year=year.begins,
                weekday=WEEKDAYS[name],
                first=days[4],
                pace=EVENLY,
                teacher_id=teacher,
            )
            if name in ("3a", "6a", "8a"):
                evening = school.calendar.after(date(year.begins, 11, 10), 1 + number)
                commands.plan_lesson(group, kind=PARENTS, day=evening, teacher_id=teacher)
            rows = [row for row in reading.lessons(year.begins, group) if row.state == PLANNED]
            topics = reading.topics_of({row.programme for row in rows if row.programme})
        for row in rows:
            yield school.at(row.day, 14, draw.randrange(5, 55))
            yield from _lesson(school, row, topics.get(row.topic), name)


def _lesson(school: DemoSchool, row: Any, topic: Any, name: str) -> Iterator[Any]:
    """One lesson: mostly given on its day, sometimes a week later, now and then not at all."""
    draw, teacher = school.draw, row.teacher
    chance = draw.random()
    fresh = row.day > school.last - NOT_YET
    if fresh and chance < 0.5:
        return
    with school.acting_as(teacher):
        if chance > 0.95:
            reason = draw.choice(("absent", "made_room", "no_licence"))
            commands.skip_lesson(row.lesson, reason=reason, note=draw.choice(NOTES) if reason == "made_room" else None)
            return
        if chance > 0.88:
            later = school.calendar.after(row.day, 5)
            if SchoolYear.of(later).begins == row.school_year:
                commands.move_lesson(row.lesson, day=later, teacher_id=teacher)
                yield school.at(later, 14, draw.randrange(5, 55))
    with school.acting_as(teacher):
        commands.give_lesson(
            row.lesson,
            day=reading.lesson_row(row.lesson).day,
            given_by=teacher,
            agreement_id=draw.choice(reading.lines(AGREEMENT))[0] if draw.random() < 0.7 else None,
            themes=topic.themes if topic else (),
            remark=draw.choice(REMARKS) if draw.random() < 0.45 else None,
        )
        if chance < 0.04 and row.kind == PREVENTIVE:
            again = school.calendar.after(row.day, 8)
            if SchoolYear.of(again).begins == row.school_year and again <= school.last:
                repeat = commands.repeat_lesson(row.lesson, day=again, teacher_id=teacher)
            else:
                return
        else:
            return
    yield school.at(again, 13, 50)
    with school.acting_as(teacher):
        commands.give_lesson(
            repeat, day=again, given_by=teacher, agreement_id=None, themes=(), remark=draw.choice(REMARKS)
        )


def _extra(school: DemoSchool) -> DemoStory:
    """Group 6a needed more last autumn: two extra lessons, decided by the coordinator with the teacher."""
    group, teacher = school.groups["6a"], school.teachers("6a")[0]
    begun = school.days()[-22]
    yield school.at(begun, 16)
    with school.acting_as(_keeper(school)):
        lessons = [
            commands.plan_lesson(group, kind=CURATIVE, day=school.calendar.after(begun, number), teacher_id=teacher)
            for number in (6, 11)
        ]
    for lesson, number in zip(lessons, (6, 11), strict=True):
        day = school.calendar.after(begun, number)
        yield school.at(day, 11, 40)
        with school.acting_as(teacher):
            commands.give_lesson(
                lesson, day=day, given_by=teacher, agreement_id=None, themes=(), remark=school.draw.choice(REMARKS)
            )


def _mending(school: DemoSchool) -> DemoStory:
    """What is entered is put right now and then: a programme, a lesson, a licence, a window, an agreement."""
    keeper, year = _keeper(school), school.years[0]
    days = school.days(year)
    yield school.at(days[20], 16, 10)
    with school.acting_as(keeper):
        twice = commands.draw_programme(title="Lessen groep 8", school_year=year.begins, year_groups=("8",))
        topic = commands.add_topic(twice, Topic(1, "Wie zijn wij?", None, (), None))
        commands.change_topic(twice, topic, Topic(1, "Wie zijn wij dit jaar?", None, (), None))
        commands.change_programme(twice, title="Lessen voor groep 7 en 8", year_groups=("7", "8"))
        commands.remove_topic(twice, topic)
        commands.drop_programme(twice)
    yield school.at(days[40], 15, 20)
    with school.acting_as(keeper):
        window = reading.windows()[-1]
        _change_window(window, days[-60])
        spare = school_commands.open_window(wave="spring", year_groups=("1", "2"), first=days[-50], last=days[-45])
        school_commands.remove_window(spare)
        line, number, _text = reading.lines(AGREEMENT)[1]
        school_commands.reword_line(line, number=number, text="We zeggen het als iets niet fijn voelt")
        extra = school_commands.word_line(THEME, number=2, text="Samen op kamp")
        school_commands.retire_line(extra)
    yield school.at(days[60], 12, 15)
    teacher, group = school.teachers("7a")[0], school.groups["7a"]
    with school.acting_as(teacher):
        given = [row for row in reading.lessons(year.begins, group) if row.state == GIVEN][-1]
        commands.take_back(given.lesson)
        commands.withdraw_lesson(given.lesson)
    with school.acting_as(school.staff("head_teacher")[0]):
        row = reading.licences(school.teachers("1/2a")[0])[0]
        _level, issued, until, here, _evidence = log.get(Licence, row.licence).facts
        school_commands.change_licence(
            row.licence, level="b", issued_on=issued, valid_until=until, at_this_school=here, evidence="Kluis directie"
        )
        wrong = school_commands.record_licence(
            person_id=school.teachers("8a")[0], level="a", issued_on=issued, valid_until=until, at_this_school=True,
            evidence=None,
        )  # fmt: skip
        school_commands.withdraw_licence(wrong, "Het bewijs was van een collega.")


def _change_window(row: Any, first: date) -> None:
    school_commands.change_window(
        row.window,
        wave=row.wave,
        year_groups=tuple(row.year_groups.split()),
        first=first,
        last=first + timedelta(days=18),
    )
