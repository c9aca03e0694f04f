"""What the rules of a law ask of a director, with its day."""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from intranet.api import DueDate, db, may
from intranet.incidents import listing
from intranet.incidents.readable import Reader
from intranet.incidents.showing import happened_in_words, title_of
from intranet.law import reading
from intranet.law.reading import REPORT_TO_INSPECTORATE


def due_dates(someone: Reader, today: date) -> Iterator[DueDate]:
    """Return the notices and evaluations that wait, for who sees to them."""
    if not may(REPORT_TO_INSPECTORATE):
        return
    now = reading.applied(db.session.connection(), someone.school)
    if now is None:
        return
    waiting = [each for each in reading.weighed(someone, now.rule_set, now.rules, now.since) if each.waits]
    told = listing.with_parts(someone.school, [each.row for each in waiting])
    for each, parts in zip(waiting, told, strict=True):
        address = url_for("law.incident", incident_id=each.row.incident)
        day, note = reading.due_of(each, now.rules), f"{title_of(parts)}, {happened_in_words(parts)}"
        yield DueDate(day, _("Meld bij de inspectie"), address, note, icon="flag", kind="notice")
    for year, day in reading.years_to_evaluate(now, today, reading.evaluations(someone.school)):
        label = _("Evalueer het veiligheidsbeleid van %(year)s", year=str(year))
        address = url_for("law.evaluations")
        yield DueDate(day - timedelta(days=1), label, address, icon="calendar-check", kind="evaluation")
