"""The page with names: who were in it more than once, by name and never by number."""

from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from intranet.api import record_url

from . import counting, reading, words
from .big5 import Pattern, applied


def page(pattern: Pattern) -> dict[str, Any]:
    """Gather the page; `shown` are the ids of everybody whose name is on it."""
    times, shown = counting.times_of_pupils(pattern.found, reading.pupils()), more_than_once(pattern)
    often = [person for person in shown if times[person] > 5]
    more = [person for person in shown if times[person] <= 5]
    return {
        "pattern": pattern,
        "sentence": pattern.sentence,
        "applied": applied(pattern),
        "parts": [
            (_("6 keer of vaker erbij"), [_row(person, times[person], pattern) for person in often]),
            (_("2 tot 5 keer erbij"), [_row(person, times[person], pattern) for person in more]),
        ],
        "shown": [*often, *more],
        "back": url_for("patterns.big5", **pattern.question.parameters),
    }


def more_than_once(pattern: Pattern) -> list[UUID]:
    """Return who was in it more than once, in alphabetical order."""
    times = counting.times_of_pupils(pattern.found, reading.pupils())
    return [person for person in pattern.people if times[person] >= 2]


def roles_in_words(person: UUID, pattern: Pattern) -> str:
    """Return in which roles somebody was in it, each with how often."""
    roles = counting.by((role for each in pattern.found for who, role in each.parts if who == person), str)
    return ", ".join(f"{label} {roles[role]}" for role, label in words.PART_LABELS.items() if roles[role])


def _row(person: UUID, times: int, pattern: Pattern) -> list[Any]:
    name = pattern.people[person]
    return [
        {"text": name.full, "href": record_url("people.person", person)},
        name.group or "",
        times,
        roles_in_words(person, pattern),
    ]
