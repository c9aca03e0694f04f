"""What happens to a licence, to a KanVAS window, and to the agreements and themes that a school words itself."""

from datetime import date
from uuid import UUID

from intranet.api import Aggregate, Code, Personal, Refused, event

from .events import YEAR_GROUPS

LEVELS = ("a", "b", "c", "refresher")
WAVES = ("autumn", "spring")
AGREEMENT, THEME = LINES = ("agreement", "theme")


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Licence(Aggregate):
    """The licence of a member of staff to give the lessons, as it stands on paper: personal, and bound to a school."""

    log_name = "kanjertraining.licence"

    @classmethod
    def record(
        cls,
        *,
        person_id: UUID,
        level: str,
        issued_on: date,
        valid_until: date,
        at_this_school: bool,
        evidence: str | None,
    ) -> "Licence":
        """Return a new licence. Raises `Refused` for a level that does not exist and for days in the wrong order."""
        _refuse_licence(level, issued_on, valid_until)
        return cls(
            person_id=person_id,
            level=level,
            issued_on=issued_on,
            valid_until=valid_until,
            at_this_school=at_this_school,
            evidence=evidence or None,
        )

    @event("Recorded")
    def __init__(
        self,
        *,
        person_id: UUID,
        level: Code,
        issued_on: date,
        valid_until: date,
        at_this_school: bool,
        evidence: Personal | None,
    ):
        self.person_id = person_id
        self.facts = (level, issued_on, valid_until, at_this_school, evidence)
        self.withdrawn = False
        self.withdrawn_because: str | None = None

    def change(
        self, *, level: str, issued_on: date, valid_until: date, at_this_school: bool, evidence: str | None
    ) -> None:
        """Put right what was entered, or put it in the name of this school; the same again records nothing."""
        if self.withdrawn:
            raise Refused(_("Deze licentie is al weggehaald."))
        _refuse_licence(level, issued_on, valid_until)
        facts = (level, issued_on, valid_until, at_this_school, evidence or None)
        if facts != self.facts:
            names = ("level", "issued_on", "valid_until", "at_this_school", "evidence")
            self._change(**dict(zip(names, facts, strict=True)))

    @event("Changed")
    def _change(
        self, *, level: Code, issued_on: date, valid_until: date, at_this_school: bool, evidence: Personal | None
    ) -> None:
        self.facts = (level, issued_on, valid_until, at_this_school, evidence)

    def withdraw(self, reason: str) -> None:
        """Let it count no more. Raises `Refused` without a reason."""
        if self.withdrawn:
            raise Refused(_("Deze licentie is al weggehaald."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom de licentie niet meer telt."))
        self._withdraw(reason=reason)

    @event("Withdrawn")
    def _withdraw(self, *, reason: Personal) -> None:
        self.withdrawn = True
        self.withdrawn_because = reason


def _refuse_licence(level: str, issued_on: date, valid_until: date) -> None:
    if level not in LEVELS:
        raise Refused(_("Kies welke licentie het is."))
    if valid_until < issued_on:
        raise Refused(_("De licentie eindigt voor zij begint."))


class Window(Aggregate):
    """The days between which the KanVAS lists are filled in for some year groups."""

    log_name = "kanjertraining.window"

    @classmethod
    def open(cls, *, wave: str, year_groups: tuple[str, ...], first: date, last: date) -> "Window":
        """Return a new window. Raises `Refused` for days in the wrong order and for no year group."""
        _refuse_window(wave, year_groups, first, last)
        return cls(wave=wave, year_groups=tuple(sorted(set(year_groups))), first=first, last=last)

    @event("Opened")
    def __init__(self, *, wave: Code, year_groups: tuple[Code, ...], first: date, last: date):
        self.facts = (wave, year_groups, first, last)
        self.removed = False

    def change(self, *, wave: str, year_groups: tuple[str, ...], first: date, last: date) -> None:
        """Set other days or groups; the same again records nothing."""
        if self.removed:
            raise Refused(_("Dit venster is weggehaald."))
        _refuse_window(wave, year_groups, first, last)
        facts = (wave, tuple(sorted(set(year_groups))), first, last)
        if facts != self.facts:
            self._change(wave=facts[0], year_groups=facts[1], first=first, last=last)

    @event("Changed")
    def _change(self, *, wave: Code, year_groups: tuple[Code, ...], first: date, last: date) -> None:
        self.facts = (wave, year_groups, first, last)

    def remove(self) -> None:
        """Take it away. Raises `Refused` when that was done before."""
        if self.removed:
            raise Refused(_("Dit venster is weggehaald."))
        self._remove()

    @event("Removed")
    def _remove(self) -> None:
        self.removed = True


def _refuse_window(wave: str, year_groups: tuple[str, ...], first: date, last: date) -> None:
    if wave not in WAVES:
        raise Refused(_("Kies welke afname het is."))
    if not year_groups or not set(year_groups) <= set(YEAR_GROUPS):
        raise Refused(_("Kies voor welke groepen het is."))
    if last < first:
        raise Refused(_("De laatste dag ligt voor de eerste."))


class Line(Aggregate):
    """An agreement or a theme in the school's own words, with its place in the list."""

    log_name = "kanjertraining.line"

    @classmethod
    def word(cls, *, kind: str, number: int, text: str) -> "Line":
        """Return a new line. Raises `Refused` without words."""
        if kind not in LINES:
            raise Refused(_("Kies of het een afspraak of een thema is."))
        _refuse_wordless(number, text)
        return cls(kind=kind, number=number, text=text)

    @event("Worded")
    def __init__(self, *, kind: Code, number: int, text: Personal):
        self.kind = kind
        self.number = number
        self.text = text
        self.retired = False

    def reword(self, *, number: int, text: str) -> None:
        """Say it otherwise or put it elsewhere; what was said before stays in the log."""
        if self.retired:
            raise Refused(_("Dit is al weggehaald."))
        _refuse_wordless(number, text)
        if (number, text) != (self.number, self.text):
            self._reword(number=number, text=text)

    @event("Reworded")
    def _reword(self, *, number: int, text: Personal) -> None:
        self.number = number
        self.text = text

    def retire(self) -> None:
        """Use it no more. Raises `Refused` when that was done before."""
        if self.retired:
            raise Refused(_("Dit is al weggehaald."))
        self._retire()

    @event("Retired")
    def _retire(self) -> None:
        self.retired = True


def _refuse_wordless(number: int, text: str) -> None:
    if number < 1:
        raise Refused(_("Nummer vanaf 1."))
    if not text.strip():
        raise Refused(_("Schrijf het op."))
