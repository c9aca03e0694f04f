"""What happens to a programme and to a lesson; never to a pupil.

The caps of the method describe behaviour. No event can hold one of a child: there is no field for it.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from intranet.api import Aggregate, Code, Personal, Refused, SchoolYear, event

PREVENTIVE, CURATIVE, PARENTS = KINDS = ("preventive", "curative", "parents")
PLANNED, GIVEN, SKIPPED, WITHDRAWN = "planned", "given", "skipped", "withdrawn"
OTHER = "other"
REASONS = ("absent", "no_licence", "no_school", "made_room", OTHER)
YEAR_GROUPS = tuple("12345678")
MOST_TOPICS = 60


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Topic(NamedTuple):
    """A lesson as it stands in a programme; `day` is when the school wants it, if it said so."""

    number: int
    title: str
    material: str | None
    themes: tuple[UUID, ...]
    day: date | None


class Programme(Aggregate):
    """The lessons that a school wants to give in a school year to some year groups, in the school's own words."""

    log_name = "kanjertraining.programme"

    @classmethod
    def draw(
        cls, *, title: str, school_year: int, year_groups: tuple[str, ...], copied_from: UUID | None = None
    ) -> "Programme":
        """Return a new programme. Raises `Refused` without a title or a year group."""
        _refuse_programme(title, year_groups)
        groups = tuple(sorted(set(year_groups)))
        return cls(title=title, school_year=school_year, year_groups=groups, copied_from=copied_from)

    @event("Drawn")
    def __init__(self, *, title: Personal, school_year: int, year_groups: tuple[Code, ...], copied_from: UUID | None):
        self.title = title
        self.school_year = school_year
        self.year_groups = year_groups
        self.topics: dict[UUID, Topic] = {}
        self.dropped = False

    def rename(self, *, title: str, year_groups: tuple[str, ...]) -> None:
        """Call it otherwise, or make it for other year groups; the same again records nothing."""
        _refuse_programme(title, year_groups)
        groups = tuple(sorted(set(year_groups)))
        if (title, groups) != (self.title, self.year_groups):
            self._rename(title=title, year_groups=groups)

    @event("Renamed")
    def _rename(self, *, title: Personal, year_groups: tuple[Code, ...]) -> None:
        self.title = title
        self.year_groups = year_groups

    def add(self, topic_id: UUID, topic: Topic) -> None:
        """Add a lesson. Raises `Refused` without a title, for a day of another year, and for too many."""
        if len(self.topics) >= MOST_TOPICS:
            raise Refused(_("Een programma heeft hoogstens 60 lessen."))
        self._refuse_topic(topic)
        self._add(topic_id=topic_id, **topic._asdict())

    @event("LessonAdded")
    def _add(
        self,
        *,
        topic_id: UUID,
        number: int,
        title: Personal,
        material: Personal | None,
        themes: tuple[UUID, ...],
        day: date | None,
    ) -> None:
        self.topics[topic_id] = Topic(number, title, material, themes, day)

    def change(self, topic_id: UUID, topic: Topic) -> None:
        """Change a lesson; the same again records nothing. Raises `Refused` for one that is not there."""
        self._refuse_topic(topic)
        if topic_id not in self.topics:
            raise Refused(_("Deze les staat niet meer in het programma."))
        if self.topics[topic_id] != topic:
            self._change(topic_id=topic_id, **topic._asdict())

    @event("LessonChanged")
    def _change(
        self,
        *,
        topic_id: UUID,
        number: int,
        title: Personal,
        material: Personal | None,
        themes: tuple[UUID, ...],
        day: date | None,
    ) -> None:
        self.topics[topic_id] = Topic(number, title, material, themes, day)

    def remove(self, topic_id: UUID) -> None:
        """Take a lesson out; what was planned or given of it stays."""
        if topic_id not in self.topics:
            raise Refused(_("Deze les staat niet meer in het programma."))
        self._remove(topic_id=topic_id)

    @event("LessonRemoved")
    def _remove(self, *, topic_id: UUID) -> None:
        self.topics = {each: topic for each, topic in self.topics.items() if each != topic_id}

    def drop(self) -> None:
        """Plan with it no more. Raises `Refused` when it was dropped before."""
        if self.dropped:
            raise Refused(_("Dit programma is al weggehaald."))
        self._drop()

    @event("Dropped")
    def _drop(self) -> None:
        self.dropped = True

    def in_order(self) -> list[tuple[UUID, Topic]]:
        """Return the lessons with their ids, in the order in which they are given."""
        return sorted(self.topics.items(), key=lambda each: (each[1].number, each[0]))

    def _refuse_topic(self, topic: Topic) -> None:
        if self.dropped:
            raise Refused(_("Dit programma is weggehaald."))
        if not topic.title.strip():
            raise Refused(_("Schrijf op hoe de les heet."))
        if topic.number < 1:
            raise Refused(_("Nummer de lessen vanaf 1."))
        if topic.day is not None and SchoolYear.of(topic.day).begins != self.school_year:
            raise Refused(_("Deze dag valt niet in dit schooljaar."))


def _refuse_programme(title: str, year_groups: tuple[str, ...]) -> None:
    if not title.strip():
        raise Refused(_("Schrijf op hoe het programma heet."))
    if not year_groups or not set(year_groups) <= set(YEAR_GROUPS):
        raise Refused(_("Kies voor welke groepen het is."))


class Lesson(Aggregate):
    """One lesson of one class group: planned on a day, moved, given, skipped; or planned once more as a repeat."""

    log_name = "kanjertraining.lesson"

    @classmethod
    def plan(
        cls,
        *,
        group_id: UUID,
        day: date,
        kind: str = PREVENTIVE,
        programme_id: UUID | None = None,
        topic_id: UUID | None = None,
        teacher_id: UUID | None = None,
        repeats: UUID | None = None,
    ) -> "Lesson":
        """Return a planned lesson. Raises `Refused` for a kind that does not exist."""
        if kind not in KINDS:
            raise Refused(_("Kies wat voor les het is."))
        return cls(
            group_id=group_id,
            school_year=SchoolYear.of(day).begins,
            kind=kind,
            programme_id=programme_id,
            topic_id=topic_id,
            day=day,
            teacher_id=teacher_id,
            repeats=repeats,
        )

    @event("Planned")
    def __init__(
        self,
        *,
        group_id: UUID,
        school_year: int,
        kind: Code,
        programme_id: UUID | None,
        topic_id: UUID | None,
        day: date,
        teacher_id: UUID | None,
        repeats: UUID | None,
    ):
        self.group_id = group_id
        self.school_year = school_year
        self.kind = kind
        self.programme_id = programme_id
        self.topic_id = topic_id
        self.day = day
        self.teacher_id = teacher_id
        self.repeats = repeats
        self.state = PLANNED
        self.remark: str | None = None

    def move(self, *, day: date, teacher_id: UUID | None) -> None:
        """Plan it on another day, or with somebody else; one that was skipped is planned again.

        Raises `Refused` for a lesson that was given or withdrawn, and for a day of another school year.
        """
        if self.state not in (PLANNED, SKIPPED):
            raise Refused(_("Deze les is al gegeven of vervallen. Die verplaats je niet meer."))
        if SchoolYear.of(day).begins != self.school_year:
            raise Refused(_("Deze dag valt niet in dit schooljaar."))
        if (day, teacher_id, self.state) != (self.day, self.teacher_id, PLANNED):
            self._move(day=day, teacher_id=teacher_id)

    @event("Moved")
    def _move(self, *, day: date, teacher_id: UUID | None) -> None:
        self.day = day
        self.teacher_id = teacher_id
        self.state = PLANNED

    def give(
        self,
        *,
        day: date,
        given_by: UUID,
        agreement_id: UUID | None,
        themes: tuple[UUID, ...],
        remark: str | None,
        today: date,
    ) -> None:
        """Record that it was given. Raises `Refused` for a day that is to come or of another school year."""
        if self.state not in (PLANNED, SKIPPED):
            raise Refused(_("Deze les is al gegeven of vervallen."))
        if day > today:
            raise Refused(_("Deze dag moet nog komen."))
        if SchoolYear.of(day).begins != self.school_year:
            raise Refused(_("Deze dag valt niet in dit schooljaar."))
        self._give(day=day, given_by=given_by, agreement_id=agreement_id, themes=themes, remark=remark or None)

    @event("Given")
    def _give(
        self,
        *,
        day: date,
        given_by: UUID,
        agreement_id: UUID | None,
        themes: tuple[UUID, ...],
        remark: Personal | None,
    ) -> None:
        self.state = GIVEN
        self.remark = remark

    def skip(self, *, reason: str, note: str | None) -> None:
        """Record that it was not given, and why. Raises `Refused` without a reason."""
        if self.state != PLANNED:
            raise Refused(_("Deze les is al gegeven, overgeslagen of vervallen."))
        if reason not in REASONS:
            raise Refused(_("Kies waarom de les niet doorging."))
        if reason == OTHER and not (note or "").strip():
            raise Refused(_("Schrijf kort op waarom de les niet doorging."))
        self._skip(reason=reason, note=note or None)

    @event("Skipped")
    def _skip(self, *, reason: Code, note: Personal | None) -> None:
        self.state = SKIPPED
        self.remark = note

    def take_back(self) -> None:
        """Say that it was not given or skipped after all. Raises `Refused` for what still stands planned."""
        if self.state not in (GIVEN, SKIPPED):
            raise Refused(_("Deze les is nog niet gegeven of overgeslagen."))
        self._take_back()

    @event("TakenBack")
    def _take_back(self) -> None:
        self.state = PLANNED
        self.remark = None

    def withdraw(self) -> None:
        """Take it out of the planning. Raises `Refused` for a lesson that was given."""
        if self.state not in (PLANNED, SKIPPED):
            raise Refused(_("Deze les is al gegeven of vervallen."))
        self._withdraw()

    @event("Withdrawn")
    def _withdraw(self) -> None:
        self.state = WITHDRAWN
