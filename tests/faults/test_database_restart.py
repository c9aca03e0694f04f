"""The database server stops and comes back while people work: a page that says so meanwhile, and then all goes on."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.faults.served import Served
from tests.faults.stored import incidents
from tests.faults.visitors import Answer, Load, Visitor, at_work, logged_in
from tests.postgres import PostgresServer

PEOPLE = 4
AWAY_SECONDS = 0.7
NOWHERE = "/no-such-page"
PAGES = ("/", "/incidents/", "/people", "/account", NOWHERE)
SENTENCE = "Wat er al stond, is er nog."

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@dataclass(frozen=True)
class Asked:
    """One request: when it was made and answered, what for, and the answer."""

    at: float
    answered: float
    what: str
    answer: Answer

    @property
    def is_right(self) -> bool:
        """Tell whether the answer is the one of a site with nothing the matter."""
        return self.answer.status == (404 if NOWHERE in self.what else 303 if "POST" in self.what else 200)


@dataclass
class Work:
    """Everything that people asked, and what they were told was recorded."""

    asked: list[Asked] = field(default_factory=list)
    acknowledged: dict[str, Answer] = field(default_factory=dict)

    def go_on(self, visitor: Visitor, load: Load) -> None:
        """Open pages and report, over and over; a form that could not be recorded is sent again."""
        number = 0
        while not load.stop.is_set():
            for path in PAGES:
                self.ask(f"GET {path}", lambda path=path: visitor.get(path))
            shown = self.ask("GET /incidents/new", lambda: visitor.get("/incidents/new"))
            if shown.status != 200:
                continue
            number += 1
            words = f"{visitor.address} zag ruzie {number}"
            form = visitor.filled(shown.hidden, words)
            answer = self.ask("POST /incidents/new", lambda form=form: visitor.send(form))
            while answer.status == 503:
                answer = self.ask("POST /incidents/new", lambda form=form: visitor.send(form))
            self.acknowledged[words] = answer

    def wait_for_more(self, load: Load, patience: float = 60) -> None:
        """Wait until everybody, on average, has been at every page twice more."""
        enough, until = len(self.asked) + 2 * PEOPLE * (len(PAGES) + 2), time.monotonic() + patience
        while len(self.asked) < enough:
            load.check()
            assert time.monotonic() < until, "nobody gets an answer any more"
            time.sleep(0.01)

    def ask(self, what: str, ask: Callable[[], Answer]) -> Answer:
        """Ask, and remember what was answered."""
        at = time.monotonic()
        answer = ask()
        self.asked.append(Asked(at, time.monotonic(), what, answer))
        return answer


@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_a_restart_of_the_database_gives_a_sentence_and_then_everything_works(
    site: Served, postgres: PostgresServer, mode: str
) -> None:
    work = Work()
    visitors = logged_in(site, PEOPLE)
    processes = site.workers()
    with at_work(visitors, work.go_on) as load:
        work.wait_for_more(load)
        away = time.monotonic()
        postgres.halt(mode=mode)
        time.sleep(AWAY_SECONDS)
        postgres.start()
        back = time.monotonic()
        work.wait_for_more(load)
    assert site.workers() == processes, "a worker died of it"

    during = [each for each in work.asked if not each.is_right]
    assert Counter(each.answer.status for each in during).keys() == {503}, site.said.read_text()[-4000:]
    assert {each.what for each in during if SENTENCE not in each.answer.text} == set()
    # Nothing goes wrong that was answered before the server stopped, or asked after it was back.
    assert min(each.answered for each in during) > away
    assert max(each.at for each in during) < back
    assert Counter(incidents(site.school).keys()) == Counter(
        (words, answer.incident) for words, answer in work.acknowledged.items()
    )
