"""Which database a page reads: the live one, or a replay of the past."""

import json
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from flask import current_app, g, has_app_context
from sqlalchemy import Column, ColumnElement, and_, case, func, select
from werkzeug.routing import Rule

from events.frozen import frozen
from events.log import clock
from events.log.context import only_reading
from events.log.projection import not_up_to_date
from events.log.replay import Replay

View = TypeVar("View", bound=Callable[..., Any])


@frozen
class Past:
    """A replay that is looked at, and the moment it is of; a preview or a trial is of no moment.

    `told` is what the clock of the log was set to before.
    """

    replay: Replay
    moment: Any = None
    told: datetime | None = None


def looked_at() -> Past | None:
    """Return the past that is read here, None for the present."""
    return g.get("looked_at") if has_app_context() else None


@contextmanager
def looking_at(replay: Replay, moment: Any = None) -> Iterator[Replay]:
    """Let everything inside read this replay, at its moment: `db.session` and the log are of then, and only read."""
    past = Past(replay, moment, clock.told())
    with replay.in_use(), _reading(past), only_reading(), clock.told_at(moment.at if moment else past.told):
        yield replay


@contextmanager
def present() -> Iterator[None]:
    """Let everything inside read and record in the present, whatever is looked at around it."""
    past = looked_at()
    if past is None:
        yield
        return
    with _reading(None), only_reading(False), clock.told_at(past.told):
        yield


@contextmanager
def _reading(past: Past | None) -> Iterator[None]:
    before = g.get("looked_at")
    g.looked_at = past
    try:
        yield
    finally:
        g.looked_at = before


def only_looks(view: View) -> View:
    """Mark a view whose POST asks something and changes nothing, such as a search: it also works in the past."""
    view.only_looks = True  # type: ignore[attr-defined]
    return view


def also_shows(view: View) -> View:
    """Mark a view whose page shows what was recorded, besides a form: links to it stay on pages of the past."""
    view.also_shows = True  # type: ignore[attr-defined]
    return view


def only_now(view: View) -> View:
    """Mark a view that takes no form and only leads to forms: nothing in the past leads there."""
    view.only_now = True  # type: ignore[attr-defined]
    return view


def is_for_now(rule: Rule, view: Callable[..., Any]) -> bool:
    """Return whether a page is there to change something: whoever looks at the past has nothing to do there."""
    changes = "POST" in (rule.methods or ()) and not hasattr(view, "only_looks")
    return hasattr(view, "only_now") or (changes and not hasattr(view, "also_shows"))


def memory() -> dict[str, Any]:
    """Return where a process keeps what it made of what it read, apart for each replay."""
    past = looked_at()
    return current_app.extensions if past is None else past.replay.memory


def then_and_now(
    column: Column[Any], school: UUID, condition: Callable[[], ColumnElement[bool]], who: Hashable
) -> ColumnElement[bool]:
    """Return the condition; in the past only for records (ids in `column`) for which it holds today as well.

    What was open once and is closed now stays closed, also to whoever goes back to when it was open. `who` is for whom
    the condition is: the answer of today is kept for one request. The column is one of a projection's table.
    """
    if looked_at() is None:
        return condition()
    kept: dict[Any, ColumnElement[bool]] = g.setdefault("allowed_today", {})
    key = column, school, who
    if key not in kept:
        with present():
            kept[key] = _allowed_today(column, school, condition())
    return and_(condition(), kept[key])


def _allowed_today(column: Column[Any], school: UUID, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether a record is among those for which a condition holds now.

    By the shorter list, of those or of the rest; a table that is late may lack some of the rest.
    """
    from intranet.database import db, log

    holds = case((condition, 1), else_=0)
    of_school = column.table.c.school == school
    numbers: dict[int, int] = dict(
        db.session.execute(select(holds, func.count()).where(of_school).group_by(holds)).all()
    )
    late = not_up_to_date(db.session.connection(), school, log.projector.keys)
    allowed = bool(late) or numbers.get(1, 0) <= numbers.get(0, 0)
    ids = listed(db.session.scalars(select(column).where(of_school, holds == int(allowed))))
    return column.in_(ids) if allowed else column.not_in(ids)


def listed(ids: Any) -> Any:
    """Return a select of these ids for a query on a replay: one parameter, however many they are."""
    return select(func.json_each(json.dumps([each.hex for each in ids])).table_valued("value").c.value)
