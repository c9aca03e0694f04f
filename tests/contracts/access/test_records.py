"""Every record and its pages, for everybody who can sign in, in every state and relation, against written answers."""

from collections.abc import Callable
from itertools import product
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, ColumnElement, select

from intranet.api import db
from intranet.cases import readable as cases
from intranet.cases.projections import register as register_of_cases
from intranet.incidents.projections import register as register_of_incidents
from intranet.incidents.readable import Reader, readable_incidents, standing_to
from intranet.signals import readable as signals
from intranet.signals.projections import register as register_of_signals
from intranet.staff_matters import readable as matters
from intranet.staff_matters.projections import register as register_of_matters
from tests.contracts import cases_expected as of_cases
from tests.contracts import incidents_expected as of_incidents
from tests.contracts import matters_expected as of_matters
from tests.contracts import signals_expected as of_signals
from tests.contracts.access.asking import EVERYBODY, READ_IN, ask, duties_of, reached
from tests.contracts.board import PLAIN, ROLES, SIGNED_OUT, STATES, Board
from tests.contracts.full_disk import FullDisk
from tests.contracts.told_cases import ToldCases
from tests.contracts.told_matters import ToldMatters
from tests.contracts.told_signals import ToldSignals

ASKED_BY_PAGE = (
    ("reporter", "open"),
    ("own_group", "open"),
    ("other_group", "open"),
    ("named", "open"),
    ("own_group", "confidential"),
    ("shared", "confidential"),
    ("other_group", "staff_matter"),
)
"""The cells that pages are asked for; the standing to a record, which all pages ask, is asked for all of them."""

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


Cell = tuple[str, str]
"""How somebody stands to a record, and its state."""
PagesThatDiffer = Callable[..., list[tuple[str, ...]]]


@pytest.fixture
def pages_that_differ(board: Board, full_disk: FullDisk, samples: dict[str, Any], undrawn: None) -> PagesThatDiffer:
    """Returns the cells in which a page of a record opens for a role, and should not, or the other way round.

    `of` is the module of written answers; `values` fill in the address of a record in a relation and a state.
    """

    def differ(
        role: str,
        of: ModuleType,
        cells: tuple[Cell, ...],
        values: Callable[[str, str], dict[str, Any]],
    ) -> list[tuple[str, ...]]:
        client, wrong = board.client(role), []
        for turn, (page, doing) in enumerate(sorted(of.DONE_WITH.items())):
            answers = {each: answers_of(role, of, each, cells) for each in {*of.DONE_WITH.values()}}
            for relation, state in telling(answers, doing, turn):
                with full_disk():
                    opened = reached(ask(board, client, page, {**samples, **values(relation, state)}), page)
                if opened != answers[doing][relation, state]:
                    wrong.append((*page, relation, state, "opened" if opened else "did not open"))
        return wrong

    return differ


def answers_of(role: str, of: ModuleType, doing: str, cells: tuple[Cell, ...]) -> dict[Cell, bool]:
    """Return in which cells a role may do something."""
    return {cell: role != SIGNED_OUT and of.does(role, doing, *cell) for cell in cells}


def telling(answers: dict[str, dict[Cell, bool]], doing: str, turn: int) -> list[Cell]:
    """Return the cells in which a page shows that it asks for this doing, and for no other.

    One where it opens and one where it does not, and for each other doing one with another answer. Where several would
    tell, pages take turns, so that no cell goes unasked.
    """
    mine, chosen = answers[doing], []
    wanted = [{cell for cell in mine if mine[cell]}, {cell for cell in mine if not mine[cell]}]
    wanted += [{cell for cell in mine if mine[cell] != others[cell]} for others in answers.values()]
    for tells in wanted:
        if tells and tells.isdisjoint(chosen):
            chosen.append(sorted(tells)[turn % len(tells)])
    return chosen


def asked_for(role: str) -> str:
    """Return whose records a role is asked about: who is not signed in has none of their own."""
    return PLAIN if role == SIGNED_OUT else role


def ids(column: Column[UUID], condition: ColumnElement[bool]) -> set[UUID]:
    return set(db.session.scalars(select(column).where(condition)))


@pytest.mark.parametrize("role", ROLES)
def test_incidents(board: Board, role: str) -> None:
    """The condition on the list and the standing to one record, in every state and relation; pages follow below."""
    cells, wrong = list(product(READ_IN, STATES)), []
    duties = duties_of(role)
    with board.app.test_request_context():
        me = Reader(board.people[role], duties, board.school)
        listed = ids(register_of_incidents.c.incident, readable_incidents(me))
        for relation, state in cells:
            incident = board.incident(relation, state, role)
            standing = standing_to(incident, me)
            answers = {doing: of_incidents.does(role, doing, relation, state) for doing in of_incidents.INCIDENT_PAGES}
            given = {doing: standing.may(f"incidents.{doing}") for doing in of_incidents.DOINGS}
            given |= {"read": standing.may_read, "share": standing.may_share}
            # Emergency access opens one record at a time and shows in no list.
            shown = of_incidents.reads(role, "other_group" if relation == "emergency" else relation, state)
            if given != answers or (incident in listed) != shown:
                wrong.append((relation, state, given, incident in listed))
        assert standing_to(board.elsewhere["incident_id"], me) is None
        assert board.elsewhere["incident_id"] not in listed
    assert not wrong, wrong


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_incidents(board: Board, pages_that_differ: PagesThatDiffer, role: str) -> None:
    def values(relation: str, state: str) -> dict[str, Any]:
        incident = board.incident(relation, state, asked_for(role))
        of_it = {"follow_up_id": board.follow_ups[incident], "note": board.notes[incident]}
        return {**board.attached[incident], "incident_id": incident, **of_it}

    assert pages_that_differ(role, of_incidents, ASKED_BY_PAGE, values) == []


@pytest.mark.parametrize("role", ROLES)
def test_signals(board: Board, told: ToldSignals, role: str) -> None:
    """The conditions on the lists and the standing to one signal, in every state and relation."""
    cells, wrong = list(product(of_signals.SIGNAL_RELATIONS, of_signals.STATES_READ)), []
    with board.app.test_request_context():
        me = Reader(board.people[role], duties_of(role), board.school)
        listed, readable, decided = (
            ids(register_of_signals.c.signal, condition(me))
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
        listed = {
            doing: ids(register_of_cases.c.case, cases.readable_cases(me, asked)) for doing, asked in doings.items()
        }
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


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_cases(board: Board, told_cases: ToldCases, pages_that_differ: PagesThatDiffer, role: str) -> None:
    def values(relation: str, state: str) -> dict[str, Any]:
        case = told_cases.of(relation, state, asked_for(role))
        return {**board.attached[case], "case_id": case, "follow_up_id": board.follow_ups[case]}

    assert pages_that_differ(role, of_cases, CASES_ASKED_BY_PAGE, values) == []


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_signals(board: Board, told: ToldSignals, pages_that_differ: PagesThatDiffer, role: str) -> None:
    def values(relation: str, state: str) -> dict[str, Any]:
        signal = told.of(relation, state, asked_for(role))
        return {**board.attached[signal], "signal_id": signal}

    assert pages_that_differ(role, of_signals, SIGNALS_ASKED_BY_PAGE, values) == []


@pytest.mark.parametrize("role", ROLES)
def test_matters(board: Board, told_matters: ToldMatters, role: str) -> None:
    """The conditions on the lists and the standing to one suspicion about staff, in every state and relation."""
    cells, wrong = list(product(of_matters.RELATIONS, of_matters.STATES)), []
    with board.app.test_request_context():
        me = Reader(board.people[role], duties_of(role), board.school)
        handled, reported = (
            ids(register_of_matters.c.matter, condition(me))
            for condition in (matters.handled_matters, matters.reported_matters)
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


@pytest.mark.parametrize("role", EVERYBODY)
def test_pages_of_matters(told_matters: ToldMatters, pages_that_differ: PagesThatDiffer, role: str) -> None:
    def values(relation: str, state: str) -> dict[str, Any]:
        return {"matter_id": told_matters.of(relation, state, asked_for(role)), "note": told_matters.note}

    assert pages_that_differ(role, of_matters, MATTERS_ASKED_BY_PAGE, values) == []


def test_what_is_asked_of_a_page_tells_its_doing_from_every_other() -> None:
    """The control of the selection: whatever other doing a page would ask for, some cell has another answer."""
    asked_by_page = {
        of_incidents: ASKED_BY_PAGE,
        of_signals: SIGNALS_ASKED_BY_PAGE,
        of_cases: CASES_ASKED_BY_PAGE,
        of_matters: MATTERS_ASKED_BY_PAGE,
    }
    for (of, cells), role in product(asked_by_page.items(), ROLES):
        answers = {doing: answers_of(role, of, doing, cells) for doing in {*of.DONE_WITH.values()}}
        for mine, other in product(answers, repeat=2):
            differs = {cell for cell in cells if answers[mine][cell] != answers[other][cell]}
            assert not differs or not differs.isdisjoint(telling(answers, mine, 3)), (of.__name__, role, mine, other)
