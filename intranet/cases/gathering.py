"""Pages on which records are gathered: opening a case from one or from nothing, adding one, taking one out."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.case_plan import VICTIM
from events.incident import Incident
from events.signal import Signal
from intranet.api import current_school, log, may, requires
from intranet.cases import commands, listing, showing
from intranet.cases.forms import NEW, GatherForm, OpenForm, TakeOutForm
from intranet.cases.gathered import records_of
from intranet.cases.kinds import BULLYING
from intranet.cases.list_page import people_line, title_of
from intranet.cases.looking_back import with_tokens
from intranet.cases.of_record import INCIDENT, RECORD_KINDS, SIGNAL, open_to_work
from intranet.cases.opening import before_showing
from intranet.cases.readable import OPEN, WORK, open_case
from intranet.incidents import choosing, opening
from intranet.incidents.fields import person_id
from intranet.incidents.readable import open_incident, reader
from intranet.incidents.reporting import mentioned
from intranet.people.roster import roster
from intranet.signals import opening as signal_opening
from intranet.signals.readable import open_signal
from intranet.undoing import mistake, say_undoable


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint of cases."""
    for path, view, methods in (
        ("/new", new, ("GET", "POST")),
        ("/gather/<word>/<uuid:record_id>", gather, ("GET", "POST")),
        ("/<uuid:case_id>/records/<uuid:record_id>/take-out", take_out, ("GET", "POST")),
    ):
        pages.add_url_rule(path, view_func=view, methods=methods)


@requires(OPEN)
def new() -> Any:
    """Open a case; the record that it begins with stands in the address."""
    begun = _begun_with()
    form = OpenForm(data=_known_of(begun))
    form.mentions = request.form.getlist("concern-mention")  # type: ignore[attr-defined]
    people = form.people.names = roster(current_school())
    if not form.people.roles and begun:
        form.people.roles = _parts_of(*begun)
    form.offer_groups(choosing.groups_to_choose(people, form.group_id))
    if form.submitted():
        case_id = commands.open_case(
            kind=BULLYING,
            signs=form.signs.data,
            concern=with_tokens(form.concern),
            involved=form.people.involved,
            leader=current_user.person_id,
            group_id=form.group_id,
            gathering=[(RECORD_KINDS[begun[0]], begun[1])] if begun else (),
        )
        flash(_("De zaak is geopend. Jij leidt hem. Maak nu samen een plan."), "ok")
        return redirect(url_for("cases.case", case_id=case_id), 303)
    form.people.offer(choosing.pupils_of_own_group())
    return render_template(
        "cases/new.html",
        form=form,
        roles=showing.roles(),
        people_url=url_for("incidents.people"),
        mentioned=mentioned(request.form.getlist("concern-mention")),
        begun=begun,
        readers=showing.readers(),
    )


def _begun_with() -> tuple[str, UUID] | None:
    """Return the record in the address that somebody may read, as its word and its id."""
    for word in (INCIDENT, SIGNAL):
        if word in request.args:
            record_id = person_id(request.args[word]) or abort(404)
            _open_record(word, record_id)
            return word, record_id
    return None


def _open_record(word: str, record_id: UUID) -> None:
    """Let nobody gather what they cannot read, nor what goes straight to the board."""
    if word == INCIDENT:
        standing = open_incident(record_id)
        if standing.row.staff_matter:
            abort(404)
        opening.before_showing(record_id, standing)
    elif word == SIGNAL:
        signal = open_signal(record_id)
        if not signal.may_read:
            abort(404)
        signal_opening.before_showing(record_id, signal)
    else:
        abort(404)


def _parts_of(word: str, record_id: UUID) -> dict[str, str]:
    if word == INCIDENT:
        return {part.person_id.hex: part.role for part in log.get(Incident, record_id).involved}
    # A signal says about whom somebody worries; what each does in the case is asked.
    return {each.hex: VICTIM for each in log.get(Signal, record_id).people[:1]}


def _known_of(begun: tuple[str, UUID] | None) -> dict[str, Any]:
    if begun is None:
        mine = choosing.own_group()
        return {"group": mine.hex if mine else ""}
    word, record_id = begun
    if word == INCIDENT:
        incident = log.get(Incident, record_id)
        people, group = [part.person_id for part in incident.involved], incident.group_id
    else:
        signal = log.get(Signal, record_id)
        people, group = list(signal.people), signal.group_id
    return {"people": [each.hex for each in dict.fromkeys(people)], "group": group.hex if group else ""}


@requires(WORK)
def gather(word: str, record_id: UUID) -> Any:
    """Choose in which case a record belongs: one that is open, or a new one."""
    _open_record(word, record_id)
    someone, people = reader(), roster(current_school())
    found = listing.with_parts(someone.school, open_to_work(someone))
    cases = {each.row.case.hex: f"{title_of(each.row, people)}: {people_line(each, people)}" for each in found}
    if may(OPEN):
        cases[NEW] = _("Een nieuwe zaak")
    if not cases:
        abort(404)
    form = GatherForm()
    form.offer(cases)
    if form.submitted():
        if form.case.data == NEW:
            return redirect(url_for(".new", **{word: record_id.hex}), 303)
        case_id = UUID(form.case.data)
        open_case(case_id, WORK)
        commands.gather(case_id, RECORD_KINDS[word], record_id)
        say_undoable(
            _("Dit zit nu in de zaak. Wie het mag lezen, is niet veranderd."),
            url_for(".take_out", case_id=case_id, record_id=record_id),
            taking_out=mistake(),
        )
        return redirect(url_for(".case", case_id=case_id), 303)
    page = "incidents.incident" if word == INCIDENT else "signals.signal"
    back = url_for(page, **{f"{word}_id": record_id})
    return render_template("cases/gather.html", form=form, back=back, back_label=_back_label(word))


def _back_label(word: str) -> str:
    return _("Naar het incident") if word == INCIDENT else _("Naar het signaal")


@requires(WORK)
def take_out(case_id: UUID, record_id: UUID) -> Any:
    """Take out what was gathered by mistake, with why."""
    standing = open_case(case_id, WORK)
    this = showing.shown(case_id, standing)
    record = next((each for each in records_of(this.case, reader(), this.people) if each.id == record_id), None)
    if record is None:
        abort(404)
    form = TakeOutForm()
    if form.submitted():
        word = next(word for word, kind in RECORD_KINDS.items() if kind == this.case.gathered[record_id])
        commands.take_out(case_id, record_id, with_tokens(form.taking_out))
        done = _("Uit de zaak gehaald. Je reden staat in het verloop.")
        if this.case.closed:
            flash(done, "ok")
        else:
            say_undoable(done, url_for(".gather", word=word, record_id=record_id), case=case_id.hex)
        return redirect(url_for(".case", case_id=case_id), 303)
    before_showing(case_id, standing)
    return render_template("cases/take_out.html", form=form, record=record, **this.head)
