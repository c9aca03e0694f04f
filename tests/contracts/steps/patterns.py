"""Patterns: a measure, a rule and its warning, a quiet week."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from events.log.context import acting
from tests.contracts.steps.filling_in import taken_out
from tests.contracts.steps.keeping import id_in
from tests.contracts.story import Step, Story, Values

RULE = {"source": "incident", "who": "pupil", "times": "2", "days": "10"}


def _measure(story: Story) -> Values:
    from intranet.people.today import today

    with story.board.app.app_context():
        later = today() + timedelta(days=30)
    owner = story.board.people["care_coordinator"].hex
    return {"kind": "quarrel", "place": "gym", "owner_id": owner, "evaluate_on": later.isoformat()}


def _of_incident(story: Story) -> Values:
    record = UUID(str(story.known["incident_id"])).hex
    return {**_measure(story), "from": "incidents.incident", "record": record, "group": ""}


def _quiet_week(story: Story) -> Values:
    from plugins.patterns.quiet import weeks_to_decide

    with story.board.app.app_context(), acting(school=story.board.school):
        monday = weeks_to_decide()[0].isoformat()
    return {"group": story.board.groups["6a"].hex, "monday": monday, "looked": ["class"]}


def _newest_quiet_week(story: Story, _answer: TestResponse) -> None:
    from plugins.patterns.measure_projections import quiet_week

    with story.board.app.app_context(), story.board.log.read() as connection:
        newest = select(quiet_week.c.quiet_week).order_by(quiet_week.c.decided_at.desc()).limit(1)
        story.known["quiet_week_id"] = connection.scalars(newest).one()


def _warned(story: Story) -> Values:
    story.known |= {name: story.board.patterns[name] for name in ("rule_id", "warning_id")}
    return {}


STEPS = (
    Step("/patterns/measures/new", "care_coordinator", _of_incident, then=id_in(r"/measures/(.+)", "measure_id")),
    Step("/patterns/measures/<uuid:measure_id>/withdraw", "care_coordinator"),
    Step("/patterns/measures/new", "care_coordinator", _measure, then=id_in(r"/measures/(.+)", "measure_id")),
    Step("/patterns/measures/<uuid:measure_id>", "care_coordinator", lambda story: {"outcome": "partly"}),
    Step("/patterns/rules/new", "care_coordinator", lambda story: {**RULE, "step": "try"}, answer=200),
    Step("/patterns/rules/new", "care_coordinator", lambda story: {**RULE, "step": "on"}),
    Step("/patterns/warnings/<uuid:warning_id>", "care_coordinator", _warned),
    Step("/patterns/rules/<uuid:rule_id>/off", "care_coordinator", _warned),
    Step("/patterns/rules/<uuid:rule_id>/back-on", "care_coordinator", _warned),
    taken_out("/patterns/export", "care_coordinator", names=False),
    taken_out("/patterns/pupils/export", "care_coordinator"),
    taken_out("/patterns/measures/export", "care_coordinator"),
    Step("/patterns/quiet-weeks", "teacher", _quiet_week, then=_newest_quiet_week),
    taken_out("/patterns/quiet-weeks/export", "teacher"),
    Step("/patterns/quiet-weeks/<uuid:quiet_week_id>/withdraw", "teacher"),
    taken_out("/patterns/rules/export", "care_coordinator", names=False),
    taken_out("/patterns/quality/export", "care_coordinator", names=False),
)  # fmt: skip
