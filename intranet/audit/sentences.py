"""How an event is told to somebody who reviews the log: one plain sentence for each kind, never its words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.log.aggregate import UnknownEvent
from intranet.people.roster import roster

Tell = TypeVar("Tell", bound=Callable[..., str])


class Names:
    """The people of a school by id, for the length of one page."""

    def __init__(self, school: UUID):
        self._roster = roster(school)

    def who(self, person: UUID | None) -> str:
        """Return somebody's full name; the system, and somebody no longer known, have a word."""
        if person is None:
            return _("Het systeem")
        name = self._roster.get(person)
        return _("Iemand die niet meer bekend is") if name is None else str(name.full)


@dataclass(frozen=True, slots=True)
class Description:
    """How one kind of event is told; `many` tells a number of them in a row by the same person."""

    label: Any
    tell: Callable[[Any, Names], str]
    icon: str = "circle-check"
    tone: str = "quiet"
    many: Callable[[int, str], str] | None = None


_descriptions: dict[type, Description] = {}


def describes(
    event_class: type,
    *,
    label: Any,
    icon: str = "circle-check",
    tone: str = "quiet",
    many: Callable[[int, str], str] | None = None,
) -> Callable[[Tell], Tell]:
    """Register the function that tells events of a class: `(event, names) -> sentence`.

    `label` names the kind in filters ("Incident vastgelegd"). `many` is `(number, actor's name) -> sentence` for a run of
    them, as after an import. Personal fields of the event read as "…": a sentence cannot repeat what somebody wrote.
    """

    def register(tell: Tell) -> Tell:
        _descriptions[event_class] = Description(label, tell, icon, tone, many)
        return tell

    return register


def _unknown(event: UnknownEvent, _names: Names) -> str:
    return _(
        "Onbekende gebeurtenis (%(name)s, versie %(version)s): bewaard en controleerbaar.",
        name=event.name,
        version=event.name_version,
    )


def _without_sentence(event: Any, names: Names) -> str:
    return _("%(who)s legde iets vast waarvoor nog geen zin bestaat.", who=names.who(event.actor_id))


UNKNOWN = Description(_l("Onbekende gebeurtenis"), _unknown, icon="circle-question-mark")
WITHOUT_SENTENCE = Description(_l("Iets vastgelegd"), _without_sentence)


def description(event_class: type | None) -> Description:
    """Return how events of a class are told; None and `UnknownEvent` are what no installed program can read."""
    if event_class is None or event_class is UnknownEvent:
        return UNKNOWN
    return _descriptions.get(event_class, WITHOUT_SENTENCE)
