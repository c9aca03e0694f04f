"""Promises of incidents."""

from flask_babel import lazy_gettext as _l

from intranet.follow_up.followed import Followed
from intranet.incidents.opening import before_showing
from intranet.incidents.readable import READ, open_incident, standing_to

FOLLOW, CLOSE = "incidents.follow_up", "incidents.close"

INCIDENTS = Followed(
    argument="incident_id",
    prefix="follow_up.",
    overview="follow_up.overview",
    label=_l("Vervolg"),
    read=READ,
    follow=FOLLOW,
    open=open_incident,
    standing_to=standing_to,
    before_showing=before_showing,
)
