"""The feed as a calendar program reads it (RFC 5545 and 7986): whole days, each with a kind and a link."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from intranet.agenda.dated import Item

ONE_DAY = timedelta(days=1)
ASK_AGAIN = timedelta(hours=6)
NAME = "Geborgen"


def make(items: Iterable[Item], at: datetime, link_to: Callable[[str], str]) -> bytes:
    """Return the calendar at a moment. What is in no later one was done, or is read by its owner no longer."""
    from icalendar import Calendar  # not at the start: megabytes in every worker that no calendar program asks

    calendar = Calendar()
    calendar.add("PRODID", "-//Geborgen//Agenda//NL")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", NAME)
    calendar.add("X-WR-CALNAME", NAME)
    calendar.add("REFRESH-INTERVAL", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    # What programs from before RFC 7986 read.
    calendar.add("X-PUBLISHED-TTL", "PT6H")
    for item in items:
        calendar.add_component(_event(item, at, link_to(item.mark)))
    return bytes(calendar.to_ical())


def _event(item: Item, at: datetime, link: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("UID", f"{item.mark}@agenda.geborgen")
    # With a METHOD this is when the feed was made, not when the event was changed.
    event.add("DTSTAMP", at)
    event.add("DTSTART", item.day)
    event.add("DTEND", item.day + ONE_DAY)
    event.add("SUMMARY", item.kind)
    event.add("URL", link)
    # Not every program shows the URL.
    event.add("DESCRIPTION", link)
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")
    return event
