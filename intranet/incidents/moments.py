"""When something was, in words: the moment itself, and how much later it was recorded."""

from datetime import date, datetime

from flask_babel import format_date, format_datetime, ngettext

from intranet.incidents.forms import now_at_school, school_zone


def moment_in_words(moment: datetime) -> str:
    """Return a moment as people say it: "ma 23 nov 10:42", with the year when that is another one."""
    this_year = moment.astimezone(school_zone()).year == now_at_school().year
    return format_datetime(moment, "EEE d MMM HH:mm" if this_year else "EEE d MMM y HH:mm")


def day_in_words(day: date) -> str:
    """Return a day as people say it: "ma 23 nov", with the year when that is another one."""
    return format_date(day, "EEE d MMM" if day.year == now_at_school().year else "EEE d MMM y")


def lateness(happened_at: datetime, recorded_at: datetime) -> str | None:
    """Return how many days later something was recorded, None on the same day."""
    days = _days_between(happened_at, recorded_at)
    return ngettext("%(num)d dag later vastgelegd", "%(num)d dagen later vastgelegd", days) if days > 0 else None


def days_later(happened_at: datetime, recorded_at: datetime) -> str | None:
    """Return the same where it stands beside "Vastgelegd", and so need not say that again."""
    days = _days_between(happened_at, recorded_at)
    return ngettext("%(num)d dag later", "%(num)d dagen later", days) if days > 0 else None


def _days_between(happened_at: datetime, recorded_at: datetime) -> int:
    zone = school_zone()
    return (recorded_at.astimezone(zone).date() - happened_at.astimezone(zone).date()).days
