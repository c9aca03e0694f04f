"""What the start page shows: what was left half done, four numbers, what happened last, and who can help."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import g, url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, func, null, or_, select, union_all

from events.frozen import frozen
from events.log.mapper import from_milliseconds
from intranet.api import db, may
from intranet.charts import Bar, BarChart
from intranet.drafts import Draft, my_drafts
from intranet.home import contributed
from intranet.home.waiting import waiting
from intranet.incidents import listing, reporting, showing
from intranet.incidents.forms import now_at_school
from intranet.incidents.kinds import SEVERITY_TONES, kind_of
from intranet.incidents.moments import lateness
from intranet.incidents.projections import kinds, register
from intranet.incidents.readable import Reader, readable_incidents, reader
from intranet.incidents.story import group_in_words
from intranet.people.duties import DUTIES, held_on
from intranet.people.register import holdings, own_groups
from intranet.people.roster import Roster, roster
from intranet.signals import reporting as signals

LATEST, MOST_KINDS = 7, 6
NOON, EVENING = 12, 18
WEEK, MONTH = timedelta(days=7), timedelta(days=30)
HELPERS = ("care_coordinator", "protection_officer", "bullying_coordinator", "confidential_adviser")
"""Whom somebody asks about a child, in the order in which people usually ask."""


def page() -> dict[str, Any]:
    """Gather the start page of the person who is signed in."""
    someone, now = reader(), now_at_school()
    people = roster(someone.school)
    counted = counts(someone, now.date())
    found, _more = listing.page_of(someone, listing.Wish(period=listing.EVER), None, LATEST)
    groups = sorted(group_in_words(group, people) for group in own_groups())
    return {
        "greeting": greeting(now.hour),
        "line": [
            format_date(now, "EEEE d MMMM y").capitalize(),
            *(_("groep %(group)s", group=group) for group in groups),
            g.school.name,
        ],
        "drafts": _drafts(),
        "numbers": numbers(counted),
        "latest": [_item(each, people) for each in found],
        "kinds": kinds_chart(counted.kinds),
        "waiting": waiting(someone, people, now.date()),
        "helpers": helpers(someone.school, people, now.date()),
        **contributed.to_home(),
    }


def greeting(hour: int) -> str:
    """Return how people greet each other at this hour."""
    if hour < NOON:
        return _("Goedemorgen")
    return _("Goedemiddag") if hour < EVENING else _("Goedenavond")


@frozen
class Counts:
    """How many incidents there are of some days, by what those are called, and of each kind this school year."""

    of: dict[str, int]
    kinds: dict[str, int]


def numbers(many: Counts) -> list[dict[str, Any]]:
    """Say how much somebody may read. A number says how much is recorded, never how safe it is (facts 13.12)."""
    counted = many.of
    return [
        {
            "number": counted["week"],
            "label": _("Afgelopen 7 dagen"),
            "note": compared(counted["week"], counted["week before"], _("de 7 dagen ervoor")),
            "icon": "calendar-days",
            "tone": "info",
            "href": url_for("incidents.incidents", period=listing.WEEK),
        },
        _to_weigh(counted) if may("incidents.assess") else _last_month(counted),
        {
            "number": counted["year"],
            "label": _("Dit schooljaar"),
            "note": _("Vorig schooljaar rond deze dag: %(number)s", number=counted["year before"]),
            "icon": "chart-column",
            "tone": "quiet",
            "href": url_for("incidents.incidents"),
        },
        {
            "number": counted["mine"],
            "label": _("Door jou dit schooljaar"),
            "note": _("Vastleggen helpt kinderen."),
            "icon": "pencil",
            "tone": "ok",
            "href": url_for("incidents.incidents", mine=1),
        },
    ]


def counts(someone: Reader, today: date) -> Counts:
    """Count what somebody may read of the last days and of both school years so far.

    In one question: what somebody may read takes longer to find than to count.
    """
    tomorrow = today + timedelta(days=1)
    begun = listing.first_day(listing.THIS_YEAR, today) or today
    # Weeks, not dates: school days are compared with school days.
    year_before = begun - timedelta(weeks=52), tomorrow - timedelta(weeks=52)
    since = min(begun, tomorrow - 2 * MONTH), tomorrow
    at = register.c.happened_at
    among = readable_incidents(someone), or_(happened_between(at, *since), happened_between(at, *year_before))
    columns = register.c.school, register.c.incident, at, register.c.reporter, register.c.severity
    rows = select(*columns).where(*among).cte("readable")
    this_year = happened_between(rows.c.happened_at, begun, tomorrow)
    parts = {
        "year": this_year,
        "year before": happened_between(rows.c.happened_at, *year_before),
        "week": happened_between(rows.c.happened_at, tomorrow - WEEK, tomorrow),
        "week before": happened_between(rows.c.happened_at, tomorrow - 2 * WEEK, tomorrow - WEEK),
        "month": happened_between(rows.c.happened_at, tomorrow - MONTH, tomorrow),
        "month before": happened_between(rows.c.happened_at, tomorrow - 2 * MONTH, tomorrow - MONTH),
        "mine": and_(this_year, rows.c.reporter == someone.person_id),
        "unweighed": and_(this_year, rows.c.severity.is_(None)),
    }
    of_all = select(null(), *(func.count().filter(part) for part in parts.values())).select_from(rows)
    # As wide as the other, because both come in one answer.
    of_kinds = select(kinds.c.kind, *[func.count()] * len(parts)).group_by(kinds.c.kind)
    of_kinds = of_kinds.select_from(rows.join(kinds, listing.kinds_of(rows.c))).where(this_year)
    found = {kind: each for kind, *each in db.session.execute(union_all(of_all, of_kinds))}
    return Counts(dict(zip(parts, found.pop(None), strict=True)), {kind: each[0] for kind, each in found.items()})


def happened_between(at: Any, first: date, until: date) -> ColumnElement[bool]:
    """Return the condition that something happened from one day until another one begins."""
    return and_(at >= listing.midnight(first), at < listing.midnight(until))


def kinds_chart(many_of: dict[str, int]) -> BarChart | None:
    """Return what happened this school year by kind, each leading to its list; None when there is nothing to read."""
    counted = sorted(many_of.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_KINDS]
    if not counted:
        return None
    bars = [Bar(kind_of(kind).label, many, url_for("incidents.incidents", kind=kind)) for kind, many in counted]
    alone = len(bars) == 1 or bars[0].value > bars[1].value
    message = _("%(kind)s is het meest vastgelegd.", kind=bars[0].label) if alone else None
    return BarChart(_("Wat er dit schooljaar gebeurde"), message, bars, _("Wat"), _("Incidenten"))


def _to_weigh(counted: dict[str, int]) -> dict[str, Any]:
    waiting = counted["unweighed"]
    return {
        "number": waiting,
        "label": _("Nog te wegen"),
        "note": _("Van dit schooljaar, zonder ernst."),
        "icon": "scale",
        "tone": "warn" if waiting else "ok",
        "href": url_for("incidents.incidents", severity=listing.UNWEIGHED),
    }


def _last_month(counted: dict[str, int]) -> dict[str, Any]:
    return {
        "number": counted["month"],
        "label": _("Afgelopen 30 dagen"),
        "note": compared(counted["month"], counted["month before"], _("de 30 dagen ervoor")),
        "icon": "history",
        "tone": "info",
        "href": url_for("incidents.incidents", period=listing.MONTH),
    }


def compared(now: int, before: int, when: str) -> str:
    """Compare two periods in plain words, without calling either better."""
    if now == before:
        return _("Evenveel als %(when)s", when=when)
    if now > before:
        return ngettext("%(num)d meer dan %(when)s", "%(num)d meer dan %(when)s", now - before, when=when)
    return ngettext("%(num)d minder dan %(when)s", "%(num)d minder dan %(when)s", before - now, when=when)


def _drafts() -> list[tuple[Draft, str, str]]:
    """Return what was left half done, the newest first: with in words what it is, and where to go on."""
    of_incidents = (
        (draft, reporting.draft_line(draft), url_for("incidents.report", draft=draft.form_key))
        for draft in my_drafts(reporting.DRAFT)
    )
    of_signals = (
        (draft, signals.draft_line(draft), url_for("signals.record", draft=draft.form_key))
        for draft in my_drafts(signals.DRAFT)
    )
    return sorted((*of_incidents, *of_signals), key=lambda each: each[0].saved_at, reverse=True)


def helpers(school: UUID, people: Roster, today: date) -> list[tuple[str, list[str]]]:
    """Return whom one can ask about a child: each duty with the names of who holds it today."""
    held = held_on(holdings(school), today)
    return [
        (str(DUTIES[duty]).capitalize(), [people[each.person].full for each in held[duty] if each.person in people])
        for duty in HELPERS
        if held[duty]
    ]


def _item(found: listing.Found, people: Roster) -> dict[str, Any]:
    happened, recorded = from_milliseconds(found.row.happened_at), from_milliseconds(found.row.recorded_at)
    who = showing.people_line(found, people)
    return {
        "at": happened,
        "title": showing.title_of(found),
        "line": " · ".join(part for part in (who, showing.where_in_words(found, people)) if part),
        "icon": showing.icon_of(found),
        "tone": SEVERITY_TONES.get(found.row.severity, "quiet"),
        "badge": showing.severity_badge(found.row.severity),
        "href": url_for("incidents.incident", incident_id=found.row.incident),
        "recorded_late": lateness(happened, recorded),
    }
