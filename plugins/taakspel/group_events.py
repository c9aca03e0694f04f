"""What happens around the games of a group: it is observed, consulted about, and a week ends with a reward.

All of it is counted of a group as a whole. No event here has a field for a pupil.
"""

from datetime import date
from uuid import UUID

from intranet.api import Aggregate, Code, Personal, Refused, event

from .choices import KEPT, LESSONS, MOMENTS, PHASES, WEEK_REWARDS

MOST_LOOKS, MOST_BREACHES = 120, 500


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Observation(Aggregate):
    """Somebody watches a group, before it plays or after: a number of looks, and what was seen in all of them."""

    log_name = "taakspel.observation"

    @classmethod
    def plan(cls, *, group_id: UUID, day: date, moment: str) -> "Observation":
        """Return an observation that is to be made. Raises `Refused` for a moment that is none."""
        if moment not in MOMENTS:
            raise Refused(_("Kies of je kijkt vóór of na het spelen."))
        return cls(group_id=group_id, day=day, moment=moment)

    @event("Planned")
    def __init__(self, *, group_id: UUID, day: date, moment: Code):
        """Somebody will watch a group."""
        self.group_id = group_id
        self.day = day
        self.moment = moment
        self.lesson: str | None = None
        self.looks = self.on_task = self.breaches = 0
        self.dropped = False

    def make(self, *, day: date, lesson: str, looks: int, on_task: int, breaches: int) -> None:
        """Record what was seen; once more puts it right. Raises `Refused` for numbers that cannot be."""
        if self.dropped:
            raise Refused(_("Deze observatie gaat niet door."))
        if lesson not in LESSONS:
            raise Refused(_("Kies een les."))
        if not 1 <= looks <= MOST_LOOKS:
            raise Refused(_("Kijk 1 tot en met 120 keer."))
        if not 0 <= on_task <= looks:
            raise Refused(_("De groep werkte hoogstens zo vaak als je keek."))
        if not 0 <= breaches <= MOST_BREACHES:
            raise Refused(_("Tel 0 tot en met 500 keer."))
        self._make(day=day, lesson=lesson, looks=looks, on_task=on_task, breaches=breaches)

    @event("Made")
    def _make(self, *, day: date, lesson: Code, looks: int, on_task: int, breaches: int) -> None:
        """A group was watched."""
        self.day = day
        self.lesson = lesson
        self.looks = looks
        self.on_task = on_task
        self.breaches = breaches

    def drop(self) -> None:
        """Let it not go on, or count no more."""
        if not self.dropped:
            self._drop()

    @event("Dropped")
    def _drop(self) -> None:
        """The observation does not go on, or does not count."""
        self.dropped = True


class Consultation(Aggregate):
    """A visit to the class about Taakspel, and what was agreed afterwards."""

    log_name = "taakspel.consultation"

    @classmethod
    def hold(
        cls, *, group_id: UUID, day: date, phase: str, agreements: str, look_back_on: date | None
    ) -> "Consultation":
        """Return a consultation. Raises `Refused` for one without agreements, or that is looked back on before it."""
        if phase not in PHASES:
            raise Refused(_("Kies een fase."))
        if not agreements.strip():
            raise Refused(_("Schrijf op wat jullie afspraken."))
        if look_back_on is not None and look_back_on <= day:
            raise Refused(_("Kijk terug op een dag na de consultatie."))
        return cls(group_id=group_id, day=day, phase=phase, agreements=agreements, look_back_on=look_back_on)

    @event("Held")
    def __init__(self, *, group_id: UUID, day: date, phase: Code, agreements: Personal, look_back_on: date | None):
        """A class was visited, and agreements were made."""
        self.group_id = group_id
        self.day = day
        self.phase = phase
        self.agreements = agreements
        self.look_back_on = look_back_on
        self.kept: str | None = None

    def look_back(self, *, kept: str) -> None:
        """Say what came of the agreements. Raises `Refused` when that was said before."""
        if kept not in KEPT:
            raise Refused(_("Kies wat er van de afspraken kwam."))
        if self.kept is not None:
            raise Refused(_("Op deze afspraken is al teruggekeken."))
        self._look_back(kept=kept)

    @event("LookedBack")
    def _look_back(self, *, kept: Code) -> None:
        """Somebody looked back on the agreements."""
        self.kept = kept


class Week(Aggregate):
    """A week for which a group agreed on a reward: for each team that wins all its games."""

    log_name = "taakspel.week"

    @classmethod
    def agree(cls, *, group_id: UUID, monday: date, reward: str) -> "Week":
        """Return a week with a reward. Raises `Refused` for a reward that is not on the list."""
        _refuse_reward(reward)
        return cls(group_id=group_id, monday=monday, reward=reward)

    @event("Agreed")
    def __init__(self, *, group_id: UUID, monday: date, reward: Code):
        """The group and the teacher agreed on a reward for the week."""
        self.group_id = group_id
        self.monday = monday
        self.reward = reward
        self.given = False

    def change(self, *, reward: str) -> None:
        """Choose another reward."""
        _refuse_reward(reward)
        if reward != self.reward:
            self._change(reward=reward)

    @event("Changed")
    def _change(self, *, reward: Code) -> None:
        """The group chose another reward."""
        self.reward = reward

    def give(self) -> None:
        """Give the reward; a second time changes nothing."""
        if not self.given:
            self._give()

    @event("Given")
    def _give(self) -> None:
        """The teams that won all games got the reward."""
        self.given = True


def _refuse_reward(reward: str) -> None:
    if reward not in WEEK_REWARDS:
        raise Refused(_("Kies een weekbeloning uit de lijst."))
