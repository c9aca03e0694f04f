"""Every page of the practice school, for each kind of colleague: accessible light and dark, on any width, by itself."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from events.involvement import Involvement
from events.log import clock
from events.log.context import acting
from intranet.demo.cast import CAN_BE
from tests.browser.conftest import CONTRAST, NARROWEST, Live, fits, serving
from tests.browser.crawling import Found, crawl, faults_of, parts_of
from tests.practice import MEMBERS, practice_school, school_id, signed_in

LEAD_ON = {"accounts.after_signing_in", "accounts.welcome", "accounts.give_code", "accounts.log_in"}
"""Pages before somebody is signed in; they have a test of their own."""
PICTURES = {f"files.{kind}_{size}" for kind in ("incident", "signal", "case") for size in ("picture", "small_picture")}
DOWNLOADS = {
    "static", "audit.checkpoint_text", "audit.erased", "kanjertraining.calendar", "taakspel.state", *PICTURES,
}  # fmt: skip
OWN_JOURNEYS = {"staff_matters.recorded", "taakspel.plan", "agenda.item"}
"""Pages that the tests of these features open themselves: what leads there is a form, or a calendar program."""
CODES = (400, 403, 404, 405, 409, 413, 429, 500, 503)
ROSTER = b"soort;sleutel;roepnaam;achternaam;groep;jaargroep;hobby;bsn\nleerling;L1;Noor;Berg;6a;6;schaken;1\n"
HOLIDAY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:school\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20271220\r\n"
    b"DTEND;VALUE=DATE:20280102\r\nSUMMARY:Kerstvakantie\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
LESSONS = b"les;groep;thema;kleur\nSamen beginnen;6;Hulp buiten school;rood\nNiet van ons;9x;;\n"
NOT_AGAIN = {"exclude": [["tr:nth-child(n+13)"], ["li:nth-child(n+25)"]]}
"""Rows that are made as the ones before them: a long list is not looked at two hundred times."""
# A sheet made by script: the page's own policy refuses a style attribute.
TWICE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% }");
  document.adoptedStyleSheets = [sheet];
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The practice school with every plugin on, and with error pages that can be asked for."""
    from intranet import failures

    with practice_school(tmp_path_factory) as app:
        app.add_url_rule("/fault/<int:code>", "fault", lambda code: failures.page(code, refused=code == 409))
        _switch_on_every_plugin(app)
        with serving(app) as live:
            yield live


@pytest.fixture
def live(served: Live) -> Live:
    """The same school for every test of this module."""
    return served


def _switch_on_every_plugin(app: Flask) -> None:
    from intranet.activation import enabled
    from intranet.activation.commands import enable_plugin
    from intranet.plugin_manager import installed

    school, _people = _roster(app)
    with app.app_context(), acting(school=school):
        for plugin in installed():
            if not plugin.manifest.always_enabled and plugin.name not in enabled.names(school):
                enable_plugin(plugin.name, "Voor de proef.")


def _roster(app: Flask) -> tuple[UUID, dict[str, UUID]]:
    """Return the school, and whose id goes with which name."""
    from intranet.people.roster import roster

    with app.app_context():
        school = school_id(app)
        return school, {name.full: person for person, name in roster(school).items()}


@pytest.fixture(scope="module")
def seeds(served: Live) -> dict[str, list[str]]:
    """Addresses that no link leads to, by who opens them: what a form leads to, and an incident where all happened."""
    director = signed_in(served.app, "marijke")
    made = [
        director.post("/audit/proof/checkpoints"),
        director.post("/people/import", data={"file": (io.BytesIO(ROSTER), "roster.csv")}),
        director.post("/calendar/import", data={"file": (io.BytesIO(HOLIDAY), "school.ics")}),
        director.post("/kanjertraining/programmes/import", data={"file": (io.BytesIO(LESSONS), "lessen.csv")}),
    ]
    assert [answer.status_code for answer in made] == [303] * len(made)
    director.post("/audit/reviews", data={"first_day": "2026-08-24", "last_day": "2026-09-04", "remark": "Gezien."})
    rich = _rich_incident(served.app)
    signal, case = _signal(served.app), _case(served.app)
    _let_the_rules_of_a_law_count(served.app)
    measure, rule, warning = _patterns(served.app)
    return {
        "fatima": [
            f"{signal}/recorded",
            f"{rich}/recorded",
            "/incidents/?kind=weapon&place=gym",
            "/search",
        ],
        "hanneke": [
            signal,
            case,
            f"{case}/plan",
            f"{case}/plan/new",
            f"{case}/evaluation",
            f"{case}/team",
            f"{case}/people",
            "/cases/",
            "/cases/new",
            f"{signal}/incident",
            measure,
            rule,
            warning,
            rich,
            f"{rich}/correct",
            f"{rich}/people",
            "/incidents/?period=all&kind=quarrel&place=playground",
        ],
        "esther": ["/emergency/now"],
        "marijke": [
            *_kanjer_lessons(served.app),
            *(answer.location for answer in made),
            "/school/law/incidents",
            "/account/confirm",
            "/account/second-factor",
            "/account/school",
            *("/?op=2026-10-01", "/incidents/?op=2026-10-01&klok=gebeurd", "/audit/?op=2026-10-01"),
        ],
    }


def _rich_incident(app: Flask) -> str:
    """Let everything happen to an incident that can happen; return its address."""
    from intranet.incidents import commands
    from intranet.people.roster import roster

    school, people = _roster(app)
    with app.app_context():
        pupils = [each for each in roster(school).values() if each.kind == "pupil" and each.here and each.group == "6a"]
        noor, sem, nova = (each.person_id for each in pupils[:3])
        group = next(group for group, each in roster(school).groups.items() if each.name == "6a")

    def do(by: str, command: Any, *values: Any, **more: Any) -> Any:
        person = people[f"{MEMBERS[by].given} {MEMBERS[by].family}"]
        with app.app_context(), acting(school=school, actor=person):
            return command(*values, **more)

    happened = clock.now() - timedelta(days=3)
    told = f"[[p:{noor.hex}]] riep om hulp.\nIk ben erheen gelopen."
    facts = {"happened_at": happened, "moment": "big_break", "group_id": group}
    parts = [Involvement(noor, "victim"), Involvement(sem, "alleged_perpetrator")]
    incident = do(
        "fatima", commands.report_incident, kinds=["quarrel"], involved=parts, place="playground", account=told, **facts
    )
    do(
        "hanneke", commands.correct_incident, incident, reason="Het was in de gang.", kinds=["threat", "quarrel"],
        place="hallway", account=told + " Er was ook iemand die ik niet ken.", unknown_persons=True, **facts,
    )  # fmt: skip
    do("hanneke", commands.assess_severity, incident, 3, "Er was pijn.")
    do("fatima", commands.add_note, incident, "Moeder gebeld.")
    do("fatima", commands.add_involvements, incident, [Involvement(nova, "witness")])
    do("fatima", commands.change_involvement, incident, nova, "witness", "defender")
    do("fatima", commands.withdraw_involvement, incident, nova, "defender", "Was er niet.")
    do("hanneke", commands.change_confidentiality, incident, True, "De ouders vragen erom.")
    _hang_on(app, incident, people[_name("fatima")])
    return f"/incidents/{incident}"


def _hang_on(app: Flask, record: UUID, by: UUID) -> None:
    """Hang photos and marks on a record, some of them taken away again."""
    from intranet.body_map.commands import note_mark, withdraw_mark
    from intranet.demo.illustrating import scraped_knee
    from intranet.files.commands import add_files, remove_file
    from intranet.files.receiving import received
    from intranet.people.today import today

    with app.test_request_context(), acting(school=school_id(app), actor=by):
        seen = {"record_id": record, "person_id": None, "seen_on": today(), "words": "Het prikt."}
        photo = received(scraped_knee())
        _kept, gone = add_files([photo, photo], record_id=record, shows="Een knie.", added_by=by)
        remove_file(gone, "Twee keer dezelfde.")
        note_mark(**seen, place="front_right_knee", kind="graze", size="coin")
        withdraw_mark(note_mark(**seen, place="back_head", kind="bump", size=None), "Was er niet.")


def _name(key: str) -> str:
    return f"{MEMBERS[key].given} {MEMBERS[key].family}"


def _signal(app: Flask) -> str:
    """Record a signal as a teacher, and return where it is."""
    from intranet.signals.commands import record_signal

    school, people = _roster(app)
    with app.app_context(), acting(school=school, actor=people[_name("fatima")]):
        signal = record_signal(kind="concern", account="Hij is stil de laatste tijd.", happened_at=clock.now())
    _hang_on(app, signal, people[_name("fatima")])
    return f"/signals/{signal}"


def _case(app: Flask) -> str:
    """Open a case with a plan as the care coordinator, and return where it is."""
    from intranet.cases.commands import make_plan, open_case
    from intranet.demo.illustrating import scraped_knee
    from intranet.files.commands import add_files
    from intranet.files.receiving import received
    from intranet.people.roster import roster
    from intranet.people.today import today

    school, people = _roster(app)
    me = people[_name("hanneke")]
    with app.test_request_context(), acting(school=school, actor=me):
        pupil = next(each.person_id for each in roster(school).values() if each.kind == "pupil" and each.here)
        case = open_case(
            kind="bullying",
            signs=["repeated", "on_purpose", "unequal_power"],
            concern="Dit gaat al weken zo door.",
            involved=[Involvement(pupil, "victim")],
            leader=me,
        )
        make_plan(case, goal="Weer met plezier naar school.", evaluate_on=today() + timedelta(days=30))
        add_files([received(scraped_knee())], record_id=case, shows="Een knie.", added_by=me)
    return f"/cases/{case}"


def _let_the_rules_of_a_law_count(app: Flask) -> None:
    from intranet.law.commands import apply_rule_set
    from intranet.people.today import today

    school, people = _roster(app)
    with app.app_context(), acting(school=school, actor=people[_name("marijke")]):
        apply_rule_set(
            rule_set="wvvo", since=today() - timedelta(days=300), always_serious=(), serious_from=3, notice_days=2,
            evaluation_month=10, reason="De wet geldt.",
        )  # fmt: skip


def _patterns(app: Flask) -> tuple[str, str, str]:
    """Propose a measure, switch a rule on that warns at once, and return where these are."""
    from intranet.api import log
    from intranet.people.today import today
    from plugins.patterns.commands import propose_measure, switch_on_rule
    from plugins.patterns.events import Rule

    school, people = _roster(app)
    with app.app_context(), acting(school=school, actor=people[_name("marijke")]):
        evaluate = today() + timedelta(days=30)
        owner = people[_name("hanneke")]
        measure = propose_measure(
            text="Extra toezicht.", pattern={"place": "playground"}, owner_id=owner, evaluate_on=evaluate
        )
        rule = switch_on_rule(who="place", kinds=(), times=3, days=5)
        record, warning = log.get(Rule, rule), uuid4()
        record.warn(
            warning_id=warning, day=today(), happenings=(uuid4(),), person_id=None, group_id=None, place="playground"
        )
        log.save(record)
    return f"/patterns/measures/{measure}", f"/patterns/rules/{rule}", f"/patterns/warnings/{warning}"


def _kanjer_lessons(app: Flask) -> list[str]:
    """Return the pages of a lesson that was given and of one that is planned, with what can be done with them."""
    from intranet.api import SchoolYear
    from intranet.people.today import today
    from plugins.kanjertraining import reading

    school, _people = _roster(app)
    with app.app_context(), acting(school=school):
        rows = reading.lessons(SchoolYear.of(today()).begins)
    given, planned = (next(row.lesson for row in rows if row.state == state) for state in ("given", "planned"))
    pages = [f"/kanjertraining/lessons/{given}", f"/kanjertraining/lessons/{planned}"]
    return [*pages, f"{pages[0]}/repeat", f"{pages[1]}/move", f"{pages[1]}/skip"]


@pytest.fixture(scope="module")
def found(served: Live, seeds: dict[str, list[str]]) -> dict[str, list[Found]]:
    """The pages that each colleague can come to, without a browser."""
    return {key: list(crawl(served.app, signed_in(served.app, key), seeds.get(key, ()))) for key in CAN_BE}


@pytest.fixture(scope="module")
def looked_at() -> set[tuple[str, ...]]:
    """Which kinds of parts the browser has looked at, so that no page is opened twice for nothing."""
    return set()


def test_every_view_is_among_the_pages(served, found):
    from intranet.plugin_manager import installed

    opened = {page.endpoint for pages in found.values() for page in pages}
    known = {
        rule.endpoint
        for rule in served.app.url_map.iter_rules()
        if "GET" in rule.methods and getattr(served.app.view_functions[rule.endpoint], "permission", None)
    }
    missed = known - opened - DOWNLOADS - LEAD_ON - OWN_JOURNEYS
    with served.app.app_context():
        settable = any(plugin.manifest.settings_form for plugin in installed())
    assert missed == (set() if settable else {"activation.settings"})


def test_no_page_holds_what_its_policy_refuses_or_loads_from_elsewhere(found):
    faults = {page.path: faults_of(page.html) for pages in found.values() for page in pages}
    assert {path: wrong for path, wrong in faults.items() if wrong} == {}


@pytest.fixture
def look(page: Page, live: Live, assert_accessible):
    """Hold the page as it stands now to everything, with all that can be opened on it open."""
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((live.url, "data:")) else elsewhere.append(asked.url))

    def at_it() -> None:
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        # Without motion a colour is at once what it will be.
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert_accessible(page, context=NOT_AGAIN)
        page.emulate_media(color_scheme="dark")
        assert_accessible(page, CONTRAST, context=NOT_AGAIN)
        wide = page.viewport_size
        fits(page, NARROWEST)
        page.evaluate(TWICE)
        fits(page, 640)
        page.evaluate("document.adoptedStyleSheets = []")
        page.set_viewport_size(wide)
        assert elsewhere == []

    return at_it


def _sign_in(context: BrowserContext, live: Live, key: str) -> None:
    for cookie in signed_in(live.app, key)._cookies.values():
        context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live.url}])


@pytest.mark.parametrize("key", CAN_BE)
def test_each_colleague_can_use_each_page(page: Page, context, live, found, looked_at, look, key):
    _sign_in(context, live, key)
    for each in found[key]:
        parts = parts_of(each)
        if parts <= looked_at:
            continue
        looked_at |= parts
        page.goto(each.path)
        look()


def test_each_error_is_a_page_like_the_others(page: Page, look, expected_console):
    for code in CODES:
        expected_console.append(str(code))
        page.goto(f"/fault/{code}")
        look()


def test_coming_in_is_made_of_pages_like_the_others(page: Page, context, live, look, expected_console):
    expected_console.extend(["422", "404"])
    page.goto("/login")
    look()
    page.get_by_role("button", name="Log in").click()
    look()
    page.goto("/welcome/nothing")
    look()
    _sign_in(context, live, "marijke")
    page.goto("/accounts")
    page.get_by_role("link", name="Karim").click()
    page.get_by_role("button", name="Maak een nieuwe link").click()
    look()
    link = page.get_by_label("Link").input_value()
    page.goto("/account/agenda")
    page.get_by_role("button", name="Maak een adres").click()
    look()
    context.clear_cookies()
    page.goto(link)
    look()


def test_the_second_step_is_made_of_pages_like_the_others(page: Page, context, live, look):
    _sign_in(context, live, "jeroen")
    page.goto("/account/second-factor")
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Zet aan").click()
    assert re.search("Bewaar nu deze codes", page.content())
    look()
    context.clear_cookies()
    _sign_in(context, live, "jeroen")
    page.goto("/login/code")
    assert page.get_by_role("heading", name="Nog één stap").is_visible()
    look()
