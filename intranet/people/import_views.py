"""Taking over a roster: upload, look at what would change, confirm."""

from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, current_school, requires
from intranet.people import imports
from intranet.people.duties import DUTIES
from intranet.people.forms import ConfirmImportForm, UploadForm
from intranet.people.import_plan import ImportPlan
from intranet.people.pages import pages
from intranet.people.preview import Preview
from intranet.people.roster import roster


@pages.route("/people/import", methods=["GET", "POST"])
@requires("people.import")
def upload() -> Any:
    form = UploadForm()
    if form.submitted():
        return redirect(url_for(".preview", upload_id=imports.uploads.keep(form.roster)), 303)
    return render_template("people/upload.html", form=form)


@pages.route("/people/import/<uuid:upload_id>", methods=["GET", "POST"])
@requires("people.import")
def preview(upload_id: UUID) -> Any:
    file = imports.uploads.kept(upload_id)
    if file is None:
        flash(_("Dit bestand is al overgenomen of weggegooid. Kies het opnieuw als het nodig is."), "info")
        return redirect(url_for(".upload"), 303)
    plan = imports.plan_import(file)
    form = ConfirmImportForm(many_leave=False)
    if form.submitted() and _knows_who_leaves(form, plan):
        done = imports.import_roster(file, shown=form.shown.data, many_leave=form.many_leave.data, upload_id=upload_id)
        flash(_done(done), "ok")
        return redirect(url_for(".people"), 303)
    form.shown.data = imports.fingerprint(plan)
    return render_template(
        "people/preview.html",
        form=form,
        file=file,
        plan=plan,
        changes=Preview(plan, roster(current_school())),
        older=imports.is_older_than_last(file),
        suggested=_suggested(plan),
        discard=ButtonForm(),
        upload_id=upload_id,
    )


@pages.post("/people/import/<uuid:upload_id>/discard")
@requires("people.import")
def discard(upload_id: UUID) -> Any:
    if ButtonForm().submitted():
        imports.uploads.discard(upload_id)
        flash(_("Het bestand is weggegooid. Er is niets overgenomen."), "ok")
    return redirect(url_for(".upload"), 303)


def _knows_who_leaves(form: ConfirmImportForm, plan: ImportPlan) -> bool:
    if plan.many_leave and not form.many_leave.data:
        form.many_leave.errors = [_("Zet het vinkje als al deze mensen van school zijn. Er is niets veranderd.")]
        g.form_refused = True
        return False
    return True


def _done(plan: ImportPlan) -> str:
    counts = plan.counts
    return _(
        "Overgenomen: %(registered)s nieuw, %(moved)s in een andere groep, %(left)s van school.",
        registered=counts["registered"],
        moved=counts["moved"],
        left=counts["left"],
    )


def _suggested(plan: ImportPlan) -> list[str]:
    return sorted({str(DUTIES[duty]) for _source, duty in plan.suggested_duties})
