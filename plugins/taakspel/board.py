"""A game as a board and a phone show it: numbers and names of teams, never of people; and what they send back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from flask import Response, abort, request
from flask_babel import gettext as _

from intranet.api import current_school, log

from . import choices, commands
from .commands import Tap
from .events import CARD, Game

MOST_TAPS = 200
MOST_BYTES = 64 * 1024


class SentTap(msgspec.Struct):
    """A tap as a board sends it: `ago` is how many milliseconds before the sending it was made."""

    id: UUID
    kind: str
    team: int | None = None
    undone: UUID | None = None
    ago: int = 0


class Sent(msgspec.Struct):
    """Taps in the order in which they were made."""

    taps: list[SentTap]


def state(game: Game) -> dict[str, Any]:
    """Return a game as it is now."""
    taken, compliments = game.taken, game.compliments
    now = datetime.now(UTC)
    ended = game.ended_at or now
    return {
        "version": game.version,
        "status": "called_off" if game.called_off else status_of(game),
        "minutes": game.minutes,
        "cards": game.cards,
        "elapsed": None if game.started_at is None else max(0, int((ended - game.started_at).total_seconds() * 1000)),
        "teams": [
            {
                "number": team.number,
                "name": str(choices.TEAM_NAMES[team.name]),
                "left": game.cards - taken[team.number],
                "compliments": compliments[team.number],
            }
            for team in game.teams
        ],
        "taps": [{"id": str(tap), "kind": kind, "team": team} for tap, (kind, team) in list(game.taps.items())[-20:]],
    }


def status_of(game: Game) -> str:
    """Return where a game is: `planned`, `running` or `ended`."""
    if game.started_at is None:
        return "planned"
    return "running" if game.ended_at is None else "ended"


def answer_state(game_id: UUID) -> Response:
    """Answer who asks for the game again and again; as long as nothing changed with a 304, from one indexed row."""
    version = log.version_of(current_school(), game_id)
    response = Response(mimetype="application/json")
    response.set_etag(f"{game_id.hex}.{version}")
    if request.if_none_match.contains(f"{game_id.hex}.{version}"):
        response.status_code = 304
        return response
    response.data = msgspec.json.encode(state(log.get(Game, game_id)))
    return response


def answer_taps(game_id: UUID) -> Response:
    """Record what a board or a phone sends, and answer with the game as it is then."""
    game = commands.take_taps(game_id, _sent(), now=datetime.now(UTC))
    return Response(msgspec.json.encode(state(game)), mimetype="application/json")


def _sent() -> list[Tap]:
    request.max_content_length = MOST_BYTES
    try:
        sent = msgspec.json.decode(request.get_data(), type=Sent)
    except (msgspec.DecodeError, UnicodeDecodeError):
        abort(422)
    if len(sent.taps) > MOST_TAPS:
        abort(413)
    return [
        Tap(each.id, each.kind, each.team, each.undone, timedelta(milliseconds=max(0, each.ago))) for each in sent.taps
    ]


def undo_label(game: Game) -> str | None:
    """Return what would be taken back, in words: "Vossen, kaart weg"."""
    if not game.taps:
        return None
    kind, number = list(game.taps.values())[-1]
    name = next(str(choices.TEAM_NAMES[team.name]) for team in game.teams if team.number == number)
    return f"{name}, {_('kaart weg') if kind == CARD else _('compliment')}"
