"""What the start page shows: drafts, four numbers with a plain comparison, and what was recorded last."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import func, select

from events.log.mapper import from_milliseconds
from intranet.api import db, may
from intranet.drafts import my_drafts
from intranet.incidents import choosing, listing, reporting
from intranet.incidents.forms import now_at_school, school_zone
from intranet.incidents.kinds import SEVERITY_LABELS, SEVERITY_TONES, kind_of, place_of
from intranet.incidents.projections import register
from intranet.incidents.readable import Reader, readable_incidents, reader
from intranet.incidents.story import group_in_words, kinds_in_words, lateness
from intranet.people.roster import roster

LATEST = 8
NOON, EVENING = 12, 18


def page() -> dict[str, Any]:
    """Gather the start page of the person who is signed in."""
    someone = reader()
    people = roster(someone.school)
    now = now_at_school()
    found, _more = listing.page_of(someone, listing.Wish(period=listing.EVER), None, LATEST)
    return {
        "greeting": greeting(now.hour),
        "day": format_date(now, "EEEE d MMMM yyyy"),
        "groups": [group_in_words(group, people) for group in sorted(choosing.own_groups())],
        "drafts": [(draft, reporting.draft_line(draft)) for draft in my_drafts(reporting.DRAFT)],
        "numbers": numbers(someone),
        "latest": [_item(each, people) for each in found],
        "may_review": may("audit.read"),
    }


def greeting(hour: int) -> str:
    """Return how people greet each other at this hour."""
    if hour < NOON:
        return _("Goedemorgen")
    return _("Goedemiddag") if hour < EVENING else _("Goedenavond")


def numbers(someone: Reader) -> list[dict[str, Any]]:
    """Count what somebody may read. A number says how much is recorded, never how safe it is."""
    week = listing.count(someone, listing.Wish(period=listing.WEEK))
    before = _week_before(someone)
    year = listing.Wish(period=listing.THIS_YEAR)
    unweighed = _unweighed(someone)
    return [
        {
            "number": week,
            "label": _("Vastgelegd deze week"),
            "note": compared(week, before),
            "icon": "list-checks",
            "tone": "info",
            "href": url_for("incidents.incidents", period=listing.WEEK),
        },
        {
            "number": listing.count(someone, replace(year, mine=True)),
            "label": _("Door jou dit schooljaar"),
            "note": _("Vastleggen helpt om te leren."),
            "icon": "pencil",
            "tone": "ok",
            "href": url_for("incidents.incidents", mine=1),
        },
        {
            "number": unweighed,
            "label": _("Nog niet gewogen"),
            "note": _("Hoe ernstig het was, staat er nog niet bij."),
            "icon": "scale",
            "tone": "warn" if unweighed else "ok",
            "href": None,
        },
        {
            "number": listing.count(someone, year),
            "label": _("Dit schooljaar"),
            "note": _("Alles wat jij mag lezen."),
            "icon": "calendar-days",
            "tone": "quiet",
            "href": url_for("incidents.incidents"),
        },
    ]


def compared(now: int, before: int) -> str:
    """Compare two weeks in plain words, without calling either better."""
    if now == before:
        return _("Evenveel als de week ervoor")
    if now > before:
        return ngettext("%(num)d meer dan de week ervoor", "%(num)d meer dan de week ervoor", now - before)
    return ngettext("%(num)d minder dan de week ervoor", "%(num)d minder dan de week ervoor", before - now)


def _week_before(someone: Reader) -> int:
    today = now_at_school().date()
    first = listing.first_day(listing.WEEK, today)
    if first is None:
        return 0
    between = register.c.happened_at >= listing.midnight(first - timedelta(days=7))
    until = register.c.happened_at < listing.midnight(first)
    return _count(someone, between, until)


def _unweighed(someone: Reader) -> int:
    since = listing.first_day(listing.THIS_YEAR, now_at_school().date())
    if since is None:
        return 0
    return _count(someone, register.c.severity.is_(None), register.c.happened_at >= listing.midnight(since))


def _count(someone: Reader, *conditions: Any) -> int:
    query = select(func.count()).select_from(register).where(readable_incidents(someone), *conditions)
    return db.session.scalar(query) or 0


def _item(found: listing.Found, people: Any) -> dict[str, Any]:
    happened = from_milliseconds(found.row.happened_at)
    severity = found.row.severity
    where = [group_in_words(found.row.class_group, people)] if found.row.class_group else []
    where += [str(place_of(found.row.place).label)] if found.row.place else []
    return {
        "at": happened.astimezone(school_zone()),
        "title": kinds_in_words(found.kinds),
        "line": None if found.closed else " · ".join(where),
        "icon": kind_of(found.kinds[0]).icon if found.kinds else "circle-question-mark",
        "tone": SEVERITY_TONES.get(severity, "quiet"),
        "badge": (SEVERITY_LABELS[severity], SEVERITY_TONES[severity]) if severity else None,
        "href": url_for("incidents.incident", incident_id=found.row.incident),
        "recorded_late": lateness(happened, from_milliseconds(found.row.recorded_at)),
    }
