"""Which page shows which kind of record and who reads it, so that the log's own names lead to addresses."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Flask, current_app, url_for

_PAGES, _READERS = "geborgen.record_pages", "geborgen.record_readers"


def record_page(
    app: Flask, kind: str, endpoint: str, argument: str, may_read: Callable[[UUID], bool] | None = None
) -> None:
    """Say that records called `kind` in the log have their page at `endpoint`, with their id as `argument`.

    `may_read` tells whether who is signed in may read one; without it nobody is told that there is one.
    """
    app.extensions.setdefault(_PAGES, {})[kind] = (endpoint, argument)
    if may_read is not None:
        app.extensions.setdefault(_READERS, {})[kind] = may_read


def has_page(kind: str) -> bool:
    """Tell whether records called `kind` in the log have a page."""
    return kind in current_app.extensions.get(_PAGES, {})


def record_url(kind: str, record_id: UUID) -> str | None:
    """Return the address of a record's page, None when its kind has none."""
    page = current_app.extensions.get(_PAGES, {}).get(kind)
    if page is None:
        return None
    endpoint, argument = page
    values: dict[str, Any] = {argument: record_id}
    return url_for(endpoint, **values)


def may_read_record(kind: str | None, record_id: UUID | None) -> bool:
    """Tell whether who is signed in may read an incident, a signal or a case; of any other kind nobody is told."""
    readers: dict[Any, Callable[[UUID], bool]] = current_app.extensions.get(_READERS, {})
    return record_id is not None and kind in readers and readers[kind](record_id)
