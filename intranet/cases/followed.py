"""Promises of cases: the steps of the plan."""

from flask_babel import lazy_gettext as _l

from intranet.cases.opening import before_showing
from intranet.cases.readable import READ, WORK, open_case, standing_to
from intranet.follow_up.followed import Followed

CASES = Followed(
    argument="case_id",
    prefix="cases.plan_",
    overview="cases.plan",
    label=_l("Plan"),
    read=READ,
    follow=WORK,
    open=open_case,
    standing_to=standing_to,
    before_showing=before_showing,
)
