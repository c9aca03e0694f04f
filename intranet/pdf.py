"""Pages on paper as PDF: rendered from our own templates, with our own fonts and style, and nothing from elsewhere."""

import logging
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template
from flask_babel import gettext as _

from events.log.errors import Refused

logger = logging.getLogger(__name__)
STATIC = "http://static.invalid/"
"""The address at which a template finds the static folder; nothing is ever asked over a network."""
KINDS = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class AskedElsewhere(RuntimeError):
    """A template for paper wants something that is not in our static folder."""


@cache
def _weasyprint() -> ModuleType | None:
    # Imported when it is first needed: it takes a second, and stops without Pango, a library of the system.
    try:
        import weasyprint
    except OSError:
        logger.exception("WeasyPrint cannot be used; on Debian install libpango-1.0-0 and libpangoft2-1.0-0.")
        return None
    return weasyprint


def can_make_pdf() -> bool:
    """Tell whether PDFs can be made on this machine."""
    return _weasyprint() is not None


def make_pdf(template: str, **context: Any) -> bytes:
    """Return a page as a tagged PDF; `template` extends `pdf.html`. Raises `Refused` where Pango is not installed."""
    weasyprint = _weasyprint()
    if weasyprint is None:
        raise Refused(_("Deze server kan nog geen PDF maken. Vraag de beheerder om Pango te installeren."))
    page = render_template(template, **context)
    try:
        document = weasyprint.HTML(string=page, base_url=STATIC, url_fetcher=_only_our_own(weasyprint))
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    except weasyprint.urls.FatalURLFetchingError as error:
        # The library's error is no Exception: left alone it would end the worker instead of the request.
        raise AskedElsewhere(str(error)) from None
    return pdf


def _only_our_own(weasyprint: ModuleType) -> Any:
    """Return what fetches a file of the static folder, and stops everything at any other address."""
    urls = weasyprint.urls
    root = Path(current_app.static_folder or "").resolve()

    class OnlyOurOwn(urls.URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            file = (root / unquote(urlsplit(url).path).lstrip("/")).resolve()
            if not url.startswith(STATIC) or not file.is_relative_to(root) or file.suffix not in KINDS:
                raise urls.FatalURLFetchingError(f"A PDF asked for something that is not ours: {url[:100]}")
            return urls.URLFetcherResponse(url, file.read_bytes(), {"Content-Type": KINDS[file.suffix]})

    return OnlyOurOwn()
