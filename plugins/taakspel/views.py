"""Pages of Taakspel: the groups, their teams, a game from agreement to looking back, and the board in the class."""

from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intranet.api import ButtonForm, on_screen, open_screen, record_page, requires

from . import (  # noqa: F401 - one puts its pages on the same blueprint
    board,
    commands,
    group_views,
    playing,
    showing,
    week_reward,
)
from .forms import DivideForm, EvaluationForm, GameForm, PressForm, TeamsForm
from .pages import pages


def _say_where_records_are(state: Any) -> None:
    record_page(state.app, "taakspel.game", "taakspel.game", "game_id")
    record_page(state.app, "taakspel.observation", "taakspel.observation", "observation_id")
    record_page(state.app, "taakspel.consultation", "taakspel.consultation", "consultation_id")


pages.record(_say_where_records_are)


@pages.get("/")
@requires("taakspel.see")
def groups() -> str:
    """Every group: what it plays now, and what it played last."""
    return render_template("taakspel/groups.html", **showing.groups_page())


@pages.get("/groups/<uuid:group_id>")
@requires("taakspel.see")
def group(group_id: UUID) -> str:
    """One group: its teams and its games."""
    button = ButtonForm(formdata=None)
    return render_template("taakspel/group.html", button=button, **showing.group_page(group_id))


@pages.route("/groups/<uuid:group_id>/divide", methods=["GET", "POST"])
@requires("taakspel.play")
def divide(group_id: UUID) -> Any:
    """Say what you noticed, and get teams that match; nothing is recorded here."""
    page = showing.dividing_page(group_id)
    form = DivideForm(number=page["usual"])
    if not form.submitted():
        return render_template("taakspel/divide.html", form=form, **page)
    proposal = showing.proposal(group_id, form.noticed(page["pupils"]), form.number.data)
    return render_template("taakspel/teams.html", form=TeamsForm(formdata=None), **proposal)


@pages.route("/groups/<uuid:group_id>/teams", methods=["GET", "POST"])
@requires("taakspel.play")
def teams(group_id: UUID) -> Any:
    """The teams of a group, to change or to confirm."""
    page, form = showing.teams_page(group_id), TeamsForm()
    if form.submitted():
        playing.keep_teams(group_id, names=form.names(), members=form.members(page["pupils"]))
        flash(_("De teams zijn vastgelegd."), "ok")
        return redirect(url_for(".group", group_id=group_id), 303)
    return render_template("taakspel/teams.html", form=form, **page)


@pages.get("/groups/<uuid:group_id>/poster")
@requires("taakspel.see")
def poster(group_id: UUID) -> str:
    """The teams, the rules and the games of this week on paper, without names of pupils."""
    return render_template("taakspel/poster.html", **showing.poster_page(group_id))


@pages.route("/groups/<uuid:group_id>/play", methods=["GET", "POST"])
@requires("taakspel.play")
def plan(group_id: UUID) -> Any:
    """Agree on a game."""
    page = showing.planning_page(group_id, request.args.get("where", ""))
    form = GameForm(page["variant"], **page["usual"])
    if form.submitted():
        game_id = commands.plan_game(group_id, **form.agreed)
        return redirect(url_for(".game", game_id=game_id), 303)
    return render_template("taakspel/plan.html", form=form, **page)


@pages.get("/games/<uuid:game_id>")
@requires("taakspel.see")
def game(game_id: UUID) -> str:
    """One game: to begin, to play along with on a phone, or to look back on."""
    return _game_page(game_id, EvaluationForm(formdata=None))


def _game_page(game_id: UUID, form: EvaluationForm, pressed: PressForm | None = None) -> str:
    button = pressed or ButtonForm(formdata=None)
    return render_template("taakspel/game.html", form=form, button=button, **playing.page(game_id))


@pages.post("/games/<uuid:game_id>/press")
@requires("taakspel.play")
def press(game_id: UUID) -> Any:
    """One button of the game, for a page without a script."""
    playing.require(game_id)
    form = PressForm()
    if not form.submitted():
        return _game_page(game_id, EvaluationForm(formdata=None), form)
    playing.press(game_id, form.button)
    return redirect(url_for(".game", game_id=game_id), 303)


@pages.post("/games/<uuid:game_id>/evaluate")
@requires("taakspel.play")
def evaluate(game_id: UUID) -> Any:
    """Look back on a game."""
    playing.require(game_id)
    form = EvaluationForm()
    if not form.submitted():
        return _game_page(game_id, form)
    commands.evaluate_game(game_id, **form.values)
    flash(_("Vastgelegd. Vier het samen."), "ok")
    return redirect(url_for(".game", game_id=game_id), 303)


@pages.post("/games/<uuid:game_id>/call-off")
@requires("taakspel.play")
def call_off(game_id: UUID) -> Any:
    """Do not play a game."""
    page = playing.page(game_id)
    if ButtonForm().submitted():
        commands.call_off_game(game_id)
        flash(_("Dit spel gaat niet door."), "ok")
    return redirect(url_for(".group", group_id=page["group"].group_id), 303)


@pages.post("/games/<uuid:game_id>/board")
@requires("taakspel.play")
def link(game_id: UUID) -> Any:
    """A code and a QR code that open the board; shown this once."""
    page = playing.page(game_id)
    if not ButtonForm().submitted():
        return redirect(url_for(".game", game_id=game_id), 303)
    return render_template("taakspel/link.html", link=open_screen("taakspel.show_board", game_id), **page)


@pages.get("/games/<uuid:game_id>/state")
@requires("taakspel.see")
def state(game_id: UUID) -> Any:
    """The game as it is now, for a phone beside the board."""
    return board.answer_state(game_id)


@pages.post("/games/<uuid:game_id>/taps")
@requires("taakspel.play")
def taps(game_id: UUID) -> Any:
    """What was pressed on a phone."""
    playing.require(game_id)
    return board.answer_taps(game_id)


@pages.get("/board/<uuid:game_id>")
@on_screen("game_id")
def show_board(game_id: UUID) -> str:
    """The board in front of the class."""
    page = playing.page(game_id)
    reward = week_reward.week_now(page["group"].group_id)
    return render_template("taakspel/board.html", week_reward=reward, **page)


@pages.get("/board/<uuid:game_id>/state")
@on_screen("game_id")
def board_state(game_id: UUID) -> Any:
    """The game as it is now, for the board."""
    return board.answer_state(game_id)


@pages.post("/board/<uuid:game_id>/taps")
@on_screen("game_id")
def board_taps(game_id: UUID) -> Any:
    """What was pressed on the board."""
    return board.answer_taps(game_id)


@pages.get("/board/<uuid:game_id>/worker.js")
@on_screen("game_id")
def board_worker(game_id: UUID) -> Any:
    """What lets the board open again without wifi; it may look at the board's own page only."""
    answer = current_app.make_response(pages.send_static_file("worker.js"))
    answer.headers["Service-Worker-Allowed"] = url_for(".show_board", game_id=game_id)
    return answer
