"""What a person sees when something cannot be done: a sentence, never a traceback, and nothing lost."""

import logging
import secrets
from typing import Any

import sqlalchemy as sa
from flask import Flask, current_app, redirect, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from events.log.errors import AlreadyDone, ChangedMeanwhile, LogUnavailable, NotFound, Refused
from events.log.outages import is_outage
from events.log.tables import command_key as recorded
from intranet.database import db
from intranet.forms import command_key, sent_values, typed_texts
from intranet.records import record_url

logger = logging.getLogger(__name__)
PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})


def page(code: int, sentence: str | None = None, **more: Any) -> tuple[str, int]:
    """Return the error page of a status with a sentence of its own, or the usual one."""
    template = current_app.jinja_env.get_template(
        f"errors/{code if code in PAGES else 400 if code < 500 else 500}.html"
    )
    # Not render_template: that asks who is signed in and what is in their menu, which may be what just failed.
    return template.render(language=str(get_locale() or "nl"), sentence=sentence, code=code, **more), code


def register(app: Flask) -> None:
    """Answer every failure with a page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotFound, lambda _error: _recorded_before() or page(404))
    app.register_error_handler(ChangedMeanwhile, _changed)
    app.register_error_handler(AlreadyDone, _already_done)
    app.register_error_handler(LogUnavailable, _unavailable)
    app.register_error_handler(sa.exc.OperationalError, _unavailable)
    app.register_error_handler(sa.exc.TimeoutError, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    cause = getattr(error, "original_exception", None)
    if isinstance(cause, LogUnavailable) or (cause is not None and is_outage(cause)):
        return _unavailable(cause)
    text, code = page(error.code)
    response = error.get_response()
    response.data, response.content_type = text, "text/html; charset=utf-8"
    response.status_code = code
    return response


def _refused(error: Refused) -> Any:
    return _recorded_before() or page(409, _(error.sentence), refused=True)


def _changed(_error: ChangedMeanwhile) -> Any:
    return page(
        409, _("Iemand anders heeft dit net veranderd. Jouw wijziging is niet opgeslagen. Open de pagina opnieuw.")
    )


def _recorded_before() -> Any:
    """Lead to the record when this very form made it: what a second click breaks is a rule that the first one met."""
    key = command_key()
    if key is None or not current_user.is_authenticated:
        return None
    taken = select(recorded.c.stream, recorded.c.kind).where(
        recorded.c.key == key, recorded.c.school == current_user.school_id
    )
    row = db.session.execute(taken).first()
    return None if row is None else _already_done(AlreadyDone(row.stream, row.kind))


def _already_done(error: AlreadyDone) -> Any:
    return redirect(record_url(error.kind, error.stream) or request.path, 303)


def _unavailable(error: Exception) -> Any:
    logger.error("The database could not be used: %s", type(error.__cause__ or error).__name__)
    text, code = page(503, _what_is_kept(error), sent=sent_values(), typed=typed_texts())
    return text, code, {"Retry-After": "60"}


def _what_is_kept(error: Exception) -> str:
    if request.method in ("GET", "HEAD"):
        return _("Geborgen kan nu niet bij de gegevens. Wat er al stond, is er nog. Probeer het over een minuut weer.")
    if isinstance(error, LogUnavailable) and not error.unsure:
        return _("Er is nu niets opgeslagen. Wat er al stond, is er nog. Probeer het over een minuut weer.")
    return _("We weten niet zeker of dit is opgeslagen. Wat er al stond, is er nog. Probeer het over een minuut weer.")


def _unexpected(error: Exception) -> Any:
    number = secrets.token_hex(4)
    # The text of an exception can quote what somebody wrote, so only its kind and place are logged.
    logger.error("Unexpected failure %s: %s at %s", number, type(error).__name__, _place(error))
    return page(500, incident_number=number)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "?" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
