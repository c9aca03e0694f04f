"""Every kind of record that has promises, by what the log calls it."""

from events.follow_up import FollowedUp
from intranet.cases.followed import CASES
from intranet.follow_up.followed import Followed
from intranet.follow_up.of_incidents import INCIDENTS

FOLLOWED: dict[str, Followed] = {"incidents.incident": INCIDENTS, "cases.case": CASES}


def followed(record: FollowedUp) -> Followed:
    """Return what kind of record with promises this is."""
    return FOLLOWED[type(record).log_name]
