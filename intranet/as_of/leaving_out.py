"""Takes out of a page of the past every link that leads to a form: there one changes nothing."""

import re
from html import unescape
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from intranet.looked_at import is_for_now, looked_at

LINK = re.compile(r'<a\b((?:[^>"]|"[^"]*")*)>(.*?)</a>', re.DOTALL)
"""A link as our templates write one: with its attributes between double quotes, and no other link inside."""
ADDRESS = re.compile(r'\bhref="([^"]*)"')


def register(app: Flask) -> None:
    """Let each page of the past go out without links to what one can do only now."""

    @app.after_request
    def leave_out(page: Response) -> Response:
        if looked_at() is not None and page.mimetype == "text/html" and not page.direct_passthrough:
            page.set_data(without_forms(page.get_data(as_text=True)))
        return page


def without_forms(html: str) -> str:
    """Return a page without its links to forms.

    A link with a class is a button, a tab or the like, and goes as a whole. One without names a thing: the name stays.
    """
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    known: dict[str, bool] = {}

    def left(found: re.Match[str]) -> str:
        attributes, inside = found.groups()
        address = ADDRESS.search(attributes)
        if address is None:
            return found[0]
        if address[1] not in known:
            known[address[1]] = _leads_to_form(adapter, unescape(address[1]))
        if not known[address[1]]:
            return found[0]
        return "" if 'class="' in attributes else f"<span>{inside}</span>"

    return LINK.sub(left, html)


def _leads_to_form(adapter: MapAdapter, address: str) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return False
    try:
        rule, _arguments = adapter.match(parts.path, method="GET", return_rule=True)
    except HTTPException:
        return False
    view = current_app.view_functions[rule.endpoint]
    # On a page that shows more, the place that is pointed at is its form.
    return is_for_now(rule, view) or (hasattr(view, "also_shows") and bool(parts.fragment))
