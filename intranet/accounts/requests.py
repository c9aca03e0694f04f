"""What a request must look like before any page is asked: not too large, not from another site, not forged."""

from io import BytesIO
from typing import IO, Any

from flask import Flask, Request, abort, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, CSRFProtect

from intranet.accounts.security_log import warn
from intranet.failures import page

MOST_FIELDS = 1000
MOST_FORM_BYTES = 1024 * 1024
CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
OWN_SITE = frozenset({"same-origin", "none"})


class HeldInMemory(Request):
    """A request whose files touch no disk: by itself Werkzeug writes a large one, as it came, to a temporary file."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()


def protect(app: Flask) -> None:
    """Check every request. The order matters: the size comes before anything that reads the form."""
    app.request_class = HeldInMemory
    app.config["MAX_FORM_MEMORY_SIZE"] = MOST_FORM_BYTES
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    # A form that stood open during a lesson is still good: its token ends with the session, not with the hour.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # Our pages send no Referer; Sec-Fetch-Site below says more than it did.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    # Before the steps that were set up earlier: entering the school reads the key of the form.
    app.before_request_funcs.setdefault(None, [])[:0] = [_refuse_too_much, _refuse_other_sites]
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _forged)


def _refuse_too_much() -> None:
    """Werkzeug counts the parts of multipart forms only; the ordinary kind could hold any number of fields."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    request.max_content_length = MOST_FORM_BYTES
    if request.get_data(cache=True).count(b"&") >= MOST_FIELDS:
        abort(413)


def _refuse_other_sites() -> None:
    """Refuse a change that another site sends through somebody's browser, even one that knows a token."""
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in CHANGING and site is not None and site not in OWN_SITE:
        warn("request.cross_site", endpoint=request.endpoint)
        abort(400)


def _forged(_error: CSRFError) -> Any:
    warn("request.no_token", endpoint=request.endpoint)
    sentence = _("Deze pagina stond te lang open of kwam niet van ons. Er is niets opgeslagen. Open de pagina opnieuw.")
    return page(400, sentence)
