"""Pages of the review: the log in sentences, the record behind a line, who read, and what was gone through."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from events.log.checkpoint import CheckpointRefused, erased_list, public_key_of
from events.log.root_words import root_words
from intranet.api import ButtonForm, also_shows, db, may, record_url, requires
from intranet.hook_calls import contributions
from intranet.undoing import say_undoable

from . import checkpoints, commands, could, exporting, proof, reviews
from .audited import BOARD, audited, is_board, names
from .choosing import choice, position_of, wish
from .controls import controls
from .entries import Choice, every_row, page, record_kind
from .forms import ReviewForm
from .lines import lines
from .period import clock
from .reach import Reach, grounds_of, reaches
from .readers import LIST, opened_this_week, readers_of, reading_list
from .readings import record_reading
from .sentences import Names

pages = Blueprint("audit", __name__, url_prefix="/audit")
exporting.mount(pages)


@pages.url_defaults
def stay_with_the_board(_endpoint: str, values: dict[str, Any]) -> None:
    """Who looks at the board's log stays there, whatever link they follow."""
    if is_board():
        values.setdefault("of", BOARD)


@pages.get("/")
@requires("audit.read")
def audit() -> str:
    connection, school, asked, people = db.session.connection(), audited(), wish(), names()
    chosen = choice(connection, school, asked)
    show = every_row if asked.rows else page
    entries, older = show(connection, chosen, position_of("before"))
    every, kept = reviews.reviews(connection, school), checkpoints.kept(school)
    return render_template(
        "audit/log.html",
        asked=asked,
        items=lines(connection, school, entries, people, reviews.reviewed_days(every)),
        controls=controls(connection, chosen, asked, people),
        older=older and url_for(".audit", **asked.parameters, before=older),
        newest=position_of("before") and url_for(".audit", **asked.parameters),
        finding=proof.lately(connection, school, kept),
        newest_checkpoint=kept[0].signed_at if kept else None,
        reviewed_until=reviews.reviewed_until(every),
        opened=opened_this_week(connection, school),
    )


@pages.get("/records/<uuid:stream>")
@requires("audit.read")
def record(stream: UUID) -> str:
    connection, school = db.session.connection(), audited()
    one = Choice(school, streams=((stream,),))
    entries, older = every_row(connection, one, position_of("before"))
    if not entries:
        abort(404)
    kind = record_kind(entries[0].row.name)
    reach = reaches(connection, school, [(kind, stream)])[stream]
    if reach is Reach.HIDDEN:
        abort(404)
    return render_template(
        "audit/record.html",
        items=lines(connection, school, entries, names()),
        href=record_url(kind, stream) if reach is Reach.OPEN and not kind.startswith("audit.") else None,
        closed=reach is not Reach.OPEN,
        older=older and url_for(".record", stream=stream, before=older),
        could_read=url_for(".could_read", stream=stream) if grounds_of(kind) and not is_board() else None,
        readers=readers_of(connection, school, stream),
    )


@pages.get("/records/<uuid:stream>/readable")
@requires("audit.read")
def could_read(stream: UUID) -> str:
    """Who could read a record, now or at the moment in the address, and who opened it until then."""
    kind = could.kind_of(stream)
    if kind is None:
        abort(404)
    return render_template("audit/could_read.html", stream=stream, **could.page(kind, stream))


@pages.get("/readings")
@requires("audit.read")
def readings() -> str:
    record_reading(LIST, g.school.id, "audit")
    connection, school = db.session.connection(), g.school.id
    return render_template(
        "audit/readings.html", listed=reading_list(connection, school, wish(), position_of("before"))
    )


@pages.route("/reviews", methods=["GET", "POST"])
@also_shows
@requires("audit.read")
def reviewed() -> Any:
    every = reviews.reviews(db.session.connection(), g.school.id)
    first_day, last_day = reviews.next_period(every)
    form = ReviewForm(first_day=first_day, last_day=last_day) if may("audit.review") else None
    if form is None and request.method == "POST":
        abort(404)
    if form is not None and form.submitted():
        review_id = commands.review_period(**form.values)
        say_undoable(_("Vastgelegd: deze periode is nagekeken."), url_for(".withdraw", review_id=review_id))
        return redirect(url_for(".reviewed"), 303)
    return render_template(
        "audit/reviews.html", form=form, rows=reviews.rows(every, Names(g.school.id)), button=ButtonForm()
    )


@pages.post("/reviews/<uuid:review_id>/withdraw")
@requires("audit.review")
def withdraw(review_id: UUID) -> Any:
    if ButtonForm().submitted():
        commands.withdraw_review(review_id)
        flash(_("Teruggenomen. In het logboek blijft staan dat je dit deed."), "ok")
    return redirect(url_for(".reviewed"), 303)


@pages.get("/proof")
@requires("audit.read")
def evidence() -> str:
    kept = checkpoints.kept(audited())
    return _evidence(kept, proof.check_new(db.session.connection(), audited(), kept))


@pages.post("/proof/check")
@requires("audit.read")
def check() -> Any:
    if not ButtonForm().submitted():
        return redirect(url_for(".evidence"), 303)
    kept = checkpoints.kept(audited())
    return _evidence(kept, proof.check_all(db.session.connection(), audited(), kept))


@pages.post("/proof/checkpoints")
@requires("audit.checkpoint")
def make_checkpoint() -> Any:
    if not ButtonForm().submitted() or not checkpoints.has_key():
        return redirect(url_for(".evidence"), 303)
    try:
        made = checkpoints.keep_new(db.session.connection(), audited())
    except CheckpointRefused:
        # What exactly does not fit is found by the check, in words for the person who has to act.
        return check()
    flash(_("De controlepost is gemaakt. Druk hem af en bewaar hem buiten de school."), "ok")
    return redirect(url_for(".checkpoint", size=made.size), 303)


def _evidence(kept: list[checkpoints.Kept], finding: proof.Finding) -> str:
    return render_template(
        "audit/proof.html",
        finding=finding,
        sentences=proof.sentences(finding),
        words=root_words(finding.root),
        kept=[(each, each.signed_at.astimezone(clock())) for each in kept],
        has_key=checkpoints.has_key(),
        button=ButtonForm(),
    )


def _kept(size: int) -> checkpoints.Kept:
    return next((each for each in checkpoints.kept(audited()) if each.size == size), None) or abort(404)


@pages.get("/proof/checkpoints/<int:size>")
@requires("audit.read")
def checkpoint(size: int) -> str:
    found = _kept(size)
    import segno  # not at the start, as in qr_code

    qr = segno.make(found.checkpoint.note, error="m", micro=False)
    return render_template(
        "audit/checkpoint.html",
        kept=found,
        signed_at=found.signed_at.astimezone(clock()),
        qr=qr.svg_data_uri(scale=4, border=2),
        public_key=public_key_of(audited(), checkpoints.signing_key()),
    )


@pages.get("/proof/checkpoints/<int:size>.txt")
@requires("audit.read")
def checkpoint_text(size: int) -> Response:
    found = _kept(size).checkpoint
    text = checkpoints.letter(db.session.connection(), audited(), found)
    return _download(text, f"controlepost-{size}.txt")


@pages.get("/assertions")
@requires("audit.read")
def assertions() -> str:
    found = [each for _plugin, each in contributions("plan_assertions")]
    return render_template("audit/assertions.html", assertions=found, state_labels=exporting.STATE_LABELS)


@pages.get("/proof/erased.txt")
@requires("audit.read")
def erased() -> Response:
    return _download(erased_list(db.session.connection(), audited()), "gewiste-sleutels.txt")


def _download(text: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype="text/plain", headers=headers)
