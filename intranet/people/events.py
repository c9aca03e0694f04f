"""What happens to a person at a school: registered, renamed, moved, left, given a duty, parent of a child."""

from datetime import date
from uuid import UUID

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.errors import Refused
from intranet.people.duties import every_duty

PUPIL, STAFF, PARENT = "pupil", "staff", "parent"
KINDS = (PUPIL, STAFF, PARENT)

# A parent can sit in the participation council; every other duty is work in service of the school.
DUTIES_OF_PARENTS = frozenset({"participation_council"})


class NoLongerHere(Refused):
    """Who has left the school gets no group and no duty."""


class HasDutyAlready(Refused):
    """Somebody holds the same duty once at a time."""


class Person(Aggregate):
    """A pupil, a member of staff or a parent. `source` is the keyed hash of their key in the administration.

    The names are `Personal`; one key of the person's own seals them, so erasing that key erases the name everywhere.
    """

    log_name = "people.person"

    @event("Registered")
    def __init__(
        self,
        *,
        kind: Code,
        given_name: Personal,
        infix: Personal | None,
        family_name: Personal | None,
        source: Code | None,
        group_id: UUID | None,
        year_group: Code | None,
        happened_on: date,
    ):
        self.kind = kind
        self.name = (given_name, infix, family_name)
        self.source = source
        self.group_id = group_id
        self.year_group = year_group
        self.left_on: date | None = None
        self.duties: dict[tuple[str, date], date | None] = {}
        self.children: dict[UUID, bool] = {}

    @event("Renamed")
    def _rename(self, *, given_name: Personal, infix: Personal | None, family_name: Personal | None) -> None:
        self.name = (given_name, infix, family_name)

    @event("SourceMatched")
    def match_source(self, *, source: Code) -> None:
        """The administration knows this person by this key from now on."""
        self.source = source

    @event("MovedToGroup")
    def _move(self, *, group_id: UUID | None, year_group: Code | None, happened_on: date) -> None:
        self.group_id = group_id
        self.year_group = year_group

    @event("Left")
    def _leave(self, *, left_on: date) -> None:
        self.left_on = left_on
        self.duties = {
            (duty, since): left_on if until is None or until > left_on else until
            for (duty, since), until in self.duties.items()
        }

    @event("Returned")
    def _return(self, *, happened_on: date) -> None:
        """The person is at the school again."""
        self.left_on = None

    @event("DutyAssigned")
    def _assign(self, *, duty: Code, since: date, until: date | None) -> None:
        """The person has a duty from a day on."""
        self.duties[duty, since] = until

    @event("DutyEnded")
    def _end(self, *, duty: Code, since: date, until: date) -> None:
        """The last day of a duty was set."""
        self.duties[duty, since] = until

    @event("ParentLinked")
    def _link_child(self, *, child_id: UUID, custody: bool) -> None:
        self.children[child_id] = custody

    @event("ParentUnlinked")
    def _unlink_child(self, *, child_id: UUID) -> None:
        self.children.pop(child_id, None)

    def rename(self, *, given_name: str, infix: str | None, family_name: str | None) -> None:
        """Give the person another name; the same name records nothing. Raises `Refused` without a given name."""
        refuse_without_name(given_name)
        if (given_name, infix, family_name) != self.name:
            self._rename(given_name=given_name, infix=infix, family_name=family_name)

    def move(self, *, group_id: UUID | None, year_group: str | None, on: date) -> None:
        """Put a pupil in a group; the same group and year record nothing. Raises `Refused`, `NoLongerHere`."""
        if self.kind != PUPIL:
            raise Refused("Alleen een leerling zit in een groep.")
        self._refuse_when_gone()
        if (group_id, year_group) != (self.group_id, self.year_group):
            self._move(group_id=group_id, year_group=year_group, happened_on=on)

    def leave(self, *, on: date) -> None:
        """The person goes; their duties end that day. Raises `NoLongerHere` when they had gone already."""
        self._refuse_when_gone()
        self._leave(left_on=on)

    def come_back(self, *, on: date) -> None:
        """The person is back; duties do not come back by themselves. Raises `Refused` for who never left."""
        if self.left_on is None:
            raise Refused("Deze persoon is niet van school gegaan.")
        self._return(happened_on=on)

    def assign_duty(self, *, duty: str, since: date, until: date | None = None) -> None:
        """Give a duty from a day, to and with `until` where that is known.

        Raises `NoLongerHere`, `HasDutyAlready` when the periods overlap, `Refused` for an unknown duty, a duty that
        this kind of person cannot have, or an end before the beginning. Source: plan P3.1.
        """
        self._refuse_when_gone()
        if duty not in every_duty():
            raise Refused("Deze taak bestaat niet.")
        if self.kind != STAFF and not (self.kind == PARENT and duty in DUTIES_OF_PARENTS):
            raise Refused("Deze taak is voor een medewerker.")
        refuse_backward(since, until)
        for (held, began), ended in self.duties.items():
            if held == duty and _overlap(began, ended, since, until):
                raise HasDutyAlready("Deze persoon heeft deze taak dan al.")
        self._assign(duty=duty, since=since, until=until)

    def end_duty(self, *, duty: str, since: date, until: date) -> None:
        """End the duty that began on `since`, to and with `until`. Raises `Refused` when there is no such duty."""
        if (duty, since) not in self.duties:
            raise Refused("Deze persoon heeft deze taak niet.")
        refuse_backward(since, until)
        if self.duties[duty, since] != until:
            self._end(duty=duty, since=since, until=until)

    def link_child(self, child_id: UUID, *, custody: bool) -> None:
        """Say that this parent belongs to a child, with or without custody (gezag). Raises `Refused` for no parent."""
        if self.kind != PARENT:
            raise Refused("Alleen een ouder of verzorger kun je aan een kind koppelen.")
        if self.children.get(child_id) is not custody:
            self._link_child(child_id=child_id, custody=custody)

    def unlink_child(self, child_id: UUID) -> None:
        """Take back that this parent belongs to a child."""
        if child_id in self.children:
            self._unlink_child(child_id=child_id)

    def _refuse_when_gone(self) -> None:
        if self.left_on is not None:
            raise NoLongerHere("Deze persoon is niet meer op school.")


def refuse_without_name(given_name: str) -> None:
    """Raise `Refused` when there is no given name to call somebody by."""
    if not given_name.strip():
        raise Refused("Vul een voornaam in.")


def refuse_backward(since: date, until: date | None) -> None:
    """Raise `Refused` for a period that ends before it begins."""
    if until is not None and until < since:
        raise Refused("De einddatum ligt voor de begindatum.")


def _overlap(began: date, ended: date | None, since: date, until: date | None) -> bool:
    return (until is None or began <= until) and (ended is None or since <= ended)
