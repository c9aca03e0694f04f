"""Who receives a suspicion about staff, and by name who will and who will not see it: from the roster as it is now."""

from collections.abc import Collection
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from events.frozen import frozen
from events.staff_matter import ADDRESSEES
from intranet.api import current_actor, current_school, db, today
from intranet.people.duties import DUTIES, held_on
from intranet.people.register import holdings
from intranet.people.roster import roster
from intranet.schools.directory import school_of
from intranet.schools.projections import school

DIRECTOR, OVERSIGHT = ADDRESSEES
LEFT_OUT = (
    "head_teacher",
    "care_coordinator",
    "confidential_adviser",
    "protection_officer",
    "bullying_coordinator",
    "management_team",
    "administrator",
)
"""Those of whom somebody would think that they read along."""

TO_COME, ASKED = "to come", "asked"
"""How far closing a matter is; None when it is closed."""


@frozen
class Recipients:
    """Where it goes, who sees it and who does not, by name; `nobody` when the duty is held by nobody.

    Who oversees the board sees it once closing is asked: until then they stand in `at_closing`.
    """

    addressee: str
    who: list[str]
    at_closing: list[str]
    without: list[str]
    nobody: bool

    @property
    def falls_through(self) -> bool:
        return self.addressee == OVERSIGHT


def recipients(named: Collection[UUID] = (), *, by_me: bool = True, closing: str | None = TO_COME) -> Recipients:
    """Return who sees a matter in which these people are named."""
    named = set(named)
    held = holders()
    addressee = addressee_for(named)
    receive = [each for each in held[addressee] if each not in named]
    overseers = [each for each in held[OVERSIGHT] if each not in named and each not in receive]
    writer = _("jij") if by_me else _("wie het meldde")
    names = BoardNames()
    me = current_actor()
    others = [names.of(each, addressee) for each in receive if not (by_me and each == me)]
    overseeing = [names.of(each, OVERSIGHT) for each in overseers if not (by_me and each == me)]
    return Recipients(
        addressee=addressee,
        who=[writer, *others, *(overseeing if closing == ASKED else ())],
        at_closing=overseeing if closing == TO_COME else [],
        without=[
            *(names.of(each) for each in sorted(named, key=str)),
            *_left_out(held, {*named, *receive, *({me} if by_me and me else ())}, names),
        ],
        nobody=not receive,
    )


def addressee_for(named: Collection[UUID]) -> str:
    """Return who receives it: who oversees the board when one of its directors is named."""
    return DIRECTOR if set(named).isdisjoint(holders()[DIRECTOR]) else OVERSIGHT


def second_pair_of_eyes(named: Collection[UUID], by: UUID) -> list[UUID]:
    """Return who else can agree that a matter is closed: another director, or who oversees the board."""
    held = holders()
    directors = [] if addressee_for(named) == OVERSIGHT else held[DIRECTOR]
    return [each for each in dict.fromkeys((*directors, *held[OVERSIGHT])) if each != by and each not in named]


def directors_elsewhere() -> dict[UUID, str]:
    """Return the directors of the board who work at another of its schools, by name."""
    here = roster(current_school())
    names = BoardNames()
    return {each: names.of(each, DIRECTOR) for each in holders()[DIRECTOR] if each not in here}


def holders() -> dict[str, list[UUID]]:
    """Return who holds each duty today: here, and for the duties of the board at any of its schools."""
    day = today()
    held = {duty: [each.person for each in found] for duty, found in held_on(holdings(current_school()), day).items()}
    for other in _schools():
        if other != current_school():
            there = held_on(holdings(other), day)
            for duty in ADDRESSEES:
                held[duty] += [each.person for each in there[duty]]
    return held


def _schools() -> list[UUID]:
    board = school_of(current_school()).board_id
    return list(db.session.scalars(select(school.c.school).where(school.c.board == board)))


def _left_out(held: dict[str, list[UUID]], done: set[UUID], names: "BoardNames") -> list[str]:
    found = {}
    for duty in LEFT_OUT:
        for each in held[duty]:
            if each not in done and each not in found:
                found[each] = names.of(each, duty)
    return list(found.values())


class BoardNames:
    """The names of the board's people: who leads the board is on the roster of one of its schools."""

    def __init__(self) -> None:
        self._here = roster(current_school())

    def of(self, person: UUID | None, duty: str | None = None) -> str:
        """Return somebody's full name, with their duty behind it."""
        if person is None:
            return _("Het systeem")
        name = self._here.get(person)
        if name is None:
            found = (roster(each).get(person) for each in _schools())
            name = next((each for each in found if each is not None), None)
        full = name.full if name is not None else _("iemand die niet meer bekend is")
        return f"{full} ({DUTIES[duty]})" if duty else full
