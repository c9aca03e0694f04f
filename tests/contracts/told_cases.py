"""A case for every way of standing to it, on the board of the contracts."""

from uuid import UUID, uuid4

from events.case import Case
from events.involvement import Involvement
from intranet.access import NAMED
from tests.contracts.board import Board
from tests.contracts.cases_expected import STATES_READ

Cell = tuple[str, str, str | None]
INCIDENT = "incidents.incident"


class ToldCases:
    """The cases by relation and state; those to which each role stands in its own way also by role."""

    def __init__(self, board: Board):
        self.board = board
        self.record = board.incident("other_group", "open", "staff")
        self.by_cell: dict[Cell, UUID] = {}
        own, other = board.groups["6a"], board.groups["7b"]
        with board.reporting_as(uuid4()):
            for state in STATES_READ:
                for relation, group, pupil in (
                    ("own_group", own, "other"),
                    ("own_pupil", other, "own"),
                    ("other_group", other, "other"),
                    ("emergency", other, "urgent"),
                ):
                    self.by_cell[relation, state, None] = self._tell(state, group, board.pupils[pupil])
                self.by_cell["shared", state, None] = self._tell(state, other, board.pupils["other"])
                board.share_with_all(self.by_cell["shared", state, None])
        for role, me in board.people.items():
            with board.reporting_as(uuid4()):
                for state in STATES_READ:
                    self._tell_to(role, me, state, other)

    def _tell_to(self, role: str, me: UUID, state: str, group: UUID) -> None:
        from intranet.cases.commands import involve

        pupil = self.board.pupils["other"]
        self.by_cell["leader", state, role] = self._tell(state, group, pupil, me)
        case = self.by_cell["participant", state, role] = self._tell(state, group, pupil)
        # Past the command, which refuses who does not work here: the table decides what it opens.
        joined = self.board.log.get(Case, case)
        joined.add_participant(me)
        self.board.log.save(joined)
        case = self.by_cell["named", state, role] = self._tell(state, self.board.groups["6a"], pupil, me)
        involve(case, [Involvement(me, "alleged_perpetrator")])

    def _tell(self, state: str, group: UUID, pupil: UUID, leader: UUID | None = None) -> UUID:
        from intranet.cases.commands import weigh

        case = self.board.case(pupil, group, leader, gathering=[(INCIDENT, self.record)])
        if state == "serious":
            weigh(case, True, "Durft niet naar school.")
        return case

    def of(self, relation: str, state: str, role: str) -> UUID:
        """Return the case in a state to which a role stands in a relation."""
        return self.by_cell.get((relation, state, None)) or self.by_cell[relation, state, role]


def known_of_case(relation: str, state: str) -> frozenset[str]:
    """Return the relations of the access table that hold in a cell."""
    found = {relation, *({"serious"} if state == "serious" else ())}
    if relation == "own_pupil":
        found.add("own_group")
    if relation == "named":
        found |= {NAMED, "own_group", "leader", "shared"}
    return frozenset(found)
