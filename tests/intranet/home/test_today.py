"""The start page: for everybody what is theirs, and numbers that are compared without calling more worse."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from events.log import clock
from events.log.context import acting
from intranet.home import today
from intranet.incidents import commands, listing
from intranet.incidents.readable import Reader
from tests.intranet.incidents.small_school import SmallSchool

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_a_monday_morning():
    with clock.told_at(NOW):
        yield


@pytest.fixture
def small_school(app):
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both):
    return SmallSchool(app_on_both)


@pytest.mark.parametrize(("hour", "words"), [(6, "Goedemorgen"), (12, "Goedemiddag"), (18, "Goedenavond")])
def test_the_greeting_fits_the_hour(app, hour, words):
    with app.test_request_context():
        assert today.greeting(hour) == words


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [(3, 3, "Evenveel als gisteren"), (5, 3, "2 meer dan gisteren"), (3, 4, "1 minder dan gisteren")],
)
def test_numbers_are_compared_plainly(app, now, before, words):
    with app.test_request_context():
        assert today.compared(now, before, "gisteren") == words


def test_a_teacher_sees_day_group_and_own_numbers(school_on_both):
    for days in (0, 3, 9, 20, 45):
        school_on_both.report("fatima", happened_at=NOW - days * DAY - timedelta(hours=1))
    school_on_both.report(
        "bas", happened_at=NOW - DAY, group_id=school_on_both.groups["7b"], involved=[], unknown_persons=True
    )
    page = school_on_both.client("fatima").get("/").text
    assert "Goedemorgen, Fatima" in page
    assert "Maandag 23 november 2026\xa0· groep 6a\xa0· IBS De Regenboog" in page
    numbers = page[page.index('class="stats"') : page.index('class="columns"')]
    assert ">2</span>" in numbers
    assert "1 meer dan de 7 dagen ervoor" in numbers
    assert ">4</span>" in numbers
    assert "3 meer dan de 30 dagen ervoor" in numbers
    assert numbers.count(">5</span>") == 2
    assert "Wacht op jou" not in page


@pytest.mark.parametrize("who", ["hanneke", "fatima"])
def test_each_number_is_what_its_list_would_give(school_on_both, who):
    school = school_on_both
    for days, kinds in ((0, ["quarrel"]), (3, ["quarrel", "theft"]), (45, ["threat"]), (370, ["weapon"])):
        school.report("fatima", happened_at=NOW - days * DAY - timedelta(hours=1), kinds=kinds)
    elsewhere = {"group_id": school.groups["7b"], "involved": [], "unknown_persons": True}
    school.do("hanneke", commands.assess_severity, school.report("bas", happened_at=NOW - DAY, **elsewhere), 2)
    duties = {"staff", "care_coordinator"} if who == "hanneke" else {"staff"}
    someone = Reader(school.people[who], duties, school.school)
    with school.app.test_request_context(), acting(school=school.school):
        counted = today.counts(someone, NOW.date())
        of = partial(listing.count, someone)
        assert counted.of["week"] == of(listing.Wish(period=listing.WEEK)) > 0
        assert counted.of["month"] == of(listing.Wish(period=listing.MONTH)) > 0
        assert counted.of["year"] == of(listing.Wish()) > 0
        assert counted.of["mine"] == of(listing.Wish(mine=True))
        assert counted.of["unweighed"] == of(listing.Wish(severity=listing.UNWEIGHED)) > 0
        assert counted.kinds == {kind: of(listing.Wish(kind=kind)) for kind in ("quarrel", "theft", "threat")}
        assert counted.of["year before"] == of(listing.Wish(period=listing.EVER, kind="weapon")) == 1


def test_what_waits_is_shown_to_who_can_weigh_it(small_school):
    waiting, weighed = small_school.report(), small_school.report()
    small_school.do("hanneke", commands.assess_severity, weighed, 2)
    page = small_school.client("hanneke").get("/").text
    waits = page[page.index("Wacht op jou") : page.index("Laatst gebeurd")]
    assert str(waiting) in waits
    assert str(weighed) not in waits
    assert "Wacht op jou" not in small_school.client("fatima").get("/").text


def test_who_can_help_is_named(small_school):
    page = small_school.client("henk").get("/").text
    helpers = page[page.index("Wie helpt je?") :]
    for words in (
        "Intern begeleider",
        "Hanneke Tester",
        "Aandachtsfunctionaris",
        "Petra Tester",
        "tel:112",
        "0800-2000",
    ):
        assert words in helpers


def test_the_review_is_one_click_away_for_who_may_review(small_school):
    assert "/audit/" in small_school.client("yvonne").get("/").text
    assert 'href="/audit/"' not in small_school.client("fatima").get("/").text


def test_an_empty_school_says_what_to_do(small_school):
    assert "Nog niets vastgelegd" in small_school.client("fatima").get("/").text


def test_somebody_who_is_not_signed_in_signs_in_first(small_school):
    assert small_school.app.test_client().get("/").status_code == 302
