"""What can happen in a case: it is opened, records are gathered in it, and people lead it and take part."""

from collections.abc import Iterable
from uuid import UUID

from events.case_plan import VICTIM, Planned
from events.involvement import Involvement, refuse_unknown_parts
from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused

KINDS = ("bullying",)
"""What a case can be about. Teasing is none of these: it is a single happening between equals, and so an incident."""

SIGNS = ("repeated", "on_purpose", "unequal_power")
"""What makes it bullying and no teasing or quarrel: asked of what happens, never of what a child is."""

RECORD_KINDS = ("incidents.incident", "signals.signal")
"""What can be gathered in a case, as it is called in the log."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Case(Planned):
    """Incidents and signals that belong together, with a plan that is evaluated until it is over."""

    log_name = "cases.case"

    @classmethod
    def open(
        cls,
        *,
        kind: str,
        signs: Iterable[str],
        concern: str,
        involved: Iterable[Involvement],
        leader: UUID,
        group_id: UUID | None = None,
    ) -> "Case":
        """Return a new case.

        Raises `Refused` for a kind that does not exist, without words, without a pupil who has to bear it, without one
        of the signs (then it is teasing or a quarrel), and for a leader who is in it themselves.
        """
        signs, involved = tuple(each for each in SIGNS if each in set(signs)), tuple(involved)
        if kind not in KINDS:
            raise Refused(_("Deze keuze bestaat niet meer. Kies opnieuw."))
        if not signs:
            raise Refused(_("Is het geen van deze drie? Dan is het plagen of ruzie. Leg dat vast als incident."))
        if not concern.strip():
            raise Refused(_("Schrijf op wat er aan de hand is."))
        refuse_unknown_parts(involved)
        if not any(part.role == VICTIM for part in involved):
            raise Refused(_("Kies wie het te verduren krijgt."))
        _refuse_concerned(leader, involved)
        return cls(kind=kind, signs=signs, concern=concern.strip(), involved=involved, leader=leader, group_id=group_id)

    @event("Opened")
    def __init__(
        self,
        *,
        kind: Code,
        signs: tuple[Code, ...],
        concern: Personal,
        involved: tuple[Involvement, ...],
        leader: UUID,
        group_id: UUID | None,
    ):
        self.kind = kind
        self.signs = signs
        self.concern = concern
        self.involved = involved
        self.leader = leader
        self.group_id = group_id
        self.participants: tuple[UUID, ...] = ()
        self.gathered: dict[UUID, str] = {}
        self.taken_out: frozenset[UUID] = frozenset()
        self.serious = False
        self.ever_serious = False
        self._shared_with_nobody()
        self._nothing_planned_yet()

    def gather(self, record_kind: str, record_id: UUID) -> None:
        """Gather a record in this case; the record and who may read it stay as they are.

        Raises `Refused` when it is gathered already, or for a kind of record that cannot be.
        """
        self._refuse_when_closed()
        if record_kind not in RECORD_KINDS:
            raise Refused(_("Dit kan niet in een zaak."))
        if record_id in self.gathered:
            raise Refused(_("Dit zit al in de zaak."))
        self._gather(record_kind=record_kind, record_id=record_id)

    @event("RecordGathered")
    def _gather(self, *, record_kind: Code, record_id: UUID) -> None:
        """A signal or an incident was gathered in the case."""
        self.gathered = {**self.gathered, record_id: record_kind}

    def take_out(self, record_id: UUID, reason: str) -> None:
        """Take out what was gathered by mistake. Raises `Refused` without a reason, or when it is not in the case."""
        if record_id not in self.gathered:
            raise Refused(_("Dit zit niet in de zaak."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom dit niet in de zaak hoort."))
        self._take_out(record_id=record_id, record_kind=self.gathered[record_id], reason=reason.strip())

    @event("RecordTakenOut")
    def _take_out(self, *, record_kind: Code, record_id: UUID, reason: Personal) -> None:
        """A record that does not belong in the case was taken out, with the reason."""
        self.gathered = {each: kind for each, kind in self.gathered.items() if each != record_id}
        self.taken_out |= {record_id}

    def hand_over(self, leader: UUID, reason: str) -> None:
        """Let somebody else lead the case. Raises `Refused` without a reason or a change, and for who is in it."""
        if leader == self.leader:
            raise Refused(_("Dat staat al zo. Er is niets veranderd."))
        _refuse_concerned(leader, self.involved)
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit verandert."))
        self._hand_over(leader=leader, reason=reason.strip())

    @event("LeaderChanged")
    def _hand_over(self, *, leader: UUID, reason: Personal) -> None:
        """Somebody else leads the case."""
        self.leader = leader

    def add_participant(self, person_id: UUID) -> None:
        """Let a colleague take part and read the case. Raises `Refused` for who does already, and for who is in it."""
        self._refuse_when_closed()
        if person_id in (self.leader, *self.participants):
            raise Refused(_("Deze collega doet al mee."))
        _refuse_concerned(person_id, self.involved)
        self._add_participant(person_id=person_id)

    @event("ParticipantAdded")
    def _add_participant(self, *, person_id: UUID) -> None:
        """A colleague takes part in the case."""
        self.participants = (*self.participants, person_id)

    def remove_participant(self, person_id: UUID) -> None:
        """Let a colleague take part no longer. Raises `Refused` for who does not."""
        if person_id not in self.participants:
            raise Refused(_("Deze collega doet niet mee."))
        self._remove_participant(person_id=person_id)

    @event("ParticipantRemoved")
    def _remove_participant(self, *, person_id: UUID) -> None:
        """A colleague takes part no longer."""
        self.participants = tuple(each for each in self.participants if each != person_id)

    def weigh(self, serious: bool, reason: str) -> None:
        """Say whether it is serious: then the board reads it, and two people close it.

        Raises `Refused` without a reason or a change.
        """
        if serious == self.serious:
            raise Refused(_("Dat staat al zo. Er is niets veranderd."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit verandert."))
        self._weigh(serious=serious, reason=reason.strip())

    @event("SeriousnessWeighed")
    def _weigh(self, *, serious: bool, reason: Personal) -> None:
        """Somebody weighed whether the case is serious."""
        self.serious = serious
        # Whoever says that it is serious no longer and closes it alone would go round the second pair of eyes.
        self.ever_serious = self.ever_serious or serious


def _refuse_concerned(person_id: UUID, involved: Iterable[Involvement]) -> None:
    if any(part.person_id == person_id for part in involved):
        raise Refused(_("Wie er zelf in betrokken is, kan dit niet doen."))
