"""Says which page shows a case, and who reads it."""

from uuid import UUID

from flask import Flask

from intranet.api import record_page
from intranet.cases.readable import standing_to
from intranet.incidents.readable import reader


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "cases.case", "cases.case", "case_id", _may_read)


def _may_read(case_id: UUID) -> bool:
    standing = standing_to(case_id, reader())
    return standing is not None and standing.may_read
