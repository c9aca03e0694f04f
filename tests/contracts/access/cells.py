"""Every answer of the access table, asked of whatever table stands then, and the tables with one cell turned over."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import product
from types import SimpleNamespace

from intranet import access
from intranet.access import ANY, NAMED, STAFF, SUPERVISORY_BOARD, TABLE, Rule, allowed
from intranet.cases import readable as cases
from intranet.incidents.readable import Standing
from intranet.people.duties import DUTIES
from intranet.signals import readable as signals
from intranet.staff_matters import readable as matters
from tests.contracts import access_expected as expected
from tests.contracts import cases_expected as of_cases
from tests.contracts import incidents_expected as of_incidents
from tests.contracts import matters_expected as of_matters
from tests.contracts import parts_expected as of_parts
from tests.contracts import signals_expected as of_signals
from tests.contracts.access.asking import READ_IN, Page, duties_of
from tests.contracts.board import COUNCIL, OF_PLUGINS, RELATIONS, ROLES, STATES, Board
from tests.contracts.told_cases import known_of_case
from tests.contracts.told_matters import known_of_matter
from tests.contracts.told_signals import known_of_signal
from tests.contracts.written_answers import NOT_IN_SERVICE


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
    for permission, relation in product(of_parts.IN_A_GROUP, ("own_group", "other_group")):
        wanted = of_parts.does_in_group(role, permission, relation)
        yield (permission, relation), partial(allowed, permission, duties, {relation}), wanted
    for relation in ("own_group", "other_group"):
        asked = partial(allowed, "people.family", duties, {relation})
        yield ("people.family", relation), asked, of_parts.sees_parents(role, relation)
    for relation in ("owner", "other"):
        asked = partial(allowed, "patterns.owned", duties, {relation})
        yield ("patterns.owned", relation), asked, relation == "owner" and role not in NOT_IN_SERVICE
    yield ("board",), partial(allowed, "audit.board", duties), role in of_parts.LOG_OF_THE_BOARD.split()


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
        wanted = of_incidents.reads(role, relation, state)
        if relation == "emergency":
            # Whether somebody stands in that relation is asked of `emergency.open`, in the condition itself.
            wanted |= role not in NOT_IN_SERVICE and "staff_matter" not in state
        yield (relation, state), partial(getattr, standing, "may_read"), wanted
    for relation, doing in product(RELATIONS, of_incidents.DOINGS):
        asked = partial(allowed, f"incidents.{doing}", duties, {"own_pupil": {"own_group"}}.get(relation, {relation}))
        yield (doing, relation), asked, of_incidents.does_if_read(role, doing, relation)


def answers_about_signals(role: str, duties: frozenset[str]) -> Answers:
    for relation, state in product(of_signals.SIGNAL_RELATIONS, of_signals.STATES_READ):
        standing = signals.Standing(None, known_of_signal(relation, state), duties)
        cell = ("signals", relation, state)
        reads = of_signals.reads(role, relation, state)
        if relation == "emergency" and state != "colleague":
            reads = role not in NOT_IN_SERVICE
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
            reads = role not in NOT_IN_SERVICE
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
