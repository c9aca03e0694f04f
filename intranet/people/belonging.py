"""The rule that a record names only people and groups of its own school."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext as _

from events.log.context import current_school
from events.log.errors import Refused
from intranet.database import log
from intranet.people.events import PUPIL, Person
from intranet.people.roster import roster
from intranet.schools.events import ClassGroup


def refuse_strangers(people: Iterable[UUID], group_id: UUID | None = None) -> None:
    """Raise `Refused` for who never was at this school, and for a group of another one.

    Who left may be named: something can have happened before, or be told later.
    """
    here = roster(current_school())
    # The roster is at hand; who is not on it may have been registered in the same transaction.
    unknown = {person for person in people if person not in here}
    if unknown - log.get_each(Person, unknown).keys():
        raise Refused(_("Iemand die je koos hoort niet bij deze school. Kies opnieuw."))
    if group_id is not None and group_id not in here.groups and not log.get_each(ClassGroup, [group_id]):
        raise Refused(_("De groep die je koos hoort niet bij deze school. Kies opnieuw."))


def refuse_outside_group(group_id: UUID, pupils: Iterable[UUID]) -> None:
    """Raise `Refused` for who is no pupil of this group, or not any more: a form may have been open for long."""
    wanted = list(pupils)
    # From the log, not the tables: a command may have moved them in the same transaction.
    found = log.get_each(Person, wanted)
    if not all(each in found and _is_in(found[each], group_id) for each in wanted):
        raise Refused(_("Een leerling die je koos zit niet in deze groep, of niet meer. Kies opnieuw."))


def _is_in(person: Person, group_id: UUID) -> bool:
    return person.kind == PUPIL and person.left_on is None and person.group_id == group_id
