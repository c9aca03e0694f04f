"""What follows on an incident or in a case: promises with an owner and a date, parents informed, closing, reopening."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID, uuid4

import msgspec

from events.involvement import Involving
from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused

STOP, VICTIM, CONSEQUENCES, PROTECTION, OTHER_STAGE = 1, 2, 3, 4, 5
"""The order of urgency of the safety plan (P6.5): it stops, then the victim, the consequences, the others."""

STAGES = {
    "behaviour_stopped": STOP,
    "supervision": STOP,
    "victim_talk": VICTIM,
    "victim_care": VICTIM,
    "consequence_talk": CONSEQUENCES,
    "restorative_talk": CONSEQUENCES,
    "punishment": CONSEQUENCES,
    "damages": CONSEQUENCES,
    "time_out": CONSEQUENCES,
    "suspension": CONSEQUENCES,
    "inspectorate_notice": CONSEQUENCES,
    "police_report": CONSEQUENCES,
    "veilig_thuis": CONSEQUENCES,
    "contact_moment": PROTECTION,
    "group_talk": PROTECTION,
    "parents_talk": OTHER_STAGE,
    "other_follow_up": OTHER_STAGE,
}
"""Each kind of promise with its place in that order."""

WAYS_TO_INFORM = ("talk", "phone", "message", "letter")
LONGEST_SUSPENSION = 7
"""Days; a pupil is suspended for one week at most (WPO art. 40c)."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class FollowUp(msgspec.Struct, frozen=True):
    """A promise as it stands: `state` is "open", "kept" or "waived"; `repeats` is a number of school days, or none."""

    id: UUID
    kind: str
    owner: UUID
    due_on: date
    person_id: UUID | None
    repeats: int | None
    first_day: date | None = None
    last_day: date | None = None
    state: str = "open"
    times_kept: int = 0

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def was_done(self) -> bool:
        """Whether it was kept at least once; what was waived at once is no follow-up."""
        return self.times_kept > 0


class FollowedUp(Involving):
    """The part of a record that begins after it was told. It is closed only when every promise has an end.

    Plan P6.6: all incidents are registered and closed with a follow-up, or with the reason why none is needed.
    """

    def _nothing_follows_yet(self) -> None:
        """Begin: called where the record itself begins."""
        self.follow_ups: tuple[FollowUp, ...] = ()
        self.parents_informed: tuple[UUID, ...] = ()
        self.closed = False
        self.closings = 0
        self.proposed_by: UUID | None = None

    def promise(
        self,
        *,
        kind: str,
        owner: UUID,
        due_on: date,
        person_id: UUID | None = None,
        text: str = "",
        repeats: int | None = None,
        first_day: date | None = None,
        last_day: date | None = None,
    ) -> UUID:
        """Promise something and return the promise's id; a suspension takes its first and last day.

        Raises `Refused` for an unknown kind, when it is closed, for a contact that repeats never or too rarely, about
        who has no part in it, and for a suspension without days or longer than a week (WPO art. 40c).
        """
        self._refuse_when_closed()
        if kind not in STAGES:
            raise Refused(_("Deze vervolgactie bestaat niet. Kies er een uit de lijst."))
        if kind == "suspension":
            _refuse_impossible_suspension(first_day, last_day)
        if repeats is not None and not 1 <= repeats <= 60:
            raise Refused(_("Kies om de hoeveel schooldagen: 1 tot en met 60."))
        if person_id is not None and person_id not in self.concerned:
            raise Refused(_("Deze persoon hoort hier niet bij. Kies iemand die er wel bij hoort."))
        promised = uuid4()
        self._promise(
            follow_up_id=promised,
            kind=kind,
            owner=owner,
            due_on=due_on,
            person_id=person_id,
            text=text.strip() or None,
            repeats=repeats,
            first_day=first_day if kind == "suspension" else None,
            last_day=last_day if kind == "suspension" else None,
        )
        return promised

    @event("FollowUpPromised")
    def _promise(
        self,
        *,
        follow_up_id: UUID,
        kind: Code,
        owner: UUID,
        due_on: date,
        person_id: UUID | None,
        text: Personal | None,
        repeats: int | None,
        first_day: date | None,
        last_day: date | None,
    ) -> None:
        """Somebody promised something, with its owner and its day."""
        new = FollowUp(follow_up_id, kind, owner, due_on, person_id, repeats, first_day, last_day)
        self.follow_ups = (*self.follow_ups, new)
        self.proposed_by = None

    def keep(self, follow_up_id: UUID, *, outcome: str, on: date, next_due: date | None = None) -> None:
        """Say what came of a promise; a repeating one goes on with `next_due`, or ends without it.

        Raises `Refused` without an outcome, for a promise that has ended, and for a next date that is not later.
        """
        promise = self._open_promise(follow_up_id)
        if not outcome.strip():
            raise Refused(_("Schrijf kort op wat eruit kwam."))
        if next_due is not None and (promise.repeats is None or next_due <= on):
            raise Refused(_("De volgende keer moet later zijn."))
        self._keep(follow_up_id=follow_up_id, outcome=outcome.strip(), done_on=on, next_due=next_due)

    @event("FollowUpKept")
    def _keep(self, *, follow_up_id: UUID, outcome: Personal, done_on: date, next_due: date | None) -> None:
        """A promise was kept, or once more of one that repeats."""
        self._change(
            follow_up_id,
            lambda was: msgspec.structs.replace(
                was,
                state="kept" if next_due is None else "open",
                due_on=next_due or was.due_on,
                times_kept=was.times_kept + 1,
            ),
        )

    def waive(self, follow_up_id: UUID, reason: str) -> None:
        """End a promise without keeping it. Raises `Refused` without a reason, or when it has ended."""
        self._open_promise(follow_up_id)
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom dit niet meer hoeft."))
        self._waive(follow_up_id=follow_up_id, reason=reason.strip())

    @event("FollowUpWaived")
    def _waive(self, *, follow_up_id: UUID, reason: Personal) -> None:
        """A promise need not be kept, with the reason."""
        self._change(follow_up_id, lambda was: msgspec.structs.replace(was, state="waived"))

    def move(self, follow_up_id: UUID, *, owner: UUID, due_on: date, reason: str) -> None:
        """Give a promise another owner or another date. Raises `Refused` without a reason or without a change."""
        promise = self._open_promise(follow_up_id)
        if (owner, due_on) == (promise.owner, promise.due_on):
            raise Refused(_("Dat staat al zo. Er is niets veranderd."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom je dit verandert."))
        self._move(follow_up_id=follow_up_id, owner=owner, due_on=due_on, reason=reason.strip())

    @event("FollowUpMoved")
    def _move(self, *, follow_up_id: UUID, owner: UUID, due_on: date, reason: Personal) -> None:
        """A promise got another owner or another day, with the reason."""
        self._change(follow_up_id, lambda was: msgspec.structs.replace(was, owner=owner, due_on=due_on))

    def inform_parents(self, *, person_id: UUID, by: UUID, on: date, how: str, remark: str = "") -> None:
        """Record that the parents of a child in it know. Raises `Refused` for a way that does not exist."""
        if how not in WAYS_TO_INFORM:
            raise Refused(_("Kies hoe de ouders het hoorden."))
        if person_id not in self.concerned:
            raise Refused(_("Kies om welk kind het gaat."))
        self._inform_parents(person_id=person_id, by=by, informed_on=on, how=how, remark=remark.strip() or None)

    @event("ParentsInformed")
    def _inform_parents(
        self, *, person_id: UUID, by: UUID, informed_on: date, how: Code, remark: Personal | None
    ) -> None:
        """The parents of a child know: since when, from whom and how."""
        self.parents_informed = (*self.parents_informed, person_id)

    @property
    def anything_done(self) -> bool:
        """Whether any promise was kept."""
        return any(each.was_done for each in self.follow_ups)

    def close(self, *, by: UUID, conclusion: str, serious: bool, nothing_needed: str = "") -> bool:
        """Close it; a serious one is only proposed, until somebody else agrees. Returns whether it is closed.

        `by` is who closes. Raises `Refused` while a promise is open, without a conclusion, when nothing was done and
        there is no reason why nothing is needed, and when the same person would agree with themselves (four eyes).
        """
        self._refuse_when_closed()
        if any(each.is_open for each in self.follow_ups):
            raise Refused(_("Er staat nog een vervolgactie open. Rond die eerst af, of zeg waarom het niet hoeft."))
        if not self.anything_done and not nothing_needed.strip():
            raise Refused(_("Er is geen vervolgactie gedaan. Schrijf op waarom die niet nodig is."))
        if not conclusion.strip():
            raise Refused(_("Schrijf kort op hoe het is afgelopen."))
        conclusion, why_nothing = conclusion.strip(), nothing_needed.strip() or None
        if serious and self.proposed_by is None:
            self._propose_closing(by=by, conclusion=conclusion, nothing_needed=why_nothing)
            return False
        if serious and self.proposed_by == by:
            raise Refused(_("Dit is of was ernstig: een ander dan jij moet dit afsluiten."))
        self._close(conclusion=conclusion, nothing_needed=why_nothing)
        return True

    @event("ClosingProposed")
    def _propose_closing(self, *, by: UUID, conclusion: Personal, nothing_needed: Personal | None) -> None:
        """Somebody proposed to close what is serious; another person has to agree."""
        self.proposed_by = by

    @event("Closed")
    def _close(self, *, conclusion: Personal, nothing_needed: Personal | None) -> None:
        """It was closed."""
        self.closed = True
        self.closings += 1
        self.proposed_by = None

    def reopen(self, reason: str) -> None:
        """Open it again; both closings count. Raises `Refused` without a reason, or when it is open."""
        if not self.closed:
            raise Refused(_("Dit is al open."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom het weer open moet."))
        self._reopen(reason=reason.strip())

    @event("Reopened")
    def _reopen(self, *, reason: Personal) -> None:
        """It was opened again, with the reason."""
        self.closed = False

    def _refuse_when_closed(self) -> None:
        if self.closed:
            raise Refused(_("Dit is afgesloten. Open het eerst weer."))

    def _open_promise(self, follow_up_id: UUID) -> FollowUp:
        promise = next((each for each in self.follow_ups if each.id == follow_up_id), None)
        if promise is None:
            raise Refused(_("Deze vervolgactie hoort hier niet bij."))
        if not promise.is_open:
            raise Refused(_("Deze vervolgactie is al afgerond."))
        return promise

    def _change(self, follow_up_id: UUID, change: Callable[[FollowUp], FollowUp]) -> None:
        self.follow_ups = tuple(change(each) if each.id == follow_up_id else each for each in self.follow_ups)


def stages_left(follow_ups: Iterable[FollowUp], roles: Iterable[str]) -> list[int]:
    """Return the stages of the plan that the parts of those involved ask for and that have no promise yet, in order."""
    asked = {STOP}
    for role in roles:
        asked |= {"victim": {VICTIM}, "alleged_perpetrator": {CONSEQUENCES}}.get(role, set())
        if role in ("witness", "follower"):
            asked.add(PROTECTION)
    return sorted(asked - {STAGES[each.kind] for each in follow_ups})


def _refuse_impossible_suspension(first: date | None, last: date | None) -> None:
    if first is None or last is None or last < first:
        raise Refused(_("Kies de eerste en de laatste dag van de schorsing."))
    if (last - first).days + 1 > LONGEST_SUSPENSION:
        raise Refused(_("Een schorsing duurt hooguit een week (artikel 40c van de WPO)."))
