"""What people do with patterns, and what a rule does when something is recorded. One function for each intention."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import current_app, has_request_context
from flask_babel import gettext as _

from intranet.api import Refused, current_school, log, refuse_no_colleague, school_calendar, to_milliseconds, today

from . import reading
from .counting import Happening
from .events import GROUP, INCIDENT, PLACE, SIGNAL, Chosen, Measure, Rule
from .what_if import SchoolDays, Threshold, Warning, Watch

LOOK_BACK = timedelta(days=7)


def propose_measure(
    *,
    text: str,
    pattern: Mapping[str, str],
    owner_id: UUID,
    evaluate_on: date,
    record: tuple[str, UUID] | None = None,
) -> UUID:
    """Record what the school does about a pattern or a record, and return its id.

    `pattern` are filters as in an address; `record` is the kind and the id of what it came from. Raises `Refused` for
    an owner who does not work here.
    """
    refuse_no_colleague(owner_id)
    chosen = tuple(Chosen(name, value) for name, value in sorted(pattern.items()))
    measure = Measure.propose(
        text=text, pattern=chosen, owner_id=owner_id, evaluate_on=evaluate_on, today=today(), record=record
    )
    log.save(measure)
    return measure.id


def withdraw_measure(measure_id: UUID) -> None:
    """Take back a measure that nobody looked at yet."""
    measure = log.get(Measure, measure_id)
    measure.withdraw()
    log.save(measure)


def evaluate_measure(measure_id: UUID, *, outcome: str, conclusion: str, next_on: date | None) -> None:
    """Record whether a measure works, and when it is looked at again."""
    measure = log.get(Measure, measure_id)
    measure.evaluate(outcome=outcome, conclusion=conclusion, next_on=next_on, today=today())
    log.save(measure)


def switch_on_rule(*, who: str, kinds: Iterable[str], times: int, days: int, source: str = INCIDENT) -> UUID:
    """Let a rule warn from now on, and return its id.

    Raises `Refused` for a rule over signals by who may not read every signal: whom a signal is about is not told by a
    warning either. What the program does itself, such as the practice school, nobody asks for.
    """
    if SIGNAL in reading.sources_of(source) and has_request_context() and not reading.reads_all(SIGNAL):
        raise Refused(_("Jij mag niet elk signaal lezen. Kies dan incidenten."))
    rule = Rule.switch_on(who=who, kinds=tuple(kinds), times=times, days=days, source=source)
    log.save(rule)
    return rule.id


def switch_off_rule(rule_id: UUID, reason: str) -> None:
    """Let a rule warn no more."""
    rule = log.get(Rule, rule_id)
    rule.switch_off(reason)
    log.save(rule)


def switch_rule_back_on(rule_id: UUID) -> None:
    """Let the same rule warn on: it knows what it warned about before."""
    rule = log.get(Rule, rule_id)
    rule.switch_back_on()
    log.save(rule)


def handle_warning(rule_id: UUID, warning_id: UUID, note: str) -> None:
    """Record what was done with a warning."""
    rule = log.get(Rule, rule_id)
    rule.handle(warning_id, note)
    log.save(rule)


def warn_after(happening_id: UUID) -> list[UUID]:
    """Let every rule that is on look at something that was just recorded; returns the ids of the warnings it gave.

    What was recorded in the days before is looked at again: nobody may have been told of it, as when the power failed.
    """
    school = current_school()
    looked_at = current_app.extensions.setdefault("patterns.looked_at", {})
    # One commit may tell of many facts, and the first look may have seen this one; never what is older than a rule.
    size, seen = looked_at.get(school, (None, frozenset()))
    if (happening_id in seen and size == log.head(school).size) or not reading.rules(running=True):
        return []
    # The school's head row is taken first: two records at the same moment do not give the same warning twice.
    with log.unit_of_work():
        size, recent = log.head(school).size, reading.recorded_since(today() - LOOK_BACK, happening_id)
        if happening_id not in {each.id for each in recent}:
            return []  # it counts for nothing, so what else was in its commit is not looked at yet
        warned = _warned_after(happening_id, recent)
        rules = reading.rules(running=True)
    seen = frozenset(each.id for each in recent if all(_is_for(row, each) for row in rules))
    looked_at[school] = size + len(warned), seen | {happening_id}
    return warned


def _warned_after(happening_id: UUID, recent: Iterable[Happening]) -> list[UUID]:
    told = sorted(recent, key=lambda each: (each.recorded_at, each.at, each.id))
    return [
        _warn(row.rule, warning)
        for row in reading.rules(running=True)
        for warning in _warnings(row, [each for each in told if _is_for(row, each) or each.id == happening_id])
    ]


def threshold_of(row: Any) -> Threshold:
    """Return what a row of the table of rules says, to count with."""
    return Threshold(row.who, row.times, row.days, frozenset(row.kinds.split()), row.source)


def _is_for(row: Any, happening: Happening) -> bool:
    """Tell whether something was recorded while a rule was on: what was before it warns about nothing by itself."""
    return to_milliseconds(happening.recorded_at) > row.switched_on_at


def _warnings(row: Any, told: Sequence[Happening]) -> Iterator[Warning]:
    """Give the warnings of a rule for what was recorded, in that order, among all that happened around those days."""
    calendar, threshold = school_calendar(), threshold_of(row)
    first = calendar.before(min(each.day for each in told), threshold.days)
    last = calendar.after(max(each.day for each in told), threshold.days)
    watch = Watch(threshold, SchoolDays(calendar, first - timedelta(days=7), last), reading.pupils())
    ids = {each.id for each in told}
    for each in reading.happenings(first, last, source=row.source, closed=reading.EVERY):
        if each.id not in ids:
            watch.take_in(each)
    for given in reading.warnings(of_rule=row.rule):
        if first <= given.day <= last:
            watch.already_warned(given.person or given.class_group or given.place, given.day)
    for each in told:
        yield from watch.record(each)


def _warn(rule_id: UUID, warning: Warning) -> UUID:
    rule, warning_id = log.get(Rule, rule_id), uuid4()
    about: dict[str, Any] = {"person_id": None, "group_id": None, "place": None}
    about[{GROUP: "group_id", PLACE: "place"}.get(rule.who, "person_id")] = warning.subject
    rule.warn(warning_id=warning_id, day=warning.day, happenings=warning.counted, **about)
    log.save(rule)
    return warning_id
