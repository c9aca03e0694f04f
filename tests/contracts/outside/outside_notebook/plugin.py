"""Somebody writes down what struck them this week; only the care coordinator may."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from intranet.api import Aggregate, Form, Manifest, Permission, Personal, event, hookimpl, log, requires

pages = Blueprint("notebook", __name__, template_folder="templates")


class Page(Aggregate):
    """One page of the notebook."""

    log_name = "notebook.page"

    @event("Written")
    def __init__(self, *, text: Personal):
        self.text = text


class PageForm(Form):
    text = TextAreaField("Wat viel je op?", [DataRequired("Schrijf iets op."), Length(max=500, message="Te lang.")])


class NotebookSettingsForm(Form):
    heading = StringField("Kop", [Length(max=80, message="Te lang.")], default="Deze week")
    weekly = BooleanField("Elke week")


manifest = Manifest(
    name="notebook",
    title="Schrift",
    description="Opschrijven wat opvalt.",
    permissions=(Permission(name="notebook.write", title="schrijven", holders=("care_coordinator",)),),
    settings_form=NotebookSettingsForm,
)


@pages.route("/", methods=["GET", "POST"])
@requires("notebook.write")
def write() -> Any:
    """Write a page."""
    form = PageForm()
    if form.submitted():
        log.save(Page(text=form.text.data))
        return redirect(url_for(".write"), 303)
    return render_template("notebook/page.html", form=form)


@hookimpl
def register_blueprints() -> list[Blueprint]:
    """The one page."""
    return [pages]
