"""Reads from an address which past moment is asked for, on which clock, and says it in words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import format_datetime
from flask_babel import gettext as _

from events.frozen import frozen
from events.log.errors import Refused

PARAMETER, CLOCK = "op", "klok"
RECORDED, HAPPENED = "vastgelegd", "gebeurd"


@frozen
class Moment:
    """A moment on the school's clock: what had been recorded by then, or what had happened by then as known today."""

    at: datetime
    text: str
    clock: str = RECORDED

    @property
    def parameters(self) -> dict[str, str]:
        """What an address carries to stay at this moment."""
        return {PARAMETER: self.text} | ({CLOCK: self.clock} if self.clock != RECORDED else {})

    def on(self, clock: str) -> dict[str, Any]:
        """Return the parameters for the same moment on a clock."""
        return {PARAMETER: self.text, CLOCK: None if clock == RECORDED else clock}

    @property
    def words(self) -> str:
        """The moment as people say it."""
        return format_datetime(self.at, "EEEE d MMMM y, HH:mm", rebase=False)


def end_of(day: date) -> dict[str, Any]:
    """Return the parameters that show a day at its end."""
    return {PARAMETER: day.isoformat(), CLOCK: None}


def asked_moment(arguments: Mapping[str, str], zone: ZoneInfo, now: datetime) -> Moment:
    """Return the moment that an address asks for. Raises `Refused` with a sentence when there is no such moment.

    A day alone is the end of that day. A time that the clock shows twice is the second of the two.
    """
    text, clock = arguments[PARAMETER], arguments.get(CLOCK, RECORDED)
    if clock not in (RECORDED, HAPPENED):
        raise Refused(_("Deze klok bestaat niet. Kies ‘vastgelegd’ of ‘gebeurd’."))
    try:
        at = _read(text, zone)
    except (ValueError, OverflowError):
        raise Refused(_("Dit moment begrijpen we niet. Schrijf het zo: 2026-03-12T14:00.")) from None
    if at.astimezone(UTC) > now:
        raise Refused(_("Dit moment moet nog komen. Kies een moment in het verleden."))
    return Moment(at, text, clock)


def _read(text: str, zone: ZoneInfo) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        next_day = datetime.combine(day + timedelta(days=1), time(), zone)
        return (next_day.astimezone(UTC) - timedelta(milliseconds=1)).astimezone(zone)
    # In an address a plus sign is a space.
    at = datetime.fromisoformat(text.replace(" ", "+"))
    if at.tzinfo is not None:
        return at.astimezone(zone)
    at = at.replace(tzinfo=zone, fold=1)
    there_and_back = at.astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None) != at.replace(tzinfo=None):
        raise Refused(_("Dit moment bestaat niet. De klok ging toen een uur vooruit."))
    return at
