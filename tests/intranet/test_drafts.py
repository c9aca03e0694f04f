"""Drafts: kept sealed, only for their author, gone when recorded, thrown away or a week old."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from events.log import clock
from events.log.context import acting
from intranet import drafts
from intranet.api import NotFound, Refused, log
from tests.intranet.incidents.small_school import SmallSchool


@pytest.fixture
def small_school(app):
    return SmallSchool(app)


@pytest.fixture
def school_on_both(app_on_both):
    return SmallSchool(app_on_both)


def kept(school, given="fatima"):
    with school.app.test_request_context(), acting(school=school.school, actor=school.people[given]):
        return drafts.my_drafts()


def save(school, given="fatima", key="sleutel-1", values=None):
    values = {"account": ["Half verhaal"]} if values is None else values
    return school.do(given, drafts.save_draft, "incidents.report", key, values)


def test_a_draft_is_kept_and_taken_up_by_its_author(school_on_both):
    fatima = school_on_both.client("fatima")
    shown = fatima.shown()
    noor = school_on_both.people["noor"].hex
    writing = {
        **shown, "kinds": ["quarrel"], "people": noor, f"people-role-{noor}": "victim", "moment": "just_now",
        "account": "@Noor van der Berg begon", "account-mention": f"{noor} Noor van der Berg",
    }  # fmt: skip
    assert fatima.client.post("/incidents/draft", data=writing).status_code == 204
    assert "Je hebt een concept." in fatima.get("/").text
    page = fatima.get(f"/incidents/new?draft={shown['once']}").text
    assert "@Noor van der Berg begon" in page
    assert f'data-person="{noor}"' in page
    assert 'data-role="victim"' in page
    assert f"{noor} Noor van der Berg" in page
    assert f'value="{shown["once"]}"' in page
    assert "Je hebt een concept." not in school_on_both.client("hanneke").get("/").text
    assert school_on_both.client("hanneke").get(f"/incidents/new?draft={shown['once']}").status_code == 404


def test_a_recorded_form_leaves_no_draft_and_takes_none_back(school_on_both):
    fatima = school_on_both.client("fatima")
    shown = fatima.shown()
    writing = {**shown, "kinds": ["quarrel"], "unknown_persons": "y", "moment": "just_now", "account": "Af."}
    fatima.client.post("/incidents/draft", data=writing)
    assert fatima.client.post("/incidents/new", data=writing).status_code == 303
    assert kept(school_on_both) == []
    too_late = fatima.client.post("/incidents/draft", data=writing)
    assert too_late.location == f"/incidents/{school_on_both.incidents()[0].incident}"
    assert kept(school_on_both) == []
    assert fatima.get(f"/incidents/new?draft={shown['once']}").status_code == 404


def test_nothing_chosen_or_written_is_no_draft(small_school):
    fatima = small_school.client("fatima")
    empty = {**fatima.shown(), "moment": "just_now", "group": small_school.groups["6a"].hex, "account": "  "}
    assert fatima.client.post("/incidents/draft", data=empty).status_code == 204
    assert kept(small_school) == []


def test_just_now_in_a_draft_becomes_the_time_it_was(small_school):
    fatima = small_school.client("fatima")
    shown = fatima.shown()
    then = clock.now() - timedelta(hours=3)
    with clock.told_at(then):
        save(
            small_school, key=shown["once"], values={"account": ["x"], "moment": ["just_now"], "once": [shown["once"]]}
        )
    page = fatima.get(f"/incidents/new?draft={shown['once']}").text
    from zoneinfo import ZoneInfo

    local = then.astimezone(ZoneInfo("Europe/Amsterdam"))
    assert f'value="{local:%H:%M}"' in page
    assert f'value="{local:%Y-%m-%d}"' in page


def test_a_draft_can_be_thrown_away(small_school):
    fatima = small_school.client("fatima")
    save(small_school)
    answer = fatima.post("/incidents/draft/discard", {"draft": "sleutel-1"}, shown="/incidents/new")
    assert answer.status_code == 303
    assert kept(small_school) == []


def test_nobody_throws_away_or_overwrites_the_draft_of_another(small_school):
    save(small_school)
    hanneke = small_school.client("hanneke")
    hanneke.post("/incidents/draft/discard", {"draft": "sleutel-1"}, shown="/incidents/new")
    form = {**hanneke.shown(), "once": "sleutel-1", "account": "Van mij"}
    assert hanneke.client.post("/incidents/draft", data=form).status_code == 404
    (draft,) = kept(small_school)
    assert draft.values == {"account": ["Half verhaal"]}


def test_a_draft_is_gone_after_a_week(small_school):
    with clock.told_at(clock.now() - timedelta(days=7, minutes=1)):
        save(small_school)
    assert kept(small_school) == []
    save(small_school, "hanneke", key="sleutel-2")
    with small_school.app.app_context(), log.read() as connection:
        assert [row.form_key for row in connection.execute(select(drafts.draft))] == ["sleutel-2"]


def test_the_words_are_sealed_in_the_table(school_on_both):
    save(school_on_both, values={"account": ["MERKTEKEN"]})
    with school_on_both.app.app_context(), log.read() as connection:
        (row,) = connection.execute(select(drafts.draft)).all()
    assert b"MERKTEKEN" not in row.sealed
    assert "MERKTEKEN" not in repr(row)
    assert kept(school_on_both)[0].values == {"account": ["MERKTEKEN"]}


def test_a_row_put_in_the_place_of_another_does_not_open(small_school):
    save(small_school, key="sleutel-1", values={"account": ["een"]})
    save(small_school, key="sleutel-2", values={"account": ["twee"]})
    with small_school.app.app_context(), acting(school=small_school.school), log.unit_of_work(lock=False) as work:
        first = work.execute(select(drafts.draft).where(drafts.draft.c.form_key == "sleutel-1")).one()
        swapped = {"sealed": first.sealed, "nonce": first.nonce}
        work.execute(drafts.draft.update().where(drafts.draft.c.form_key == "sleutel-2").values(**swapped))
    with pytest.raises(Exception, match="is not what was sealed"):
        kept(small_school)


@pytest.mark.parametrize("key", ["", "kort", "met spatie er in", "é" * 10, "x" * 65])
def test_a_strange_key_is_no_draft(small_school, key):
    with pytest.raises(NotFound):
        save(small_school, key=key)


def test_there_is_an_end_to_drafts(small_school):
    for number in range(drafts.MOST_PER_AUTHOR):
        save(small_school, key=f"sleutel-{number:04}")
    save(small_school, key="sleutel-0000")
    with pytest.raises(Refused, match="20 concepten"):
        save(small_school, key="sleutel-nieuw")
    with pytest.raises(Refused, match="te lang"):
        save(small_school, key="sleutel-0000", values={"account": ["x" * drafts.LONGEST]})
