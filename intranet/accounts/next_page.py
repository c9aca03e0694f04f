"""Where somebody goes after signing in: a page of this site that they asked for, never another site."""

from urllib.parse import urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

LONGEST = 500


def next_page() -> str:
    """Return the page that was asked for, or the first page."""
    asked = request.args.get("next", "")
    return asked if is_page_of_ours(asked) else url_for("accounts.after_signing_in")


def asked_page() -> str | None:
    """Return the page to come back to after signing in, None when the request was no plain opening of a page."""
    if request.method != "GET":
        return None
    path = request.full_path.rstrip("?")
    return path if path != "/" and is_page_of_ours(path) else None


def is_page_of_ours(address: str) -> bool:
    """Tell whether an address is the path of a page here. Browsers read `//x` and a backslash as another site."""
    if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST:
        return False
    if "\\" in address or not address.isprintable() or any(c.isspace() for c in address):
        return False
    try:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return False
        current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except RequestRedirect:
        return False
    except (ValueError, HTTPException):
        return False
    return True
