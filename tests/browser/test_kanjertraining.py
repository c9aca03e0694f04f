"""Kanjertraining as people use it: a lesson recorded on a phone, a lesson moved with keys and by dragging."""

from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from intranet.api import SchoolYear, school_calendar
from intranet.people.today import today
from intranet.testing import School
from plugins.kanjertraining import commands, reading
from plugins.kanjertraining.events import Topic
from tests.browser.conftest import Live

K = "/kanjertraining"


@pytest.fixture
def small_school(app) -> School:
    return School(app, enabled=["kanjertraining"])


@pytest.fixture
def sign_in(small_school: School, live: Live, context: BrowserContext):
    """Put somebody's session in the browser."""

    def put(given: str) -> None:
        client = small_school.sign_in(live.app.test_client(), given)
        for cookie in client._cookies.values():
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live.url}])

    return put


@pytest.fixture
def lesson(small_school: School) -> UUID:
    """A lesson of group 6a that was yesterday, and another one later in the year."""
    school = small_school
    with school.app.app_context():
        now = today()
    year = SchoolYear.of(now)
    programme = school.do(
        "marijke", commands.draw_programme, title="Groep 6", school_year=year.begins, year_groups=["6"]
    )
    topic = school.do("marijke", commands.add_topic, programme, Topic(1, "Samen beginnen", None, (), None))
    day = school.do("marijke", lambda: school_calendar().before(max(now, year.first + timedelta(days=9)), 1))
    return school.do(
        "marijke", commands.plan_lesson, school.groups["6a"], kind="preventive", day=day,
        teacher_id=school.people["fatima"], topic=(programme, topic),
    )  # fmt: skip


def row_of(school: School, lesson: UUID):
    return school.do("fatima", reading.lesson_row, lesson)


def test_a_teacher_on_a_phone_records_that_a_lesson_was_given(
    page: Page, sign_in, small_school, lesson, assert_accessible, assert_no_sideways_scroll
):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in("fatima")
    page.goto("/")
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.locator(".top").bounding_box()["height"] <= 64, "The bar at the top takes two lines."
        assert page.get_by_role("banner").get_by_role("link", name="Geborgen").count() == 1
    page.get_by_role("link", name="Kanjerles vastleggen").click()
    page.get_by_role("link", name="Samen beginnen").click()
    page.get_by_text("Geheimen waarover je moet praten").click()
    page.get_by_label("Wat viel op?").fill("De groep deed goed mee.")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("button", name="Leg vast: gegeven").click()
    expect(page.get_by_text("Vastgelegd: de les is gegeven.")).to_be_visible()
    expect(page.get_by_text("De groep deed goed mee.")).to_be_visible()
    assert row_of(small_school, lesson).state == "given"
    page.goto(f"{K}/groups/{small_school.groups['6a']}")
    expect(page.get_by_role("table")).to_be_hidden()
    expect(page.get_by_role("link", name="Samen beginnen")).to_be_visible()


def test_a_lesson_is_moved_with_keys_alone(page: Page, sign_in, small_school, lesson):
    sign_in("marijke")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{K}/groups/{small_school.groups['6a']}")
    page.get_by_role("link", name="Samen beginnen").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Verplaats").focus()
    page.keyboard.press("Enter")
    to = small_school.do("marijke", lambda: school_calendar().after(row_of(small_school, lesson).day, 3))
    # The order of day and month in the field is that of the machine: what is typed is put in as a whole.
    page.get_by_label("Naar welke dag?").fill(to.isoformat())
    page.keyboard.press("Enter")
    expect(page.get_by_text("Verplaatst naar")).to_be_visible()
    assert row_of(small_school, lesson).day == to


def test_a_lesson_is_dragged_to_another_week(page: Page, sign_in, small_school, lesson):
    sign_in("marijke")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{K}/groups/{small_school.groups['6a']}")
    was = row_of(small_school, lesson).day
    monday = was - timedelta(days=was.weekday()) + timedelta(weeks=1)
    page.get_by_role("link", name="Samen beginnen").drag_to(page.locator(f'[data-week="{monday.isoformat()}"]'))
    expect(page.get_by_text("Verplaatst naar")).to_be_visible()
    moved = row_of(small_school, lesson).day
    assert (moved.isocalendar().week, moved.weekday()) == (monday.isocalendar().week, was.weekday())
