"""Lets whoever comes by the secret address of an agenda be its owner for that one request, whatever cookie comes."""

from typing import Any

from flask import Flask, abort, g, make_response, request
from flask_babel import gettext as _

from intranet import failures
from intranet.accounts import agenda_addresses
from intranet.accounts.rate_limits import Limit, give_back, seconds_to_wait
from intranet.accounts.security_log import network_mark, warn

FEED = "agenda.feed"


def setup(app: Flask) -> None:
    """Ask before any other step does who it is: the school, the plugins and what may be read follow from that."""
    app.before_request_funcs.setdefault(None, []).insert(0, _come_in_by_address)


def _come_in_by_address() -> Any:
    if request.endpoint != FEED:
        return None
    # An address is for the present, and for nothing that somebody adds to it.
    if request.args:
        abort(404)
    guesses = [Limit("agenda", network_mark(request.remote_addr).encode(), free=20, longest=60)]
    if wait := seconds_to_wait(guesses):
        return _too_soon(wait)
    reader = agenda_addresses.reader_of((request.view_args or {})["secret"])
    if reader is None:
        warn("agenda.refused")
        abort(404)
    give_back(guesses)
    if wait := seconds_to_wait([Limit("agenda of", reader.id_hash, free=20, longest=60)]):
        return _too_soon(wait)
    agenda_addresses.fetched(reader)
    g._login_user = reader  # where Flask-Login keeps it
    return None


def _too_soon(seconds: int) -> Any:
    response = make_response(*failures.page(429, _("Dit adres wordt te vaak opgehaald. Wacht even.")))
    response.headers["Retry-After"] = str(seconds)
    return response
