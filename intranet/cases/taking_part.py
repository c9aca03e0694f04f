"""Pages about who are in a case and who work on it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, current_school, requires
from intranet.cases import commands, showing
from intranet.cases.forms import SeriousForm
from intranet.cases.kinds import ROLE_LABELS
from intranet.cases.opening import before_showing
from intranet.cases.readable import LEAD, READ, WORK, Standing, open_case
from intranet.incidents.fields import person_id as id_of
from intranet.incidents.forms import PeopleForm, RoleForm, WithdrawForm
from intranet.incidents.story import who
from intranet.people.roster import roster
from intranet.undoing import mistake, say_undoable


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint of cases."""
    for path, view, methods in (
        ("people", people, ("GET", "POST")),
        ("role", change_role, ("POST",)),
        ("withdraw", withdraw, ("GET", "POST")),
        ("team", team, ("GET",)),
        ("participants", add_participant, ("POST",)),
        ("participants/<uuid:person_id>/remove", remove_participant, ("POST",)),
        ("leader", hand_over, ("POST",)),
        ("seriousness", weigh, ("POST",)),
    ):
        pages.add_url_rule(f"/<uuid:case_id>/{path}", view_func=view, methods=methods)


@requires(WORK)
def people(case_id: UUID) -> Any:
    """Who are in it with which part; say who else is."""
    standing = open_case(case_id, WORK)
    form = PeopleForm()
    form.people.names = roster(current_school())
    if form.submitted():
        commands.involve(case_id, form.people.involved)
        added = form.people.involved
        if len(added) != 1:
            return _back("people", case_id, _("Toegevoegd."))
        gone = {"person": added[0].person_id.hex, "was": added[0].role, "reason": mistake()}
        return _back_undoable("people", case_id, _("Toegevoegd."), "withdraw", **gone)
    return _people(case_id, standing, form)


def _people(case_id: UUID, standing: Standing, form: PeopleForm, refused: RoleForm | None = None) -> str:
    before_showing(case_id, standing)
    page = showing.people_page(showing.shown(case_id, standing))
    return render_template("incidents/people.html", form=form, refused=refused, may_withdraw=True, **page)


@requires(WORK)
def change_role(case_id: UUID) -> Any:
    """Give somebody another part."""
    standing = open_case(case_id, WORK)
    form = RoleForm()
    if form.submitted():
        commands.change_involvement(case_id, UUID(form.person.data), form.was.data, form.role.data)
        back = {"person": form.person.data, "was": form.role.data, "role": form.was.data}
        return _back_undoable("people", case_id, _("De rol is veranderd."), "change_role", **back)
    return _people(case_id, standing, PeopleForm(formdata=None), form)


@requires(WORK)
def withdraw(case_id: UUID) -> Any:
    """Take back that somebody had a part, with why."""
    standing = open_case(case_id, WORK)
    form = WithdrawForm(data=request.args)
    if form.submitted():
        commands.withdraw_involvement(case_id, UUID(form.person.data), form.was.data, form.reason.data)
        return _back("people", case_id, _("Vastgelegd: deze persoon hoort er niet bij."))
    before_showing(case_id, standing)
    person, names = id_of(form.person.data), roster(current_school())
    return render_template(
        "incidents/withdraw.html",
        form=form,
        name=who(names, person) if person else _("iemand"),
        role=str(ROLE_LABELS.get(form.was.data, form.was.data)),
        back=url_for("cases.people", case_id=case_id),
        back_label=_("Terug"),
    )


@requires(READ)
def team(case_id: UUID) -> Any:
    """Who leads it, who takes part, and whether it is serious."""
    return _team(case_id, open_case(case_id))


def _team(case_id: UUID, standing: Standing, **refused: Any) -> str:
    before_showing(case_id, standing)
    return render_template("cases/team.html", **showing.team_page(showing.shown(case_id, standing), **refused))


@requires(LEAD)
def add_participant(case_id: UUID) -> Any:
    """Let a colleague take part and read the case."""
    standing = open_case(case_id, LEAD)
    form = showing.participant_form(showing.shown(case_id, standing))
    if form.submitted():
        commands.add_participant(case_id, UUID(form.colleague.data))
        say_undoable(
            _("Je collega doet mee en kan dit lezen. Vertel het zelf ook even."),
            url_for("cases.remove_participant", case_id=case_id, person_id=UUID(form.colleague.data)),
        )
        return redirect(url_for("cases.team", case_id=case_id), 303)
    return _team(case_id, standing, participant_form=form)


@requires(LEAD)
def remove_participant(case_id: UUID, person_id: UUID) -> Any:
    """Let a colleague take part no longer."""
    standing = open_case(case_id, LEAD)
    if ButtonForm().submitted():
        commands.remove_participant(case_id, person_id)
        done = _("Je collega doet niet meer mee.")
        this = showing.shown(case_id, standing)
        if this.case.closed or person_id not in showing.colleagues(this.case):
            return _back("team", case_id, done)
        return _back_undoable("team", case_id, done, "add_participant", colleague=person_id.hex)
    return _team(case_id, standing)


@requires(LEAD)
def hand_over(case_id: UUID) -> Any:
    """Let somebody else lead it."""
    standing = open_case(case_id, LEAD)
    form = showing.leader_form(showing.shown(case_id, standing))
    if form.submitted():
        commands.hand_over(case_id, UUID(form.leader.data), form.handing_over.data)
        flash(_("De zaak is overgedragen."), "ok")
        return redirect(url_for("cases.cases"), 303)
    return _team(case_id, standing, leader_form=form)


@requires(LEAD)
def weigh(case_id: UUID) -> Any:
    """Say whether it is serious."""
    standing = open_case(case_id, LEAD)
    form = SeriousForm()
    if form.submitted():
        commands.weigh(case_id, form.serious.data == "1", form.weighing.data)
        back = {"serious": "0" if form.serious.data == "1" else "1", "weighing": mistake()}
        return _back_undoable("team", case_id, _("De ernst is vastgelegd."), "weigh", **back)
    return _team(case_id, standing, serious_form=form)


def _back_undoable(page: str, case_id: UUID, sentence: str, view: str, **fields: Any) -> Any:
    say_undoable(sentence, url_for(f"cases.{view}", case_id=case_id), **fields)
    return redirect(url_for(f"cases.{page}", case_id=case_id), 303)


def _back(page: str, case_id: UUID, sentence: str) -> Any:
    flash(sentence, "ok")
    return redirect(url_for(f"cases.{page}", case_id=case_id), 303)
