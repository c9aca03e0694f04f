"""Pages of the review: the log in sentences, the record behind a line, who read, and what was gone through."""

from uuid import UUID

from flask import Blueprint, abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from intranet.api import db, may, record_url, requires

from . import commands, reviews
from .choosing import choice, position_of, wish
from .controls import controls
from .entries import Choice, every_row, page
from .forms import ButtonForm, ReviewForm
from .lines import lines
from .reach import Reach, reaches
from .readers import readers_of, reading_list
from .readings import record_reading
from .sentences import Names

pages = Blueprint("audit", __name__, url_prefix="/audit")


@pages.get("/")
@requires("audit.read")
def audit() -> str:
    connection, school, asked = db.session.connection(), g.school.id, wish()
    chosen, names = choice(connection, school, asked), Names(school)
    show = every_row if asked.rows else page
    entries, older = show(connection, chosen, position_of("before"))
    every = reviews.reviews(connection, school)
    return render_template(
        "audit/log.html",
        asked=asked,
        items=lines(connection, school, entries, reviews.reviewed_days(every)),
        controls=controls(connection, chosen, asked, names),
        older=older and url_for(".audit", **asked.parameters, before=older),
        newest=position_of("before") and url_for(".audit", **asked.parameters),
        reviewed_until=reviews.reviewed_until(every),
    )


@pages.get("/records/<uuid:stream>")
@requires("audit.read")
def record(stream: UUID) -> str:
    connection, school = db.session.connection(), g.school.id
    one = Choice(school, streams=((stream,),))
    entries, older = every_row(connection, one, position_of("before"))
    if not entries:
        abort(404)
    kind = entries[0].row.name.rpartition(".")[0]
    reach = reaches(connection, school, [(kind, stream)])[stream]
    if reach is Reach.HIDDEN:
        abort(404)
    return render_template(
        "audit/record.html",
        items=lines(connection, school, entries),
        href=record_url(kind, stream) if reach is Reach.OPEN else None,
        reach=reach,
        older=older and url_for(".record", stream=stream, before=older),
        readers=readers_of(connection, school, stream),
    )


@pages.get("/readings")
@requires("audit.read")
def readings() -> str:
    record_reading("audit.readings", g.school.id, "audit")
    connection, school = db.session.connection(), g.school.id
    return render_template(
        "audit/readings.html", listed=reading_list(connection, school, wish(), position_of("before"))
    )


@pages.route("/reviews", methods=["GET", "POST"])
@requires("audit.read")
def reviewed() -> str | Response:
    form = ReviewForm() if may("audit.review") else None
    if form is not None and form.submitted():
        commands.review_period(**form.values)
        flash(_("Vastgelegd: deze periode is nagekeken."), "ok")
        return redirect(url_for(".reviewed"), 303)
    every = reviews.reviews(db.session.connection(), g.school.id)
    return render_template(
        "audit/reviews.html", form=form, rows=reviews.rows(every, Names(g.school.id)), button=ButtonForm()
    )


@pages.post("/reviews/<uuid:review_id>/withdraw")
@requires("audit.review")
def withdraw(review_id: UUID) -> Response:
    if ButtonForm().submitted():
        commands.withdraw_review(review_id)
        flash(_("Teruggenomen. In het logboek blijft staan dat je dit deed."), "ok")
    return redirect(url_for(".reviewed"), 303)
