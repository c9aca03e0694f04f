"""Sends what is new to who chose mail: urgent at once, the rest in one message on a school day."""

import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from events.log import clock
from events.log.mapper import from_milliseconds
from intranet.accounts.events import Account
from intranet.accounts.known_people import duties_of
from intranet.accounts.projections import account
from intranet.api import acting, db, log, school_calendar, school_zone
from intranet.incidents.readable import Reader
from intranet.notices import delivery, postbox
from intranet.notices.mail import compose
from intranet.notices.projections import notice
from intranet.notices.readable import kinds_waiting, new_notices

logger = logging.getLogger(__name__)
TIMEOUT = 20
Way = Callable[[EmailMessage], None]
"""How a message goes: into the postbox of the practice school, or to the mail server."""


def send_all(by: Way | None = None) -> tuple[int, int]:
    """Send what is due to everybody and return how many messages went, and how many did not."""
    by = by or _usual_way()
    sent = failed = 0
    for row in list(db.session.execute(select(account).where(account.c.status == "active"))):
        went = _send_to(row, by)
        sent, failed = sent + went.count(True), failed + went.count(False)
    return sent, failed


def put_in_postbox(account_id: UUID) -> int:
    """Put in the postbox what is due to somebody of the practice school, and return how many messages that were."""
    row = db.session.execute(select(account).where(account.c.account == account_id)).one()
    return sum(_send_to(row, postbox.put))


def _send_to(row: Any, by: Way) -> list[bool]:
    """Send what is due to somebody until one does not go; return of each message whether it went."""
    went: list[bool] = []
    with acting(school=row.works_at):
        for rows, urgent in due_for(Reader(row.person, duties_of(row.works_at, row.person), row.works_at)):
            if not delivery.claim(row.works_at, row.person):
                break
            went.append(_deliver(row, rows, urgent, by))
            if not went[-1]:
                break
    return went


def due_for(someone: Reader) -> Iterator[tuple[list[Any], bool]]:
    """Yield what is to be mailed to somebody now: the urgent notices, then those of the day when it is time."""
    kinds = kinds_waiting(someone)
    if not kinds:
        return
    state = delivery.row_of(someone.school, someone.person_id)
    found = list(db.session.execute(select(notice).where(new_notices(someone, of=kinds)).order_by(notice.c.position)))
    urgent_until, mailed_until = (state.urgent_until, state.mailed_until) if state else (0, 0)
    urgent = [row for row in found if row.urgent and row.position > urgent_until]
    if urgent:
        yield urgent, True
    off = set(state.switched_off.split()) if state else set()
    rest = [row for row in found if not row.urgent and row.kind not in off and row.position > mailed_until]
    if rest and digest_is_due(state):
        yield rest, False


def digest_is_due(state: Any) -> bool:
    """Tell whether it is a school day, at or after the hour that somebody chose, and the first time that day."""
    now: datetime = clock.now().astimezone(school_zone())
    hour = delivery.USUAL_HOUR if state is None else state.hour
    if hour == delivery.NEVER or now.hour < hour or (state is not None and state.digest_on == now.date()):
        return False
    return school_calendar().is_school_day(now.date())


def _deliver(row: Any, rows: list[Any], urgent: bool, by: Way) -> bool:
    state = delivery.row_of(row.works_at, row.person)
    try:
        address, since = address_of(row.school, row.account), _since(rows, urgent, state)
        by(compose(address, rows, urgent=urgent, whose=row.account.hex, since=since))
    except (OSError, smtplib.SMTPException) as error:
        # Only what kind of failure: an answer of the server can hold an address.
        again = delivery.failed(row.works_at, row.person, state.tries)
        logger.warning("A mail was not sent (%s); it is tried again from %s.", type(error).__name__, again)
        return False
    newest = rows[-1].position
    on = clock.now().astimezone(school_zone()).date()
    how_far = {"urgent_until": newest} if urgent else {"mailed_until": newest, "digest_on": on}
    delivery.change(row.works_at, row.person, claimed_until=0, tries=0, next_at=0, **how_far)
    return True


def _since(rows: list[Any], urgent: bool, state: Any) -> datetime:
    """Return since when a message could go: since its newest notice, and that of the day since the hour of today."""
    newest = from_milliseconds(max(row.at for row in rows)).astimezone(school_zone())
    if urgent:
        return newest
    today = clock.now().astimezone(school_zone())
    hour = delivery.USUAL_HOUR if state is None else state.hour
    return max(newest, today.replace(hour=hour, minute=0, second=0, microsecond=0))


def address_of(board: UUID, account_id: UUID) -> str:
    """Return the mail address of an account."""
    with acting(school=board):
        return str(log.get(Account, account_id).address)


def _usual_way() -> Way:
    return postbox.put if current_app.config["DEMO"] else _to_server


def _to_server(message: EmailMessage) -> None:
    config = current_app.config
    safe = ssl.create_default_context()
    direct = config["MAIL_SECURITY"] == "tls"
    open_server = smtplib.SMTP_SSL if direct else smtplib.SMTP
    more = {"context": safe} if direct else {}
    with open_server(config["MAIL_SERVER"], config["MAIL_PORT"], timeout=TIMEOUT, **more) as server:  # type: ignore[operator]
        if config["MAIL_SECURITY"] == "starttls":
            server.starttls(context=safe)
        if config["MAIL_USER"]:
            server.login(config["MAIL_USER"], config["MAIL_PASSWORD"])
        server.send_message(message)
