"""What happens to the calendar of a school: free days are added, changed and removed."""

from datetime import date, timedelta

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused
from intranet.calendar.days import KINDS

LONGEST = timedelta(days=120)
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class FreePeriod(Aggregate):
    """Days without school. The title is typed by people, so it is personal until proven otherwise."""

    log_name = "calendar.free_period"

    @classmethod
    def plan(cls, *, title: str, kind: str, first: date, last: date) -> "FreePeriod":
        """Return new free days. Raises `Refused` without a title, and for days that cannot be right."""
        _refuse_impossible(kind, first, last)
        return cls(title=_titled(title), kind=kind, first=first, last=last)

    @event("Added")
    def __init__(self, *, title: Personal, kind: Code, first: date, last: date):
        self.title = title
        self.kind = kind
        self.first = first
        self.last = last
        self.removed = False

    def change(self, *, title: str, kind: str, first: date, last: date) -> None:
        """Set title, kind and days; the same ones record nothing. Raises `Refused` as `plan`, or when removed."""
        self._refuse_removed()
        _refuse_impossible(kind, first, last)
        if (_titled(title), kind, first, last) != (self.title, self.kind, self.first, self.last):
            self._change(title=_titled(title), kind=kind, first=first, last=last)

    @event("Changed")
    def _change(self, *, title: Personal, kind: Code, first: date, last: date) -> None:
        self.title = title
        self.kind = kind
        self.first = first
        self.last = last

    def remove(self) -> None:
        """Take the free days out of the calendar. Raises `Refused` when they are gone already."""
        self._refuse_removed()
        self._remove()

    @event("Removed")
    def _remove(self) -> None:
        self.removed = True

    def put_back(self) -> None:
        """Put the free days back as they were. Raises `Refused` when they are there."""
        if not self.removed:
            raise Refused(_("Deze dagen staan al in de kalender."))
        self._put_back(kind=self.kind, first=self.first, last=self.last)

    @event("PutBack")
    def _put_back(self, *, kind: Code, first: date, last: date) -> None:
        self.removed = False

    def _refuse_removed(self) -> None:
        if self.removed:
            raise Refused(_("Deze vrije dagen staan niet meer in de kalender."))


def _titled(title: str) -> str:
    title = " ".join(title.split())
    if not title:
        raise Refused(_("Schrijf hoe deze vrije dagen heten."))
    return title


def _refuse_impossible(kind: str, first: date, last: date) -> None:
    if kind not in KINDS:
        raise Refused(_("Kies vakantie, studiedag of andere vrije dag."))
    if last < first:
        raise Refused(_("De laatste vrije dag ligt voor de eerste."))
    if not EARLIEST <= first <= last < LATEST:
        raise Refused(_("Kijk of het jaar klopt."))
    if last - first > LONGEST:
        raise Refused(_("Dit is langer dan vier maanden. Kijk of de dagen kloppen."))
