"""What happens to a board, to a school, and to a class group."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from events.log.aggregate import Aggregate, Code, Personal, event
from events.log.context import current_school
from events.log.errors import Refused
from intranet.schools.need_to_know import NeedToKnow

REGIONS = ("noord", "midden", "zuid")
LATEST_CLIMB = 40


CASE_WEEKS = 6
"""Until a school chooses: so many weeks after a plan was made you look back in a case."""
LONGEST_CASE_TERM = 26


class Climbing(NamedTuple):
    """After how many school days a broken promise also waits for a coordinator, and for the director."""

    coordinator: int
    director: int


CLIMBING = Climbing(3, 6)
"""Until a school chooses: time to do it late, and not so long that a child waits a week."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


class Switch(NamedTuple):
    """A plugin that was switched on or off, and why."""

    plugin: str
    on: bool
    reason: str


class Board(Aggregate):
    """A board (bevoegd gezag) with one or more schools. Its log is its own: the board's id is that log's school id."""

    log_name = "schools.board"

    @staticmethod
    def create_id(*_: Any, **__: Any) -> UUID:
        """Return the id of the log that is acted in: a board is the first record of its own log."""
        return current_school()

    @event("Founded")
    def __init__(self, *, name: Personal):
        self.name = name

    @event("Renamed")
    def _rename(self, *, name: Personal) -> None:
        self.name = name

    def rename(self, *, name: str) -> None:
        """Give the board another name; the same name records nothing."""
        if _named(name) != self.name:
            self._rename(name=_named(name))


class School(NeedToKnow):
    """A school of a board. Its id is the id of its log."""

    log_name = "schools.school"

    @staticmethod
    def create_id(*_: Any, **__: Any) -> UUID:
        """Return the id of the log that is acted in: a school is the first record of its own log."""
        return current_school()

    @event("Opened")
    def __init__(self, *, board_id: UUID, name: Personal, brin: Code | None):
        self.board_id = board_id
        self.name = name
        self.brin = brin
        self.holiday_region: str | None = None
        self.roster_of: tuple[str | None, date | None] = (None, None)
        self.switches: list[Switch] = []
        self.plugin_settings: dict[str, str] = {}
        self.open_days: dict[date, tuple[int, ...]] = {}
        self.climbing = CLIMBING
        self._nothing_changed_yet()
        self.case_weeks = CASE_WEEKS

    @event("Renamed")
    def _rename(self, *, name: Personal) -> None:
        self.name = name

    @event("SettingsChanged")
    def _change_settings(self, *, brin: Code | None, holiday_region: Code | None) -> None:
        self.brin = brin
        self.holiday_region = holiday_region

    @event("RosterImported")
    def note_import(
        self,
        *,
        format: Code,
        school_year: Code | None,
        reference_date: date | None,
        registered: int,
        renamed: int,
        moved: int,
        left: int,
        returned: int,
        groups: int,
    ) -> None:
        """A roster was taken over: which kind of file, of which school year, and how many people it changed."""
        self.roster_of = (school_year, reference_date)

    @event("PluginEnabled")
    def _enable(self, *, plugin: Code, reason: Personal) -> None:
        self._note_switch(plugin, True, reason)

    @event("PluginDisabled")
    def _disable(self, *, plugin: Code, reason: Personal) -> None:
        self._note_switch(plugin, False, reason)

    @event("PluginSettingsChanged")
    def _set(self, *, plugin: Code, settings: Personal) -> None:
        """A plugin was set; `settings` is a JSON object of what the form held."""
        self.plugin_settings[plugin] = settings

    def _note_switch(self, plugin: str, on: bool, reason: str) -> None:
        # A copy of the record is shared between requests: a list of its own for each version.
        self.switches = [*self.switches, Switch(plugin, on, reason)]

    def has_enabled(self, plugin: str) -> bool:
        """Tell whether a plugin is on, by what was switched last."""
        return next((each.on for each in reversed(self.switches) if each.plugin == plugin), False)

    def enable(self, plugin: str, reason: str) -> None:
        """Switch a plugin on. Raises `Refused` without a reason, and when it is on already."""
        if self.has_enabled(plugin):
            raise Refused(_("Dit onderdeel staat al aan."))
        self._enable(plugin=plugin, reason=_with_reason(reason))

    def disable(self, plugin: str, reason: str) -> None:
        """Switch a plugin off; what it recorded stays. Raises `Refused` without a reason, and when it is off."""
        if not self.has_enabled(plugin):
            raise Refused(_("Dit onderdeel staat al uit."))
        self._disable(plugin=plugin, reason=_with_reason(reason))

    def set_plugin(self, plugin: str, settings: str) -> None:
        """Keep a plugin's settings, a JSON object as text; the same ones record nothing."""
        if settings != self.plugin_settings.get(plugin):
            self._set(plugin=plugin, settings=settings)

    @event("ClimbingChanged")
    def _change_climbing(self, *, coordinator: int, director: int) -> None:
        self.climbing = Climbing(coordinator, director)

    def change_climbing(self, *, coordinator: int, director: int) -> None:
        """Say after how many school days a broken promise climbs; the same numbers record nothing.

        Raises `Refused` for numbers under 1 or above `LATEST_CLIMB`, and when the director would be first.
        """
        if not 1 <= coordinator <= director <= LATEST_CLIMB:
            raise Refused(_("De coördinator komt eerst, dan de directeur. Kies 1 tot en met 40 schooldagen."))
        if self.climbing != (coordinator, director):
            self._change_climbing(coordinator=coordinator, director=director)

    @event("CaseTermChanged")
    def _change_case_term(self, *, weeks: int) -> None:
        self.case_weeks = weeks

    def change_case_term(self, weeks: int) -> None:
        """Say how many weeks after its plan a case is evaluated. Raises `Refused` outside a week to half a year."""
        if not 1 <= weeks <= LONGEST_CASE_TERM:
            raise Refused(_("Kies 1 tot en met 26 weken."))
        if self.case_weeks != weeks:
            self._change_case_term(weeks=weeks)

    @event("OpenDaysChanged")
    def _change_open_days(self, *, weekdays: tuple[int, ...], since: date) -> None:
        self.open_days = {**self.open_days, since: weekdays}

    def change_open_days(self, *, weekdays: Iterable[int], since: date) -> None:
        """Say on which weekdays (1 is Monday) the school is open from a day on; what was before stays.

        Raises `Refused` without a weekday; the same days from the same day record nothing.
        """
        chosen = tuple(sorted(set(weekdays)))
        if not chosen or not set(chosen) <= set(range(1, 8)):
            raise Refused(_("Kies op welke dagen er les is."))
        if self.open_days.get(since) != chosen:
            self._change_open_days(weekdays=chosen, since=since)

    def rename(self, *, name: str) -> None:
        """Give the school another name; the same name records nothing."""
        if _named(name) != self.name:
            self._rename(name=_named(name))

    def change_settings(self, *, brin: str | None, holiday_region: str | None) -> None:
        """Set BRIN (`99zz`, lower case) and holiday region. Raises `Refused` for a region that does not exist."""
        if holiday_region is not None and holiday_region not in REGIONS:
            raise Refused("Deze vakantieregio bestaat niet.")
        if (brin, holiday_region) != (self.brin, self.holiday_region):
            self._change_settings(brin=brin, holiday_region=holiday_region)


class ClassGroup(Aggregate):
    """A class group. `sources` are keyed hashes of its keys in the pupil administration."""

    log_name = "schools.group"

    @event("Formed")
    def __init__(self, *, name: Personal, year_groups: tuple[Code, ...], sources: tuple[Code, ...]):
        self.name = name
        self.year_groups = year_groups
        self.sources = sources
        self.closed_on: date | None = None
        self.teachers: set[UUID] = set()

    @event("Renamed")
    def _rename(self, *, name: Personal) -> None:
        self.name = name

    @event("YearGroupsChanged")
    def _change_year_groups(self, *, year_groups: tuple[Code, ...]) -> None:
        self.year_groups = year_groups

    @event("SourcesMatched")
    def match_sources(self, *, sources: tuple[Code, ...]) -> None:
        """The administration knows this group by these keys from now on."""
        self.sources = sources

    @event("TeacherJoined")
    def _join(self, *, person_id: UUID) -> None:
        """A member of staff teaches the group."""
        self.teachers.add(person_id)

    @event("TeacherLeft")
    def _leave(self, *, person_id: UUID) -> None:
        """A member of staff no longer teaches the group."""
        self.teachers.discard(person_id)

    @event("Closed")
    def _close(self, *, closed_on: date) -> None:
        self.closed_on = closed_on
        self.teachers = set()

    @event("Reopened")
    def reopen(self) -> None:
        """The group exists again, as when a file without it was taken over by mistake."""
        self.closed_on = None

    def rename(self, *, name: str) -> None:
        """Give the group another name; the same name records nothing."""
        if _named(name) != self.name:
            self._rename(name=_named(name))

    def change_year_groups(self, *, year_groups: tuple[str, ...]) -> None:
        """Set the year groups (`1`…`8`, `0`, `s`); the same ones record nothing."""
        if tuple(year_groups) != tuple(self.year_groups):
            self._change_year_groups(year_groups=tuple(year_groups))

    def add_teacher(self, person_id: UUID) -> None:
        """Let a member of staff teach this group; who teaches it already stays as they are."""
        self._refuse_when_closed()
        if person_id not in self.teachers:
            self._join(person_id=person_id)

    def remove_teacher(self, person_id: UUID) -> None:
        """Let a member of staff no longer teach this group."""
        if person_id in self.teachers:
            self._leave(person_id=person_id)

    def close(self, *, on: date) -> None:
        """End the group on a day. Raises `Refused` when it has ended already."""
        self._refuse_when_closed()
        self._close(closed_on=on)

    def _refuse_when_closed(self) -> None:
        if self.closed_on is not None:
            raise Refused("Deze groep bestaat niet meer.")


def _with_reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Schrijf kort op waarom je dit doet."))
    return reason.strip()


def _named(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused("Vul een naam in.")
    return name
