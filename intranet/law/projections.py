"""Which rules a school applies, what was told to the inspectorate, and which years were evaluated: codes and days."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Text, Uuid
from sqlalchemy.engine import Connection

from intranet.api import Projection, on, projection_table
from intranet.law.events import Application, Evaluation, Notice

application = projection_table(
    "law_application",
    Column("application", Uuid, primary_key=True),
    Column("rule_set", Text, nullable=False),
    Column("since", Date, nullable=False),
    Column("always_serious", Text, nullable=False),
    Column("serious_from", Integer, nullable=False),
    Column("notice_days", Integer, nullable=False),
    Column("evaluation_month", Integer, nullable=False),
    Column("enabled", Boolean, nullable=False),
)
"""`always_serious` are codes of kinds, with spaces between."""
notice = projection_table(
    "law_notice",
    Column("notice", Uuid, primary_key=True),
    Column("incident", Uuid, nullable=False, index=True),
    Column("sent_on", Date, nullable=False),
)
evaluation = projection_table(
    "law_evaluation",
    Column("evaluation", Uuid, primary_key=True),
    Column("begins", Integer, nullable=False),
    Column("council_on", Date),
    Column("board_on", Date),
)


class Law(Projection):
    """Keeps what a school does with rule sets."""

    name = "law.law"
    tables = (application, notice, evaluation)

    @on(Application.SwitchedOn)
    def switched_on(self, db: Connection, event: Any) -> None:
        row = {
            "school": event.school_id,
            "application": event.originator_id,
            "rule_set": event.rule_set,
            "since": event.since,
            "always_serious": " ".join(event.always_serious),
            "serious_from": event.serious_from,
            "notice_days": event.notice_days,
            "evaluation_month": event.evaluation_month,
            "enabled": True,
        }
        db.execute(application.insert(), row)

    @on(Application.SwitchedOff)
    def switched_off(self, db: Connection, event: Any) -> None:
        mine = (application.c.school == event.school_id) & (application.c.application == event.originator_id)
        db.execute(application.update().where(mine).values(enabled=False))

    @on(Notice.Sent)
    def sent(self, db: Connection, event: Any) -> None:
        row = {"school": event.school_id, "notice": event.originator_id, "incident": event.incident_id}
        db.execute(notice.insert(), {**row, "sent_on": event.sent_on})

    @on(Notice.Withdrawn)
    def withdrawn(self, db: Connection, event: Any) -> None:
        mine = (notice.c.school == event.school_id) & (notice.c.notice == event.originator_id)
        db.execute(notice.delete().where(mine))

    @on(Evaluation.Recorded)
    def evaluated(self, db: Connection, event: Any) -> None:
        row = {"school": event.school_id, "evaluation": event.originator_id, "begins": event.begins}
        db.execute(evaluation.insert(), {**row, "council_on": event.council_on, "board_on": event.board_on})


PROJECTIONS = (Law(),)
