"""Which page shows which kind of record, so that the log's own names lead to addresses."""

from uuid import UUID

from flask import Flask, current_app, url_for

_EXTENSION = "geborgen.record_pages"


def record_page(app: Flask, kind: str, endpoint: str, argument: str) -> None:
    """Say that records called `kind` in the log have their page at `endpoint`, with their id as `argument`."""
    app.extensions.setdefault(_EXTENSION, {})[kind] = (endpoint, argument)


def has_page(kind: str) -> bool:
    """Tell whether records called `kind` in the log have a page."""
    return kind in current_app.extensions.get(_EXTENSION, {})


def record_url(kind: str, record_id: UUID) -> str | None:
    """Return the address of a record's page, None when its kind has none."""
    page = current_app.extensions.get(_EXTENSION, {}).get(kind)
    return None if page is None else url_for(page[0], **{page[1]: record_id})
