"""Who works at a school: the list to choose from, and the rule that nothing is given to anybody else."""

from uuid import UUID

from flask_babel import gettext as _

from events.log.errors import Refused
from intranet.database import log
from intranet.people.events import STAFF, Person
from intranet.people.roster import Name, roster


def staff_of(school_id: UUID) -> list[Name]:
    """Return who works at a school, in alphabetical order."""
    return roster(school_id).present(STAFF)


def refuse_no_colleague(person_id: UUID) -> None:
    """Raise `Refused` for who does not work at this school, or not any more: a form may have been open for long."""
    # From the log, not the tables: a command may have registered them in the same transaction.
    person = log.get_each(Person, [person_id]).get(person_id)
    if person is None or person.kind != STAFF or person.left_on is not None:
        raise Refused(_("Deze persoon werkt hier niet, of niet meer. Kies een collega die hier werkt."))
