"""Every worker is killed while people report and add photos: what was acknowledged is there once, nothing is twice."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.faults.served import Served
from tests.faults.stored import incidents, photos
from tests.faults.visitors import Answer, Load, Lost, Visitor, at_work, logged_in, until_answered
from tests.intranet.files.made_files import photo

PEOPLE = 4
KILLS = {"sqlite": 20, "postgresql": 12}
RESET = 9
"""The kill at which the master dies with its workers, as when the machine is reset."""


@dataclass
class Reports:
    """What people were told about each text they sent."""

    acknowledged: dict[str, Answer] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    lines_lost: int = 0
    sent: int = 0

    def report(self, visitor: Visitor, load: Load) -> None:
        """Report one incident after another; two of three people send again when the line breaks."""
        number = 0
        while not load.stop.is_set():
            number += 1
            words = f"{visitor.address} zag ruzie {number}"
            form = visitor.filled(until_answered(lambda: _form(visitor)), words)
            self.sent += 1
            try:
                answer = visitor.send(form)
            except Lost:
                self.lines_lost += 1
                if number % 3 == 0:
                    self.unknown.add(words)
                    continue
                answer = until_answered(lambda form=form: visitor.send(form))
            assert answer.status == 303, f"{answer.status}: {answer.text[-1500:]}"
            self.acknowledged[words] = answer


def _form(visitor: Visitor) -> dict[str, str]:
    return visitor.shown()


def wait_for_work(reports: Reports, load: Load, number: int, patience: float = 30) -> None:
    """Wait until so many more forms are on their way: a kill while nobody sends anything shows nothing."""
    enough, until = reports.sent + number, time.monotonic() + patience
    while reports.sent < enough:
        load.check()
        assert time.monotonic() < until, "nobody sends anything any more"
        time.sleep(0.001)


def kill(site: Served, number: int) -> None:
    if number == RESET:
        site.kill_everything()
        site.start()
    else:
        assert site.kill_workers() > 0
        site.wait_until_it_answers()


def test_killing_every_worker_under_load_loses_nothing_and_doubles_nothing(
    site: Served, request: pytest.FixtureRequest
) -> None:
    reports = Reports()
    chance = random.Random(20)
    kills = KILLS[request.node.callspec.params["database_url"]]
    with at_work(logged_in(site, PEOPLE), reports.report) as load:
        for number in range(kills):
            wait_for_work(reports, load, chance.randint(1, 6))
            time.sleep(chance.uniform(0, 0.03))
            kill(site, number)
        wait_for_work(reports, load, PEOPLE * 2)
    site.stop()

    stored = incidents(site.school)
    times = Counter(words for words, _ in stored.elements())
    assert {words for words, count in times.items() if count > 1} == set()
    assert {words for words in reports.acknowledged if times[words] != 1} == set()
    assert set(times) <= set(reports.acknowledged) | reports.unknown
    # Whoever sent a form again was led to the record that the first one made.
    made = {words: incident for words, incident in stored}
    assert {words for words, answer in reports.acknowledged.items() if answer.incident != made[words]} == set()
    # The kills fell inside the work.
    assert reports.lines_lost >= kills
    assert len(reports.acknowledged) > kills * 2
    assert reports.unknown
    print(len(reports.acknowledged), "acknowledged", reports.lines_lost, "lines lost", len(reports.unknown), "unknown")


KILLS_OF_UPLOADS = {"sqlite": 8, "postgresql": 4}


@dataclass
class Uploads(Reports):
    """The same for photos: each is sent again until an answer comes, and is there once."""

    content: bytes = field(default_factory=lambda: photo((1600, 1200)))

    def report(self, visitor: Visitor, load: Load) -> None:
        """Add one photo after another to a report of their own."""
        # The other person's photos may bring the first kill before this report is in.
        form = visitor.filled(until_answered(lambda: _form(visitor)), f"{visitor.address} zag iets")
        incident = until_answered(lambda: visitor.send(form)).incident
        path, number = f"/incidents/{incident}/files", 0
        while not load.stop.is_set():
            number += 1
            words = f"{visitor.address} maakte foto {number}"
            form = {**until_answered(lambda: visitor.get(path)).hidden, "shows": words}
            self.sent += 1
            try:
                answer = visitor.ask("POST", path, form, self.content)
            except Lost:
                self.lines_lost += 1
                answer = until_answered(lambda form=form: visitor.ask("POST", path, form, self.content))
            assert answer.status == 303, f"{answer.status}: {answer.text[-1500:]}"
            self.acknowledged[words] = answer


def test_a_photo_that_was_being_sent_when_a_worker_died_is_there_once_and_whole(
    site: Served, request: pytest.FixtureRequest
) -> None:
    uploads, chance = Uploads(), random.Random(27)
    kills = KILLS_OF_UPLOADS[request.node.callspec.params["database_url"]]
    with at_work(logged_in(site, 2), uploads.report) as load:
        for number in range(kills):
            wait_for_work(uploads, load, chance.randint(1, 2))
            # A photo takes longer than words: the kill falls while it is read, sealed or saved.
            time.sleep(chance.uniform(0, 0.15))
            kill(site, number)
        wait_for_work(uploads, load, 4)
    site.stop()
    assert photos(site.school) == Counter(dict.fromkeys(uploads.acknowledged, 1))
    assert uploads.lines_lost >= kills // 2
