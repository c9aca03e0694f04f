"""What the rules make of the incidents that somebody may read: counted, listed, and what still waits."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, false, select
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.mapper import from_milliseconds
from intranet.api import SchoolYear, db, school_calendar, school_zone
from intranet.incidents.listing import midnight
from intranet.incidents.projections import kinds, register
from intranet.incidents.readable import Reader, readable_incidents
from intranet.law.projections import application, evaluation, notice
from intranet.law.rule_sets import ORDERED, REPORT, RULE_SETS, UNSAID, WEIGH, Classified, Rules, RuleSet, classify

REPORT_TO_INSPECTORATE = "incidents.report_to_inspectorate"
"""Who may see to it that the inspectorate knows."""


@frozen
class Applied:
    """A rule set that a school applies from a day on."""

    id: UUID
    rule_set: RuleSet
    since: date
    rules: Rules


@frozen
class Weighed:
    """An incident with what the rules make of it, and its notice."""

    row: Any
    kinds: Sequence[str]
    classified: Classified
    notice: Any = None

    @property
    def waits(self) -> bool:
        """Whether it is to be reported, and nobody recorded that it was."""
        return self.classified.outcome == REPORT and self.notice is None


@frozen
class Effect:
    """What the rules make of a time: how many in each category, and how many have each outcome."""

    incidents: int
    categories: dict[str, int]
    outcomes: dict[str, int]


def applied(connection: Connection, school: UUID) -> Applied | None:
    """Return what a school applies now."""
    query = select(application).where(application.c.school == school, application.c.enabled)
    row = connection.execute(query).first()
    if row is None or row.rule_set not in RULE_SETS:
        return None
    always = frozenset(row.always_serious.split())
    rules = Rules(always, row.serious_from, row.notice_days, row.evaluation_month)
    return Applied(row.application, RULE_SETS[row.rule_set], row.since, rules)


def applications(school: UUID) -> Sequence[UUID]:
    """Return every time that a school applied a rule set."""
    return db.session.scalars(select(application.c.application).where(application.c.school == school)).all()


def notice_of(connection: Connection, school: UUID, incident: UUID) -> Any:
    """Return the notice of an incident."""
    return connection.execute(select(notice).where(notice.c.school == school, notice.c.incident == incident)).first()


def weighed(
    someone: Reader,
    rule_set: RuleSet,
    rules: Rules,
    since: date,
    until: date | None = None,
    incident: UUID | None = None,
) -> list[Weighed]:
    """Return the incidents of a time that somebody may read, with what the rules make of each, the latest first.

    A suspicion about a member of staff has a route of its own in the law, and is not among them.
    """
    told = and_(notice.c.school == register.c.school, notice.c.incident == register.c.incident)
    where = [readable_incidents(someone), register.c.staff_matter == false(), register.c.happened_at >= midnight(since)]
    if until is not None:
        where.append(register.c.happened_at < midnight(until))
    if incident is not None:
        where.append(register.c.incident == incident)
    query = select(register, notice.c.notice, notice.c.sent_on).select_from(register.outerjoin(notice, told))
    rows = db.session.execute(query.where(*where).order_by(register.c.happened_at.desc())).all()
    of_kind: dict[UUID, list[str]] = defaultdict(list)
    same = and_(kinds.c.school == register.c.school, kinds.c.incident == register.c.incident)
    for row in db.session.execute(
        select(kinds.c.incident, kinds.c.kind).select_from(register.join(kinds, same)).where(*where)
    ):
        of_kind[row.incident].append(row.kind)
    return [_weigh(row, of_kind[row.incident], rule_set, rules) for row in rows]


def _weigh(row: Any, codes: Sequence[str], rule_set: RuleSet, rules: Rules) -> Weighed:
    return Weighed(row, codes, classify(rule_set, rules, codes, row.severity), row if row.notice else None)


def effect(found: Sequence[Weighed]) -> Effect:
    """Count what the rules make of incidents."""
    categories = Counter(category for each in found for category in each.classified.categories)
    outcomes = Counter(each.classified.outcome for each in found)
    return Effect(
        len(found), dict(categories.most_common()), {each: outcomes[each] for each in (REPORT, WEIGH, ORDERED, UNSAID)}
    )


def due_of(each: Weighed, rules: Rules) -> date:
    """Return by when an incident should be reported: so many school days after it was recorded."""
    recorded = from_milliseconds(each.row.recorded_at).astimezone(school_zone()).date()
    return school_calendar().after(recorded, rules.notice_days)


def evaluations(school: UUID) -> Sequence[Any]:
    """Return the evaluations of a school, the newest year first."""
    query = select(evaluation).where(evaluation.c.school == school)
    return db.session.execute(query.order_by(evaluation.c.begins.desc())).all()


def years_to_evaluate(now: Applied, today: date, done: Sequence[Any]) -> Iterator[tuple[SchoolYear, date]]:
    """Return the school years that ended while the rules counted and have no evaluation, each with its last day."""
    have = {row.begins for row in done}
    year = SchoolYear.of(now.since)
    while year.last < today:
        if year.begins not in have:
            month = now.rules.evaluation_month
            after = date(year.last.year + (month < year.last.month), month, 1)
            yield year, date(after.year + (after.month == 12), after.month % 12 + 1, 1)
        year = year.next
