"""The day it is at school, and the zone in which its days begin."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app

from events.log import clock


def school_zone() -> ZoneInfo:
    """Return the zone in which the days of the school begin."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def today() -> date:
    """Return today's date in the school's own time zone: a duty that ends today ends at the school's midnight."""
    return clock.now().astimezone(school_zone()).date()
