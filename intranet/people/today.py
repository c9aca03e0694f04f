"""The day it is at school."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app

from events.log import clock


def today() -> date:
    """Return today's date in the school's own time zone: a duty that ends today ends at the school's midnight."""
    return clock.now().astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()
