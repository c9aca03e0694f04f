"""The school calendar in the review: which days became free, and on which days the school is open."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from intranet.calendar.events import FreePeriod
from intranet.calendar.forms import KIND_LABELS, WEEKDAY_LABELS
from intranet.calendar.year import period_in_words
from intranet.schools.events import School

from ..sentences import Telling, describes


def _many_added(count: int, who: str) -> str:
    return ngettext(
        "%(who)s zette %(num)d keer vrije dagen in de kalender.",
        "%(who)s zette %(num)d keer vrije dagen in de kalender.",
        count,
        who=who,
    )


def _days(event: Any) -> dict[str, Any]:
    kind = KIND_LABELS.get(event.kind, event.kind)
    return {"kind": kind, "days": period_in_words(event.first, event.last)}


@describes(FreePeriod.Added, label=_l("Vrije dagen toegevoegd"), icon="calendar-days", many=_many_added)
def added(event: Any, told: Telling) -> str:
    return _("%(who)s zette in de kalender: %(kind)s, %(days)s.", who=told.who, **_days(event))


@describes(FreePeriod.Changed, label=_l("Vrije dagen veranderd"), icon="pencil")
def changed(event: Any, told: Telling) -> str:
    return _("%(who)s veranderde vrije dagen. Nu: %(kind)s, %(days)s.", who=told.who, **_days(event))


@describes(FreePeriod.Removed, label=_l("Vrije dagen weggehaald"), icon="trash-2")
def removed(_event: Any, told: Telling) -> str:
    return _("%(who)s haalde vrije dagen uit de kalender.", who=told.who)


@describes(FreePeriod.PutBack, label=_l("Vrije dagen teruggezet"), icon="undo-2")
def put_back(event: Any, told: Telling) -> str:
    return _("%(who)s zette terug in de kalender: %(kind)s, %(days)s.", who=told.who, **_days(event))


@describes(School.OpenDaysChanged, label=_l("Schoolweek veranderd"), icon="calendar-check")
def open_days_changed(event: Any, told: Telling) -> str:
    return _(
        "%(who)s veranderde de schoolweek: %(days)s, vanaf %(since)s.",
        who=told.who,
        days=", ".join(str(WEEKDAY_LABELS[number]).lower() for number in event.weekdays),
        since=period_in_words(event.since, event.since),
    )
