"""The base of everything that happens: an aggregate whose events carry a lasting name instead of a module path."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from eventsourcing import domain
from eventsourcing.domain import CanMutateAggregate, decorated_funcs, event

from events.log.event_type import EventType
from events.log.kinds import registry
from events.log.personal import ERASED, SEALED, Code, Personal

__all__ = ["ERASED", "SEALED", "Aggregate", "Code", "Personal", "UnknownEvent", "event"]


class Aggregate(domain.Aggregate):
    """A thing in the school's life, told by its events.

    A subclass sets `log_name = "<area>.<thing>"`; its events are stored as `<area>.<thing>.<Event>`. The name is
    written in every copy of the log that ever left the building, so it never changes.

    One that gets many events a minute may say `keep_copies = True`: a process then reads only what is new. Its
    events must replace what they change (`self.seen = self.seen | {tap}`) and never alter a list or a set in place.
    """

    log_name = ""
    keep_copies = False

    class Event(domain.Aggregate.Event, metaclass=EventType):
        """What happened; the envelope fields are filled in when it is recorded or read."""

        school_id: ClassVar[UUID]
        actor_id: ClassVar[UUID | None]
        position: ClassVar[int]
        recorded_at: ClassVar[datetime]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for inherited in vars(cls).values():
            if isinstance(inherited, type) and issubclass(inherited, CanMutateAggregate):
                _apply_as_its_base(inherited)
        if "log_name" in cls.__dict__:
            registry.register(cls)

    def trigger_event(self, event_class: type[Any], **kwargs: Any) -> None:
        """Record an event as one of this aggregate, also when the method that does so is of a base without a name."""
        super().trigger_event(getattr(type(self), event_class.__name__, event_class), **kwargs)

    def __copy__(self) -> "Aggregate":
        other = object.__new__(type(self))
        vars(other).update(vars(self), _pending_events=[])
        return other

    @staticmethod
    def create_id(*_: Any, **__: Any) -> UUID:
        """Return a random id: no id is ever derived from a person."""
        return uuid4()


def _apply_as_its_base(event_class: type) -> None:
    """Let an event class that the library derived for a subclass call the method of the base's event."""
    of_base = next((each for each in event_class.__mro__ if each in decorated_funcs), None)
    if of_base is not None:
        decorated_funcs.setdefault(event_class, decorated_funcs[of_base])


class UnknownEvent(domain.AggregateEvent):
    """A stored event that this program cannot read: kept, verified, passed over."""

    name: str
    name_version: int

    def mutate(self, aggregate: Any) -> Any:
        """Count the version and change nothing."""
        if aggregate is not None:
            aggregate.version = self.originator_version
        return aggregate
