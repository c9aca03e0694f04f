"""Guessing: ten thousand tries over several workers, a right password soon after, and nobody locked out by others."""

import threading

import pytest

from intranet.accounts.rate_limits import Limit, forgive, give_back, seconds_to_wait
from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody


def _try(browser: Browser, address: str, password: str, network: str = "203.0.113.7"):
    return browser.client.post(
        "/login",
        data={"csrf_token": browser.csrf, "address": address, "password": password},
        environ_overrides={"REMOTE_ADDR": network},
    )


def _fresh(place: Place) -> Browser:
    browser = Browser(place.app)
    browser.csrf = browser.token()
    return browser


@pytest.mark.parametrize("address", ["tess@school.example", "nobody@school.example"])
def test_few_of_many_guesses_are_tried_and_the_right_password_works_within_a_minute(
    clock, place: Place, teacher: Somebody, address: str
) -> None:
    guesser = _fresh(place)
    answers = [_try(guesser, address, f"geraden{number}", f"203.0.113.{number % 250}") for number in range(60)]
    statuses = [answer.status_code for answer in answers]
    assert statuses.count(422) == 5
    assert statuses.count(429) == 55
    assert int(answers[-1].headers["Retry-After"]) <= 60
    for _ in range(12):
        clock.shift(61)
        _try(guesser, address, "geraden")
    elsewhere = "198.51.100.9"
    status = _try(_fresh(place), teacher.address, PASSWORD, elsewhere).status_code
    assert status == (429 if "tess" in address else 303)
    clock.shift(60)
    assert _try(_fresh(place), teacher.address, PASSWORD, elsewhere).status_code == 303


@pytest.mark.slow
def test_ten_thousand_guesses_over_four_workers(
    clock, make_app, database_url: str, keys_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = [make_app(DATABASE_URL=database_url, KEY_STORE_URL=keys_url) for _ in range(4)]
    place = Place(apps[0])
    teacher = place.somebody("Tess", "teacher")
    statuses: list[int] = []

    def guess(browser: Browser) -> None:
        for number in range(2500):
            statuses.append(_try(browser, teacher.address, f"geraden{number}").status_code)

    browsers = [Browser(app) for app in apps]
    for browser in browsers:
        browser.csrf = browser.token()
    workers = [threading.Thread(target=guess, args=(browser,)) for browser in browsers]
    with monkeypatch.context() as blank:
        # Ten thousand times the page that says to wait: writing it took most of the time, and is not asked here.
        blank.setattr("flask.templating._render", lambda *_: "")
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert len(statuses) == 10_000
    assert set(statuses) == {422, 429}
    assert statuses.count(422) <= 6
    clock.shift(60)
    assert _try(_fresh(place), teacher.address, PASSWORD).status_code == 303


def test_guesses_count_across_apps_on_one_database(clock, make_app, database_url: str, keys_url: str) -> None:
    apps = [make_app(DATABASE_URL=database_url, KEY_STORE_URL=keys_url) for _ in range(3)]
    place = Place(apps[0])
    teacher = place.somebody("Tess", "teacher")
    browsers = [Browser(app) for app in apps]
    for browser in browsers:
        browser.csrf = browser.token()
    statuses = [_try(browsers[number % 3], teacher.address, "geraden").status_code for number in range(30)]
    assert statuses.count(422) == 5


def test_somebody_who_guesses_does_not_keep_the_owner_from_their_own_device(clock, place: Place, teacher) -> None:
    own = _fresh(place)
    assert _try(own, teacher.address, PASSWORD).status_code == 303
    own.post("/logout", on="/account")
    guesser = _fresh(place)
    for _ in range(50):
        _try(guesser, teacher.address, "geraden")
    assert _try(guesser, teacher.address, PASSWORD).status_code == 429
    own.csrf = own.token()
    assert _try(own, teacher.address, PASSWORD).status_code == 303


def test_a_known_device_gets_no_more_guesses_than_another(clock, place: Place, teacher: Somebody) -> None:
    own = _fresh(place)
    _try(own, teacher.address, PASSWORD)
    own.post("/logout", on="/account")
    own.csrf = own.token()
    statuses = [_try(own, teacher.address, "geraden").status_code for _ in range(50)]
    assert statuses.count(422) == 5


def test_a_device_known_to_one_account_is_strange_to_another(clock, place: Place, teacher: Somebody) -> None:
    colleague = place.somebody("Bas", "teacher")
    own = _fresh(place)
    _try(own, colleague.address, PASSWORD)
    own.post("/logout", on="/account")
    own.csrf = own.token()
    guesser = _fresh(place)
    for _ in range(10):
        _try(guesser, teacher.address, "geraden", "203.0.113.99")
    assert _try(own, teacher.address, PASSWORD).status_code == 429


def test_one_network_that_tries_many_names_is_slowed_down(clock, place: Place) -> None:
    guesser = _fresh(place)
    statuses = [_try(guesser, f"name{number}@school.example", "zonnetje!").status_code for number in range(100)]
    assert statuses.count(422) == 20
    assert _try(guesser, "other@school.example", "zonnetje!", "198.51.100.1").status_code == 422


def test_a_whole_school_signs_in_from_one_network(clock, place: Place) -> None:
    staff = [place.somebody(f"Collega{number}", "teacher") for number in range(30)]
    assert all(_try(_fresh(place), each.address, PASSWORD).status_code == 303 for each in staff)


def test_waits_double_up_to_the_longest() -> None:
    limit = Limit("login", b"x", free=5, longest=60)
    waits = [limit.wait(tries) // 1000 for tries in range(1, 14)]
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert limit.wait(10_000) == 60_000


def test_a_refused_try_does_not_make_the_wait_longer(clock, place_on_both: Place) -> None:
    limit = Limit("login", b"somebody", free=1, longest=8)
    with place_on_both.app.app_context():
        assert [seconds_to_wait([limit]) for _ in range(4)] == [0, 1, 1, 1]
        clock.shift(1)
        assert [seconds_to_wait([limit]) for _ in range(3)] == [0, 2, 2]
        clock.shift(1)
        assert seconds_to_wait([limit]) == 1
        clock.shift(1)
        assert seconds_to_wait([limit]) == 0


def test_nothing_is_counted_when_one_of_two_limits_says_not_yet(clock, place: Place) -> None:
    one, other = Limit("login", b"one", free=1, longest=8), Limit("network", b"other", free=3, longest=8)
    with place.app.app_context():
        assert seconds_to_wait([one, other]) == 0
        for _ in range(10):
            assert seconds_to_wait([one, other]) == 1
        assert seconds_to_wait([other]) == 0


def test_tries_are_forgotten_after_an_hour_or_a_right_one(clock, place: Place) -> None:
    limit = Limit("login", b"somebody", free=2, longest=60)
    with place.app.app_context():
        for _ in range(2):
            seconds_to_wait([limit])
        assert seconds_to_wait([limit]) == 1
        forgive([limit])
        assert [seconds_to_wait([limit]) for _ in range(3)] == [0, 0, 1]
        give_back([limit])
        assert [seconds_to_wait([limit]) for _ in range(2)] == [0, 1]
        clock.shift(3601)
        assert [seconds_to_wait([limit]) for _ in range(3)] == [0, 0, 1]


def test_old_rows_are_removed(clock, place: Place) -> None:
    from sqlalchemy import func, select

    from intranet.accounts.rate_limits import rate_limit

    with place.app.app_context():
        for number in range(20):
            seconds_to_wait([Limit("login", str(number).encode(), free=2, longest=60)])
        clock.shift(3601)
        forgive([Limit("login", b"somebody", free=2, longest=60)])
        with place.log.read_engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(rate_limit)) == 0


def test_a_clock_that_is_set_back_keeps_nobody_waiting_and_forgives_nobody(clock, place: Place, teacher) -> None:
    browser = _fresh(place)
    assert [_try(browser, teacher.address, "geraden").status_code for _ in range(6)] == [422] * 5 + [429]
    clock.shift(-3600)
    browser = _fresh(place)  # a cookie from the future is not believed
    assert [_try(browser, teacher.address, "geraden").status_code for _ in range(2)] == [422, 429]
    clock.shift(60)
    assert _try(_fresh(place), teacher.address, PASSWORD).status_code == 303
