"""Makes the classes of events: frozen dataclasses, as the library does, at a fraction of the price."""

import inspect
from dataclasses import dataclass
from typing import Any

from eventsourcing.domain import MetaDomainEvent

from events.frozen import LATE


class EventType(MetaDomainEvent):
    """The type of our events.

    The library has methods written and compiled for each of three hundred classes: a sixth of every start, and
    megabytes of each process. Here they are written for the first event of its kind.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        # Past the library's own type, which would make a dataclass of it first.
        made = super(MetaDomainEvent, cls).__new__(cls, name, bases, LATE | {"__doc__": _DOC} | namespace)
        _declare_fields(made)
        return made

    @property
    def __signature__(self) -> inspect.Signature:
        # Asked for when the first event of its kind is recorded.
        return inspect.signature(self.__init__)  # type: ignore[misc]


_DOC = "What happened. The method that is decorated with its name says what."


def _declare_fields(made: Any) -> None:
    """Tell `dataclasses` which fields a class has. It would take one whose parent is frozen only with its methods."""
    annotations = inspect.get_annotations(made)
    if not annotations and len(made.__bases__) == 1:
        return
    own = {"__annotations__": annotations, "__module__": made.__module__, "__doc__": _DOC}
    own |= {each: made.__dict__[each] for each in annotations if each in made.__dict__}
    declared: Any = dataclass(init=False, repr=False, eq=False)(type(made.__name__, (), own))
    inherited = {name: each for base in reversed(made.__mro__) for name, each in vars(base).get(_FIELDS, {}).items()}
    setattr(made, _FIELDS, inherited | getattr(declared, _FIELDS))


_FIELDS = "__dataclass_fields__"
"""Where `dataclasses` looks: the name in `typeshed`'s protocol of a dataclass."""
