"""The day it is at school."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import current_app


def today() -> date:
    """Return today's date in the school's own time zone: a duty that ends today ends at the school's midnight."""
    return datetime.now(UTC).astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()
