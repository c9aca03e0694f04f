"""Promises of cases: the steps of the plan."""

from flask_babel import lazy_gettext as _l

from intranet.cases.opening import before_showing
from intranet.cases.projections import register
from intranet.cases.readable import READ, WORK, Standing, open_case, relation_clauses
from intranet.follow_up.followed import Followed

CASES = Followed(
    argument="case_id",
    prefix="cases.plan_",
    overview="cases.plan",
    label=_l("Plan"),
    read=READ,
    follow=WORK,
    open=open_case,
    record=register.c.case,
    closed=register.c.serious,
    relation_clauses=relation_clauses,
    standing=Standing,
    before_showing=before_showing,
)
