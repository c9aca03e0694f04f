"""An erasure asked for at a terminal is the same event, with its certificate, and cannot be taken back."""

from uuid import uuid4

import pytest

from events.log.personal import ERASED
from intranet.api import log
from intranet.app import create_app
from intranet.testing import close
from tests.intranet.cli.conftest import names, wrong

WHY = ("--ground", "unlawful", "--requester", "parent")


@pytest.fixture
def people(app_on_both, a_school):
    with app_on_both.app_context():
        return [fact.originator_id for fact in log.history(a_school) if hasattr(fact, "given_name")]


def test_the_words_of_a_person_are_gone_and_the_certificate_says_so(operate, a_school, app_on_both, people, tmp_path):
    paper = tmp_path / "bewijs.txt"
    erased = operate(
        "erase", people[0], "--school", a_school, *WHY, "--decider", people[1], "--certificate", paper, "--yes"
    )
    assert erased.exit_code == 0, erased.output
    assert names(app_on_both, a_school) == [ERASED, "Collega1", "Collega2"]
    assert "Besloten door: Collega1" in paper.read_text()
    assert "Collega0" not in paper.read_text() + erased.output
    assert len((tmp_path / "instance" / "erased-keys.txt").read_text().splitlines()) == 1
    assert operate("verify").exit_code == 0
    assert wrong(operate) == []


def test_a_certificate_that_cannot_be_written_is_said_and_shown(operate, a_school, people, tmp_path):
    paper = tmp_path / "no-folder" / "bewijs.txt"
    erased = operate(
        "erase", people[0], "--school", a_school, *WHY, "--decider", people[1], "--certificate", paper, "--yes"
    )
    assert erased.exit_code == 1
    assert "Besloten door: Collega1" in erased.output
    assert f"The words are gone, but {paper} cannot be written" in erased.output


def test_nothing_is_erased_before_somebody_says_yes(operate, a_school, app_on_both, people):
    stopped = operate("erase", people[0], "--school", a_school, *WHY, "--decider", people[1], input="n\n")
    assert stopped.exit_code == 1
    assert names(app_on_both, a_school)[0] == "Collega0"


@pytest.mark.parametrize("stranger", ["owner", "decider"])
def test_strangers_are_refused(operate, a_school, app_on_both, people, stranger):
    owner, decider = (uuid4() if stranger == each else people[0] for each in ("owner", "decider"))
    refused = operate("erase", owner, "--school", a_school, *WHY, "--decider", decider, "--yes")
    assert refused.exit_code == 1
    assert "Error: " in refused.output
    assert ERASED not in names(app_on_both, a_school)


def test_what_a_crash_left_is_erased_before_the_first_request(operate, a_school, app_on_both, people):
    """Killed between the event and the keys: the next start does the rest."""
    store = app_on_both.extensions["geborgen.log"].key_store
    destroy, store.destroy = store.destroy, lambda key_ids: []
    operate("erase", people[0], "--school", a_school, *WHY, "--decider", people[1], "--yes")
    store.destroy = destroy
    assert names(app_on_both, a_school)[0] == "Collega0"
    settings = {name: app_on_both.config[name] for name in ("INSTANCE", "DATABASE_URL", "KEY_STORE_URL")}
    close(create_app({"TESTING": True, **settings}))
    store.notice_erasures()
    assert names(app_on_both, a_school)[0] == ERASED
