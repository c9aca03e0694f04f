"""The list: filters in the address, counts that fit them, pages without gaps, and the same speed after ten years."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from events.involvement import Involvement
from events.log import clock
from events.log.context import acting
from intranet.follow_up.commands import close_incident, reopen_incident
from intranet.incidents import commands, listing
from intranet.incidents.readable import Reader

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_monday():
    with clock.told_at(NOW):
        yield


def some_incidents(school):
    """Record one for each filter: kind, place, group, person, period, writer, severity."""
    days = timedelta(days=1)
    made = {
        "today": school.report(happened_at=NOW - timedelta(hours=1), kinds=["threat", "quarrel"], place="gym"),
        "last_week": school.report(happened_at=NOW - 10 * days, place="playground"),
        "october": school.report("bas", happened_at=NOW - 40 * days, group_id=school.groups["7b"]),
        "last_year": school.report(happened_at=NOW - 200 * days, kinds=["theft"]),
        "long_ago": school.report(
            happened_at=NOW - 1000 * days, involved=[Involvement(school.people["sem"], "victim")]
        ),
    }
    school.do("hanneke", commands.assess_severity, made["today"], 3)
    for again in (False, True):
        school.do("hanneke", close_incident, made["october"], conclusion="Opgelost.", nothing_needed="Uitgepraat.")
        if not again:
            school.do("hanneke", reopen_incident, made["october"], "Het begon opnieuw.")
    school.do("hanneke", close_incident, made["last_week"], conclusion="Opgelost.", nothing_needed="Uitgepraat.")
    school.do("hanneke", reopen_incident, made["last_week"], "Het begon opnieuw.")
    return made


FILTERS = [
    ("", {"today", "last_week", "october"}),
    ("period=week", {"today"}),
    ("period=month", {"today", "last_week"}),
    ("period=previous", {"last_year"}),
    ("period=all", {"today", "last_week", "october", "last_year", "long_ago"}),
    ("period=nonsense", {"today", "last_week", "october"}),
    ("kind=threat", {"today"}),
    ("kind=quarrel&place=gym", {"today"}),
    ("place=playground", {"last_week"}),
    ("kind=theft&period=all", {"last_year"}),
    ("kind=%00", {"today", "last_week", "october"}),
    ("place='; drop table", {"today", "last_week", "october"}),
    ("group={6a}", {"today", "last_week"}),
    ("group=7b", {"today", "last_week", "october"}),
    ("person={sem}&period=all", {"long_ago"}),
    ("person={noor}", {"today", "last_week", "october"}),
    ("mine=1", set()),
    ("severity=3", {"today"}),
    ("severity=none", {"last_week", "october"}),
    ("state=closed", {"october"}),
    ("state=open", {"today", "last_week"}),
    ("state=ajar", {"today", "last_week", "october"}),
    ("severity=99", {"today", "last_week", "october"}),
    ("after=nonsense", {"today", "last_week", "october"}),
    ("after=99999999999999999999-x", {"today", "last_week", "october"}),
]


def test_every_filter_gives_what_it_says_and_counts_it(school_on_both):
    made = some_incidents(school_on_both)
    hanneke = school_on_both.client("hanneke")
    ids = {name: value.hex for name, value in {**school_on_both.groups, **school_on_both.people}.items()}
    for query, expected in FILTERS:
        page = hanneke.get("/incidents/?" + query.format(**ids))
        assert page.status_code == 200, query
        assert {name for name, incident in made.items() if f"/incidents/{incident}" in page.text} == expected, query
        if expected:
            assert re.search(rf"{len(expected)} incident(en)?</p>", page.text), query
        else:
            assert "Niets gevonden" in page.text, query


def test_applied_filters_can_be_taken_away_one_by_one(small_school):
    some_incidents(small_school)
    page = small_school.client("hanneke").get("/incidents/?kind=quarrel&place=gym&period=all").text
    chips = re.findall(r'class="chip-link" href="([^"]+)"', page)
    assert chips == [
        "/incidents/?place=gym&amp;period=all",
        "/incidents/?kind=quarrel&amp;period=all",
        "/incidents/?kind=quarrel&amp;place=gym",
    ]


def test_counts_beside_the_choices_follow_the_other_filters(school_on_both):
    some_incidents(school_on_both)
    page = school_on_both.client("hanneke").get("/incidents/?place=gym").text
    assert "Bedreigen (1)" in page
    assert "Diefstal" not in page
    assert "Plein (1)" in page


@pytest.mark.parametrize("who", ["hanneke", "fatima"])
def test_a_count_is_what_its_choice_would_give(school_on_both, who):
    some_incidents(school_on_both)
    duties = {"staff", "care_coordinator"} if who == "hanneke" else {"staff"}
    someone = Reader(school_on_both.people[who], duties, school_on_both.school)
    ever, group = listing.Wish(period=listing.EVER), school_on_both.groups["6a"]
    wishes = ever, replace(ever, kind="quarrel"), replace(ever, place="gym", group=group), replace(ever, severity="3")
    with school_on_both.app.test_request_context(), acting(school=school_on_both.school):
        for wish in wishes:
            counted = listing.counts(someone, wish)
            assert counted.all == listing.count(someone, wish) > 0
            for name in ("kind", "place", "group"):
                choices = getattr(counted, name)
                assert choices
                assert choices == {each: listing.count(someone, replace(wish, **{name: each})) for each in choices}
        found, _more = listing.page_of(someone, ever, None)
        assert set(listing.counts(someone, ever).kind) == {kind for each in found for kind in each.kinds}


def test_counts_do_not_betray_what_somebody_may_not_read(small_school):
    small_school.report("hanneke", kinds=["weapon"], confidential=True)
    assert "Wapen" not in small_school.client("fatima").get("/incidents/").text


def test_the_pages_hold_everything_once(small_school):
    made = [small_school.report(happened_at=NOW - timedelta(minutes=n // 3)) for n in range(2 * listing.PAGE + 5)]
    hanneke, seen, path, pages = small_school.client("hanneke"), [], "/incidents/", 0
    while path:
        page = hanneke.get(path).text
        seen += re.findall(r'<a href="/incidents/([0-9a-f-]{36})"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path, pages = following and following[1].replace("&amp;", "&"), pages + 1
    assert pages == 3
    assert sorted(seen) == sorted(map(str, made))


def test_nothing_yet_is_told_apart_from_nothing_found(small_school):
    fatima = small_school.client("fatima")
    assert "Nog geen incidenten" in fatima.get("/incidents/").text
    small_school.report()
    assert "Niets gevonden" in fatima.get("/incidents/?kind=weapon").text


@pytest.mark.parametrize(
    ("today", "begun"),
    [(date(2026, 7, 31), date(2025, 8, 1)), (date(2026, 8, 1), date(2026, 8, 1)), (date(2027, 1, 1), date(2026, 8, 1))],
)
def test_a_school_year_begins_in_august(today, begun):
    assert listing.first_day(listing.THIS_YEAR, today) == begun


def test_the_list_asks_the_database_as_often_whatever_there_is(small_school):
    def asked():
        statements = []
        engine = small_school.app.extensions["sqlalchemy"].engines[None]

        def note(_connection, _cursor, statement, *_rest):
            statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        small_school.client("hanneke").get("/incidents/?period=all")
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    with small_school.app.app_context():
        small_school.report()
        asked()
        few = asked()
        for _ in range(20):
            small_school.report()
        assert asked() == few


def test_the_page_of_ten_years_uses_the_index(small_school):
    with small_school.app.test_request_context(), acting(school=small_school.school):
        hanneke = Reader(small_school.people["hanneke"], {"staff", "care_coordinator"}, small_school.school)
        query = listing.page_query(hanneke, listing.Wish(), None, listing.PAGE)
        from intranet.api import db

        text = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(row.detail for row in db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
        db.session.rollback()
    assert "incidents_register_order__v1" in plan
    assert "TEMP B-TREE" not in plan
