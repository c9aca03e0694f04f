"""Who works at a school: the list to choose from, and the rule that nothing is given to anybody else."""

from uuid import UUID

from flask_babel import gettext as _

from events.log.context import current_school
from events.log.errors import Refused
from intranet.people.events import STAFF
from intranet.people.roster import Name, roster


def staff_of(school_id: UUID) -> list[Name]:
    """Return who works at a school, in alphabetical order."""
    return roster(school_id).present(STAFF)


def refuse_no_colleague(person_id: UUID) -> None:
    """Raise `Refused` for who does not work at this school, or not any more: a form that was opened may be older."""
    name = roster(current_school()).get(person_id)
    if name is None or not name.here or name.kind != STAFF:
        raise Refused(_("Deze persoon werkt hier niet, of niet meer. Kies een collega die hier werkt."))
