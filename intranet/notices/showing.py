"""What the bell and the page of notices show: what is new for somebody, and never a word of a record."""

from collections.abc import Collection
from typing import Any

from flask import abort, current_app, g, url_for
from flask_login import current_user
from sqlalchemy import func, select

from events.log import clock
from events.log.context import acting
from events.log.mapper import from_milliseconds
from intranet.accounts.events import Account
from intranet.database import db, log
from intranet.emergency.events import EmergencyAccess
from intranet.follow_up.records import FOLLOWED
from intranet.incidents.moments import moment_in_words
from intranet.incidents.readable import Reader, reader
from intranet.notices import postbox
from intranet.notices.kinds import MENTIONED, PROMISED, RECORD_LABELS, kind_of
from intranet.notices.mail import compose
from intranet.notices.projections import notice
from intranet.notices.readable import kinds_waiting, new_notices, shown_notices
from intranet.records import record_url

MOST = 100

LAST_POSITION = 2**62
"""An address may hold any number; the databases count no further than this."""


def number_of_new() -> int:
    """Count what is new for who is signed in."""
    if "school" not in g:
        return 0
    someone = reader()
    kinds = kinds_waiting(someone)
    if not kinds:
        return 0
    new = select(func.count()).select_from(notice).where(new_notices(someone, of=kinds))
    return db.session.scalar(new) or 0


def rows_of(someone: Reader, *, only_new: bool = False, mentions: bool = False) -> list[Any]:
    """Return the notices of somebody, the newest first."""
    condition = new_notices(someone) if only_new else shown_notices(someone)
    narrowed = (notice.c.kind == MENTIONED,) if mentions else ()
    query = select(notice).where(condition, *narrowed).order_by(notice.c.at.desc(), notice.c.position.desc())
    return list(db.session.execute(query.limit(MOST)))


def list_page(*, mentions: bool) -> dict[str, Any]:
    """Return what is new, and what was seen before; or only where somebody is named."""
    someone = reader()
    new = rows_of(someone, only_new=True, mentions=mentions)
    fresh = {row.position for row in new}
    seen = [row for row in rows_of(someone, mentions=mentions) if row.position not in fresh]
    return {"new": _items(new), "seen": _items(seen), "mentions": mentions}


def _items(rows: list[Any]) -> list[dict[str, Any]]:
    return [item for item in map(item_of, rows) if item is not None]


def item_of(row: Any) -> dict[str, Any] | None:
    """Return a notice as the list shows it; None when its plugin is gone."""
    kind = kind_of(row.kind)
    if kind is None:
        return None
    what = str(RECORD_LABELS.get(row.record_kind, ""))
    when = moment_in_words(from_milliseconds(row.at))
    return {
        "position": row.position,
        "label": kind.label,
        "icon": kind.icon,
        "note": " · ".join(filter(None, (what, when))),
        "tone": "bad" if row.urgent else "info",
    }


def notice_of(position: int) -> Any:
    """Return a notice of who is signed in; for others there is none."""
    if position > LAST_POSITION:
        return None
    query = select(notice).where(shown_notices(reader()), notice.c.position == position)
    return db.session.execute(query).first()


def address_of(row: Any) -> str:
    """Return where the record of a notice is shown; a promise on its own page for who reaches that."""
    if row.item is not None:
        of = FOLLOWED[row.record_kind]
        return of.way_to(row.record, row.item, reader(), own=row.kind == PROMISED)
    if row.record_kind == EmergencyAccess.log_name:
        return url_for("emergency.review", emergency_id=row.record)
    address = record_url(row.record_kind, row.record)
    if address is None:
        abort(404)
    return address


def new_positions() -> list[int]:
    """Return the positions of what is new for who is signed in."""
    return [row.position for row in rows_of(reader(), only_new=True)]


def example(switched_off: Collection[str]) -> dict[str, str] | None:
    """Return the mail that somebody would get of what is new for them now; None when there is nothing."""
    rows = [row for row in rows_of(reader(), only_new=True) if row.kind not in switched_off]
    urgent = [row for row in rows if row.urgent]
    if not rows:
        return None
    message = compose("", urgent or rows, urgent=bool(urgent), whose="", since=clock.now())
    return {"subject": message["Subject"], "text": message.get_content()}


def postbox_page() -> list[dict[str, Any]] | None:
    """Return the mail in the postbox for who is signed in, the newest first; None outside the practice school."""
    if not current_app.config["DEMO"]:
        return None
    with acting(school=current_user.board_id):
        address = log.get(Account, current_user.account_id).address
    return [
        {
            "subject": message["Subject"],
            "at": moment_in_words(message["Date"].datetime),
            "text": message.get_content().strip(),
        }
        for message in postbox.messages_for(str(address))
    ]
