"""Sentences of the safety plan that Kanjertraining can prove: each with its state and numbers, never with a name."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from intranet.api import FAILS, HOLDS, WEAK, PlanAssertion, SchoolYear, current_school, roster, today

from . import licensing, reading
from .coverage import Coverage, coverage
from .events import GIVEN
from .words import SHIPPED_THEMES

ENOUGH, HALF = 0.8, 0.5


def assertions() -> list[PlanAssertion]:
    """Return what the plan says about Kanjertraining (P5.1, P5.3), as it stands in this school year."""
    year = SchoolYear.of(today())
    groups = [group.group_id for group in roster(current_school()).groups.values() if group.open]
    rows = reading.lessons(year.begins)
    found = coverage(groups, rows, today())
    if not found:
        return []
    return [_planned(found, year), *_given(found), _secrets(found), *_licensed(rows)]


def _planned(found: list[Coverage], year: SchoolYear) -> PlanAssertion:
    count = sum(each.total > 0 for each in found)
    evidence = _(
        "Groepen met een jaarplan in %(year)s: %(count)s van de %(all)s.", count=count, all=len(found), year=year
    )
    return _sentence(
        _("Elke groep heeft elk schooljaar een planning voor Kanjertraining."), count, len(found), evidence, "P5.1"
    )


def _given(found: list[Coverage]) -> list[PlanAssertion]:
    due, given = sum(each.due for each in found), sum(each.given for each in found)
    if not due:
        return []
    share = given / due
    state = HOLDS if share >= ENOUGH else WEAK if share >= HALF else FAILS
    evidence = _("Gegeven lessen tot nu toe: %(given)s van de %(due)s.", given=given, due=due)
    href = url_for("kanjertraining.overview")
    return [PlanAssertion(_("De geplande kanjerlessen worden gegeven."), state, evidence, "P5.1", href)]


def _secrets(found: list[Coverage]) -> PlanAssertion:
    needed = next(iter(SHIPPED_THEMES))
    count = sum(needed in each.themes for each in found)
    evidence = _("Groepen die dit thema al hadden: %(count)s van de %(all)s.", count=count, all=len(found))
    sentence = _("Elke groep hoort dat je over sommige geheimen moet praten.")
    return _sentence(sentence, count, len(found), evidence, "P5.3")


def _licensed(rows: list[Any]) -> list[PlanAssertion]:
    given = [row for row in rows if row.state == GIVEN]
    if not given:
        return []
    held = reading.licences_by_person()
    count = sum(_counted(held.get(row.given_by, ()), row.day) for row in given)
    evidence = _("Dat gold voor %(count)s van de %(all)s lessen.", count=count, all=len(given))
    sentence = _("Wie kanjerles geeft, heeft een geldige licentie op naam van de school.")
    return [_sentence(sentence, count, len(given), evidence, "P5.1")]


def _counted(rows: Any, day: date) -> bool:
    return any(licensing.counts_on(row, day) for row in rows)


def _sentence(sentence: Any, count: int, of_all: int, evidence: str, paragraph: str) -> PlanAssertion:
    state = HOLDS if count == of_all else FAILS if count == 0 else WEAK
    return PlanAssertion(sentence, state, evidence, paragraph, url_for("kanjertraining.overview"))
