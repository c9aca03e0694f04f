"""Pages of programmes: the school's own lessons, typed in, from a file, or as last year."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from intranet.api import ButtonForm, NotFound, log, requires

from . import commands, lesson_file, programme_page, year_page
from .events import Programme, Topic
from .forms import LessonFileForm, ProgrammeForm, TopicForm
from .pages import pages


@pages.get("/programmes/")
@requires("kanjertraining.see")
def programmes() -> str:
    """The programmes of a school year."""
    page = programme_page.list_page(year_page.asked_year())
    return render_template("kanjertraining/programmes.html", copy=ButtonForm(formdata=None), **page)


@pages.route("/programmes/new", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def new_programme() -> Any:
    """Begin a programme."""
    form, year = ProgrammeForm(), year_page.asked_year()
    if form.submitted():
        programme_id = commands.draw_programme(school_year=year.begins, **form.values)
        return redirect(url_for(".programme", programme_id=programme_id), 303)
    return render_template("kanjertraining/programme_form.html", form=form, year=year, programme=None)


@pages.post("/programmes/copy")
@requires("kanjertraining.plan")
def copy_programmes() -> Any:
    """Take the programmes of the year before over into this one."""
    year = year_page.asked_year()
    if ButtonForm().submitted():
        count = commands.copy_programmes(year)
        flash(ngettext("%(num)d programma overgenomen.", "%(num)d programma’s overgenomen.", count), "ok")
    return redirect(url_for(".programmes", year=year.begins), 303)


@pages.route("/programmes/import", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def upload() -> Any:
    """Choose a file with lessons."""
    year = year_page.asked_year()
    form = LessonFileForm(year)
    if form.submitted():
        return redirect(url_for(".preview", upload_id=lesson_file.uploads.keep(form.read)), 303)
    return render_template("kanjertraining/upload.html", form=form, year=year, columns=programme_page.columns())


@pages.route("/programmes/import/<uuid:upload_id>", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def preview(upload_id: UUID) -> Any:
    """What would be taken over, and in a sentence for each row what would not."""
    read = lesson_file.uploads.kept(upload_id)
    if read is None:
        flash(_("Dit bestand is al overgenomen of weggegooid. Kies het opnieuw als het nodig is."), "info")
        return redirect(url_for(".upload"), 303)
    form = ButtonForm()
    if form.submitted():
        count = lesson_file.take_over(read, upload_id)
        flash(ngettext("%(num)d programma overgenomen.", "%(num)d programma’s overgenomen.", count), "ok")
        return redirect(url_for(".programmes", year=read.school_year), 303)
    shown = programme_page.preview_page(read)
    return render_template("kanjertraining/preview.html", form=form, upload_id=upload_id, read=read, **shown)


@pages.post("/programmes/import/<uuid:upload_id>/discard")
@requires("kanjertraining.plan")
def discard(upload_id: UUID) -> Any:
    """Forget a file."""
    if ButtonForm().submitted():
        lesson_file.uploads.discard(upload_id)
        flash(_("Het bestand is weggegooid. Er is niets overgenomen."), "ok")
    return redirect(url_for(".upload"), 303)


@pages.get("/programmes/<uuid:programme_id>")
@requires("kanjertraining.see")
def programme(programme_id: UUID) -> str:
    """One programme with its lessons."""
    return _programme_page(_in_use(programme_id))


@pages.route("/programmes/<uuid:programme_id>/change", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def change_programme(programme_id: UUID) -> Any:
    """Call a programme otherwise, or make it for other groups."""
    found = _in_use(programme_id)
    form = ProgrammeForm(title=found.title, year_groups=list(found.year_groups))
    if form.submitted():
        commands.change_programme(programme_id, **form.values)
        return redirect(url_for(".programme", programme_id=programme_id), 303)
    year = programme_page.year_of(found)
    drop = ButtonForm(formdata=None)
    return render_template("kanjertraining/programme_form.html", form=form, year=year, programme=found, drop=drop)


@pages.post("/programmes/<uuid:programme_id>/drop")
@requires("kanjertraining.plan")
def drop_programme(programme_id: UUID) -> Any:
    """Plan with a programme no more."""
    found = _in_use(programme_id)
    if not ButtonForm().submitted():
        return redirect(url_for(".change_programme", programme_id=programme_id), 303)
    commands.drop_programme(programme_id)
    flash(_("Het programma is weggehaald. Wat al gepland is, blijft staan."), "ok")
    return redirect(url_for(".programmes", year=found.school_year), 303)


@pages.post("/programmes/<uuid:programme_id>/lessons")
@requires("kanjertraining.plan")
def add_topic(programme_id: UUID) -> Any:
    """Add a lesson to a programme."""
    found, form = _in_use(programme_id), TopicForm()
    if not form.submitted():
        return _programme_page(found, form)
    commands.add_topic(programme_id, form.topic)
    flash(_("De les staat in het programma."), "ok")
    return redirect(url_for(".programme", programme_id=programme_id), 303)


@pages.route("/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>", methods=["GET", "POST"])
@requires("kanjertraining.plan")
def change_topic(programme_id: UUID, topic_id: UUID) -> Any:
    """Change a lesson of a programme."""
    found, topic = _topic(programme_id, topic_id)
    form = TopicForm(**{**topic._asdict(), "themes": [each.hex for each in topic.themes]})
    if form.submitted():
        commands.change_topic(programme_id, topic_id, form.topic)
        return redirect(url_for(".programme", programme_id=programme_id), 303)
    return render_template(
        "kanjertraining/topic.html", form=form, programme=found, topic_id=topic_id, remove=ButtonForm(formdata=None)
    )


@pages.post("/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>/remove")
@requires("kanjertraining.plan")
def remove_topic(programme_id: UUID, topic_id: UUID) -> Any:
    """Take a lesson out of a programme."""
    _topic(programme_id, topic_id)
    if ButtonForm().submitted():
        commands.remove_topic(programme_id, topic_id)
        flash(_("De les staat niet meer in het programma."), "ok")
    return redirect(url_for(".programme", programme_id=programme_id), 303)


def _programme_page(found: Programme, form: TopicForm | None = None) -> str:
    number = max((topic.number for topic in found.topics.values()), default=0) + 1
    form = form or TopicForm(formdata=None, number=number)
    return render_template("kanjertraining/programme.html", form=form, **programme_page.page(found))


def _in_use(programme_id: UUID) -> Programme:
    found = log.get(Programme, programme_id)
    if found.dropped:
        raise NotFound("This programme was taken away.")
    return found


def _topic(programme_id: UUID, topic_id: UUID) -> tuple[Programme, Topic]:
    found = _in_use(programme_id)
    if topic_id not in found.topics:
        abort(404)
    return found, found.topics[topic_id]
