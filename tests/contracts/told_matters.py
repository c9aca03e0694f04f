"""A suspicion about staff for every way of standing to it, on the board of the contracts."""

from uuid import UUID, uuid4

from intranet.access import NAMED
from tests.contracts.board import Board
from tests.contracts.matters_expected import STATES

Cell = tuple[str, str, str | None]


class ToldMatters:
    """The matters by relation and state; those to which each role stands in its own way also by role."""

    def __init__(self, board: Board):
        self.board = board
        self.by_cell: dict[Cell, UUID] = {}
        self.note = 0
        """The number of the note of its reporter: the same in every matter."""
        with board.reporting_as(uuid4()):
            for state in STATES:
                self.by_cell["other", state, None] = self._tell(state)
        for role, me in board.people.items():
            with board.reporting_as(me):
                for state in STATES:
                    self.by_cell["reporter", state, role] = self._tell(state)
            with board.reporting_as(uuid4()):
                for state in STATES:
                    self.by_cell["named", state, role] = self._tell(state, me)
        with board.app.app_context():
            self.elsewhere = self._elsewhere()

    def _tell(self, state: str, *named: UUID) -> UUID:
        from events.staff_matter import StaffMatter
        from intranet.people.today import today

        # The board of the contracts has one of everything, so the aggregate is asked for what two directors would make.
        addressee = "supervisory_board" if state == "fallen_through" else "executive_director"
        people = named or (self.board.colleague,)
        matter = StaffMatter.report(account="Te ver.", addressee=addressee, named=people, today=today())
        self.note = matter.note("Er is nog iets.")
        if state == "closing_asked":
            matter.judge(reasonable=False, reasons="Besloten.", on=today(), today=today())
            matter.close(by=uuid4(), reason="Klaar.", second_exists=True)
        self.board.log.save(matter)
        return matter.id

    def _elsewhere(self) -> UUID:
        from events.log.context import acting

        with acting(school=self.board.other_school, actor=uuid4()):
            return self._tell("received")

    def of(self, relation: str, state: str, role: str) -> UUID:
        """Return the matter in a state to which a role stands in a relation."""
        return self.by_cell.get((relation, state, None)) or self.by_cell[relation, state, role]


def known_of_matter(relation: str, state: str) -> frozenset[str]:
    """Return the relations of the access table that hold in a cell."""
    found = {relation}
    found |= {"oversight"} if state == "fallen_through" else {"received"}
    if state == "closing_asked":
        found.add("oversight")
    if relation == "named":
        found |= {NAMED, "reporter"}
    return frozenset(found)
