"""The day it is at school, the zone in which its days begin, and that nothing was done tomorrow or is for yesterday."""

from datetime import date
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _

from events.log import clock
from events.log.errors import Refused


def school_zone() -> ZoneInfo:
    """Return the zone in which the days of the school begin."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def today() -> date:
    """Return today's date in the school's own time zone: a duty that ends today ends at the school's midnight."""
    return clock.now().astimezone(school_zone()).date()


def refuse_past(day: date) -> None:
    """Raise `Refused` for a day that has been: nobody can promise anything for yesterday."""
    if day < today():
        raise Refused(_("Kies vandaag of een dag die nog komt."))


def refuse_to_come(day: date) -> None:
    """Raise `Refused` for a day that has yet to come: nobody saw, did or heard anything tomorrow."""
    if day > today():
        raise Refused(_("Die dag moet nog komen."))
