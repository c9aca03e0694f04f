"""When something was, in words: the moment itself, and how much later it was recorded."""

from datetime import datetime, timedelta

from flask_babel import format_datetime, ngettext

from intranet.incidents.forms import now_at_school, school_zone


def moment_in_words(moment: datetime) -> str:
    """Return a moment as people say it: "ma 23 nov 10:42", with the year when that is another one."""
    this_year = moment.astimezone(school_zone()).year == now_at_school().year
    return format_datetime(moment, "EEE d MMM HH:mm" if this_year else "EEE d MMM y HH:mm")


def lateness(happened_at: datetime, recorded_at: datetime) -> str | None:
    """Return how many days later something was recorded, None on the same day."""
    zone = school_zone()
    days = (recorded_at.astimezone(zone).date() - happened_at.astimezone(zone).date()) // timedelta(days=1)
    if days <= 0:
        return None
    return ngettext("%(num)d dag later vastgelegd", "%(num)d dagen later vastgelegd", days)
