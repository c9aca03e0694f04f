"""Turns rows of the log into the lines of a page: sentence, both clocks, and what is marked about them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, format_datetime, format_time, ngettext
from flask_babel import gettext as _
from sqlalchemy.engine import Connection

from intranet.as_of.moments import end_of
from intranet.people.today import today

from .entries import Entry, record_kind
from .period import at_school
from .projections import LIST
from .reach import Reach, abouts, reaches
from .sentences import Description, Names, Telling, description, kind_of_event


def lines(
    connection: Connection,
    school: UUID,
    entries: Sequence[Entry],
    names: Names,
    reviewed: dict[date, int] | None = None,
) -> list[dict[str, Any]]:
    """Return timeline items. `reviewed` tells up to which position a day was reviewed."""
    streams = {(record_kind(entry.row.name), entry.row.stream) for entry in entries}
    reach = reaches(connection, school, streams)
    about = abouts(connection, school, [each for each in streams if reach[each[1]] >= Reach.FACTS])
    return [
        _line(entry, names, reach[entry.row.stream], about.get(entry.row.stream), reviewed or {}) for entry in entries
    ]


def told(connection: Connection, school: UUID, entries: Sequence[Entry], names: Names) -> list[tuple[Entry, Any, str]]:
    """Return rows one by one, each with what its kind is called and its sentence; of a hidden one no more than that."""
    reach = reaches(connection, school, {(record_kind(entry.row.name), entry.row.stream) for entry in entries})
    return [_told(entry, names, reach[entry.row.stream]) for entry in entries]


def _told(entry: Entry, names: Names, reach: Reach) -> tuple[Entry, Any, str]:
    if reach is Reach.HIDDEN:
        return entry, None, _hidden()
    how = _how(entry, reach)
    return entry, how.label, _sentence(entry, how, names, reach)


def _hidden() -> str:
    return str(_("1 vertrouwelijke gebeurtenis"))


def _how(entry: Entry, reach: Reach) -> Description:
    return description(type(entry.event) if entry.event is not None else kind_of_event(entry.row.name)).to(reach)


def _line(entry: Entry, names: Names, reach: Reach, about: str | None, reviewed: dict[date, int]) -> dict[str, Any]:
    recorded = at_school(entry.row.recorded_at)
    line: dict[str, Any] = {
        "at": format_time(recorded, "HH:mm", rebase=False),
        "group": _heading(recorded.date(), reviewed),
        "group_link": _day_itself(recorded.date()),
        "position": _number(entry),
    }
    if reach is Reach.HIDDEN:
        return {**line, "title": _hidden(), "icon": "lock", "quiet": True}
    how = _how(entry, reach)
    line |= {"icon": how.icon, "tone": how.tone, "title": _sentence(entry, how, names, reach)}
    line |= _whole_run(entry) if entry.count > 1 else _particulars(entry, recorded, reach, about)
    if entry.row.position > reviewed.get(recorded.date(), entry.row.position):
        line["badge"] = (_("na het nakijken"), "info")
    if not entry.fits or entry.event is None:
        line |= {"tone": "bad", "icon": "triangle-alert", "badge": (_("Klopt niet"), "bad"), "line": _not_fitting()}
    return line


def _sentence(entry: Entry, how: Any, names: Names, reach: Reach) -> str:
    if entry.event is None:
        return str(_("Deze regel is niet te lezen."))
    who = names.who(entry.row.actor)
    if entry.count > 1:
        if how.many is not None:
            return str(how.many(entry.count, who))
        return str(_("%(who)s, %(count)d keer: %(label)s", who=who, count=entry.count, label=how.label))
    return str(how.tell(entry.event, Telling(names, who, reach)))


def _whole_run(entry: Entry) -> dict[str, Any]:
    return {
        "href": url_for(
            "audit.audit",
            rows=f"{entry.oldest}-{entry.row.position}",
            kind=entry.row.name,
        )
    }


def _particulars(entry: Entry, recorded: datetime, reach: Reach, about: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"href": url_for("audit.record", stream=_record_of(entry)), "line": about}
    happened = getattr(entry.event, "happened_at", None)
    if happened is None or entry.event.originator_version > 1 or reach < Reach.FACTS:
        return found
    happened = happened.astimezone(recorded.tzinfo)
    found["line"] = _("Gebeurd op %(moment)s.", moment=format_datetime(happened, "EEE d MMM HH:mm", rebase=False))
    days = (recorded.date() - happened.date()).days
    if days > 0:
        found["recorded_late"] = ngettext("vastgelegd %(num)d dag later", "vastgelegd %(num)d dagen later", days)
    return found


def _record_of(entry: Entry) -> Any:
    """Return the record that a line leads to: of a reading that is what was read, not the reading itself."""
    read = getattr(entry.event, "record_kind", None) not in (None, LIST)
    return entry.event.record_id if read else entry.row.stream


def _not_fitting() -> str:
    return str(_("Deze regel is veranderd nadat hij was vastgelegd. Kijk bij Bewijs."))


def _number(entry: Entry) -> str:
    if entry.count > 1:
        return f"#{entry.oldest}–{entry.row.position}"
    return f"#{entry.row.position}"


def _day_itself(day: date) -> tuple[str, str] | None:
    """Return a link to the school as it was at the end of a day; today is not over yet."""
    return None if day == today() else (str(_("Zo was de school")), url_for("home.today", **end_of(day)))


def _heading(day: date, reviewed: dict[date, int]) -> str:
    text = format_date(day, "EEEE d MMMM yyyy")
    if day == today():
        text = _("Vandaag, %(day)s", day=text)
    text = text[0].upper() + text[1:]
    return f"{text} · {_('nagekeken')}" if day in reviewed else text
