"""What a school changed of who may read what, as part of its record: each cell by itself, with the reason."""

from typing import NamedTuple

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused


class Cell(NamedTuple):
    """Somebody with a duty has a permission on records to which they stand in a relation."""

    permission: str
    duty: str
    relation: str


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class NeedToKnow(Aggregate):
    """The part of a school that says who needs to know; the bounds within which it may are those of the program."""

    def _nothing_changed_yet(self) -> None:
        """Begin: called where the school itself begins."""
        self.need_to_know: dict[Cell, bool] = {}

    def change_need_to_know(self, cell: Cell, given: bool, reason: str) -> None:
        """Give a duty a permission, or take it away. Raises `Refused` without a reason."""
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit verandert."))
        if self.need_to_know.get(cell) != given:
            self._change_need_to_know(
                permission=cell.permission, duty=cell.duty, relation=cell.relation, given=given, reason=reason.strip()
            )

    @event("NeedToKnowChanged")
    def _change_need_to_know(
        self, *, permission: Code, duty: Code, relation: Code, given: bool, reason: Personal
    ) -> None:
        # A copy of the record is shared between requests: a table of its own for each version.
        self.need_to_know = {**self.need_to_know, Cell(permission, duty, relation): given}
