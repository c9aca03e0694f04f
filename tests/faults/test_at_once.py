"""Many send at the same moment: one form many times over makes one event, many forms are all accepted, in order."""

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.served import TEACHERS, Served, make_school, served
from tests.faults.stored import incidents
from tests.faults.visitors import Answer, Visitor, logged_in

CLICKS = 25


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One database for both tests here, since neither leaves anything that the other could mistake."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('database') / 'geborgen.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(scope="module")
def site(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A school of which every teacher is about to report, served."""
    folder = tmp_path_factory.mktemp("school")
    keys_url = f"sqlite:///{folder / 'keys.db'}" if database_url.startswith("sqlite") else database_url
    with served(make_school(folder / "instance", database_url, keys_url)) as site:
        yield site


def send_at_once(sends: list[tuple[Visitor, dict[str, str]]]) -> list[Answer]:
    """Send every form at the same moment, each from a thread of its own."""
    together = threading.Barrier(len(sends))

    def send(one: tuple[Visitor, dict[str, str]]) -> Answer:
        visitor, form = one
        together.wait(30)
        return visitor.send(form)

    with ThreadPoolExecutor(len(sends)) as threads:
        return list(threads.map(send, sends))


def recorded(site: Served, words: str) -> list[tuple[str, object]]:
    return sorted(each for each in incidents(site.school).elements() if each[0].startswith(words))


def test_one_form_sent_by_25_clicks_at_once_makes_one_event(site: Served) -> None:
    (visitor,) = logged_in(site, 1)
    form = visitor.filled(visitor.shown(), "Ze trokken allebei aan de bal.")
    answers = send_at_once([(visitor, form)] * CLICKS)
    assert Counter(answer.status for answer in answers) == {303: CLICKS}
    [(_, incident)] = recorded(site, "Ze trokken")
    assert {answer.incident for answer in answers} == {incident}


def test_reports_of_32_people_at_once_are_all_accepted_at_dense_positions(site: Served) -> None:
    visitors = logged_in(site, TEACHERS)
    forms = [(each, each.filled(each.shown(), f"Gezien door {each.address}.")) for each in visitors]
    answers = send_at_once(forms)
    assert Counter(answer.status for answer in answers) == {303: TEACHERS}
    assert recorded(site, "Gezien door") == sorted(
        (form["account"], answer.incident) for (_, form), answer in zip(forms, answers, strict=True)
    )
