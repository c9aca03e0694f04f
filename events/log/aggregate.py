"""The base of everything that happens: an aggregate whose events carry a lasting name instead of a module path."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from eventsourcing import domain
from eventsourcing.domain import event

from events.log.kinds import registry
from events.log.personal import ERASED, SEALED, Code, Personal

__all__ = ["ERASED", "SEALED", "Aggregate", "Code", "Personal", "UnknownEvent", "event"]


class Aggregate(domain.Aggregate):
    """A thing in the school's life, told by its events.

    A subclass sets `log_name = "<area>.<thing>"`; its events are stored as `<area>.<thing>.<Event>`. The name is
    written in every copy of the log that ever left the building, so it never changes.
    """

    log_name = ""

    class Event(domain.Aggregate.Event):
        """What happened; the envelope fields are filled in when it is recorded or read."""

        school_id: ClassVar[UUID]
        actor_id: ClassVar[UUID | None]
        position: ClassVar[int]
        recorded_at: ClassVar[datetime]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "log_name" in cls.__dict__:
            registry.register(cls)

    @staticmethod
    def create_id(*_: Any, **__: Any) -> UUID:
        """Return a random id: no id is ever derived from a person."""
        return uuid4()


class UnknownEvent(domain.AggregateEvent):
    """A stored event that this program cannot read: kept, verified, passed over."""

    name: str
    name_version: int

    def mutate(self, aggregate: Any) -> Any:
        """Count the version and change nothing."""
        if aggregate is not None:
            aggregate.version = self.originator_version
        return aggregate
