"""A school changes who may read what: within the bounds, at once for everybody, with what it will do shown first."""

import pytest

from events.log.context import acting
from events.log.errors import Refused
from intranet.access import ANY, Rule, relations_of, rules_of
from intranet.access_bounds import OF_CORE
from intranet.need_to_know.commands import change_cell
from tests.intranet.incidents.small_school import SmallSchool

CELL = "/school/need-to-know/{}/{}"


def change(school, permission="incidents.read_confidential", duty="bullying_coordinator", relations=(ANY,)):
    school.do("marijke", change_cell, permission, duty, relations, "Hij begeleidt deze kinderen.")


def opened(school, who, incident):
    return school.client(who).get(f"/incidents/{incident}").status_code


@pytest.fixture
def closed(small_school):
    """An incident that Hanneke recorded and only a few may read."""
    from intranet.people.commands import assign_duty

    small_school.do("marijke", assign_duty, small_school.people["henk"], "bullying_coordinator")
    return small_school.report(by="hanneke", confidential=True)


def test_what_is_given_holds_in_the_list_and_on_the_page_at_once(small_school, closed):
    henk = small_school.client("henk")
    assert henk.get(f"/incidents/{closed}").status_code == 404
    assert closed.hex not in henk.get("/incidents/").text.replace("-", "")
    change(small_school)
    assert henk.get(f"/incidents/{closed}").status_code == 200
    assert closed.hex in henk.get("/incidents/").text.replace("-", "")
    change(small_school, relations=())
    assert henk.get(f"/incidents/{closed}").status_code == 404


def test_cases_are_in_the_table_too(small_school):
    from events.involvement import Involvement
    from intranet.cases.commands import open_case

    people = small_school.people
    facts = {"kind": "bullying", "signs": ["repeated"], "concern": "Noor mag niet meedoen."}
    parts = [Involvement(people["noor"], "victim")]
    case = small_school.do("hanneke", open_case, **facts, involved=parts, leader=people["hanneke"])

    def reads(who):
        browser = small_school.client(who)
        return browser.get(f"/cases/{case}").status_code == 200, str(case) in browser.get("/cases/").text

    assert (reads("petra"), reads("esther")) == ((False, False), (True, True))
    change(small_school, "cases.read", "protection_officer")
    change(small_school, "cases.read", "bullying_coordinator", ())
    assert (reads("petra"), reads("esther")) == ((True, True), (False, False))
    assert "Zaken" in small_school.client("marijke").get("/school/need-to-know").text


def test_another_worker_agrees_at_once(small_school, closed):
    """A second application on the same database, that answered before the change, answers by it after."""
    from intranet.app import build_app
    from intranet.testing import close

    names = ("DATABASE_URL", "KEY_STORE_URL", "KEY_FILE", "INSTANCE", "TESTING", "DEMO", "WTF_CSRF_ENABLED")
    other = build_app({name: small_school.app.config[name] for name in names if name in small_school.app.config})
    with other.test_request_context(), acting(school=small_school.school):
        assert relations_of("incidents.read_confidential", {"bullying_coordinator"}) == frozenset()
    change(small_school)
    with other.test_request_context(), acting(school=small_school.school):
        assert relations_of("incidents.read_confidential", {"bullying_coordinator"}) == {ANY}
    close(other)


def test_one_school_does_not_change_another(small_school):
    change(small_school)
    with small_school.app.test_request_context(), acting(school=small_school.people["henk"]):
        assert relations_of("incidents.read_confidential", {"bullying_coordinator"}) == frozenset()


@pytest.mark.parametrize(
    ("permission", "duty", "relation"),
    [
        ("incidents.read_staff_matter", "head_teacher", ANY),
        ("audit.read", "head_teacher", ANY),
        ("incidents.read", "participation_council", ANY),
        ("incidents.read", "administrator", "own_group"),
        ("incidents.read", "staff", ANY),
        ("incidents.read", "teacher", "reporter"),
        ("incidents.read_confidential", "teacher", "own_group"),
        ("signals.read", "dpo", ANY),
        ("cases.read", "executive_director", "serious"),
        ("cases.read", "teacher", "participant"),
    ],
)
def test_what_is_fixed_is_refused(small_school, permission, duty, relation):
    with pytest.raises(Refused):
        change(small_school, permission, duty, (relation,))


def test_what_is_fixed_stays_whatever_is_chosen(small_school):
    """The board knows of what is serious; taking all else away leaves that."""
    change(small_school, "incidents.read", "executive_director", (ANY,))
    change(small_school, "incidents.read", "executive_director", ())
    with small_school.app.test_request_context(), acting(school=small_school.school):
        assert relations_of("incidents.read", {"executive_director"}) == {"serious"}


def test_somebody_keeps_reading_everything(small_school):
    change(small_school, duty="head_teacher", relations=())
    with pytest.raises(Refused, match="Iemand moet alles"):
        change(small_school, duty="care_coordinator", relations=())


def test_what_lies_outside_the_bounds_does_not_count_though_it_stands_in_the_log(small_school):
    from intranet.api import log
    from intranet.schools.events import School
    from intranet.schools.need_to_know import Cell

    def smuggle():
        school = log.get(School, small_school.school)
        school.change_need_to_know(Cell("incidents.read_staff_matter", "head_teacher", ANY), True, "Stiekem.")
        school.change_need_to_know(Cell("audit.read", "head_teacher", ANY), False, "Stiekem.")
        school.change_need_to_know(Cell("incidents.read", "administrator", ANY), True, "Stiekem.")
        log.save(school)

    small_school.do("marijke", smuggle)
    with small_school.app.test_request_context(), acting(school=small_school.school):
        assert Rule("incidents.read_staff_matter", "head_teacher") not in rules_of("incidents.read_staff_matter")
        assert Rule("audit.read", "head_teacher") in rules_of("audit.read")
        assert Rule("incidents.read", "administrator") not in rules_of("incidents.read")


def test_the_effect_is_shown_before_it_is_recorded(small_school, closed):
    marijke = small_school.client("marijke")
    path = CELL.format("incidents.read_confidential", "bullying_coordinator")
    form = {"relations": [ANY], "reason": "Hij begeleidt deze kinderen."}
    shown = marijke.post(path, form)
    assert shown.status_code == 200
    assert "Dan kunnen 2 mensen meer dit lezen: Esther Tester, Henk Tester." in " ".join(shown.text.split())
    assert opened(small_school, "henk", closed) == 404
    # A choice whose effect was not shown is shown first.
    assert marijke.post(path, {**form, "seen": "own_group"}).status_code == 200
    assert opened(small_school, "henk", closed) == 404
    assert marijke.post(path, {**form, "seen": ANY}).status_code == 303
    assert opened(small_school, "henk", closed) == 200
    page = marijke.get("/school/need-to-know").text
    assert "anders" in page
    assert "Hij begeleidt deze kinderen." in page


def test_going_back_to_the_default_is_one_button(small_school, closed):
    change(small_school)
    marijke = small_school.client("marijke")
    path = CELL.format("incidents.read_confidential", "bullying_coordinator")
    assert "Terug naar standaard" in marijke.get(path).text
    done = marijke.post(path, {"relations": [], "reason": "Terug naar standaard.", "seen": "-"})
    assert done.status_code == 303
    assert opened(small_school, "henk", closed) == 404
    assert "Terug naar standaard" not in marijke.get(path).text


def test_no_cell_that_is_fixed_has_a_page(small_school):
    marijke = small_school.client("marijke")
    for permission, duty in (
        ("audit.read", "head_teacher"),
        ("incidents.read", "administrator"),
        ("nothing", "teacher"),
    ):
        assert marijke.get(CELL.format(permission, duty)).status_code == 404
    assert {"incidents.read", "incidents.read_confidential", "signals.read", "cases.read"} == set(OF_CORE)


def test_what_a_school_chose_costs_one_statement_a_page_and_none_after_a_save(app):
    """Its name, its table and its plugins stand in one record, and a request asks once whether that changed."""
    import sqlalchemy as sa

    from intranet.api import db

    school = SmallSchool(app, enabled=["taakspel"])
    fatima = school.client("fatima")
    said: list[str] = []

    def note(_conn, _cursor, statement, *_more):
        said.append(" ".join(statement.split()))

    with app.app_context():
        engines = (db.engine, app.extensions["geborgen.log"].write_engine)
    for engine in engines:
        sa.event.listen(engine, "before_cursor_execute", note)
    fatima.get("/incidents/")
    assert sum("max(event.version)" in each for each in said) == 1, said
    said.clear()
    assert fatima.report().status_code == 303
    for engine in engines:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert said[-1].startswith("DELETE FROM draft"), said[-1]
