"""Reads free days from an iCal file: whole days only, nothing that repeats, and little enough for one school."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
from flask_babel import gettext as _

from intranet.calendar.days import HOLIDAY, OTHER, STUDY_DAY, SchoolYear
from intranet.calendar.events import EARLIEST, LATEST, LONGEST
from intranet.people.roster_file import clean_text
from intranet.uploads import UnreadableFile

MAX_BYTES = 1_000_000
MAX_COMPONENTS = 2_000
MAX_LINES = 20_000
MAX_PIECES = 50_000
MAX_DAYS_FOUND = 200
MAX_TITLE = 120
ONE_DAY = timedelta(days=1)

# What a calendar of a school calls its free days; what is not recognised is shown and left out unless chosen.
WORDS = (
    (STUDY_DAY, re.compile(r"studie|marge|lesvrij|lesvrije|scholing", re.IGNORECASE)),
    (HOLIDAY, re.compile(r"vakantie|holiday|reces", re.IGNORECASE)),
    (
        OTHER,
        re.compile(
            r"\bvrij\b|pasen|paasd|paasmaandag|pinkster|hemelvaart|koningsdag|bevrijdingsdag|kerstdag|goede vrijdag"
            r"|suikerfeest|offerfeest|biddag|dankdag|gesloten",
            re.IGNORECASE,
        ),
    ),
)


class Found(msgspec.Struct, frozen=True):
    """Days that stand in the file: what they are called, and what kind their name says they are."""

    title: str
    first: date
    last: date
    kind: str | None


class CalendarFile(msgspec.Struct, frozen=True):
    """One read file, with how many things were passed over, and why."""

    found: tuple[Found, ...]
    timed: int = 0
    repeating: int = 0
    old: int = 0
    broken: int = 0


def parse(content: bytes, today: date) -> CalendarFile:
    """Read an iCal file. Raises `UnreadableFile` with one sentence for everything that is not a calendar of a school.

    What ended before the school year before this one is passed over.
    """
    _refuse_amounts(content)
    begin = SchoolYear.of(today).previous.first
    found: dict[tuple[date, date, str], Found] = {}
    passed = dict.fromkeys(("timed", "repeating", "old", "broken"), 0)
    for event in _events(content):
        reason, days = _days_of(event)
        if days is None:
            passed[reason] += 1
        elif days[1] < begin:
            passed["old"] += 1
        else:
            title = clean_text(_text(event.get("SUMMARY", "")), MAX_TITLE) or _("Vrij")
            found[*days, title] = Found(title, *days, _kind(title))
    if len(found) > MAX_DAYS_FOUND:
        raise UnreadableFile(_("In dit bestand staan meer dan 200 dagen. Kies een kalender met alleen vrije dagen."))
    if not found and not any(passed.values()):
        raise UnreadableFile(_("In dit bestand staan geen dagen. Kies de kalender met de vakanties."))
    return CalendarFile(tuple(sorted(found.values(), key=lambda each: (each.first, each.last, each.title))), **passed)


def _refuse_amounts(content: bytes) -> None:
    """Count before parsing: a file that is too much costs nothing then."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("Dit bestand is groter dan 1 MB, dus we lezen het niet."))
    if b"BEGIN:VCALENDAR" not in content[:2000].upper():
        raise UnreadableFile(_("Dit is geen iCal-bestand. Kies een bestand dat eindigt op .ics."))
    pieces = max(content.count(b","), content.count(b";"))
    components = content.upper().count(b"BEGIN:")
    if components > MAX_COMPONENTS or content.count(b"\n") > MAX_LINES or pieces > MAX_PIECES:
        raise UnreadableFile(_("In dit bestand staat te veel voor de kalender van één school."))


def _events(content: bytes) -> Iterator[Any]:
    import icalendar  # not at the start: megabytes in every worker, for what a school does once a year

    try:
        calendar = icalendar.Calendar.from_ical(content.decode("utf-8-sig"))
        yield from calendar.walk("VEVENT")
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        # The library's own message quotes the file; what its readers may raise is not written down anywhere.
        raise UnreadableFile(_("Dit bestand is beschadigd, dus we kunnen het niet lezen.")) from None


def _days_of(event: Any) -> tuple[str, tuple[date, date] | None]:
    """Return the first and last day of an event, or why it is passed over."""
    if "RRULE" in event or "RDATE" in event or "RECURRENCE-ID" in event:
        return "repeating", None
    begins, ends = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if begins is None:
        return "broken", None
    length = _value(event, "DURATION")
    if ends is None and isinstance(length, timedelta) and abs(length) <= LONGEST:
        ends = begins + length
    first = _whole_day(begins)
    if first is None:
        return "timed", None
    after = first + ONE_DAY if ends is None else _whole_day(ends)
    if after is None:
        return "timed", None
    last = max(first, after - ONE_DAY)
    if not EARLIEST <= first <= last < LATEST or last - first > LONGEST:
        return "broken", None
    return "", (first, last)


def _value(event: Any, name: str) -> Any:
    from icalendar.error import BrokenCalendarProperty

    try:
        return getattr(event.get(name), "dt", None)
    except BrokenCalendarProperty:
        return None


def _moment(event: Any, name: str) -> date | datetime | None:
    moment = _value(event, name)
    # Far from every school year, adding a day or a zone to it would already be an error.
    return moment if isinstance(moment, date) and 1990 < moment.year < 2200 else None


def _whole_day(moment: date | datetime) -> date | None:
    """Return the day, also of a midnight: some programs write whole days so. None for a time of the day."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.time() == time.min else None


def _text(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _kind(title: str) -> str | None:
    return next((kind for kind, words in WORDS if words.search(title)), None)
