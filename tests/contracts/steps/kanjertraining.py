"""Kanjertraining: a programme, by hand and from a file; a year plan, its lessons; licences, windows, words."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.contracts.steps.filling_in import support_staff, taken_out, today
from tests.contracts.steps.keeping import id_in
from tests.contracts.story import Step, Story, Values

K = "/kanjertraining"
KEEPER = "kanjertraining.coordinator"


def _newest(table: str, column: str, argument: str) -> Callable[[Story, TestResponse], None]:
    """Keep the id of what was recorded last in a table of Kanjertraining, where no address leads to it."""

    def keep(story: Story, answer: TestResponse) -> None:
        from plugins.kanjertraining import projections

        rows = getattr(projections, table)
        before = story.known.setdefault(f"seen {table}", {story.board.kanjer.get(argument)})
        with story.board.log.read_engine.connect() as connection:
            found = set(connection.scalars(select(rows.c[column]).where(rows.c.school == story.board.school)))
        story.known[argument] = (found - before).pop()
        before |= found

    return keep


def _school_day(days: int) -> Callable[[Story], str]:
    def day(story: Story) -> str:
        from intranet.api import SchoolYear, school_calendar
        from intranet.people.today import today

        with story.board.acting_as(KEEPER):
            return school_calendar().after(SchoolYear.of(today()).first + timedelta(days=days), 1).isoformat()

    return day


def _lessons(story: Story) -> bytes:
    return f"les;groep\n{story.text('kanjertraining.LessonFileForm', 'file.title')};7\n".encode()


def _of_6a(story: Story) -> Values:
    story.known["group_id"] = story.board.groups["6a"]
    return {"day": _school_day(45), "teacher": "", "kind": "curative"}


def _year_plan(story: Story) -> Values:
    story.known["group_id"] = story.board.groups["6a"]
    source = f"p{UUID(story.known['programme_id']).hex}"
    return {"source": source, "pace": "evenly", "weekday": "2", "first": _school_day(20), "teacher": ""}


def _given(story: Story) -> Values:
    return {"day": today, "given_by": story.board.people["teacher"].hex}


def _line(kind: str) -> Callable[[Story], Values]:
    def given(story: Story) -> Values:
        story.known["kind"] = kind
        return {"number": "2"}

    return given


LICENCE = {"level": "b", "issued_on": "2026-01-10", "valid_until": "2028-01-10", "at_this_school": "y"}
WINDOW = {"wave": "spring", "year_groups": ["6", "7"], "first": "2027-04-05", "last": "2027-04-16"}

STEPS = (
    Step(
        f"{K}/programmes/new",
        KEEPER,
        lambda story: {"year_groups": ["5", "6"]},
        then=id_in(r"/programmes/(.+)", "programme_id"),
    ),
    Step(f"{K}/programmes/<uuid:programme_id>/change", KEEPER, lambda story: {"year_groups": ["6"]}),
    Step(
        f"{K}/programmes/<uuid:programme_id>/lessons",
        KEEPER,
        lambda story: {"number": "1"},
        then=_newest("topic", "topic", "topic_id"),
    ),
    Step(f"{K}/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>", KEEPER, lambda story: {"number": "2"}),
    Step(f"{K}/programmes/import", KEEPER, lambda story: {"file": _lessons}, then=id_in(r"/import/(.+)", "upload_id")),
    Step(f"{K}/programmes/import/<uuid:upload_id>/discard", KEEPER),
    Step(f"{K}/programmes/import", KEEPER, lambda story: {"file": _lessons}, then=id_in(r"/import/(.+)", "upload_id")),
    Step(f"{K}/programmes/import/<uuid:upload_id>", KEEPER),
    Step(f"{K}/programmes/copy", KEEPER),
    Step(f"{K}/groups/<uuid:group_id>/plan", KEEPER, _year_plan),
    Step(f"{K}/groups/<uuid:group_id>/lessons/new", "teacher", _of_6a, then=id_in(r"/lessons/(.+)", "lesson_id")),
    Step(f"{K}/lessons/<uuid:lesson_id>/move", "teacher", lambda story: {"day": _school_day(60), "teacher": ""}),
    Step(f"{K}/lessons/<uuid:lesson_id>/week", "teacher", lambda story: {"week": _school_day(75)}),
    Step(f"{K}/lessons/<uuid:lesson_id>/skip", "teacher", lambda story: {"reason": "other"}),
    Step(f"{K}/lessons/<uuid:lesson_id>/take-back", "teacher"),
    Step(f"{K}/lessons/<uuid:lesson_id>/give", "teacher", _given),
    Step(
        f"{K}/lessons/<uuid:lesson_id>/repeat",
        "teacher",
        lambda story: {"day": _school_day(90), "teacher": ""},
        then=id_in(r"/lessons/(.+)", "lesson_id"),
    ),
    Step(f"{K}/lessons/<uuid:lesson_id>/withdraw", "teacher"),
    Step(f"{K}/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>/remove", KEEPER),
    Step(f"{K}/programmes/<uuid:programme_id>/drop", KEEPER),
    Step(
        f"{K}/licences/new",
        KEEPER,
        lambda story: {**LICENCE, "person": support_staff(story)},
        then=_newest("licence", "licence", "licence_id"),
    ),
    Step(f"{K}/licences/<uuid:licence_id>", KEEPER, lambda story: LICENCE),
    Step(f"{K}/licences/<uuid:licence_id>/withdraw", KEEPER),
    Step(f"{K}/windows/new", KEEPER, lambda story: WINDOW, then=_newest("window", "window", "window_id")),
    Step(f"{K}/windows/<uuid:window_id>", KEEPER, lambda story: {**WINDOW, "year_groups": ["6"]}),
    Step(f"{K}/windows/<uuid:window_id>/remove", KEEPER),
    Step(f"{K}/agreements/new/<kind>", KEEPER, _line("agreement"), then=_newest("line", "line", "line_id")),
    Step(f"{K}/agreements/<uuid:line_id>", KEEPER, lambda story: {"number": "3"}),
    Step(f"{K}/agreements/<uuid:line_id>/retire", KEEPER),
    taken_out(f"{K}/lessons/export", "teacher"),
    taken_out(f"{K}/programmes/export", "teacher", names=False),
    taken_out(f"{K}/licences/export", KEEPER),
    taken_out(f"{K}/agreements/export", "teacher", names=False),
)  # fmt: skip
