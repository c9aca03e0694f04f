"""What happens to a quiet week: somebody decides that it was one, or takes that back."""

from datetime import date, timedelta
from uuid import UUID

from intranet.api import Aggregate, Code, Refused, event

LOOKED = ("breaks", "class", "pupils", "parents", "team")
"""How somebody looked before they decided: in the breaks, in class, by asking pupils, parents or the team."""
WORKWEEK, LONGEST_AGO = timedelta(days=4), timedelta(weeks=8)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class QuietWeek(Aggregate):
    """A week in which somebody looked and found nothing to record: a decision, so that silence is told from quiet.

    It says who looked, when and how; never that it was safe. What is recorded of that week later stands beside it.
    """

    log_name = "patterns.quiet_week"

    @classmethod
    def decide(cls, *, group_id: UUID | None, monday: date, looked: tuple[str, ...], today: date) -> "QuietWeek":
        """Return a decision about a group, or about the whole school without one.

        Raises `Refused` without saying how one looked, for a week that is not nearly over, and for one long ago.
        """
        if not looked or not set(looked) <= set(LOOKED):
            raise Refused(_("Kies hoe jullie keken."))
        if monday + WORKWEEK > today:
            raise Refused(_("Deze week is nog bezig. Vanaf vrijdag kun je dit vastleggen."))
        if today - monday > LONGEST_AGO:
            raise Refused(_("Dit is te lang geleden. Een besluit van toen was het niet."))
        return cls(group_id=group_id, monday=monday, looked=tuple(each for each in LOOKED if each in looked))

    @event("Decided")
    def __init__(self, *, group_id: UUID | None, monday: date, looked: tuple[Code, ...]):
        self.group_id = group_id
        self.monday = monday
        self.looked = looked
        self.withdrawn = False

    def withdraw(self) -> None:
        """Take the decision back. Raises `Refused` a second time."""
        if self.withdrawn:
            raise Refused(_("Dit is al teruggenomen."))
        self._withdraw()

    @event("Withdrawn")
    def _withdraw(self) -> None:
        self.withdrawn = True
