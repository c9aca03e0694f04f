"""What stands in somebody's own calendar: a day, a sort of thing, and a mark that leads to it for nobody but them."""

from collections import Counter
from datetime import date

from flask_login import current_user

from events.frozen import frozen
from intranet.accounts.credentials import keyed_hash
from intranet.home.due import due_dates, kind_in_words
from intranet.incidents.readable import reader
from intranet.people.today import today

MOST = 500
"""A school year of lessons, and more than anybody has to do."""


@frozen
class Item:
    """One whole day in the calendar. `href` stays inside: the calendar gets `mark`, which is the same at each fetch."""

    mark: str
    day: date
    kind: str
    href: str


def items() -> list[Item]:
    """Return what waits for who is signed in, as they may read it at this moment, the earliest first."""
    found = {(kind_in_words(plugin, due), due.href, due.day) for plugin, due in due_dates(reader(), today())}
    dated = sorted(found, key=lambda each: (each[2], each[0], each[1]))[:MOST]
    times = Counter((kind, href) for kind, href, _day in dated)
    # What moves to another day keeps its mark; only pages on which several days wait tell them apart by the day.
    return [
        Item(_mark(kind, href, day.isoformat() if times[kind, href] > 1 else ""), day, kind, href)
        for kind, href, day in dated
    ]


def href_of(mark: str) -> str | None:
    """Return where what has this mark is done; None when it waits for who is signed in no longer, or never did."""
    return next((item.href for item in items() if item.mark == mark), None)


def _mark(*parts: str) -> str:
    whose = current_user.school_id.hex, current_user.person_id.hex
    return keyed_hash(b"agenda item", "\0".join((*whose, *parts)).encode()).hex()[:32]
