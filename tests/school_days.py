"""The day it is at school, for tests: in the hour before midnight in London it is tomorrow there already."""

from datetime import date
from zoneinfo import ZoneInfo

from events.log import clock

SCHOOL_ZONE = ZoneInfo("Europe/Amsterdam")


def today() -> date:
    """Return today's date at school, also where no application runs yet."""
    return clock.now().astimezone(SCHOOL_ZONE).date()
