"""What the rules of a law ask of a director, with its day."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from intranet.api import DueDate, db, may
from intranet.incidents.readable import Reader
from intranet.law import reading

REPORT_TO_INSPECTORATE = "incidents.report_to_inspectorate"


def due_dates(someone: Reader, today: date) -> Iterator[DueDate]:
    """Return the notices and evaluations that wait, for who sees to them."""
    if not may(REPORT_TO_INSPECTORATE):
        return
    now = reading.applied(db.session.connection(), someone.school)
    if now is None:
        return
    for each in reading.weighed(someone, now.rule_set, now.rules, now.since):
        if each.waits:
            address = url_for("law.incident", incident_id=each.row.incident)
            day = reading.due_of(each, now.rules)
            yield DueDate(day, _("Meld bij de inspectie"), address, icon="flag", kind="notice")
    for year, day in reading.years_to_evaluate(now, today, reading.evaluations(someone.school)):
        label = _("Evalueer het veiligheidsbeleid van %(year)s", year=str(year))
        address = url_for("law.evaluations")
        yield DueDate(day - timedelta(days=1), label, address, icon="calendar-check", kind="evaluation")
