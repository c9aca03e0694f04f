"""What the pages about the rules of a law show."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from intranet.api import ERASED, SchoolYear, current_school, db, log, may, roster, today
from intranet.incidents import listing, showing
from intranet.incidents.kinds import SEVERITY_LABELS, kind_of
from intranet.incidents.readable import Reader, reader
from intranet.incidents.story import who
from intranet.law import reading
from intranet.law.events import Application, Evaluation, Notice
from intranet.law.forms import ON, SOURCE_LABELS, EvaluationForm, OffForm, RulesForm
from intranet.law.preview import change_page
from intranet.law.reading import REPORT_TO_INSPECTORATE
from intranet.law.rule_sets import CATEGORY_LABELS, ORDERED, REPORT, UNSAID, WEIGH, WVVO
from intranet.law.words import categories_in_words, outcome_badge

MOST = 200


def now() -> date:
    """Return the day it is."""
    return today()


def rules_form() -> RulesForm:
    """Return the form of the rules, filled with what the rule set proposes."""
    proposed = WVVO.proposed
    form = RulesForm(
        since=max(WVVO.earliest, SchoolYear.of(today()).first),
        always_serious=sorted(proposed.always_serious),
        serious_from=str(proposed.serious_from),
        notice_days=proposed.notice_days,
        evaluation_month=str(proposed.evaluation_month),
    )
    form.offer(WVVO)
    return form


def chosen(form: RulesForm) -> dict[str, Any]:
    """Return what the command takes."""
    rules = form.rules
    return {
        "rule_set": WVVO.code,
        "since": form.since.data,
        "always_serious": tuple(sorted(rules.always_serious)),
        "serious_from": rules.serious_from,
        "notice_days": rules.notice_days,
        "evaluation_month": rules.evaluation_month,
        "reason": form.reason.data or "",
    }


def as_posted(rules: reading.Rules, since: date) -> dict[str, Any]:
    """Return the fields with which the same rules are switched on again; the reason is not among them."""
    return {
        "step": ON,
        "since": since,
        "always_serious": sorted(rules.always_serious),
        "serious_from": rules.serious_from,
        "notice_days": rules.notice_days,
        "evaluation_month": rules.evaluation_month,
    }


def rules_page(form: RulesForm, off_form: OffForm | None = None) -> dict[str, Any]:
    """Return whether the rules count, and what they would make, or make, of the last two school years."""
    applied = reading.applied(db.session.connection(), current_school())
    wrong = bool(form.errors) or form.serious_from.data is None
    rules = applied.rules if applied else WVVO.proposed if wrong else form.rules
    year = SchoolYear.of(today())
    years = [(str(each), _effect(rules, each)) for each in (year, year.previous)]
    return {
        "rule_set": WVVO,
        "applied": applied,
        "applied_lines": _lines(applied) if applied else (),
        "change": None if applied or wrong else change_page(rules, form.since.data),
        "years": years,
        "may_switch": may("law.switch"),
        "history": _history(),
        "off_form": off_form or OffForm(formdata=None),
        "refused": next((each for each in (form, off_form) if each is not None and each.errors), None),
    }


def _history() -> list[dict[str, Any]]:
    """Return when the rules began and stopped to count, by whom and why, the newest first."""
    people = roster(current_school())
    events = [
        event for each in reading.applications(current_school()) for event in log.events.get(each) if event.reason
    ]
    events.sort(key=lambda event: (event.recorded_at, event.originator_version), reverse=True)
    return [
        {
            "at": event.recorded_at,
            "title": _("De regels gingen aan")
            if isinstance(event, Application.SwitchedOn)
            else _("De regels gingen uit"),
            "line": None if event.reason is ERASED else event.reason,
            "actor": who(people, event.actor_id),
            "icon": "scale",
        }
        for event in events
    ]


def _effect(rules: Any, year: SchoolYear) -> list[tuple[str, int]]:
    found = reading.effect(reading.weighed(reader(), WVVO, rules, year.first, year.next.first))
    return [
        (_("Incidenten"), found.incidents),
        *((str(CATEGORY_LABELS.get(code, code)), number) for code, number in found.categories.items()),
        (_("Te melden bij de inspectie"), found.outcomes[REPORT]),
        (_("Ernst nog te bepalen"), found.outcomes[WEIGH]),
        (_("Ingedeeld, niet ernstig genoemd"), found.outcomes[ORDERED]),
        (_("Staat niet in de regels"), found.outcomes[UNSAID]),
    ]


def _lines(applied: reading.Applied) -> list[tuple[str, str]]:
    rules = applied.rules
    always = ", ".join(str(kind_of(code).label) for code in sorted(rules.always_serious))
    return [
        (_("Gelden vanaf"), format_date(applied.since, "d MMMM y")),
        (_("Altijd ernstig"), always or _("niets")),
        (_("De andere: ernstig vanaf"), str(SEVERITY_LABELS[rules.serious_from])),
        (_("Melden binnen"), ngettext("%(num)d schooldag", "%(num)d schooldagen", rules.notice_days)),
    ]


def by_outcome(someone: Reader, applied: reading.Applied) -> list[reading.Weighed]:
    """Return the incidents that the rules are about: what waits to be reported first, then the latest first."""
    order = {REPORT: 0, WEIGH: 1, ORDERED: 2, UNSAID: 3}
    found = reading.weighed(someone, applied.rule_set, applied.rules, applied.since)
    return sorted(found, key=lambda each: (not each.waits, order[each.classified.outcome], -each.row.happened_at))


def incidents_page(applied: reading.Applied | None) -> dict[str, Any]:
    """Return the incidents that the rules are about, those to report first; none while no rules count."""
    if applied is None:
        return {"rows": [], "more": False, "rule_set": WVVO, "applied": None}
    people, found = roster(current_school()), by_outcome(reader(), applied)
    shown = found[:MOST]
    parts = {each.row.incident: each for each in listing.with_parts(current_school(), [each.row for each in shown])}
    rows = [
        [
            {
                "text": showing.title_of(parts[each.row.incident]),
                "href": url_for("law.incident", incident_id=each.row.incident)
                if may(REPORT_TO_INSPECTORATE)
                else url_for("incidents.incident", incident_id=each.row.incident),
                "note": showing.people_line(parts[each.row.incident], people) or None,
            },
            showing.happened_in_words(parts[each.row.incident]),
            "" if each.row.confidential else categories_in_words(each.classified.categories),
            {"badge": outcome_badge(each)},
        ]
        for each in shown
    ]
    return {"rows": rows, "more": len(found) > MOST, "rule_set": applied.rule_set, "applied": applied}


def incident_page(applied: reading.Applied, incident: UUID) -> dict[str, Any] | None:
    """Return what the rules make of one incident; None when they are not about it."""
    found = reading.weighed(reader(), applied.rule_set, applied.rules, applied.since, incident=incident)
    if not found:
        return None
    (each,) = found
    told = listing.with_parts(current_school(), [each.row])[0]
    return {
        "each": each,
        "title": showing.title_of(told),
        "happened": showing.happened_in_words(told),
        "rule_set": applied.rule_set,
        "badge": outcome_badge(each),
        "categories": categories_in_words(each.classified.categories),
        "severity": showing.severity_badge(each.row.severity),
        "due": reading.due_of(each, applied.rules) if each.waits else None,
        "remark": _remark(each),
        "back": url_for("law.incidents"),
    }


def _remark(each: reading.Weighed) -> str | None:
    if each.notice is None:
        return None
    written = next(event.remark for event in log.events.get(each.notice.notice) if isinstance(event, Notice.Sent))
    return None if written is ERASED else written


def evaluation_form() -> EvaluationForm:
    """Return the form of an evaluation, with each school year that waits for one."""
    applied = reading.applied(db.session.connection(), current_school())
    done = reading.evaluations(current_school())
    form = EvaluationForm()
    form.offer(year for year, _day in (reading.years_to_evaluate(applied, today(), done) if applied else ()))
    return form


def evaluated(form: EvaluationForm) -> dict[str, Any]:
    """Return what the command takes."""
    return {
        "begins": int(form.begins.data),
        "sources": tuple(form.sources.data),
        "conclusions": form.conclusions.data,
        "measures": form.measures.data or "",
        "council_on": form.council_on.data,
        "board_on": form.board_on.data,
    }


def evaluation_items(someone: Reader) -> list[dict[str, Any]]:
    """Return the evaluations in words, the newest year first."""
    rows = reading.evaluations(someone.school)
    records = log.get_each(Evaluation, [row.evaluation for row in rows])
    return [
        {
            "year": str(SchoolYear(row.begins)),
            "sources": ", ".join(str(SOURCE_LABELS.get(code, code)) for code in records[row.evaluation].sources),
            "conclusions": records[row.evaluation].conclusions,
            "measures": records[row.evaluation].measures,
            "council": format_date(row.council_on, "d MMMM y") if row.council_on else None,
            "board": format_date(row.board_on, "d MMMM y") if row.board_on else None,
        }
        for row in rows
        if row.evaluation in records
    ]
