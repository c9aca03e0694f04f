"""Every page and every incident, for everybody who can sign in, against answers that were written by hand.

A page that is in no row of `access_expected.py` fails. What somebody may not know is the same page as what is not
there. Every cell of the access table is turned over once, and each time an answer has to change.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from intranet import access, access_bounds
from intranet.access import ANY, NAMED, STAFF, SUPERVISORY_BOARD, TABLE, Rule, allowed
from intranet.access_bounds import within
from intranet.cases import readable as cases
from intranet.incidents.readable import Reader, Standing, readable_incidents, standing_to
from intranet.people.duties import DUTIES
from intranet.signals import readable as signals
from intranet.staff_matters import readable as matters
from tests.contracts import access_expected as expected
from tests.contracts import cases_expected as of_cases
from tests.contracts import matters_expected as of_matters
from tests.contracts import signals_expected as of_signals
from tests.contracts.board import (
    COUNCIL,
    COUNCIL_PARENT,
    OF_PLUGINS,
    PLAIN,
    RELATIONS,
    ROLES,
    SIGNED_OUT,
    STATES,
    Board,
    FullDisk,
    running,
)
from tests.contracts.told_cases import ToldCases, known_of_case
from tests.contracts.told_matters import ToldMatters, known_of_matter
from tests.contracts.told_signals import ToldSignals, known_of_signal

Page = tuple[str, str]
ASKED_BY_PAGE = (
    ("reporter", "open"),
    ("own_group", "open"),
    ("other_group", "open"),
    ("named", "open"),
    ("own_group", "confidential"),
    ("shared", "confidential"),
    ("other_group", "staff_matter"),
)
"""The cells that each page is asked for; the standing to a record, which all pages ask, is asked for all of them."""
SIGNALS_ASKED_BY_PAGE = (
    ("reporter", "plain"),
    ("shared", "plain"),
    ("named", "plain"),
    ("own_group", "bullying"),
    ("other_group", "escalated"),
)
CASES_ASKED_BY_PAGE = (
    ("leader", "plain"),
    ("participant", "plain"),
    ("shared", "plain"),
    ("named", "plain"),
    ("own_group", "plain"),
    ("other_group", "serious"),
)
MATTERS_ASKED_BY_PAGE = (
    ("reporter", "received"),
    ("other", "received"),
    ("other", "fallen_through"),
    ("named", "received"),
)
OF_ONE_RECORD = {**expected.DONE_WITH, **of_signals.DONE_WITH, **of_matters.DONE_WITH, **of_cases.DONE_WITH}
"""The pages of one record, with what they do with it."""
READ_IN = (*RELATIONS, "emergency")
"""How one can stand to an incident that one reads: as to what is done with it, and by emergency access."""
EVERYBODY = (SIGNED_OUT, *ROLES)
WHO_OPEN_MOST = ("head_teacher", "executive_director", "administrator", "dpo", "care_coordinator")
NOTHING_TO_TELL = {
    ("POST", "/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove", "person_id"),
    ("POST", "/incidents/<uuid:incident_id>/shares/<uuid:person_id>/withdraw", "person_id"),
    ("POST", "/signals/<uuid:signal_id>/shares/<uuid:person_id>/withdraw", "person_id"),
    ("POST", "/cases/<uuid:case_id>/shares/<uuid:person_id>/withdraw", "person_id"),
    ("POST", "/cases/<uuid:case_id>/participants/<uuid:person_id>/remove", "person_id"),
}
"""Who does not teach a group is not taken from it, whoever they are: an id that nobody has gets the same answer.
So it is with a record that is not shared with somebody."""
ASKED_INSIDE = {
    ("POST", "/audit/reviews"): "audit.review",
    ("POST", "/school/law"): "law.switch",
    ("POST", "/school/law/evaluations"): "law.evaluate",
    ("GET", "/patterns/measures/<uuid:measure_id>"): "patterns.read",
    ("POST", "/patterns/measures/<uuid:measure_id>"): "patterns.read",
}
"""What a view asks besides the permission of its page."""
ASKED_OF_A_GROUP = {("POST", "/patterns/quiet-weeks/<uuid:quiet_week_id>/withdraw")}
"""Pages about something of one group, or of the whole school: what they ask stands with the permissions in a group."""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    with running(tmp_path_factory.mktemp("access"), WTF_CSRF_ENABLED=False) as app:
        made = Board(app)
        made.tell_incidents()
        made.take_emergency_access()
        made.apply_rules_of_a_law()
        yield made


@pytest.fixture(scope="module")
def told(board: Board) -> ToldSignals:
    return ToldSignals(board)


@pytest.fixture(scope="module")
def told_matters(board: Board) -> ToldMatters:
    return ToldMatters(board)


@pytest.fixture(scope="module")
def told_cases(board: Board) -> ToldCases:
    return ToldCases(board)


@pytest.fixture(scope="module")
def full_disk(board: Board) -> FullDisk:
    return board.full_disk


@pytest.fixture(scope="module")
def samples(board: Board, told: ToldSignals, told_matters: ToldMatters, told_cases: ToldCases) -> dict[str, Any]:
    """One of everything that an address can name, by the name of the argument."""
    from intranet.accounts.commands import give_link, make_agenda_address
    from intranet.audit.commands import review_period
    from intranet.people.register import holdings
    from intranet.people.today import today

    director = board.client("executive_director")
    made = director.post("/audit/proof/checkpoints")
    with board.acting_as("executive_director"):
        review = review_period(today(), today(), None)
        held = holdings(board.school, board.people["dpo"])[0]
        token = give_link(board.board, board.accounts[PLAIN], given_by=board.people["head_teacher"])
        secret = make_agenda_address(board.board, board.accounts[PLAIN], board.school)
    return {
        "person_id": board.pupils["own"],
        "somebody": board.pupils["own"],
        "group_id": board.groups["7b"],
        "account_id": board.accounts["dpo"],
        "incident_id": board.incident("other_group", "open", PLAIN),
        "follow_up_id": board.follow_ups[board.incident("other_group", "open", PLAIN)],
        **board.attached[board.incident("other_group", "open", PLAIN)],
        "page": 1,
        "signal_id": told.of("other_group", "plain", PLAIN),
        "matter_id": told_matters.of("other", "received", PLAIN),
        "case_id": told_cases.of("other_group", "plain", PLAIN),
        "record_id": told_cases.record,
        "word": "incident",
        "emergency_id": board.emergencies["care_coordinator"],
        "stream": board.pupils["own"],
        "review_id": review,
        "period_id": board.period,
        **board.patterns,
        **board.kanjer,
        **board.game,
        "code": "ABCD-EFGH",
        "kind": "theme",
        "some_group": board.groups["7b"],
        "own_group": board.groups["6a"],
        "upload_id": uuid4(),
        "position": 1,
        "size": int(re.search(r"/(\d+)$", made.location)[1]),
        "token": token,
        "secret": secret,
        "mark": "0" * 32,
        "duty": held.duty,
        "since": held.since.isoformat(),
        "filename": "css/base.css",
        "name": "notebook",
        "of_duty": board.people["dpo"],
    }


def pages_of(app: Flask) -> set[Page]:
    return {
        (method, rule.rule) for rule in app.url_map.iter_rules() for method in rule.methods - {"HEAD", "OPTIONS"}
    }  # fmt: skip


def address(page: Page, values: dict[str, Any]) -> str:
    """Fill in an address; a new kind of argument needs a sample above."""
    if "<duty>" in page[1] and values["person_id"] == values["somebody"]:
        values = {**values, "person_id": values["of_duty"]}
    if "<permission>" in page[1]:
        values = {**values, "permission": "incidents.read", "duty": "bullying_contact"}
    of_groups = ("/kanjertraining/groups/", "/taakspel/groups/")
    if page[1].startswith(of_groups) and values["group_id"] == values["some_group"]:
        values = {**values, "group_id": values["own_group"]}
    if found := re.match(r"/(\w+)/static", page[1]):
        values = {**values, "filename": f"{found[1]}.css"}
    if page[1].endswith("/readable") and values["stream"] == values["somebody"]:
        values = {**values, "stream": values["incident_id"]}
    if page[1].startswith("/patterns/static"):
        values = {**values, "filename": "patterns.css"}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), page[1])


def ask(board: Board, client: Any, page: Page, values: dict[str, Any], **form: str) -> TestResponse:
    if page == ("POST", "/login/as"):
        form = {"account": board.accounts[PLAIN].hex}
    form = form if page[0] == "POST" else {}
    return client.open(address(page, values), method=page[0], data=form, buffered=True)


def reached(answer: TestResponse, page: Page) -> bool:
    """Tell whether a page opened: with an answer of its own, or with the sentence that nothing could be saved."""
    if answer.status_code in (302, 401):  # sign in first
        return False
    assert answer.status_code in (200, 204, 303, 404, 409, 422, 503), (page, answer.status_code)
    return answer.status_code != 404


def without_keys(answer: TestResponse) -> str:
    """Return a page without what is new in every answer."""
    return re.sub(r'(nonce|value|content)="[\w.\-]{16,}"', r"\1", answer.get_data(as_text=True))


def test_every_page_is_in_the_expected_answers_once(board: Board) -> None:
    listed = [page for text in expected.PAGES.values() for page in expected.pages(text)]
    listed += [page for text in expected.INCIDENT_PAGES.values() for page in expected.pages(text)]
    listed += (*of_signals.DONE_WITH, *of_matters.DONE_WITH, *of_cases.DONE_WITH)
    assert len(listed) == len(set(listed))
    assert set(listed) == pages_of(board.app)


def test_every_duty_is_in_the_expected_answers(board: Board) -> None:
    brought = [duty for plugin in board.app.extensions["geborgen.plugins"] for duty in plugin.manifest.duties]
    assert tuple(sorted(brought)) == OF_PLUGINS
    for table in (expected.READING, expected.DOING, of_signals.READING, of_cases.READING):
        assert set(expected.rows(table)) == set(ROLES)
    assert tuple(STATES) == expected.STATES_READ
    assert {len(row) for row in expected.rows(expected.READING).values()} == {len(STATES)}


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages(board: Board, full_disk: FullDisk, samples: dict[str, Any], role: str) -> None:
    client, wrong = board.client(role), []
    for page in sorted(pages_of(board.app) - set(OF_ONE_RECORD)):
        with full_disk():
            opened = reached(ask(board, client, page, samples), page)
        if opened != expected.reaches(page, role):
            wrong.append((*page, opened))
    assert not wrong, wrong


@pytest.mark.parametrize("role", [PLAIN, COUNCIL_PARENT, *WHO_OPEN_MOST])
def test_what_one_may_not_know_is_the_page_that_does_not_exist(
    board: Board,
    told: ToldSignals,
    told_matters: ToldMatters,
    told_cases: ToldCases,
    full_disk: FullDisk,
    samples: dict[str, Any],
    role: str,
) -> None:
    """A record of the other school, and for who may not read it one of this school, against an id that nobody gave."""
    client, wrong = board.client(role), []
    nobody = uuid4()
    incident, signal = board.incident("named", "staff_matter", role), told.of("named", "plain", role)
    matter = told_matters.of("named", "received", role)
    secrets = {
        "incident_id": {incident},
        "signal_id": {signal},
        "matter_id": {matter},
        "stream": {incident, signal, matter},
    }
    elsewhere = {**board.elsewhere, "matter_id": told_matters.elsewhere}
    case = told_cases.of("named", "plain", role)
    secrets = {"incident_id": {incident}, "signal_id": {signal}, "case_id": {case}, "stream": {incident, signal, case}}
    for page in sorted(pages_of(board.app)):
        for argument in set(re.findall(r":(\w+)>", page[1])) & set(elsewhere):
            with full_disk():
                missing = ask(board, client, page, {**samples, argument: nobody})
                for other in {elsewhere[argument], *secrets.get(argument, ())}:
                    seen = ask(board, client, page, {**samples, argument: other})
                    if (seen.status_code, without_keys(seen)) != (missing.status_code, without_keys(missing)):
                        wrong.append((*page, argument, seen.status_code, missing.status_code))
                    if seen.status_code != 404 and (*page, argument) not in NOTHING_TO_TELL:
                        wrong.append((*page, argument, seen.status_code))
    assert not wrong, wrong


@pytest.mark.parametrize("role", ROLES)
def test_incidents(board: Board, role: str) -> None:
    """The condition on the list and the standing to one record, in every state and relation; pages follow below."""
    cells, wrong = list(product(READ_IN, STATES)), []
    duties = duties_of(role)
    with board.app.test_request_context():
        me = Reader(board.people[role], duties, board.school)
        listed = listed_incidents(me)
        for relation, state in cells:
            incident = board.incident(relation, state, role)
            standing = standing_to(incident, me)
            answers = {doing: expected.does(role, doing, relation, state) for doing in expected.INCIDENT_PAGES}
            given = {doing: standing.may(f"incidents.{doing}") for doing in expected.DOINGS}
            given |= {"read": standing.may_read, "share": standing.may_share}
            # Emergency access opens one record at a time and shows in no list.
            shown = expected.reads(role, "other_group" if relation == "emergency" else relation, state)
            if given != answers or (incident in listed) != shown:
                wrong.append((relation, state, given, incident in listed))
        assert standing_to(board.elsewhere["incident_id"], me) is None
        assert board.elsewhere["incident_id"] not in listed
    assert not wrong, wrong


def listed_incidents(me: Reader) -> set[UUID]:
    from sqlalchemy import select

    from intranet.api import db
    from intranet.incidents.projections import register

    return set(db.session.scalars(select(register.c.incident).where(readable_incidents(me))))


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_incidents(board: Board, full_disk: FullDisk, samples: dict[str, Any], role: str) -> None:
    client, wrong = board.client(role), []
    for page, (relation, state) in product(sorted(expected.DONE_WITH), ASKED_BY_PAGE):
        doing = expected.DONE_WITH[page]
        incident = board.incident(relation, state, PLAIN if role == SIGNED_OUT else role)
        with full_disk():
            opened = reached(
                ask(
                    board,
                    client,
                    page,
                    {
                        **samples,
                        **board.attached[incident],
                        "incident_id": incident,
                        "follow_up_id": board.follow_ups[incident],
                    },
                ),
                page,
            )
        if opened != (role != SIGNED_OUT and expected.does(role, doing, relation, state)):
            wrong.append((*page, relation, state, opened))
    assert not wrong, wrong


@pytest.mark.parametrize("role", ROLES)
def test_signals(board: Board, told: ToldSignals, role: str) -> None:
    """The conditions on the lists and the standing to one signal, in every state and relation."""
    cells, wrong = list(product(of_signals.SIGNAL_RELATIONS, of_signals.STATES_READ)), []
    with board.app.test_request_context():
        me = Reader(board.people[role], duties_of(role), board.school)
        listed, readable, decided = (
            listed_by(condition(me))
            for condition in (signals.listed_signals, signals.readable_signals, signals.triaged_signals)
        )
        for relation, state in cells:
            signal = told.of(relation, state, role)
            standing = signals.standing_to(signal, me)
            wanted = tuple(of_signals.does(role, doing, relation, state) for doing in ("see", "triage"))
            reads = of_signals.reads(role, relation, state)
            given = standing.may_read or standing.has_receipt, standing.may_triage
            originals = of_signals.does(role, "open_original", relation, state)
            if given != wanted or standing.may_read != reads or standing.may_open_original != originals:
                wrong.append((relation, state, given, standing.may_read))
            always = of_signals.reads_always(role, relation, state)
            in_lists = always or of_signals.has_receipt(role, relation), wanted[1]
            if (signal in listed, signal in decided) != in_lists or (signal in readable) != always:
                wrong.append((relation, state, "in a list"))
        assert signals.standing_to(board.elsewhere["signal_id"], me) is None
        assert board.elsewhere["signal_id"] not in listed
    assert not wrong, wrong


@pytest.mark.parametrize("role", ROLES)
def test_cases(board: Board, told_cases: ToldCases, role: str) -> None:
    """The conditions on the list and the standing to one case, in every state and relation."""
    doings, wrong = {"read": cases.READ, "work": cases.WORK, "lead": cases.LEAD}, []
    with board.app.test_request_context():
        me = Reader(board.people[role], duties_of(role), board.school)
        listed = {doing: cases_by(cases.readable_cases(me, asked)) for doing, asked in doings.items()}
        for relation, state in product(of_cases.CASE_RELATIONS, of_cases.STATES_READ):
            case = told_cases.of(relation, state, role)
            standing = cases.standing_to(case, me)
            for doing, asked in doings.items():
                given = standing.may_read if doing == "read" else standing.may(asked)
                wanted = of_cases.does(role, doing, relation, state)
                # Emergency access opens one record at a time and shows in no list.
                shown = of_cases.does(role, doing, "other_group" if relation == "emergency" else relation, state)
                if (given, case in listed["read"] & listed[doing]) != (wanted, shown):
                    wrong.append((relation, state, doing))
        assert cases.standing_to(board.elsewhere["case_id"], me) is None
        assert board.elsewhere["case_id"] not in listed["read"]
    assert not wrong, wrong


def cases_by(condition: Any) -> set[UUID]:
    from sqlalchemy import select

    from intranet.api import db
    from intranet.cases.projections import register

    return set(db.session.scalars(select(register.c.case).where(condition)))


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_cases(
    board: Board, told_cases: ToldCases, full_disk: FullDisk, samples: dict[str, Any], role: str
) -> None:
    client, wrong = board.client(role), []
    for page, (relation, state) in product(sorted(of_cases.DONE_WITH), CASES_ASKED_BY_PAGE):
        case = told_cases.of(relation, state, PLAIN if role == SIGNED_OUT else role)
        values = {**samples, "case_id": case, "follow_up_id": board.follow_ups[case], **board.attached[case]}
        with full_disk():
            opened = reached(ask(board, client, page, values), page)
        if opened != (role != SIGNED_OUT and of_cases.does(role, of_cases.DONE_WITH[page], relation, state)):
            wrong.append((*page, relation, state, opened))
    assert not wrong, wrong


def listed_by(condition: Any) -> set[UUID]:
    from sqlalchemy import select

    from intranet.api import db
    from intranet.signals.projections import register

    return set(db.session.scalars(select(register.c.signal).where(condition)))


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_signals(
    board: Board, told: ToldSignals, full_disk: FullDisk, samples: dict[str, Any], role: str
) -> None:
    client, wrong = board.client(role), []
    for page, (relation, state) in product(sorted(of_signals.DONE_WITH), SIGNALS_ASKED_BY_PAGE):
        doing = of_signals.DONE_WITH[page]
        signal = told.of(relation, state, PLAIN if role == SIGNED_OUT else role)
        with full_disk():
            opened = reached(ask(board, client, page, {**samples, **board.attached[signal], "signal_id": signal}), page)
        if opened != (role != SIGNED_OUT and of_signals.does(role, doing, relation, state)):
            wrong.append((*page, relation, state, opened))
    assert not wrong, wrong


@pytest.mark.parametrize("role", ROLES)
def test_matters(board: Board, told_matters: ToldMatters, role: str) -> None:
    """The conditions on the lists and the standing to one suspicion about staff, in every state and relation."""
    cells, wrong = list(product(of_matters.RELATIONS, of_matters.STATES)), []
    with board.app.test_request_context():
        me = Reader(board.people[role], duties_of(role), board.school)
        handled, reported = (
            matters_by(condition(me)) for condition in (matters.handled_matters, matters.reported_matters)
        )
        for relation, state in cells:
            matter = told_matters.of(relation, state, role)
            standing = matters.standing_to(matter, me)
            wanted = of_matters.handles(role, relation, state), of_matters.has_receipt(role, relation)
            given = standing.may_handle, standing.has_receipt
            if given != wanted or (matter in handled, matter in reported) != wanted:
                wrong.append((relation, state, given))
        assert matters.standing_to(told_matters.elsewhere, me) is None
        assert told_matters.elsewhere not in handled | reported
    assert not wrong, wrong


def matters_by(condition: Any) -> set[UUID]:
    from sqlalchemy import select

    from intranet.api import db
    from intranet.staff_matters.projections import register

    return set(db.session.scalars(select(register.c.matter).where(condition)))


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_matters(
    board: Board, told_matters: ToldMatters, full_disk: FullDisk, samples: dict[str, Any], role: str
) -> None:
    client, wrong = board.client(role), []
    for page, (relation, state) in product(sorted(of_matters.DONE_WITH), MATTERS_ASKED_BY_PAGE):
        doing = of_matters.DONE_WITH[page]
        matter = told_matters.of(relation, state, PLAIN if role == SIGNED_OUT else role)
        with full_disk():
            opened = reached(ask(board, client, page, {**samples, "matter_id": matter}), page)
        if opened != (role != SIGNED_OUT and of_matters.does(role, doing, relation, state)):
            wrong.append((*page, relation, state, opened))
    assert not wrong, wrong


@pytest.mark.parametrize("role", ROLES)
def test_parts_of_pages(board: Board, role: str) -> None:
    client = board.client(role)
    for relation, name in (("own_group", "own"), ("other_group", "other")):
        page = client.get(f"/people/{board.pupils[name]}").get_data(as_text=True)
        assert (f"Ouder van {name}" in page) == expected.sees_parents(role, relation), (role, relation)
    sees_board = str(board.accounts[PLAIN]) in client.get("/audit/?of=board&rows=1").get_data(as_text=True)
    assert sees_board == (role in expected.LOG_OF_THE_BOARD.split())


def duties_of(role: str) -> frozenset[str]:
    if role == COUNCIL_PARENT:
        return frozenset({COUNCIL})
    if role == SUPERVISORY_BOARD:
        return frozenset({SUPERVISORY_BOARD})
    return frozenset({STAFF} if role == PLAIN else {STAFF, role})


@dataclass(frozen=True, slots=True)
class Cell:
    """One answer of the access table: for whom, of what, how it is asked, and what it has to be."""

    role: str
    what: tuple[object, ...]
    ask: Callable[[], bool]
    wanted: bool


def cells(permissions: dict[Page, str]) -> Iterator[Cell]:
    """Yield each cell, to be asked of whatever table stands then."""
    for role in ROLES:
        for what, ask, wanted in answers(role, duties_of(role), permissions):
            yield Cell(role, what, ask, wanted)


Answers = Iterator[tuple[tuple[object, ...], Callable[[], bool], bool]]


def answers(role: str, duties: frozenset[str], permissions: dict[Page, str]) -> Answers:
    for page, permission in permissions.items():
        yield page, partial(allowed, permission, duties), expected.reaches(page, role)
    yield from answers_about_incidents(role, duties)
    yield from answers_about_signals(role, duties)
    yield from answers_about_matters(role, duties)
    yield from answers_about_cases(role, duties)
    for permission, relation in product(expected.IN_A_GROUP, ("own_group", "other_group")):
        wanted = expected.does_in_group(role, permission, relation)
        yield (permission, relation), partial(allowed, permission, duties, {relation}), wanted
    for relation in ("own_group", "other_group"):
        asked = partial(allowed, "people.family", duties, {relation})
        yield ("people.family", relation), asked, expected.sees_parents(role, relation)
    for relation in ("owner", "other"):
        asked = partial(allowed, "patterns.owned", duties, {relation})
        yield ("patterns.owned", relation), asked, relation == "owner" and role not in expected.NOT_IN_SERVICE
    yield ("board",), partial(allowed, "audit.board", duties), role in expected.LOG_OF_THE_BOARD.split()


def answers_about_incidents(role: str, duties: frozenset[str]) -> Answers:
    for relation, state in product(READ_IN, STATES):
        facts = SimpleNamespace(staff_matter="staff_matter" in state, confidential="confidential" in state)
        known = {relation, NAMED if relation == "named" else ""} | {
            each for each in ("serious", "flagged") if each in state
        }
        if relation == "named":
            known |= {"reporter", "own_group", "shared"}
        elif relation == "own_pupil":
            known.add("own_group")
        standing = Standing(facts, frozenset(known), duties)
        wanted = expected.reads(role, relation, state)
        if relation == "emergency":
            # Whether somebody stands in that relation is asked of `emergency.open`, in the condition itself.
            wanted |= role not in expected.NOT_IN_SERVICE and "staff_matter" not in state
        yield (relation, state), partial(getattr, standing, "may_read"), wanted
    for relation, doing in product(RELATIONS, expected.DOINGS):
        asked = partial(allowed, f"incidents.{doing}", duties, {"own_pupil": {"own_group"}}.get(relation, {relation}))
        yield (doing, relation), asked, expected.does_if_read(role, doing, relation)


def answers_about_signals(role: str, duties: frozenset[str]) -> Answers:
    for relation, state in product(of_signals.SIGNAL_RELATIONS, of_signals.STATES_READ):
        standing = signals.Standing(None, known_of_signal(relation, state), duties)
        cell = ("signals", relation, state)
        reads = of_signals.reads(role, relation, state)
        if relation == "emergency" and state != "colleague":
            reads = role not in expected.NOT_IN_SERVICE
        yield (*cell, "read"), partial(getattr, standing, "may_read"), reads
        yield (*cell, "receipt"), partial(getattr, standing, "has_receipt"), of_signals.has_receipt(role, relation)
        decides = relation != "named" and of_signals.decides(role, state)
        yield (*cell, "decides"), partial(allowed, signals.TRIAGE, duties, standing.relations), decides
        triage = of_signals.does(role, "triage", relation, state)
        yield (*cell, "triage"), partial(getattr, standing, "may_triage"), triage
        takes_out = relation != "named" and state in of_signals.OPENS_ORIGINALS.get(role, ())
        yield (*cell, "takes out"), partial(allowed, "signals.open_original", duties, standing.relations), takes_out
        originals = of_signals.does(role, "open_original", relation, state)
        yield (*cell, "original"), partial(getattr, standing, "may_open_original"), originals


def answers_about_matters(role: str, duties: frozenset[str]) -> Answers:
    for relation, state in product(of_matters.RELATIONS, of_matters.STATES):
        standing = matters.Standing(None, known_of_matter(relation, state), duties)
        cell = ("matters", relation, state)
        yield (*cell, "handle"), partial(getattr, standing, "may_handle"), of_matters.handles(role, relation, state)
        yield (*cell, "receipt"), partial(getattr, standing, "has_receipt"), of_matters.has_receipt(role, relation)


def answers_about_cases(role: str, duties: frozenset[str]) -> Answers:
    for relation, state in product(of_cases.CASE_RELATIONS, of_cases.STATES_READ):
        standing = cases.Standing(None, known_of_case(relation, state), duties)
        cell = ("cases", relation, state)
        reads = of_cases.reads(role, relation, state)
        if relation == "emergency":
            reads = role not in expected.NOT_IN_SERVICE
        yield (*cell, "read"), partial(getattr, standing, "may_read"), reads
        for doing in ("work", "lead"):
            asked = partial(standing.may, f"cases.{doing}")
            yield (*cell, doing), asked, of_cases.does(role, doing, relation, state)
            asked = partial(allowed, f"cases.{doing}", duties, standing.relations)
            yield (*cell, doing, "if read"), asked, of_cases.does_if_read(role, doing, relation)


class Matrix:
    """Every cell, and which cells a rule can matter to: those that ask its permission for somebody with its duty.

    The answer to a cell follows from the rules of what it asks. A rule that it does not ask for cannot change it, so a
    table with one rule turned over is asked only for the cells of that rule.
    """

    def __init__(self, permissions: dict[Page, str]):
        self.cells = list(cells(permissions))
        self._asking: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            for permission in permissions_asked(cell.ask):
                self._asking[cell.role, permission].append(cell)

    def fits(self, turned: Rule) -> bool:
        """Tell whether the table that stands now gives every wanted answer, if only this rule was turned over."""
        with_it = (role for role in ROLES if turned.duty in duties_of(role))
        return all(cell.ask() == cell.wanted for role in with_it for cell in self._asking[role, turned.permission])


def permissions_asked(ask: Callable[[], bool]) -> set[str]:
    """Return which permissions an answer is taken from."""
    asked: set[str] = set()

    def rules_of(permission: str) -> tuple[Rule, ...]:
        asked.add(permission)
        return of_table(permission)

    of_table, access.rules_of = access.rules_of, rules_of
    try:
        ask()
    finally:
        access.rules_of = of_table
    return asked


@pytest.fixture(scope="module")
def permissions(board: Board) -> dict[Page, str]:
    """Each page that is not of one incident, with the permission that opens it."""
    found = {}
    for rule in board.app.url_map.iter_rules():
        for method in rule.methods - {"HEAD", "OPTIONS"}:
            page = method, rule.rule
            asked = ASKED_INSIDE.get(page) or getattr(board.app.view_functions[rule.endpoint], "permission", None)
            if asked is not None and page not in OF_ONE_RECORD and page not in ASKED_OF_A_GROUP:
                found[page] = asked
    return found


def test_the_access_table_says_what_was_expected(
    board: Board, permissions: dict[Page, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "TABLE", table_of(board))
    assert [(cell.role, *cell.what) for cell in cells(permissions) if cell.ask() != cell.wanted] == []


def table_of(board: Board) -> tuple[Rule, ...]:
    """Return the table with the rows that plugins bring."""
    return (*TABLE, *(rule for rules in board.app.extensions["geborgen.plugins"].rules.values() for rule in rules))


def mutants(table: tuple[Rule, ...]) -> Iterator[tuple[Rule, tuple[Rule, ...]]]:
    """Yield each rule that is gone, and each duty with a permission it does not have, with the table as it is then."""
    for rule in table:
        yield rule, tuple(other for other in table if other != rule)
    for permission in sorted({rule.permission for rule in table}):
        rules = [rule for rule in table if rule.permission == permission]
        relations = sorted({rule.relation for rule in rules} | {ANY})
        for duty, relation in product((STAFF, *DUTIES, *OF_PLUGINS), relations):
            if not changes_nothing(rules, duty, relation):
                more = Rule(permission, duty, relation)
                yield more, (*table, more)


def changes_nothing(rules: list[Rule], duty: str, relation: str) -> bool:
    """Tell whether a duty has this already, by itself or as every member of staff has it."""
    # A parent in the council holds that duty too and is no staff, as who oversees the board is: to them it is news.
    as_staff = () if duty in (COUNCIL, SUPERVISORY_BOARD) else (STAFF,)
    has = {rule.relation for rule in rules if rule.duty in (duty, *as_staff)}
    return ANY in has or relation in has


def test_every_cell_that_is_turned_over_changes_an_answer(
    board: Board, permissions: dict[Page, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    survived, tried = [], 0
    table = table_of(board)
    monkeypatch.setattr(access, "TABLE", table)
    matrix = Matrix(permissions)
    for turned, changed in mutants(table):
        monkeypatch.setattr(access, "TABLE", changed)
        tried += 1
        if matrix.fits(turned):
            survived.append(("without" if turned in table else "with", turned))
    assert survived == []
    assert tried > 250


def test_a_school_changes_the_answers_within_its_bounds_and_no_others(
    board: Board, permissions: dict[Page, str]
) -> None:
    """Each cell again, turned over by a school: what lies outside the bounds stays, also when it was recorded."""
    wrong, tried, table = [], 0, set(table_of(board))
    in_bounds = {
        Rule(permission, duty, relation)
        for permission, bound in access_bounds.OF_CORE.items()
        for duty, relation in product(bound.duties, bound.relations)
        if within(bound, duty, relation)
    }
    news = {
        rule for rule in in_bounds - table if not changes_nothing(of_permission(table, rule), rule.duty, rule.relation)
    }
    with board.acting_as("head_teacher"):
        matrix = Matrix(permissions)
        for turned in {rule for rule, _table in mutants(table_of(board))} | news:
            bound = access.bound_of(turned.permission)
            with access.with_changes(frozenset({(turned, turned not in table)})):
                changed = not matrix.fits(turned)
            tried += changed
            if changed != within(bound, turned.duty, turned.relation):
                wrong.append(turned)
    assert wrong == []
    assert tried > 100


def of_permission(table: set[Rule], like: Rule) -> list[Rule]:
    """Return the rules for the same permission."""
    return [rule for rule in table if rule.permission == like.permission]


def test_a_view_that_forgets_to_ask_is_found(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the matrix: the school's settings opened to everybody are seen in its answers."""
    monkeypatch.setitem(board.app.view_functions, "schools.settings", lambda: "open")
    page = ("GET", "/school")
    assert reached(ask(board, board.client(PLAIN), page, {}), page)
    assert not expected.reaches(page, PLAIN)
