"""What Kanjertraining tells who reviews the log: each event is a sentence without a word that somebody wrote."""

from datetime import date
from uuid import UUID

import pytest

from events.log.kinds import registry
from intranet.api import SchoolYear, Told
from plugins.kanjertraining import commands, plugin, reading, school_commands, telling
from plugins.kanjertraining.events import Topic
from plugins.kanjertraining.school_events import AGREEMENT, THEME
from plugins.kanjertraining.words import groups_in_words
from tests.plugins.kanjertraining.conftest import DAY, TODAY, YEAR, plan, programme

TOLD = Told("Esther", lambda _person: "een collega")
SENTENCES = [
    "Esther maakte een programma voor groep 6.",
    "Esther zette les 1 in een programma.",
    "Esther zette les 2 in een programma.",
    "Esther paste les 3 van een programma aan.",
    "Esther haalde een les uit een programma.",
    "Esther nam een programma van vorig jaar over voor groep 6.",
    "Esther zette les 3 in een programma.",
    "Esther paste een programma aan: groep 6 en 7.",
    "Esther haalde een programma weg.",
    "Esther plande een kanjerles voor groep 6a op 1 september 2026.",
    "Esther zette een kanjerles op 24 november 2026.",
    "Esther legde vast dat een collega een kanjerles gaf op 24 november 2026.",
    "Esther plande een herhaling voor groep 6a op 26 november 2026.",
    "Esther legde vast dat een kanjerles niet doorging: iets anders.",
    "Esther zette een kanjerles terug op gepland.",
    "Esther plande een ouderles voor groep 6a op 26 november 2026.",
    "Esther plande een kanjerles voor groep 6a op 26 november 2026.",
    "Esther haalde een kanjerles uit de planning.",
    "Esther legde een licentie van een collega vast, tot en met 27 november 2026.",
    "Esther paste een licentie aan: tot en met 28 november 2026.",
    "Esther liet een licentie niet meer tellen.",
    "Esther zette KanVAS van 26 november 2026 tot en met 27 november 2026 in de planning.",
    "Esther paste KanVAS aan: van 26 november 2026 tot en met 28 november 2026.",
    "Esther haalde een afname van KanVAS uit de planning.",
    "Esther zette een thema in de lijst.",
    "Esther zette een kanjerafspraak in de lijst.",
    "Esther zei een afspraak of thema anders.",
    "Esther haalde een afspraak of thema uit de lijst.",
]
"""Of an extra lesson it says no more than of any: why there is one is for who may read the case."""
WRITTEN = ("Geheim", "Mooi gesprek", "Brandoefening", "De kast van Henk", "Van school gegaan", "hoort erbij")


def everything(school) -> None:
    """Let everything happen that Kanjertraining records."""
    _programmes(school)
    _lessons(school)
    _kept_by_the_coordinator(school)


def _programmes(school) -> None:
    old = programme(school, ["Geheim", "Samen"], year=YEAR - 1)
    (first, second) = school.do("esther", reading.topics_of, [old])
    school.do("esther", commands.change_topic, old, first, Topic(3, "Geheimen", None, (), None))
    school.do("esther", commands.remove_topic, old, second)
    school.do("esther", commands.copy_programmes, SchoolYear(YEAR))
    school.do("esther", commands.change_programme, old, title="Groep 6 en 7", year_groups=["6", "7"])
    school.do("esther", commands.drop_programme, old)


def _lessons(school) -> None:
    (row,) = school.do("esther", reading.programmes, YEAR)
    plan(school, row.programme)
    (lesson,) = (row.lesson for row in school.do("esther", reading.lessons, YEAR, school.groups["6a"]))
    group, fatima = school.groups["6a"], school.people["fatima"]
    school.do("fatima", commands.move_lesson, lesson, day=date(2026, 11, 24), teacher_id=fatima)
    given = {"day": date(2026, 11, 24), "given_by": fatima, "agreement_id": None, "themes": ()}
    school.do("fatima", commands.give_lesson, lesson, **given, remark="Mooi gesprek.")
    again = school.do("fatima", commands.repeat_lesson, lesson, day=TODAY, teacher_id=None)
    school.do("fatima", commands.skip_lesson, again, reason="other", note="Brandoefening.")
    school.do("fatima", commands.take_back, lesson)
    for kind in ("parents", "curative"):
        made = school.do("esther", commands.plan_lesson, group, kind=kind, day=TODAY, teacher_id=None)
    school.do("esther", commands.withdraw_lesson, made)


def _kept_by_the_coordinator(school) -> None:
    def do(command, *arguments, **facts) -> UUID:
        return school.do("esther", command, *arguments, **facts)

    facts = {"level": "a", "issued_on": TODAY, "at_this_school": True, "evidence": "De kast van Henk"}
    fatima = school.people["fatima"]
    licence = do(school_commands.record_licence, person_id=fatima, valid_until=TODAY + DAY, **facts)
    do(school_commands.change_licence, licence, valid_until=TODAY + 2 * DAY, **facts)
    do(school_commands.withdraw_licence, licence, "Van school gegaan.")
    window = {"wave": "autumn", "year_groups": ["6"], "first": TODAY}
    opened = do(school_commands.open_window, last=TODAY + DAY, **window)
    do(school_commands.change_window, opened, last=TODAY + 2 * DAY, **window)
    do(school_commands.remove_window, opened)
    for kind in (THEME, AGREEMENT):
        line = do(school_commands.word_line, kind, number=1, text="Iedereen hoort erbij")
    do(school_commands.reword_line, line, number=2, text="Ieder hoort erbij")
    do(school_commands.retire_line, line)


def test_each_event_is_a_sentence_without_a_word_that_somebody_wrote(school):
    everything(school)
    facts = school.facts("kanjertraining")
    with school.app.test_request_context():
        school.app.preprocess_request()
        told = school.do("esther", lambda: [telling.describe(fact, TOLD).sentence for fact in facts])
    assert told == SENTENCES
    assert {registry.of_class(type(fact)).name for fact in facts} == set(plugin.manifest.event_labels)
    assert not any(word in sentence for sentence in told for word in WRITTEN)


@pytest.mark.parametrize(
    ("year_groups", "words"),
    [
        ("5", "groep 5"),
        ("1 2", "groep 1 en 2"),
        ("5 6 7 8", "groep 5 t/m 8"),
        (("3", "4", "6"), "groep 3, 4 en 6"),
        (("1", "8"), "groep 1 en 8"),
    ],
)
def test_year_groups_are_written_as_people_do(school, year_groups, words):
    with school.app.test_request_context():
        assert groups_in_words(year_groups) == words
