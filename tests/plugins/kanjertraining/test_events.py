"""The rules of programmes, lessons, licences, windows and words; and that nothing of it can be about a pupil."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

import plugins.kanjertraining as plugin
from intranet.api import Refused
from plugins.kanjertraining.events import MOST_TOPICS, Lesson, Programme, Topic
from plugins.kanjertraining.projections import Lessons, Licences, Lines, Programmes, Windows
from plugins.kanjertraining.school_events import Licence, Line, Window
from tests.contracts.golden import FILE as GOLDEN
from tests.plugins.kanjertraining.conftest import DAY, TODAY

TUESDAY = date(2026, 11, 24)
SAMEN = Topic(1, "Samen", None, (), None)


def drawn(**facts) -> Programme:
    return Programme.draw(**{"title": "Groep 6", "school_year": 2026, "year_groups": ("6",), **facts})


def lesson(**facts) -> Lesson:
    return Lesson.plan(**{"group_id": uuid4(), "day": TUESDAY, **facts})


def give(planned: Lesson, day: date = TUESDAY, **facts) -> None:
    usual = {"given_by": uuid4(), "agreement_id": None, "themes": (), "remark": None, "today": TODAY}
    planned.give(day=day, **{**usual, **facts})


@pytest.mark.parametrize("facts", [{"title": " "}, {"year_groups": ()}, {"year_groups": ("9",)}])
def test_a_programme_has_a_title_and_year_groups(facts):
    with pytest.raises(Refused):
        drawn(**facts)


@pytest.mark.parametrize(("topic", "sentence"), [
    (SAMEN._replace(title=""), "hoe de les heet"),
    (SAMEN._replace(number=0), "vanaf 1"),
    (SAMEN._replace(day=date(2026, 7, 31)), "niet in dit schooljaar"),
])  # fmt: skip
def test_a_lesson_of_a_programme_has_a_title_a_number_and_a_day_of_that_year(topic, sentence):
    programme = drawn()
    with pytest.raises(Refused, match=sentence):
        programme.add(uuid4(), topic)


def test_a_programme_has_an_end():
    programme = drawn()
    for _ in range(MOST_TOPICS):
        programme.add(uuid4(), SAMEN)
    with pytest.raises(Refused, match="hoogstens 60"):
        programme.add(uuid4(), SAMEN)
    programme.drop()
    for do in (programme.drop, lambda: programme.change(next(iter(programme.topics)), SAMEN._replace(number=2))):
        with pytest.raises(Refused, match="weggehaald"):
            do()


def test_what_stays_the_same_records_nothing():
    programme, topic = drawn(), uuid4()
    programme.add(topic, SAMEN)
    planned = lesson()
    size = programme.version, planned.version
    programme.rename(title="Groep 6", year_groups=("6",))
    programme.change(topic, SAMEN)
    planned.move(day=TUESDAY, teacher_id=None)
    assert (programme.version, planned.version) == size


def test_a_lesson_is_given_on_a_day_that_came_in_its_own_year():
    for day in (TODAY + DAY, date(2026, 7, 1)):
        with pytest.raises(Refused):
            give(lesson(), day)
    planned = lesson()
    give(planned)
    for again in (lambda: give(planned), lambda: planned.move(day=TUESDAY + DAY, teacher_id=None), planned.withdraw):
        with pytest.raises(Refused, match="al gegeven"):
            again()
    planned.take_back()
    give(planned, remark="Rustig.")
    assert planned.remark == "Rustig."


def test_a_lesson_is_skipped_with_a_reason_and_can_be_planned_again():
    planned = lesson()
    for reason, note in (("geen zin", None), ("other", " ")):
        with pytest.raises(Refused, match="waarom"):
            planned.skip(reason=reason, note=note)
    planned.skip(reason="absent", note=None)
    with pytest.raises(Refused):
        planned.skip(reason="absent", note=None)
    planned.move(day=TUESDAY + 7 * DAY, teacher_id=None)
    assert planned.state == "planned"
    with pytest.raises(Refused, match="niet in dit schooljaar"):
        planned.move(day=date(2027, 9, 1), teacher_id=None)
    planned.withdraw()
    with pytest.raises(Refused):
        give(planned)


def test_nothing_is_taken_back_that_was_not_done():
    with pytest.raises(Refused, match="nog niet"):
        lesson().take_back()
    with pytest.raises(Refused, match="wat voor les"):
        lesson(kind="nice")


LICENCE = {"level": "a", "issued_on": TODAY, "valid_until": TODAY + DAY, "at_this_school": True, "evidence": None}


def test_a_licence_has_a_level_and_days_in_order():
    for wrong in ({"level": "z"}, {"valid_until": TODAY - DAY}):
        with pytest.raises(Refused):
            Licence.record(person_id=uuid4(), **{**LICENCE, **wrong})
    licence = Licence.record(person_id=uuid4(), **LICENCE)
    licence.change(**LICENCE)
    assert licence.version == 1
    with pytest.raises(Refused, match="waarom"):
        licence.withdraw(" ")
    licence.withdraw("Van school.")
    for again in (lambda: licence.withdraw("x"), lambda: licence.change(**LICENCE)):
        with pytest.raises(Refused, match="al weggehaald"):
            again()


def test_a_window_ends_after_it_begins():
    usual = {"wave": "autumn", "year_groups": ("5", "6"), "first": TODAY, "last": TODAY + 14 * DAY}
    for wrong in ({"wave": "winter"}, {"year_groups": ()}, {"last": TODAY - DAY}):
        with pytest.raises(Refused):
            Window.open(**{**usual, **wrong})
    window = Window.open(**usual)
    window.remove()
    for again in (window.remove, lambda: window.change(**usual)):
        with pytest.raises(Refused, match="weggehaald"):
            again()


def test_words_are_words():
    for wrong in ({"kind": "cap"}, {"text": " "}, {"number": 0}):
        with pytest.raises(Refused):
            Line.word(**{"kind": "theme", "number": 1, "text": "Online", **wrong})
    line = Line.word(kind="theme", number=1, text="Online")
    line.retire()
    for again in (line.retire, lambda: line.reword(number=1, text="Anders")):
        with pytest.raises(Refused, match="al weggehaald"):
            again()


CAPS = set(
    "cap pet kleur colour color zwart geel rood wit black yellow red white vlerk aap konijn tijger monkey rabbit tiger"
    " label type kwadrant quadrant".split()
)
OF_STAFF = {"person_id", "given_by", "teacher_id"}
IDS = {"group_id", "programme_id", "topic_id", "agreement_id", "copied_from", "repeats", "themes", *OF_STAFF}


def fields() -> dict[str, set[str]]:
    """Return the fields of every event of the plugin, by its name in the log."""
    found = {}
    for row in GOLDEN.read_text().splitlines():
        name, *stored = row.split(" ")
        if name.startswith("kanjertraining."):
            found[name] = {each.partition(":")[0] for each in stored}
    return found


def test_there_is_no_field_for_a_cap_of_a_child():
    """A cap is behaviour and no label: no event, table, form or word of the plugin has a place for it (facts 13.18)."""
    assert len(fields()) > 15
    names = {field for stored in fields().values() for field in stored}
    names |= {
        column.name
        for projection in (Programmes, Lessons, Licences, Windows, Lines)
        for table in projection.tables
        for column in table.columns
    }
    parts = {part for name in names for part in name.split("_")}
    assert parts.isdisjoint(CAPS)


def test_no_event_names_a_pupil():
    """Whoever an event names works here: the forms offer colleagues, and nobody else can be sent (see the pages)."""
    hints = [line for line in GOLDEN.read_text().splitlines() if line.startswith("kanjertraining.")]
    ids = {each.partition(":")[0] for line in hints for each in line.split(" ")[1:] if "uuid" in each.partition(":")[2]}
    assert ids == IDS


def test_no_word_of_the_caps_stands_in_the_plugin():
    folder = Path(plugin.__file__).parent
    sources = [path for kind in ("*.py", "*.html", "*.po") for path in folder.rglob(kind)]
    assert len(sources) > 30
    for path in sources:
        words = path.read_text().casefold()
        for cap in ("zwarte pet", "gele pet", "rode pet", "witte pet", "pestvogel", "vlerk", "tijger", "aapje"):
            assert cap not in words, (path.name, cap)


def test_the_shipped_themes_keep_their_ids():
    from plugins.kanjertraining.words import SHIPPED_THEMES

    assert next(iter(SHIPPED_THEMES)) == UUID("6f0e7c52-3f0b-4d0e-9c36-0a5d3f2b8a11")
