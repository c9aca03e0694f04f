"""The duty register: who holds which task from when to when, and what nobody holds."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import abort, g, redirect, render_template, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import current_school, requires
from intranet.people import commands
from intranet.people.duties import ALWAYS_HELD, DUTIES, Gap, Holding, duty_title, every_duty, gaps
from intranet.people.events import DUTIES_OF_PARENTS, PARENT, STAFF
from intranet.people.forms import DutyForm, EndDutyForm
from intranet.people.pages import pages
from intranet.people.register import holdings
from intranet.people.roster import Roster, roster
from intranet.people.today import today
from intranet.plugin_manager import installed


@pages.get("/people/duties")
@requires("people.read")
def duties() -> Any:
    everybody, day = roster(current_school()), today()
    every = [each for each in holdings(current_school()) if each.person in everybody]
    return render_template(
        "people/duties.html",
        everybody=everybody,
        duties={duty: duty_title(duty) for duty in {*every_duty(), *(each.duty for each in every)}},
        always_held=ALWAYS_HELD,
        gaps=[gap_sentence(gap) for gap in gaps(every, day)],
        now=_by_duty(everybody, [each for each in every if each.holds_on(day)]),
        later=[each for each in every if each.since > day],
        before=sorted((each for each in every if each.until and each.until < day), key=lambda each: each.until)[::-1],
    )


def gap_sentence(gap: Gap) -> str:
    """Return in words which task nobody has: "Niemand is nu aandachtsfunctionaris."."""
    duty = str(DUTIES[gap.duty])
    if gap.ends is None:
        return _("Niemand is nu %(duty)s.", duty=duty)
    return _("Na %(day)s is niemand %(duty)s.", day=format_date(gap.ends, "d MMMM"), duty=duty)


def _by_duty(everybody: Roster, held: list[Holding]) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = {duty: [] for duty in every_duty()}
    for each in sorted(held, key=lambda each: everybody[each.person].sort_key):
        found.setdefault(each.duty, []).append(each)
    return found


@pages.route("/people/duties/assign", methods=["GET", "POST"])
@requires("people.duties")
def assign_duty() -> Any:
    everybody = roster(current_school())
    form = DutyForm(everybody.present(STAFF) + everybody.present(PARENT), _duties_here(), since=today())
    if form.submitted() and _fits(form, everybody):
        commands.assign_duty(UUID(form.person.data), form.duty.data, since=form.since.data, until=form.until.data)
        return redirect(url_for(".duties"), 303)
    return render_template("people/assign_duty.html", form=form)


def _duties_here() -> dict[str, Any]:
    """Return the duties that this school can give: of a plugin only where it is on."""
    brought = [plugin.manifest.duties for plugin in installed().enabled_here()]
    return {**DUTIES, **{duty: title for duties in brought for duty, title in duties.items()}}


def _fits(form: DutyForm, everybody: Roster) -> bool:
    if everybody[UUID(form.person.data)].kind == PARENT and form.duty.data not in DUTIES_OF_PARENTS:
        g.form_refused = True
        form.duty.errors = [_("Een ouder kan alleen lid van de MR zijn. Kies een medewerker of een andere taak.")]
        return False
    return True


@pages.route("/people/<uuid:person_id>/duties/<duty>/<since>", methods=["GET", "POST"])
@requires("people.duties")
def end_duty(person_id: UUID, duty: str, since: str) -> Any:
    name = roster(current_school()).get(person_id)
    holding = next((each for each in holdings(current_school(), person_id) if _is(each, duty, since)), None)
    if name is None or holding is None:
        abort(404)
    form = EndDutyForm(until=holding.until or max(today(), holding.since))
    if form.submitted() and _after_beginning(form, holding.since):
        commands.end_duty(person_id, holding.duty, since=holding.since, until=form.until.data)
        return redirect(url_for(".duties"), 303)
    return render_template("people/end_duty.html", form=form, name=name, holding=holding, duty=duty_title(holding.duty))


def _is(holding: Holding, duty: str, since: str) -> bool:
    return holding.duty == duty and holding.since.isoformat() == since


def _after_beginning(form: EndDutyForm, since: date) -> bool:
    if form.until.data < since:
        g.form_refused = True
        form.until.errors = [_("De taak begint pas op %(day)s.", day=format_date(since, "d MMMM y"))]
        return False
    return True
