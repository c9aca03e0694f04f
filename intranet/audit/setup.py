"""What the review registers once: the pages of its records, and the sentences of the core's features."""

from flask import Flask

from intranet.api import record_page

# Importing these registers their sentences.
from .features import (  # noqa: F401
    accounts,
    audit,
    calendar,
    cases,
    chronology,
    emergency,
    exports,
    files,
    follow_up,
    incidents,
    law,
    notices,
    people,
    schools,
    signals,
    staff_matters,
)


def setup(app: Flask) -> None:
    """Say where the review's own records are shown."""
    record_page(app, "audit.review", "audit.record", "stream")
    record_page(app, "audit.reading", "audit.record", "stream")
