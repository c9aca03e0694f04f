"""Who takes emergency access proves who they are: with a password and, where they have one, with a code."""

from uuid import UUID

import pytest

from events.log.context import acting
from tests.intranet.accounts.conftest import PASSWORD, Browser, Place, Somebody, code_now

REASON = "Moeder staat aan de deur en is erg boos op school."


@pytest.fixture
def pupil(place: Place) -> UUID:
    from intranet.people.commands import register_person

    with place.app.app_context(), acting(school=place.north):
        return register_person(kind="pupil", given_name="Kind", family_name="Tester")


def taken(place: Place) -> int:
    from intranet.emergency.events import EmergencyAccess

    with place.app.app_context():
        return sum(type(each) is EmergencyAccess.Opened for each in place.log.history(place.north))


@pytest.fixture
def coordinator(place: Place, clock) -> tuple[Browser, Somebody]:
    """An ib'er who signed in with a code, a minute ago."""
    who, browser = place.somebody("Ida", "care_coordinator"), Browser(place.app)
    browser.sign_in(who)
    browser.enrol(who)
    clock.shift(60)
    return browser, who


@pytest.mark.parametrize(
    ("password", "code"), [("iets heel anders", None), (PASSWORD, "000000"), (PASSWORD, ""), ("", None)]
)
def test_half_a_proof_opens_nothing(place: Place, coordinator, pupil, password, code) -> None:
    browser, who = coordinator
    path = f"/people/{pupil}/emergency"
    form = {"reason": REASON, "password": password, "code": code_now(who) if code is None else code}
    answer = browser.post(path, form)
    assert answer.status_code == 422
    assert REASON in answer.text
    assert taken(place) == 0


def test_password_and_code_together_open_it(place: Place, coordinator, pupil) -> None:
    browser, who = coordinator
    thief = browser.copy()
    form = {"reason": REASON, "password": PASSWORD, "code": code_now(who)}
    assert browser.post(f"/people/{pupil}/emergency", form).status_code == 303
    assert taken(place) == 1
    assert not thief.is_in, "a session that may do more kept its id"


def test_guessing_is_slowed_down(place: Place, coordinator, pupil) -> None:
    browser, _who = coordinator
    path = f"/people/{pupil}/emergency"
    for _ in range(7):
        answer = browser.post(path, {"reason": REASON, "password": "raak", "code": "000000"})
    assert "Wacht" in answer.text
    assert taken(place) == 0
