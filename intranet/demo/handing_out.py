"""The chronologies that left the practice school: to whom, why, and how much went along."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from events.frozen import frozen
from intranet.api import acting, log
from intranet.chronology.commands import note_handed_out
from intranet.chronology.levels import AGENCY, PARENTS
from intranet.chronology.records import Records, records_about
from intranet.chronology.subjects import PERSON, About
from intranet.incidents.readable import Reader
from intranet.people.register import duties_of
from intranet.people.today import school_zone

if TYPE_CHECKING:
    from intranet.demo.telling import Place


@frozen
class Given:
    """A chronology of a pupil of a group: so many school days before the last one, for whom and why."""

    days: int
    group: str
    level: str
    recipient: str
    name: str
    reason: str


GIVEN = (
    Given(40, "7a", PARENTS, "parents", "Beide ouders", "Zij vroegen om inzage vóór het gesprek op school."),
    Given(12, "6a", AGENCY, "youth_care", "Het wijkteam", "Het gezin krijgt hulp. De ouders weten dat wij dit geven."),
)


def plan_handed_out(place: "Place", days: Sequence[date]) -> None:
    """Plan what is given, by the care coordinator, on the afternoon of one of these school days."""
    for each in GIVEN:
        moment = datetime.combine(days[-each.days], time(15, 35), school_zone())
        place.plan(moment, _giving(place, each))


def _giving(place: "Place", given: Given) -> Callable[[], None]:
    def give() -> None:
        hanneke = place.staff["hanneke"]
        with acting(school=place.school, actor=hanneke):
            someone = Reader(hanneke, duties_of(place.school, hanneke), place.school)
            told = [(_lines(_records(each, someone)), each) for each in place.pupils[given.group]]
            lines, pupil = max(told)
            note_handed_out(
                subject_kind=PERSON,
                subject_id=pupil,
                level=given.level,
                recipient=given.recipient,
                recipient_name=given.name,
                reason=given.reason,
                lines=lines,
                struck=1,
                home=False,
                staff_matters=False,
                left_out=(),
                filters=(),
            )

    return give


def _records(pupil: UUID, someone: Reader) -> Records:
    return records_about(About(PERSON, pupil, "", "", pupil=True), someone).to_hand_out(home=False, staff=False)


def _lines(records: Records) -> int:
    return sum(len(list(log.events.get(each))) for each in records.carriers)
