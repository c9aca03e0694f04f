"""The pages on which a school chooses its plugins."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.activation import commands, showing
from intranet.activation.enabled import plugin_settings
from intranet.activation.forms import SwitchForm
from intranet.api import current_school, requires
from intranet.plugin_manager import Plugin, installed
from intranet.undoing import mistake, say_undoable

pages = Blueprint("activation", __name__)


@pages.get("/school/plugins")
@requires("schools.plugins")
def plugins() -> Any:
    return render_template("activation/plugins.html", rows=showing.rows(), refused=installed().refused)


@pages.get("/school/plugins/<name>")
@requires("schools.plugins")
def plugin(name: str) -> Any:
    return _page(_plugin(name), SwitchForm())


def _page(chosen: Plugin, form: SwitchForm) -> Any:
    every = installed()
    return render_template(
        "activation/plugin.html",
        plugin=chosen,
        form=form,
        on=chosen.name in every.enabled_for(current_school()),
        events=showing.past_events(every, chosen),
        preview_at=showing.preview_at(chosen),
        permissions=list(showing.who_may(every, chosen)),
        kept=showing.kept_about_people(chosen),
        terms=showing.contributed("retention", chosen),
        history=showing.history(chosen),
    )


@pages.post("/school/plugins/<name>/on")
@requires("schools.plugins")
def enable(name: str) -> Any:
    chosen, form = _plugin(name), SwitchForm()
    if not form.submitted():
        return _page(chosen, form)
    commands.enable_plugin(chosen.name, form.reason.data)
    said = _("%(title)s staat aan.", title=chosen.manifest.title)
    say_undoable(said, url_for(".disable", name=name), reason=mistake())
    return redirect(url_for(".plugin", name=name), 303)


@pages.post("/school/plugins/<name>/off")
@requires("schools.plugins")
def disable(name: str) -> Any:
    chosen, form = _plugin(name), SwitchForm()
    if not form.submitted():
        return _page(chosen, form)
    commands.disable_plugin(chosen.name, form.reason.data)
    said = _("%(title)s staat uit. Wat is vastgelegd, blijft bewaard.", title=chosen.manifest.title)
    say_undoable(said, url_for(".enable", name=name), reason=mistake())
    return redirect(url_for(".plugin", name=name), 303)


@pages.route("/school/plugins/<name>/settings", methods=["GET", "POST"])
@requires("schools.plugins")
def settings(name: str) -> Any:
    chosen = _plugin(name)
    if chosen.manifest.settings_form is None:
        abort(404)
    form = chosen.manifest.settings_form(data=plugin_settings(chosen.name))
    if form.submitted():
        commands.set_plugin(chosen.name, form.values)
        flash(_("De instellingen zijn opgeslagen."), "ok")
        return redirect(url_for(".plugin", name=name), 303)
    return render_template("activation/settings.html", plugin=chosen, form=form)


def _plugin(name: str) -> Plugin:
    chosen = installed().by_name.get(name)
    if chosen is None:
        abort(404)
    return chosen
