"""A signal for every way of standing to it, on the board of the contracts."""

from uuid import UUID, uuid4

from intranet.access import NAMED
from tests.contracts.board import Board
from tests.contracts.signals_expected import STATES_READ

Cell = tuple[str, str, str | None]


class ToldSignals:
    """The signals by relation and state; those to which each role stands in its own way also by role."""

    def __init__(self, board: Board):
        self.board = board
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
            with board.reporting_as(me):
                for state in STATES_READ:
                    self.by_cell["reporter", state, role] = self._tell(state, other, board.pupils["other"])
            with board.reporting_as(uuid4()):
                for state in STATES_READ:
                    self.by_cell["named", state, role] = self._tell(state, own, me)

    def _tell(self, state: str, group: UUID, person: UUID) -> UUID:
        from intranet.signals.commands import escalate_signal

        people = [person, self.board.colleague] if state == "colleague" else [person]
        signal = self.board.signal(group, *people, bullying=state == "bullying")
        if state == "escalated":
            escalate_signal(signal, "De directeur moet dit weten.")
        return signal

    def of(self, relation: str, state: str, role: str) -> UUID:
        """Return the signal in a state to which a role stands in a relation."""
        return self.by_cell.get((relation, state, None)) or self.by_cell[relation, state, role]


def known_of_signal(relation: str, state: str) -> frozenset[str]:
    """Return the relations of the access table that hold in a cell."""
    found = {relation, *({"bullying"} if state == "bullying" else ())}
    if state in ("escalated", "colleague"):
        found.add("escalated")
    if relation == "emergency" and state == "colleague":
        found.discard("emergency")
    if relation == "own_pupil":
        found.add("own_group")
    if relation == "named":
        found |= {NAMED, "own_group", "reporter", "shared"}
    return frozenset(found)
