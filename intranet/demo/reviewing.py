"""How the practice school looks back: four times a year the director goes through the log and makes a checkpoint."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from intranet.api import acting, log
from intranet.audit import checkpoints, commands

if TYPE_CHECKING:
    from intranet.demo.telling import Place

REVIEWS = (
    (10, 9, "Begin van het schooljaar. Alle groepen leggen vast."),
    (1, 15, "Veel ruzie op het plein in de lange pauze. Dit staat op de agenda van het MT."),
    (4, 9, "Van groep 8 staat er weinig in. Nagevraagd bij de leerkracht: het is daar rustig."),
    (7, 9, "Alle ernstige incidenten zijn met vier ogen afgesloten."),
)
"""Month and day on which a quarter was gone through, and what struck the director."""


def plan_reviews(place: "Place", years: range, begins: datetime, last: date) -> None:
    """Plan the reviews from the first moment of the history up to and with its last day."""
    first = begins.date()
    for day, remark in _days(years):
        if first < day <= last:
            place.plan(datetime.combine(day, time(16, 30), begins.tzinfo), _reviewing(place, first, day, remark))
            first = day


def _days(years: range) -> Iterator[tuple[date, str]]:
    for year in years:
        for month, day, remark in REVIEWS:
            yield date(year + (month < 8), month, day), remark


def _reviewing(place: "Place", first: date, last: date, remark: str) -> Callable[[], None]:
    def review() -> None:
        with acting(school=place.school, actor=place.staff["marijke"]):
            commands.review_period(first, last, remark)
            if checkpoints.has_key():
                with log.read() as connection:
                    checkpoints.keep_new(connection, place.school)

    return review
