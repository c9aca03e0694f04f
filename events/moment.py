"""When something happened: to the minute, not to come, and not longer ago than anybody can still tell."""

from datetime import datetime, timedelta

from events.log.errors import Refused

OLDEST = timedelta(days=10 * 366)


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


def refuse_impossible_time(happened_at: datetime, now: datetime) -> None:
    """Raise `Refused` for a time to come and for more than ten years ago; both are aware."""
    if to_the_minute(happened_at) > now:
        raise Refused(_("Dit tijdstip moet nog komen. Kies wanneer het gebeurde."))
    if now - happened_at > OLDEST:
        raise Refused(_("Dit is meer dan 10 jaar geleden. Kijk of de datum klopt."))


def to_the_minute(moment: datetime) -> datetime:
    """Return a moment without its seconds."""
    # Nobody looks at the seconds when children fight: more would be an exactness that is not there.
    return moment.replace(second=0, microsecond=0)
