"""What the page of a chronology shows: its lines, its filters with counts, and to whom it was handed out."""

from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from markupsafe import Markup, escape
from sqlalchemy import select

from intranet.api import current_school, db, log, roster
from intranet.chronology import wishes
from intranet.chronology.events import HandedOut
from intranet.chronology.levels import LEVELS
from intranet.chronology.line import Line
from intranet.chronology.lines import lines_of, parts_in_words
from intranet.chronology.projections import handed_out
from intranet.chronology.records import records_about
from intranet.chronology.subjects import About
from intranet.incidents.moments import lateness
from intranet.incidents.readable import Reader, reader
from intranet.people.roster import Roster


def page(about: About, wish: wishes.Wish) -> dict[str, Any]:
    """Return what the page shows; that confidential records are read on it is recorded first."""
    someone = reader()
    lines = read(about, someone)
    found = wish.of(lines)
    people = roster(someone.school)
    shown = found if wish.order else found[::-1]
    return {
        "about": about,
        "items": [_item(line, people) for line in shown],
        "filters": wishes.groups(wish, lines),
        "applied": [{"label": label, "href": about.url(**wish.without(name))} for name, label in wish.chosen],
        "summary": ngettext("%(num)d regel", "%(num)d regels", len(found)),
        "nothing_yet": not lines,
        "order": wish.order,
        "handed_out": handed_out_of(about) if about.can_be_handed_out else [],
        "hand_out_url": about.url("_hand_out", **wish.filters) if about.can_be_handed_out else None,
        "other_order": about.url(
            **wish.without("order"), **({} if wish.order else {"order": wishes.OLDEST}), _anchor="story"
        ),
    }


def read(about: About, someone: Reader) -> list[Line]:
    """Return the lines of a subject; that confidential records are read is recorded first."""
    records = records_about(about, someone)
    records.record_readings()
    return lines_of(records, about, someone)


def handed_out_of(about: About) -> list[tuple[str, str]]:
    """Return when a subject's chronology was handed out, with to whom and how much; only for who may do so too."""
    ids = db.session.scalars(
        select(handed_out.c.handed_out)
        .where(handed_out.c.school == current_school(), handed_out.c.subject == about.id)
        .order_by(handed_out.c.recorded_at.desc())
    ).all()
    dossiers = log.get_each(HandedOut, ids).values()
    return [
        (
            _("Gegeven op %(day)s", day=format_date(each.created_on, "d MMMM y")),
            _("aan %(who)s. %(level)s.", who=each.recipient_name, level=str(LEVELS[each.level])),
        )
        for each in dossiers
    ]


def _item(line: Line, people: Roster) -> dict[str, Any]:
    parts = parts_in_words(line.parts, people)
    texts = [escape(line.words)] if line.words else []
    if parts:
        texts.append(Markup('<span class="detail">{}</span>').format(parts))
    return {
        "at": line.at,
        "title": _("%(what)s (%(where)s)", what=line.title, where=line.where) if line.where else line.title,
        "line": Markup("<br>").join(texts) if texts else None,
        "icon": line.icon,
        "tone": line.tone,
        "href": line.href,
        "badge": line.badge,
        "actor": line.actor,
        "changes": line.changes,
        "position": None if line.position is None else f"#{line.position}",
        "recorded_late": None if line.recorded_at is None else lateness(line.at, line.recorded_at),
        "group": format_date(line.at, "MMMM y").capitalize(),
    }
