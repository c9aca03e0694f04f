"""Pages are opened before there are workers: nothing is recorded by it and nothing stays open."""

from flask import request, request_finished, request_started

from events.log.context import is_only_reading
from intranet.database import db
from intranet.looked_at import memory
from intranet.people.roster import _CACHE, roster
from intranet.rehearsal import DAILY_PAGES, FIRST_PAGE, rehearse
from intranet.testing import School


def test_the_page_of_signing_in_is_opened_and_nothing_can_be_recorded(app):
    seen = []

    def begun(_app, **_more):
        seen.append(is_only_reading())

    def answered(_app, response, **_more):
        seen.append((response.status_code, "csrf_token" in response.get_data(as_text=True)))

    with request_started.connected_to(begun, app), request_finished.connected_to(answered, app):
        rehearse(app)
    assert seen == [True, (200, True)]
    assert not is_only_reading()


def test_where_there_is_a_school_nobody_opens_what_a_teacher_opens_every_day(app):
    school, seen = School(app), []

    def answered(_app, response, **_more):
        seen.append((request.path, response.status_code))

    log = app.extensions["geborgen.log"]
    before = [log.head(each).size for each in log.schools()]
    with request_finished.connected_to(answered, app):
        rehearse(app)
    assert seen == [(page, 200) for page in (FIRST_PAGE, *DAILY_PAGES)]
    assert [log.head(each).size for each in log.schools()] == before
    assert school.client("bas").get("/").status_code == 200


def test_nobodys_name_is_read(app):
    school = School(app)
    with app.app_context():
        memory().pop(_CACHE, None)
        rehearse(app)
        assert _CACHE not in memory()
        assert roster(school.school)
        assert _CACHE in memory()


def test_no_connection_is_left_for_the_workers(app):
    log = app.extensions["geborgen.log"]
    with app.app_context():
        assert db.engine is log.read_engine
    engines = (log.read_engine, log.write_engine, log.key_store.engine)
    for engine in engines:
        engine.connect().close()
    assert [engine.pool.checkedin() for engine in engines] == [1, 1, 1]
    rehearse(app)
    assert [(engine.pool.checkedin(), engine.pool.checkedout()) for engine in engines] == [(0, 0)] * 3
