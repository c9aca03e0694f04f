"""What the ib'er does with a signal: talk, ask the support team, put it before the director, close it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.signal import Signal
from intranet.api import current_school, requires
from intranet.incidents import choosing
from intranet.incidents import showing as incidents
from intranet.incidents.forms import ReportForm, school_zone
from intranet.incidents.kinds import ANOTHER_TIME
from intranet.incidents.reporting import report_values
from intranet.people.mentions import to_html, to_tokens
from intranet.people.roster import roster
from intranet.signals import commands, showing
from intranet.signals.forms import CloseSignalForm, EscalateForm, ReopenSignalForm, SupportTeamForm, TalkForm
from intranet.signals.opening import before_showing
from intranet.signals.readable import TRIAGE, Standing, open_to_decide
from intranet.signals.story import story_of
from intranet.staff_matters import reporting as about_staff
from intranet.undoing import mistake, say_undoable


def mount(pages: Blueprint) -> None:
    """Put these pages in the blueprint of signals."""
    for path, view, methods in (
        ("talks", talk, ("POST",)),
        ("support-team", support_team, ("POST",)),
        ("escalate", escalate, ("POST",)),
        ("incident", make_incident, ("GET", "POST")),
        ("close", close, ("POST",)),
        ("reopen", reopen, ("POST",)),
    ):
        pages.add_url_rule(f"/<uuid:signal_id>/{path}", view_func=view, methods=methods)


@requires(TRIAGE)
def talk(signal_id: UUID) -> Any:
    """Record that somebody talked about it."""
    standing = open_to_decide(signal_id)
    form = TalkForm()
    if form.submitted():
        commands.record_talk(signal_id, form.partner.data, _with_tokens(form.talk))
        return _back(signal_id, _("Het gesprek is vastgelegd."))
    return _again(signal_id, standing, talk_form=form)


@requires(TRIAGE)
def support_team(signal_id: UUID) -> Any:
    """Put it before the support team."""
    standing = open_to_decide(signal_id)
    form = SupportTeamForm()
    if form.submitted():
        commands.take_to_support_team(signal_id, _with_tokens(form.question))
        return _back(signal_id, _("Het staat bij het ondersteuningsteam."))
    return _again(signal_id, standing, team_form=form)


@requires(TRIAGE)
def escalate(signal_id: UUID) -> Any:
    """Put it before the director."""
    standing = open_to_decide(signal_id)
    form = EscalateForm()
    if form.submitted():
        commands.escalate_signal(signal_id, _with_tokens(form.escalation))
        return _back(signal_id, _("De directeur kan dit nu lezen. Vertel het zelf ook even."))
    return _again(signal_id, standing, escalate_form=form)


@requires(TRIAGE)
def make_incident(signal_id: UUID) -> Any:
    """Record the incident that it became: about the same people and time, in words of its own."""
    standing = open_to_decide(signal_id)
    if about_staff.ticked():
        return about_staff.begun_page()
    people = roster(current_school())
    told = story_of(signal_id, people)
    # Before anybody writes what could not be kept.
    told.signal.refuse_incident()
    form = _incident_form(told.signal)
    if form.submitted():
        values = report_values(form)
        del values["draft_key"]
        incident_id = commands.make_incident(signal_id, **values)
        flash(_("Het incident is vastgelegd. Het signaal blijft erbij staan."), "ok")
        return redirect(url_for("incidents.incident", incident_id=incident_id), 303)
    before_showing(signal_id, standing)
    return render_template(
        "signals/incident.html",
        form=form,
        signal_id=signal_id,
        action=url_for("signals.make_incident", signal_id=signal_id),
        told_by=showing.told_by(told, people),
        told=to_html(told.signal.account, current_user),
        **incidents.report_page(form),
    )


@requires(TRIAGE)
def close(signal_id: UUID) -> Any:
    """Close it, with why."""
    standing = open_to_decide(signal_id)
    form = CloseSignalForm()
    if form.submitted():
        commands.close_signal(signal_id, _with_tokens(form.closing))
        done = _("Afgesloten. Wie het meldde, kan dat lezen.")
        say_undoable(done, url_for("signals.reopen", signal_id=signal_id), reopening=mistake())
        return redirect(url_for("signals.signal", signal_id=signal_id), 303)
    return _again(signal_id, standing, close_form=form)


@requires(TRIAGE)
def reopen(signal_id: UUID) -> Any:
    """Open it again, with why."""
    standing = open_to_decide(signal_id)
    form = ReopenSignalForm()
    if form.submitted():
        commands.reopen_signal(signal_id, _with_tokens(form.reopening))
        return _back(signal_id, _("Het signaal is weer open."))
    return _again(signal_id, standing, reopen_form=form)


def _incident_form(signal: Signal) -> ReportForm:
    """Return the form of an incident, filled with about whom and when the signal was."""
    then = signal.happened_at.astimezone(school_zone())
    if request.method == "POST":
        form = ReportForm()
        form.mentions = request.form.getlist("account-mention")
    else:
        form = ReportForm(
            data={
                "people": [person.hex for person in signal.people],
                "group": signal.group_id.hex if signal.group_id else "",
                "moment": ANOTHER_TIME,
                "happened_on": then.date(),
                "happened_time": then.time(),
            }
        )
    people = form.people.names = roster(current_school())
    form.offer_groups(choosing.groups_to_choose(people, form.group_id))
    return form


def _with_tokens(field: Any) -> str:
    return to_tokens(field.data or "", current_school(), request.form.getlist(f"{field.name}-mention"))


def _back(signal_id: UUID, sentence: str) -> Any:
    flash(sentence, "ok")
    return redirect(url_for("signals.signal", signal_id=signal_id), 303)


def _again(signal_id: UUID, standing: Standing, **forms: Any) -> str:
    """Show the page of the signal again, with the form that was refused and everything in it."""
    before_showing(signal_id, standing)
    return render_template("signals/signal.html", **showing.signal_page(signal_id, standing, **forms))
