"""The steps of the story: who posts what, in an order in which each is valid. A new page that takes a post gets one."""

from tests.contracts.steps import (
    accounts,
    audit,
    calendar,
    cases,
    follow_up,
    incidents,
    kanjertraining,
    patterns,
    people,
    school,
    signals,
    staff_matters,
    taakspel,
)

STEPS = (
    *school.STEPS,
    *people.STEPS,
    *calendar.STEPS,
    *incidents.STEPS,
    *follow_up.STEPS,
    *signals.STEPS,
    *staff_matters.STEPS,
    *cases.STEPS,
    *patterns.STEPS,
    *kanjertraining.STEPS,
    *taakspel.STEPS,
    *audit.STEPS,
    *accounts.STEPS,
)
