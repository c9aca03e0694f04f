"""A plugin that raises, hangs, answers nonsense or tries to write takes no page and no fact with it."""

import re
import time

import pytest

from events.incident import Incident
from intranet import hook_calls
from intranet.manifest import Manifest
from tests.intranet.incidents.small_school import SmallSchool
from tests.intranet.plugins_made_here import Make

GOOD = """
from intranet.api import HomeCard

@hookimpl
def home_cards():
    return [HomeCard("Kaart van goed", "<p>Alles goed</p>")]
"""


@pytest.fixture(autouse=True)
def rested() -> None:
    """No plugin rests from an earlier test."""
    hook_calls._resting.clear()


@pytest.fixture
def with_plugins(make_plugin: Make, make_app):
    """Make a school that enabled plugins with this code, besides a good one."""

    def make(**codes: str) -> SmallSchool:
        from intranet.activation.commands import enable_plugin

        for name, code in {"good": GOOD, **codes}.items():
            make_plugin(name, code)
        school = SmallSchool(make_app())
        for name in ("good", *codes):
            school.do("marijke", enable_plugin, name, "Proef.")
        return school

    return make


@pytest.mark.parametrize(
    "body",
    [
        "1 / 0",
        "raise SystemExit",
        "return None",
        "return 'geen lijst'",
        "db.session.execute(sa.text('DELETE FROM account_account__v1'))",
        "db.session.execute(sa.text('INSERT INTO log_head VALUES (1, 1, 1, 1)'))",
        "log.save(School(board_id=uuid4(), name='Nep', brin=None))",
    ],
)
def test_a_bad_answer_is_left_out_and_the_page_is_whole(with_plugins, body):
    code = f"""
import sqlalchemy as sa
from uuid import uuid4
from intranet.api import db, log
from intranet.schools.events import School

@hookimpl
def home_cards():
    {body}

@hookimpl
def menu_items():
    {body}
"""
    school = with_plugins(bad=code)
    size = school.size()
    page = school.client("fatima").get("/")
    assert page.status_code == 200
    assert "Alles goed" in page.text
    assert "Nieuw incident" in page.text
    assert school.size() == size


def test_a_plugin_that_hangs_is_not_waited_for_and_then_rests(with_plugins, monkeypatch):
    monkeypatch.setattr(hook_calls, "DEADLINE", 0.2)
    code = """
import time

@hookimpl
def home_cards():
    time.sleep(3)
    return []
"""
    school = with_plugins(abad=code)
    fatima, began = school.client("fatima"), time.monotonic()
    page = fatima.get("/")
    assert "Alles goed" in page.text
    assert time.monotonic() - began < 2.5
    began = time.monotonic()
    assert fatima.get("/").status_code == 200
    assert ("abad", "home_cards") in hook_calls._resting
    assert time.monotonic() - began < 2.5


def test_nobody_waits_for_a_lock_that_a_page_hook_holds(with_plugins):
    """A hook for a page cannot even begin to write, so it cannot keep others from writing."""
    code = """
from intranet.api import log

@hookimpl
def home_cards():
    with log.unit_of_work():
        pass
    return []
"""
    school = with_plugins(bad=code)
    assert school.client("fatima").get("/").status_code == 200
    assert school.client("fatima").report().status_code == 303


COUNTER = """
from intranet.api import Aggregate, Code, acting, event, log

class Note(Aggregate):
    log_name = "counter.note"

    @event("Made")
    def __init__(self, *, of: Code):
        self.of = of

@hookimpl
def event_recorded(event):
    log.save(Note(of=type(event).__name__.lower()))
"""


def kinds_of(school: SmallSchool) -> list[str]:
    from intranet.api import log

    with school.app.app_context():
        return [log.registry.of_class(type(each)).name for each in log.history(school.school)]


def test_a_plugin_is_told_of_what_was_recorded_and_may_record_what_follows(with_plugins):
    school = with_plugins(counter=COUNTER)
    before = kinds_of(school).count("counter.note.Made")
    assert school.client("fatima").report().status_code == 303
    assert kinds_of(school)[-2:] == ["incidents.incident.Reported", "counter.note.Made"]
    assert kinds_of(school).count("counter.note.Made") == before + 1


def test_a_plugin_is_not_told_of_its_own_events(with_plugins):
    school = with_plugins(counter=COUNTER)
    school.report()
    assert kinds_of(school)[-1] == "counter.note.Made"
    assert kinds_of(school)[-2] == "incidents.incident.Reported"


def test_plugins_that_answer_each_other_come_to_an_end(with_plugins, caplog):
    ping, pong = (COUNTER.replace("counter.note", f"{name}.note") for name in ("ping", "pong"))
    school = with_plugins(ping=ping, pong=pong)
    before = school.size()
    assert school.client("fatima").report().status_code == 303
    # Both are told of the report, and of what the other made, and of what they then made: four times from fact to fact.
    assert school.size() - before == 1 + 2 * hook_calls.MOST_FOLLOWING
    assert "does not come to an end; no plugin is told" in caplog.text


@pytest.mark.parametrize(("wanted", "told"), [("Incident.Reported", 1), ("Incident.NoteAdded", 0)])
def test_a_plugin_is_told_of_what_its_manifest_names(with_plugins, wanted, told):
    imports = "from dataclasses import replace\nfrom intranet.api import Incident\n"
    school = with_plugins(counter=f"{COUNTER}{imports}manifest = replace(manifest, told_of=({wanted},))\n")
    before = kinds_of(school).count("counter.note.Made")
    school.report()
    assert kinds_of(school).count("counter.note.Made") == before + told


@pytest.mark.parametrize("wanted", [Incident.Reported, ("incidents.incident.Reported",)])
def test_a_plugin_that_names_no_classes_is_refused(wanted):
    manifest = {"name": "garden", "title": "Tuin", "description": "De tuin."}
    assert Manifest(**manifest, told_of=(Incident.Reported,)).faults() == []
    assert Manifest(**manifest, told_of=wanted).faults() == ["its told_of is no tuple of classes of events"]


def test_a_plugin_that_is_off_is_told_nothing(with_plugins):
    from intranet.activation.commands import disable_plugin

    school = with_plugins(counter=COUNTER)
    school.do("marijke", disable_plugin, "counter", "Klaar.")
    before = kinds_of(school).count("counter.note.Made")
    school.report()
    assert kinds_of(school).count("counter.note.Made") == before


@pytest.mark.parametrize("body", ["1 / 0", "time.sleep(3)"])
def test_what_fails_after_a_fact_never_reaches_who_recorded_it(with_plugins, monkeypatch, body):
    monkeypatch.setattr(hook_calls, "DEADLINE", 0.2)
    school = with_plugins(bad=f"import time\n\n@hookimpl\ndef event_recorded(event):\n    {body}\n")
    began = time.monotonic()
    assert school.client("fatima").report().status_code == 303
    assert time.monotonic() - began < 2.5
    assert kinds_of(school)[-1] == "incidents.incident.Reported"


SLOW = COUNTER.replace("    log.save", "    time.sleep(0.6)\n    log.save").replace(
    "@hookimpl", "import time\n\n@hookimpl"
)


def test_a_plugin_that_is_slow_is_told_of_every_fact_and_nobody_waits_for_it(with_plugins, monkeypatch):
    monkeypatch.setattr(hook_calls, "DEADLINE", 0.1)
    school = with_plugins(counter=SLOW)
    begun = time.monotonic()
    for _ in range(3):
        school.report()
    recording = time.monotonic() - begun
    # Of its own switching on, too.
    while kinds_of(school).count("counter.note.Made") < 4 and time.monotonic() - begun < 30:
        time.sleep(0.05)
    assert kinds_of(school).count("counter.note.Made") == 4
    assert recording < time.monotonic() - begun


def test_a_plugin_that_never_ends_is_told_no_more_in_the_end(with_plugins, monkeypatch, caplog):
    monkeypatch.setattr(hook_calls, "DEADLINE", 0.05)
    monkeypatch.setattr(hook_calls, "MOST_BEHIND", 2)
    monkeypatch.setattr(hook_calls, "_behind", {})
    school = with_plugins(bad="import time\n\n@hookimpl\ndef event_recorded(event):\n    time.sleep(5)\n")
    for _ in range(3):
        school.report()
    assert "The plugin bad is not done with event_recorded within 0.05 s; it goes on." in caplog.text
    assert "The plugin bad is too far behind" in caplog.text


def test_what_failed_is_logged_without_the_words_of_the_failure(with_plugins, caplog):
    school = with_plugins(bad="@hookimpl\ndef home_cards():\n    raise ValueError('Noor werd geslagen')\n")
    school.client("fatima").get("/")
    assert "The plugin bad failed in home_cards: ValueError at" in caplog.text
    assert "Noor" not in caplog.text


def test_what_plugins_answer_is_told_when_asked_and_never_their_words(with_plugins, monkeypatch, capsys):
    monkeypatch.setenv("GEBORGEN_TRACE_HOOKS", "1")
    bad = "@hookimpl\ndef home_cards():\n    raise ValueError('Noor werd geslagen')\n"
    school = with_plugins(bad=bad, counter=COUNTER)

    def told() -> list[str]:
        capsys.readouterr()
        assert "Alles goed" in school.client("fatima").get("/").text
        school.report()
        return re.sub(r"\d+\.\d ms", "so many ms", capsys.readouterr().err).splitlines()

    said = told()
    assert "hook home_cards of good: 1 HomeCard in so many ms" in said
    assert "hook home_cards of bad: failed in so many ms" in said
    assert "hook event_recorded of counter: NoneType in so many ms" in said
    assert not any(word in line for line in said for word in ("Alles goed", "Kaart van goed", "Noor"))
    school.app.config["TRACE_HOOKS"] = False
    assert not any(line.startswith("hook ") for line in told())


def test_who_is_signed_in_is_known_to_a_plugin(with_plugins):
    code = """
from flask import g, url_for
from flask_login import current_user
from intranet.api import HomeCard, may

@hookimpl
def home_cards():
    allowed = "mag" if may("people.read") else "mag niet"
    return [HomeCard("Wie", f"{current_user.name} van {g.school.name} {allowed}: {url_for('people.people')}")]
"""
    page = with_plugins(who=code).client("fatima").get("/").text
    assert "Fatima Tester van IBS De Regenboog mag: /people" in page


def test_contributions_stand_in_one_order_whatever_the_plugin(with_plugins):
    card = """
from intranet.api import HomeCard

@hookimpl
def home_cards():
    return [HomeCard("Later {name}", "x", order=90), HomeCard("Eerder {name}", "x", order=10)]
"""
    page = with_plugins(zebra=card.format(name="zebra"), aap=card.format(name="aap")).client("fatima").get("/").text
    found = [
        page.index(title) for title in ("Eerder aap", "Eerder zebra", "Kaart van goed", "Later aap", "Later zebra")
    ]
    assert found == sorted(found)
