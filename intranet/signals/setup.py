"""Says which page shows a signal, and who reads it."""

from uuid import UUID

from flask import Flask

from intranet.api import record_page
from intranet.incidents.readable import reader
from intranet.signals.readable import standing_to


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "signals.signal", "signals.signal", "signal_id", _may_read)


def _may_read(signal_id: UUID) -> bool:
    standing = standing_to(signal_id, reader())
    return standing is not None and standing.may_read
