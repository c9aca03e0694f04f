"""The plan of a case: a goal, a term, looking back with who it is about, closing it, and beginning again."""

from datetime import date
from uuid import UUID

import msgspec

from events.follow_up import FollowedUp
from events.log.aggregate import Code, Personal, event
from events.log.errors import Refused

VICTIM = "victim"
PUPIL, PARENTS, TEACHER, OTHER_VOICE = "pupil", "parents", "teacher", "other"
VOICES = (PUPIL, PARENTS, TEACHER, OTHER_VOICE)
"""Whose view of how it goes is asked. The pupil who has to bear it is asked first, or it is said why not."""

WELL, NOT_YET, NOT_ASKED = "well", "not_yet", "not_asked"
VIEWS = (WELL, NOT_YET, NOT_ASKED)
OUTCOMES = (WELL, NOT_YET)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Heard(msgspec.Struct, frozen=True):
    """How somebody says that it goes, in the evaluation that is under way."""

    person_id: UUID | None
    voice: str
    view: str


class Planned(FollowedUp):
    """The part of a case that is a plan: its steps are the promises, its end is that it goes well for who bore it."""

    ever_serious = False

    def _nothing_planned_yet(self) -> None:
        """Begin: called where the case itself begins."""
        self.goal: str | None = None
        self.evaluate_on: date | None = None
        self.heard: tuple[Heard, ...] = ()
        self.evaluations: tuple[str, ...] = ()
        self.evaluated_since_opened = False
        self._nothing_follows_yet()

    @property
    def victims(self) -> tuple[UUID, ...]:
        """Who has to bear it."""
        return tuple(dict.fromkeys(part.person_id for part in self.involved if part.role == VICTIM))

    def plan(self, *, goal: str, evaluate_on: date, today: date) -> None:
        """Say what has to be reached, and on which day you look back. The promises are its steps.

        Raises `Refused` without a goal, for a day that is not to come, when nothing changes, and for another day than
        was chosen: that moves with a reason.
        """
        self._refuse_when_closed()
        if not goal.strip():
            raise Refused(_("Schrijf op wat jullie willen bereiken."))
        if self.evaluate_on not in (None, evaluate_on):
            raise Refused(_("De dag van terugkijken verandert niet met het doel mee. Geef meer tijd, met de reden."))
        if self.evaluate_on is None and evaluate_on <= today:
            raise Refused(_("Kies een dag die nog komt."))
        if (goal.strip(), evaluate_on) == (self.goal, self.evaluate_on):
            raise Refused(_("Je hebt niets veranderd. Er is niets vastgelegd."))
        self._plan(goal=goal.strip(), evaluate_on=evaluate_on)

    @event("PlanMade")
    def _plan(self, *, goal: Personal, evaluate_on: date) -> None:
        """A plan was made or changed: what has to be reached, and when it is evaluated."""
        self.goal = goal
        self.evaluate_on = evaluate_on

    def extend(self, *, evaluate_on: date, reason: str, today: date) -> None:
        """Give the plan more time.

        Raises `Refused` without a plan or a reason, and for a day that is not later or not to come.
        """
        self._refuse_when_closed()
        if self.evaluate_on is None:
            raise Refused(_("Er is nog geen plan. Maak dat eerst."))
        if evaluate_on <= max(self.evaluate_on, today):
            raise Refused(_("De nieuwe dag moet later zijn."))
        if not reason.strip():
            raise Refused(_("Schrijf kort op waarom er meer tijd nodig is."))
        self._extend(evaluate_on=evaluate_on, reason=reason.strip())

    @event("TermExtended")
    def _extend(self, *, evaluate_on: date, reason: Personal) -> None:
        """The plan got more time, with the reason."""
        self.evaluate_on = evaluate_on

    def hear(self, *, voice: str, view: str, words: str, on: date, person_id: UUID | None = None) -> None:
        """Record how somebody says that it goes. The pupils who have to bear it are asked before anybody else.

        Raises `Refused` without a plan, without words, for a pupil who is not in the case, and when others are asked
        before those pupils; `NOT_ASKED` with the reason in words is an answer too.
        """
        self._refuse_when_closed()
        if self.evaluate_on is None:
            raise Refused(_("Er is nog geen plan. Maak dat eerst."))
        if voice not in VOICES or view not in VIEWS:
            raise Refused(_("Deze keuze bestaat niet meer. Kies opnieuw."))
        if voice in (PUPIL, PARENTS) and person_id not in {part.person_id for part in self.involved}:
            raise Refused(_("Kies om welk kind het gaat."))
        if not words.strip():
            raise Refused(_("Schrijf op wat er gezegd is, of waarom het niet gevraagd is."))
        if self.not_heard and not (voice == PUPIL and person_id in self.not_heard):
            raise Refused(_("Vraag het eerst aan het kind dat het te verduren krijgt."))
        self._hear(voice=voice, view=view, words=words.strip(), heard_on=on, person_id=person_id)

    @event("ViewHeard")
    def _hear(self, *, voice: Code, view: Code, words: Personal, heard_on: date, person_id: UUID | None) -> None:
        """Somebody said how it goes, or it was said why they were not asked."""
        self.heard = (*self.heard, Heard(person_id, voice, view))

    @property
    def not_heard(self) -> tuple[UUID, ...]:
        """The pupils who have to bear it and whose own view is not known yet in this evaluation."""
        heard = {each.person_id for each in self.heard if each.voice == PUPIL}
        return tuple(each for each in self.victims if each not in heard)

    def evaluate(self, *, outcome: str, conclusion: str, on: date, next_on: date | None = None) -> None:
        """Conclude an evaluation: it goes well, or not yet; `next_on` is when you look back again.

        Raises `Refused` before the pupils who have to bear it were asked, without a conclusion, when it does not go
        well and no next day is chosen, and for a next day that is not later.
        """
        self._refuse_when_closed()
        if outcome not in OUTCOMES:
            raise Refused(_("Kies of het goed gaat, of nog niet."))
        if self.evaluate_on is None:
            raise Refused(_("Er is nog geen plan. Maak dat eerst."))
        if self.not_heard:
            raise Refused(_("Vraag het eerst aan het kind dat het te verduren krijgt."))
        if not conclusion.strip():
            raise Refused(_("Schrijf kort op wat jullie samen zien."))
        if outcome == NOT_YET and next_on is None:
            raise Refused(_("Kies wanneer jullie weer terugkijken."))
        if next_on is not None and next_on <= on:
            raise Refused(_("De volgende keer moet later zijn."))
        self._evaluate(outcome=outcome, conclusion=conclusion.strip(), evaluated_on=on, next_on=next_on)

    @event("Evaluated")
    def _evaluate(self, *, outcome: Code, conclusion: Personal, evaluated_on: date, next_on: date | None) -> None:
        """The plan was evaluated: it goes well or not yet, and when you look back again."""
        self.evaluations = (*self.evaluations, outcome)
        self.heard = ()
        self.evaluate_on = next_on
        self.evaluated_since_opened = True

    def end(self, *, by: UUID, conclusion: str, nothing_needed: str = "") -> bool:
        """Close the case; one that was ever serious is only proposed, until somebody else agrees.

        Returns whether it is closed.
        Raises `Refused` when nobody looked back since it was opened and it is not said why that is not needed (it was
        no bullying after all), and for what `close` refuses.
        """
        self._refuse_when_closed()
        if not self.evaluated_since_opened and not nothing_needed.strip():
            raise Refused(_("Kijk eerst samen terug. Of schrijf op waarom dat niet nodig is."))
        return self.close(by=by, conclusion=conclusion, serious=self.ever_serious, nothing_needed=nothing_needed)

    def begin_again(self, *, reason: str, evaluate_on: date, today: date) -> None:
        """Open a closed case again and look back on a day. Raises `Refused` without a reason or a day to come."""
        if evaluate_on <= today:
            raise Refused(_("Kies een dag die nog komt."))
        self.reopen(reason)
        self._begin_again(evaluate_on=evaluate_on)

    @event("EvaluationPlanned")
    def _begin_again(self, *, evaluate_on: date) -> None:
        """The case is open again: from here on it has to be evaluated anew."""
        self.evaluate_on = evaluate_on
        self.heard = ()
        self.evaluated_since_opened = False
