"""Reads what happened from the tables of patterns, as plain values to count with."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from intranet.api import current_school, from_milliseconds, log, may, roster, school_zone, then_and_now, to_milliseconds

from .counting import Happening
from .events import BOTH, INCIDENT, SIGNAL
from .measure_projections import measure
from .projections import happening, kind, part, rule, warning

PUPIL, STAFF = "pupil", "staff"
EVERY = frozenset({INCIDENT, SIGNAL})


def counts_closed() -> frozenset[str]:
    """Return of which sources closed records count for the person who is signed in: whose every one they may read."""
    may_read = {INCIDENT: may("incidents.read_confidential", ()), SIGNAL: reads_all(SIGNAL)}
    return frozenset(source for source, may_so in may_read.items() if may_so)


def reads_all(source: str) -> bool:
    """Tell whether the person who is signed in may open every ordinary record; others see numbers only."""
    return all(may(f"{each}s.read", ()) for each in sources_of(source))


def group_of(happening_id: UUID) -> UUID | None:
    """Return the group of an incident or a signal that is not closed; of any other nothing."""
    mine = happening.c.school == current_school(), happening.c.happening == happening_id
    query = select(happening.c.class_group).where(*mine, happening.c.closed.is_(False), happening.c.hidden.is_(False))
    with log.read() as connection:
        return connection.scalar(query)


def sources_of(source: str) -> frozenset[str]:
    """Return the sources that a question or a rule counts."""
    return EVERY if source == BOTH else frozenset({source})


def happenings(first: date, last: date, *, source: str = INCIDENT, closed: Collection[str]) -> list[Happening]:
    """Return what happened from `first` to and with `last`, the earliest first; what is about staff never counts.

    `closed` are the sources of which closed records count too.
    """
    ends = midnight(last + timedelta(days=1))
    within = happening.c.happened_at >= midnight(first), happening.c.happened_at < ends
    return _read(and_(_countable(closed), happening.c.source.in_(sorted(sources_of(source))), *within))


def recorded_since(day: date, happening_id: UUID) -> list[Happening]:
    """Return what was recorded from a day on, and one thing besides; what is about staff is not among them."""
    asked = or_(happening.c.recorded_at >= midnight(day), happening.c.happening == happening_id)
    return _read(and_(_countable(EVERY), asked))


def one_happening(happening_id: UUID) -> Happening | None:
    """Return one thing that counts, None for what is about staff or does not exist."""
    found = _read(and_(_countable(EVERY), happening.c.happening == happening_id))
    return found[0] if found else None


def _countable(closed: Collection[str]) -> Any:
    """Return the condition for what may be counted; whoever looks at the past counts nothing that is closed now."""
    school = current_school()

    def condition() -> Any:
        or_closed = or_(happening.c.closed.is_(False), happening.c.source.in_(sorted(closed)))
        return and_(happening.c.school == school, happening.c.hidden.is_(False), or_closed)

    return then_and_now(happening.c.happening, school, condition, tuple(sorted(closed)))


def _read(condition: Any) -> list[Happening]:
    zone, colleagues = school_zone(), _colleagues()
    with log.read() as connection:
        rows = connection.execute(select(happening).where(condition).order_by(happening.c.happened_at)).all()
        of_kinds = _beside(connection, kind, condition)
        of_parts = _beside(connection, part, condition)
    found = [
        Happening(
            id=row.happening,
            at=from_milliseconds(row.happened_at).astimezone(zone),
            recorded_at=from_milliseconds(row.recorded_at).astimezone(zone),
            kinds=frozenset(each.kind for each in of_kinds[row.happening]),
            place=row.place,
            moment=row.moment,
            group=row.class_group,
            severity=row.severity,
            parts=tuple((each.person, each.role) for each in of_parts[row.happening]),
            source=row.source,
            positive=row.positive,
            became=row.became,
        )
        for row in rows
    ]
    # A signal about a colleague lies with the director; an incident that is for the board is hidden in its row.
    return [each for each in found if each.source == INCIDENT or each.people.isdisjoint(colleagues)]


def _beside(connection: Any, table: Any, condition: Any) -> dict[UUID, list[Any]]:
    same = and_(table.c.school == happening.c.school, table.c.happening == happening.c.happening)
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in connection.execute(select(table).join(happening, same).where(condition)):
        found[row.happening].append(row)
    return found


def midnight(day: date) -> int:
    """Return the beginning of a day at school in milliseconds."""
    return to_milliseconds(datetime.combine(day, time.min, school_zone()))


def _colleagues() -> frozenset[UUID]:
    return frozenset(person for person, name in roster(current_school()).items() if name.kind == STAFF)


def pupils() -> frozenset[UUID]:
    """Return everybody who is or was a pupil: a colleague or parent in a record is no pupil to count."""
    return frozenset(person for person, name in roster(current_school()).items() if name.kind == PUPIL)


def pupils_now() -> int:
    """Return how many pupils there are today."""
    return len(roster(current_school()).present(PUPIL))


def measures() -> Sequence[Any]:
    """Return the rows of all measures: what is looked at first stands first, what is done last."""
    query = select(measure).where(measure.c.school == current_school())
    with log.read() as connection:
        return connection.execute(query.order_by(measure.c.done, measure.c.evaluate_on, measure.c.measure)).all()


def measures_of_record(record_id: UUID) -> Sequence[Any]:
    """Return the rows of the measures that came from a record, in the same order."""
    return [row for row in measures() if row.record == record_id]


def rules(*, running: bool = False) -> Sequence[Any]:
    """Return the rows of rules, the newest first; only those that are on when asked."""
    query = select(rule).where(rule.c.school == current_school())
    if running:
        query = query.where(rule.c.running)
    with log.read() as connection:
        return connection.execute(query.order_by(rule.c.running.desc(), rule.c.switched_on_at.desc())).all()


def warnings(*, of_rule: UUID | None = None, open_only: bool = False) -> Sequence[Any]:
    """Return the rows of warnings, the newest first."""
    query = select(warning).where(warning.c.school == current_school())
    if of_rule is not None:
        query = query.where(warning.c.rule == of_rule)
    if open_only:
        query = query.where(warning.c.handled.is_(False))
    with log.read() as connection:
        return connection.execute(query.order_by(warning.c.raised_at.desc(), warning.c.warning)).all()


def one_warning(warning_id: UUID) -> Any:
    """Return the row of a warning of this school, None when there is none."""
    query = select(warning).where(warning.c.school == current_school(), warning.c.warning == warning_id)
    with log.read() as connection:
        return connection.execute(query).first()
