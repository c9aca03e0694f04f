"""What somebody does with the rules of a law: one function for each intention."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from intranet.api import Refused, log, today
from intranet.law import reading
from intranet.law.events import Application, Evaluation, Notice


def apply_rule_set(**rules: Any) -> UUID:
    """Apply a rule set; `rules` are those of `Application.switch_on`. Raises `Refused` while one counts."""
    with log.unit_of_work() as work:
        if reading.applied(work.connection, work.school) is not None:
            raise Refused(_("Deze regels staan al aan. Zet ze eerst uit."))
        application = Application.switch_on(**rules)
        log.save(application)
    return application.id


def stop_applying(application_id: UUID, reason: str) -> None:
    """Apply a rule set no longer."""
    application = log.get(Application, application_id)
    application.switch_off(reason)
    log.save(application)


def send_notice(incident_id: UUID, sent_on: date, remark: str = "") -> UUID:
    """Record that the inspectorate was told of an incident. Raises `Refused` when it was already."""
    with log.unit_of_work() as work:
        if reading.notice_of(work.connection, work.school, incident_id) is not None:
            raise Refused(_("Deze melding staat er al."))
        notice = Notice.send(incident_id, sent_on, remark, today=today())
        log.save(notice)
    return notice.id


def withdraw_notice(notice_id: UUID) -> None:
    """Take back that the inspectorate was told."""
    notice = log.get(Notice, notice_id)
    notice.withdraw()
    log.save(notice)


def record_evaluation(**facts: Any) -> UUID:
    """Record the evaluation of a school year. Raises `Refused` as `Evaluation.record` does."""
    evaluation = Evaluation.record(**facts)
    log.save(evaluation)
    return evaluation.id
