"""Years of a school's history, told straight through the log with many events a save, and put in tables afterwards."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from events.incident import Incident
from events.involvement import Involvement
from events.log import clock
from events.log.clock import told_at
from events.log.context import acting
from events.log.store import Log
from events.log.tables import projection
from intranet.audit.events import Reading
from intranet.incidents.kinds import KINDS, MOMENTS, PLACES
from intranet.people.events import Person
from tests.benchmarks.product import Product

WEEK = timedelta(weeks=1)
WEEKS_A_YEAR = 52
ORDINARY = [kind.code for kind in KINDS if kind.marks <= {"main"}]
WORDS = "Ze trokken allebei aan de bal. Daarna werd er geduwd en geroepen. Ik heb ze uit elkaar gehaald en gepraat."


def live_through(product: Product, years: int, events_a_year: int) -> None:
    """Let the years before now happen at a school, then fill its tables as an upgrade does."""
    write(product, years, events_a_year)
    forget_tables(product)
    product.log.bring_up_to_date()


def write(product: Product, years: int, events_a_year: int) -> None:
    """Record the years before now, a transaction for each week, in no table but the log."""
    plain = Log(product.settings["DATABASE_URL"], product.log.key_store)
    weeks, told, now = years * WEEKS_A_YEAR, 0, clock.now()
    happenings = Happenings(product)
    try:
        for week in range(1, weeks + 1):
            moment = now - (weeks - week) * WEEK - timedelta(minutes=1)
            records = list(happenings.of_a_week(years * events_a_year * week // weeks - told, moment))
            if records:
                with told_at(moment), acting(school=product.school, actor=product.staff["teacher"]):
                    told += len(plain.save(*records))
    finally:
        plain.close()


def forget_tables(product: Product) -> None:
    """Leave no projection that knows anything of the past."""
    with product.log.write_engine.begin() as connection:
        connection.execute(projection.delete())


class Happenings:
    """What happens at a school, drawn in the proportions of the practice school: the same each time."""

    def __init__(self, product: Product):
        self.draw = Random(product.school.int % 7)
        self.pupils = [(group, pupil) for group, pupils in product.pupils.items() for pupil in pupils]
        self.incidents: list[UUID] = [uuid4()]

    def of_a_week(self, events: int, until: datetime) -> Iterator[Any]:
        """Return records with together about so many events, that happened in the week before a moment."""
        while events > 0:
            kind: Callable[[datetime], Any] = self.draw.choices(
                (self._incident, self._reading, self._pupil), weights=(60, 36, 4)
            )[0]
            record = kind(until - timedelta(minutes=self.draw.randrange(60, 6 * 24 * 60)))
            events -= len(record.pending_events)
            yield record

    def _incident(self, moment: datetime) -> Incident:
        draw = self.draw
        parts = draw.sample(self.pupils, min(2, len(self.pupils)))
        facts: dict[str, Any] = {
            "kinds": draw.sample(ORDINARY, draw.choice((1, 1, 2))),
            "place": draw.choice(PLACES).code,
            "moment": draw.choice(MOMENTS).code,
            "happened_at": moment,
            "group_id": parts[0][0],
            "unknown_persons": False,
            "account": WORDS,
        }
        incident = Incident.report(
            **facts,
            involved=[Involvement(pupil, "involved") for _group, pupil in parts],
            confidential=draw.random() < 0.05,
        )
        if draw.random() < 0.6:
            incident.assess(draw.choice((1, 1, 1, 2, 2, 3)))
        if draw.random() < 0.45:
            incident.note("De ouders zijn gebeld. Morgen praten we verder.")
        if draw.random() < 0.05:
            incident.correct(**{**facts, "account": f"{WORDS} Dat was bij het hek."}, reason="De plek ontbrak.")
        if draw.random() < 0.05:
            incident.involve(draw.choice(self.pupils)[1], "witness")
        self.incidents = [*self.incidents[-50:], incident.id]
        return incident

    def _reading(self, _moment: datetime) -> Reading:
        return Reading(
            record_kind="incidents.incident", record_id=self.draw.choice(self.incidents), ground="duty",
            role="care_coordinator",
        )  # fmt: skip

    def _pupil(self, moment: datetime) -> Person:
        """A pupil who was here for a while: ten years of a school are three times the pupils it has at once."""
        group, other = (self.draw.choice(self.pupils)[0] for _ in range(2))
        pupil = Person(
            kind="pupil", given_name="Sem", infix=None, family_name="Bakker", source=None, group_id=group,
            year_group="6", happened_on=moment.date(),
        )  # fmt: skip
        if other != group:
            pupil.move(group_id=other, year_group="7", on=moment.date())
        pupil.leave(on=moment.date())
        return pupil
