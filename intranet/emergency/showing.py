"""What the pages of emergency access show: what one may read for now, and what others read that waits for a review."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import format_datetime, ngettext
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from events.log import clock
from events.log.mapper import to_milliseconds
from intranet.api import DueDate, current_school, db, from_milliseconds, log, may, roster, school_calendar, school_zone
from intranet.audit.features.audit import RECORDS
from intranet.audit.projections import reading
from intranet.audit.reach import hidden_records
from intranet.cases.projections import register as cases
from intranet.cases.readable import opened_in_emergency as cases_opened
from intranet.incidents import listing
from intranet.incidents.moments import moment_in_words
from intranet.incidents.projections import register as incidents
from intranet.incidents.readable import opened_in_emergency as incidents_opened
from intranet.incidents.readable import reader
from intranet.incidents.story import who
from intranet.signals.projections import register as signals
from intranet.signals.readable import opened_in_emergency as signals_opened

from .events import EmergencyAccess
from .forms import EndForm
from .projections import emergency
from .standing import OPEN, REVIEW

REVIEWED_WITHIN = 5
"""School days."""
MOST = 200


def running() -> list[Any]:
    """Return the emergency access of who is signed in that lasts now, for the banner on every page."""
    if not may(OPEN):
        return []
    mine = emergency.c.school == current_school(), emergency.c.person == current_user.person_id
    query = select(emergency).where(*mine, emergency.c.until > to_milliseconds(clock.now()))
    people = roster(current_school())
    return [
        {
            "access": row.access,
            "pupil": who(people, row.pupil),
            "left": time_left(from_milliseconds(row.until) - clock.now()),
            "until": format_datetime(_at_school(row.until), "HH:mm", rebase=False),
        }
        for row in db.session.execute(query.order_by(emergency.c.until))
    ]


def time_left(left: timedelta) -> str:
    """Return in words how long something still lasts."""
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    hours, minutes = divmod(minutes, 60)
    parts = [
        ngettext("%(num)d uur", "%(num)d uur", hours) if hours else "",
        ngettext("%(num)d minuut", "%(num)d minuten", minutes) if minutes else "",
    ]
    return _(" en ").join(part for part in parts if part)


def now_page() -> dict[str, Any]:
    """Return what somebody reads for now: each record by its kind and time alone, until it is opened and recorded."""
    return {
        "running": [{**each, "form": EndForm(formdata=None, access=each["access"].hex)} for each in running()],
        "records": _records(),
        "mine": list(_mine()),
    }


def _records() -> list[dict[str, Any]]:
    someone = reader()
    found: list[tuple[int, dict[str, Any]]] = []
    of_incidents = select(incidents.c.incident, incidents.c.happened_at).where(incidents_opened(someone))
    of_signals = select(signals.c.signal, signals.c.happened_at).where(signals_opened(someone))
    of_cases = select(cases.c.case, cases.c.opened_at).where(cases_opened(someone))
    for row in db.session.execute(of_cases):
        href = url_for("cases.case", case_id=row.case)
        found.append((row.opened_at, {"label": _("Zaak"), "icon": "book-open", "href": href}))
    for row in db.session.execute(of_incidents):
        href = url_for("incidents.incident", incident_id=row.incident)
        found.append((row.happened_at, {"label": _("Incident"), "icon": "clipboard-list", "href": href}))
    for row in db.session.execute(of_signals):
        href = url_for("signals.signal", signal_id=row.signal)
        found.append((row.happened_at, {"label": _("Signaal"), "icon": "eye", "href": href}))
    newest = sorted(found, key=lambda each: each[0], reverse=True)[:MOST]
    return [{**item, "note": moment_in_words(listing.moment_of(at)), "tone": "warn"} for at, item in newest]


def _mine() -> Iterator[dict[str, Any]]:
    """Yield what was thought of one's own emergency access, the newest first."""
    mine = emergency.c.school == current_school(), emergency.c.person == current_user.person_id
    rows = db.session.execute(select(emergency).where(*mine).order_by(emergency.c.opened_at.desc()).limit(10))
    people = roster(current_school())
    for row in rows:
        yield {
            "label": who(people, row.pupil),
            "note": format_datetime(_at_school(row.opened_at), "d MMMM y HH:mm", rebase=False),
            "icon": "key-round",
            "tone": "quiet",
            "badge": verdict(row.justified),
        }


def verdict(justified: bool | None) -> tuple[str, str]:
    """Return what was thought of it, as a badge."""
    if justified is None:
        return _("nog niet beoordeeld"), "warn"
    return (_("terecht"), "ok") if justified else (_("niet terecht"), "bad")


def every_access() -> Any:
    """Return the select of all emergency access of this school, the newest first."""
    return select(emergency).where(emergency.c.school == current_school()).order_by(emergency.c.opened_at.desc())


def queue_page() -> dict[str, Any]:
    """Return the emergency access of this school: what waits for a review, and what was reviewed."""
    rows = list(db.session.execute(every_access().limit(MOST)))
    return {
        "waiting": [_item(row) for row in rows if row.justified is None],
        "done": [_item(row) for row in rows if row.justified is not None],
    }


def _item(row: Any) -> dict[str, Any]:
    people = roster(current_school())
    opened = format_datetime(_at_school(row.opened_at), "EEEE d MMMM y, HH:mm", rebase=False)
    return {
        "label": _("%(who)s, over %(pupil)s", who=who(people, row.person), pupil=who(people, row.pupil)),
        "note": opened,
        "icon": "key-round",
        "tone": "warn" if row.justified is None else "quiet",
        "badge": verdict(row.justified),
        "href": url_for("emergency.review", emergency_id=row.access),
    }


def review_page(access: EmergencyAccess) -> dict[str, Any]:
    """Return what somebody who reviews emergency access must know: who, why, how long, and what was opened."""
    people = roster(current_school())
    row = db.session.execute(
        select(emergency).where(emergency.c.school == current_school(), emergency.c.access == access.id)
    ).one()
    remark = next((each.remark for each in log.events.get(access.id) if type(each) is EmergencyAccess.Reviewed), None)
    return {
        "who": who(people, access.person_id),
        "pupil": who(people, access.pupil_id),
        "reason": access.reason,
        "opened": format_datetime(_at_school(row.opened_at), "EEEE d MMMM y, HH:mm", rebase=False),
        "ended": format_datetime(_at_school(row.until), "HH:mm", rebase=False),
        "lasts": row.until > to_milliseconds(clock.now()),
        "read": list(_what_was_read(row)),
        "verdict": verdict(row.justified),
        "remark": remark,
        "reviewer": who(people, row.reviewer) if row.reviewer else None,
        "own": access.person_id == current_user.person_id,
    }


def _what_was_read(row: Any) -> Iterator[dict[str, Any]]:
    """Yield which records were opened because of it, as far as the reviewer may know of them."""
    first = func.min(reading.c.read_at)
    query = (
        select(reading.c.record_kind, reading.c.record, func.count().label("times"), first.label("at"))
        .where(
            reading.c.school == current_school(),
            reading.c.reader == row.person,
            reading.c.ground == "emergency",
            reading.c.read_at.between(row.opened_at, row.until),
            *(reading.c.record.not_in(records) for records in hidden_records(current_school())),
        )
        .group_by(reading.c.record_kind, reading.c.record)
        .order_by(first)
    )
    for each in db.session.execute(query):
        at = format_datetime(_at_school(each.at), "HH:mm", rebase=False)
        kind = str(RECORDS.get(each.record_kind, each.record_kind))
        yield {
            "label": f"{kind.capitalize()} {each.record.hex[:6]}",
            "note": ngettext("%(num)d keer vanaf %(at)s", "%(num)d keer vanaf %(at)s", each.times, at=at),
            "icon": "eye",
            "href": url_for("audit.record", stream=each.record) if may("audit.read") else None,
        }


def reviews_due(today: date) -> Iterator[DueDate]:
    """Yield the emergency access of others that waits for a review by who is signed in."""
    if not may(REVIEW):
        return
    waiting = emergency.c.justified.is_(None), emergency.c.person != current_user.person_id
    people, calendar = roster(current_school()), school_calendar()
    for row in db.session.execute(select(emergency).where(emergency.c.school == current_school(), *waiting)):
        yield DueDate(
            calendar.after(_at_school(row.opened_at).date(), REVIEWED_WITHIN),
            _("Beoordeel de noodtoegang van %(who)s", who=who(people, row.person)),
            url_for("emergency.review", emergency_id=row.access),
            _("over %(pupil)s", pupil=who(people, row.pupil)),
            "key-round",
            "review",
        )


def _at_school(milliseconds: int) -> datetime:
    return from_milliseconds(milliseconds).astimezone(school_zone())
