"""How an event is told to somebody who reviews the log: one plain sentence for each kind, never its words."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.frozen import frozen
from events.log.aggregate import UnknownEvent
from intranet.api import Told, log
from intranet.hook_calls import answer_of
from intranet.people.duties import every_duty
from intranet.people.roster import roster
from intranet.plugin_manager import installed

from .reach import CLOSED, Reach

Tell = TypeVar("Tell", bound=Callable[..., str])


class Names:
    """The people of schools by id, for the length of one page; `shown` is False for a file without names."""

    def __init__(self, *schools: UUID, shown: bool = True):
        self._shown = shown
        self._rosters = [roster(school) for school in schools]

    def who(self, person: UUID | None) -> str:
        """Return somebody's full name; the system, and somebody no longer known, have a word."""
        if person is None:
            return _("Het systeem")
        if not self._shown:
            return _("Iemand")
        name = next((found for each in self._rosters if (found := each.get(person)) is not None), None)
        return _("Iemand die niet meer bekend is") if name is None else str(name.full)


@frozen
class Telling:
    """What a sentence may use: who did it, the names of others, and how much of the record the reader may know."""

    names: Names
    who: str
    reach: Reach = Reach.OPEN

    def person(self, person: UUID | None) -> str:
        """Return the name of somebody named in the record; nobody's when the reader may not open it."""
        return self.names.who(person) if self.reach is Reach.OPEN else str(_("iemand"))


def worked_on_closed(told: Telling) -> str:
    """Say of a record that is closed to the reader that something was done in it, and no more."""
    return _("%(who)s werkte een vertrouwelijk dossier bij.", who=told.who)


def began_closed(told: Telling) -> str:
    """Say the same of how such a record begins."""
    return _("%(who)s legde iets vast in een vertrouwelijk dossier.", who=told.who)


@frozen
class Description:
    """How one kind of event is told; `many` tells a number of them in a row by the same person.

    `closed` tells it where the reader may not know what kind of thing happened.
    """

    label: Any
    tell: Callable[[Any, Telling], str]
    icon: str = "circle-check"
    tone: str = "quiet"
    many: Callable[[int, str], str] | None = None
    closed: Callable[[Telling], str] = worked_on_closed

    def to(self, reach: Reach) -> "Description":
        """Return how it is told to somebody who may know so much: label, icon and tone say what happened too."""
        if reach >= Reach.FACTS:
            return self
        return Description(_l("Vertrouwelijk dossier"), lambda _event, told: self.closed(told), icon="lock")


_descriptions: dict[type, Description] = {}


def describes(
    event_class: type,
    *,
    label: Any,
    icon: str = "circle-check",
    tone: str = "quiet",
    many: Callable[[int, str], str] | None = None,
    closed: Callable[[Telling], str] = worked_on_closed,
) -> Callable[[Tell], Tell]:
    """Register the function that tells events of a class: `(event, told: Telling) -> sentence`.

    `label` names the kind in filters ("Incident vastgelegd"). `many` is `(number, actor's name) -> sentence` for a
    run of them, as after an import. Personal fields read as "…": a sentence cannot repeat what somebody wrote. Where
    the reader may not know what kind of thing happened, the function is not asked: then `closed` tells it.
    """

    def register(tell: Tell) -> Tell:
        _descriptions[event_class] = Description(label, tell, icon, tone, many, closed)
        return tell

    return register


def _unknown(event: UnknownEvent, _told: Telling) -> str:
    return _(
        "Onbekende gebeurtenis (%(name)s, versie %(version)s): bewaard en controleerbaar.",
        name=event.name,
        version=event.name_version,
    )


def _without_sentence(_event: Any, told: Telling) -> str:
    return _("%(who)s legde iets vast waarvoor nog geen zin bestaat.", who=told.who)


UNKNOWN = Description(_l("Onbekende gebeurtenis"), _unknown, icon="circle-question-mark")
WITHOUT_SENTENCE = Description(_l("Iets vastgelegd"), _without_sentence)


def description(event_class: type | None) -> Description:
    """Return how events of a class are told; None and `UnknownEvent` are what no installed program can read."""
    if event_class is None or event_class is UnknownEvent:
        return UNKNOWN
    found = _descriptions.get(event_class)
    return _of_plugin(event_class) if found is None else found


def _of_plugin(event_class: type) -> Description:
    """Let the plugin that an event belongs to tell it."""
    name = log.registry.of_class(event_class).name
    plugin = installed().by_name.get(name.partition(".")[0])
    if plugin is None:
        return WITHOUT_SENTENCE

    def tell(event: Any, told: Telling) -> str:
        asked = Told(told.who, told.person)
        answer = answer_of(plugin, "describe_event", event=event, told=asked)
        return _without_sentence(event, told) if answer is None else str(answer.sentence)

    return Description(plugin.manifest.event_labels.get(name, plugin.manifest.title), tell, plugin.manifest.icon)


def kind_of_event(name: str) -> type | None:
    """Return the class of events called `name` in the log, None when no installed program has it."""
    kind = log.registry.named(name, 0)
    return None if kind is None else kind.event_class


def is_kind(name: str) -> bool:
    """Tell whether a kind of event is called so, or the part of the program that it belongs to, or CLOSED."""
    if name == CLOSED:
        return True
    return kind_of_event(name) is not None or any(each.name.startswith(f"{name}.") for each in log.registry)


def label(name: str) -> Any:
    """Return what a kind of event is called in filters; an unknown one is called by its name in the log."""
    event_class = kind_of_event(name)
    return name if event_class is None else description(event_class).label


def role_label(duty: str) -> Any:
    """Return a duty in words."""
    return every_duty().get(duty, _("medewerker"))
