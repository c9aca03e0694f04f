"""Promises of incidents."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_

from intranet.follow_up.followed import Followed
from intranet.incidents.opening import before_showing
from intranet.incidents.projections import register
from intranet.incidents.readable import READ, Standing, open_incident, relation_clauses

FOLLOW, CLOSE = "incidents.follow_up", "incidents.close"

INCIDENTS = Followed(
    argument="incident_id",
    prefix="follow_up.",
    overview="follow_up.overview",
    label=_l("Vervolg"),
    read=READ,
    follow=FOLLOW,
    open=open_incident,
    record=register.c.incident,
    closed=or_(register.c.confidential, register.c.staff_matter),
    relation_clauses=relation_clauses,
    standing=Standing,
    before_showing=before_showing,
)
