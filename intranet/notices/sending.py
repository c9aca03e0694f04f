"""Sends what is new to who chose mail: urgent at once, the rest in one message on a school day."""

import logging
import smtplib
import ssl
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from events.log import clock
from intranet.accounts.events import Account
from intranet.accounts.known_people import duties_of
from intranet.accounts.projections import account
from intranet.api import acting, db, log, school_calendar, school_zone
from intranet.incidents.readable import Reader
from intranet.notices import delivery
from intranet.notices.mail import compose
from intranet.notices.projections import notice
from intranet.notices.readable import new_notices

logger = logging.getLogger(__name__)
TIMEOUT = 20
PRACTICE_POST = "postbox"
"""The folder of the practice school with what would have been sent: from there nothing leaves."""


def send_all() -> tuple[int, int]:
    """Send what is due to everybody and return how many messages went, and how many did not."""
    sent = failed = 0
    for row in list(db.session.execute(select(account).where(account.c.status == "active"))):
        with acting(school=row.works_at):
            for rows, urgent in due_for(Reader(row.person, duties_of(row.works_at, row.person), row.works_at)):
                if not delivery.claim(row.works_at, row.person):
                    break
                if _deliver(row, rows, urgent):
                    sent += 1
                else:
                    failed += 1
                    break
    return sent, failed


def due_for(someone: Reader) -> Iterator[tuple[list[Any], bool]]:
    """Yield what is to be mailed to somebody now: the urgent notices, then those of the day when it is time."""
    state = delivery.row_of(someone.school, someone.person_id)
    found = list(db.session.execute(select(notice).where(new_notices(someone)).order_by(notice.c.position)))
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


def _deliver(row: Any, rows: list[Any], urgent: bool) -> bool:
    state = delivery.row_of(row.works_at, row.person)
    try:
        _send(compose(_address(row.school, row.account), rows, urgent=urgent, whose=row.account.hex))
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


def _address(board: UUID, account_id: UUID) -> str:
    with acting(school=board):
        return str(log.get(Account, account_id).address)


def _send(message: EmailMessage) -> None:
    config = current_app.config
    if config["DEMO"]:
        folder = Path(config["INSTANCE"]) / PRACTICE_POST
        folder.mkdir(mode=0o700, exist_ok=True)
        (folder / f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml").write_bytes(message.as_bytes())
        return
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
