"""The one list of the home page, "Wacht op jou": late, today, this week; what comes first depends on who reads it."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from events.frozen import frozen
from intranet.api import db, may
from intranet.contributions import DueDate
from intranet.home.due import due_dates
from intranet.incidents import listing
from intranet.incidents import showing as incidents
from intranet.incidents.readable import Reader
from intranet.notices.kinds import CLOSING, MENTIONED, RECORD_LABELS, kind_of
from intranet.notices.projections import notice
from intranet.notices.readable import new_notices, records_noticed, shown_notices
from intranet.notices.showing import address_of
from intranet.people.roster import Roster
from intranet.signals.kinds import NEW
from intranet.signals.listing import waiting_for
from intranet.signals.showing import item_of as signal_item
from intranet.staff_matters import showing as staff_matters

SOON = timedelta(days=7)
OF_EACH = 4
"""So many of one sort are named; the rest is one line that leads to all of them."""
LATE, TODAY, WEEK = range(3)
MATTER, EYES, SIGNAL, DATED, MENTION, WEIGH = "matter", "eyes", "signal", "dated", "mention", "weigh"
ORDER_OF_CARE = (MATTER, EYES, SIGNAL, DATED, MENTION, WEIGH)
"""Who looks after others begins with what nobody looked at yet; who has a class with what they promised."""
ORDER_OF_CLASS = (DATED, MENTION, MATTER, EYES, SIGNAL, WEIGH)


@frozen
class Waiting:
    """One line of the list: when it has to be done, what sort of thing it is, and how it is shown."""

    when: int
    sort: str
    item: dict[str, Any]
    day: date = date.max


def waiting(someone: Reader, people: Roster, today: date) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what waits for somebody under its heading; headings with nothing under them are left out."""
    order = ORDER_OF_CARE if may("signals.triage") or may("incidents.assess") else ORDER_OF_CLASS
    dated = _dated((each for _plugin, each in due_dates(someone, today)), today)
    of = records_noticed(someone, CLOSING, MENTIONED)
    lines = [*_matters(someone), *_eyes(someone, of[CLOSING]), *_mentions(someone, of[MENTIONED]), *dated]
    if may("signals.triage"):
        lines += _signals(someone, people)
    if may("incidents.assess"):
        lines += _to_weigh(someone, people)
    lines.sort(key=lambda line: (line.when, order.index(line.sort), line.day))
    headings = _("Te laat"), _("Vandaag"), _("Deze week")
    groups = [(heading, [line.item for line in lines if line.when == when]) for when, heading in enumerate(headings)]
    return [(heading, items) for heading, items in groups if items]


def _dated(dates: Iterable[DueDate], today: date) -> Iterator[Waiting]:
    """Yield what has a date up to a week from now; what is later is not shown yet."""
    for each in sorted(dates, key=lambda due: (due.day, str(due.label))):
        if each.day > today + SOON:
            continue
        when = LATE if each.day < today else TODAY if each.day == today else WEEK
        note = format_date(each.day, "EEEE d MMMM")
        item = {
            "label": each.label,
            "href": each.href,
            "icon": each.icon,
            "note": f"{note} · {each.note}" if each.note else note,
            "tone": ("bad", "warn", "quiet")[when],
        }
        yield Waiting(when, DATED, item, each.day)


def _matters(someone: Reader) -> Iterator[Waiting]:
    if may("staff_matters.handle"):
        yield from (Waiting(TODAY, MATTER, item) for item in staff_matters.waiting(someone))


def _eyes(someone: Reader, of: Collection[str]) -> Iterator[Waiting]:
    """Yield the closings that somebody else proposed; each waits until it is closed or has something to do again."""
    if not of:
        return
    query = select(notice).where(shown_notices(someone, of), notice.c.kind == CLOSING).order_by(notice.c.at)
    for row in db.session.execute(query):
        kind = kind_of(row.kind)
        item = {
            "label": kind.label if kind else row.kind,
            "href": address_of(row),
            "icon": "scale",
            "note": RECORD_LABELS[row.record_kind],
            "tone": "warn",
        }
        yield Waiting(TODAY, EYES, item)


def _mentions(someone: Reader, of: Collection[str]) -> Iterator[Waiting]:
    if not of:
        return
    query = select(notice.c.position).where(new_notices(someone, of), notice.c.kind == MENTIONED)
    number = len(db.session.scalars(query).all())
    if number:
        label = ngettext("Iemand noemt je", "%(num)d keer noemt iemand je", number)
        yield Waiting(TODAY, MENTION, _line(label, url_for("notices.mentions"), "at-sign", "info"))


def _signals(someone: Reader, people: Roster) -> Iterator[Waiting]:
    """Yield the signals that wait for a decision, the longest waiting first."""
    found, number = waiting_for(someone, OF_EACH)
    for each in found:
        item = signal_item(each, people)
        if each.row.state != NEW:
            item["note"] = _("Delen is voorbij. Kijk wat er nu nodig is.")
        yield Waiting(TODAY, SIGNAL, item)
    if number > len(found):
        label = ngettext("Nog %(num)d signaal te bekijken", "Nog %(num)d signalen te bekijken", number - len(found))
        href = url_for("signals.signals", state=NEW, period=listing.EVER)
        yield Waiting(TODAY, SIGNAL, _line(label, href, "eye", "quiet"))


def _to_weigh(someone: Reader, people: Roster) -> Iterator[Waiting]:
    """Yield the latest incidents of which nobody said yet how serious they were."""
    wish = listing.Wish(severity=listing.UNWEIGHED)
    found, more = listing.page_of(someone, wish, None, OF_EACH)
    for each in found:
        where = incidents.happened_in_words(each), incidents.where_in_words(each, people)
        href = url_for("incidents.incident", incident_id=each.row.incident)
        label = _("Wegen: %(what)s", what=incidents.title_of(each))
        note = " · ".join(filter(None, where))
        yield Waiting(WEEK, WEIGH, _line(label, href, incidents.icon_of(each), "quiet", note))
    if more:
        number = listing.count(someone, wish) - len(found)
        label = ngettext("Nog %(num)d incident te wegen", "Nog %(num)d incidenten te wegen", number)
        href = url_for("incidents.incidents", severity=listing.UNWEIGHED)
        yield Waiting(WEEK, WEIGH, _line(label, href, "scale", "quiet"))


def _line(label: str, href: str, icon: str, tone: str, note: str = "") -> dict[str, Any]:
    return {"label": label, "href": href, "icon": icon, "tone": tone, "note": note}
