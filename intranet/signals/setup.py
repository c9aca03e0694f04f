"""Says which page shows a signal."""

from flask import Flask

from intranet.api import record_page


def setup(app: Flask) -> None:
    """Run once for an application."""
    record_page(app, "signals.signal", "signals.signal", "signal_id")
