"""Lets a request read the past that its address asks for, keeps its links there, and refuses to change anything."""

from collections.abc import Hashable
from contextlib import ExitStack
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, abort, current_app, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.log import clock
from events.log.errors import OnlyReading, Refused
from events.log.replay import Part
from intranet import failures
from intranet.access import may
from intranet.as_of import clocks, leaving_out, previewing
from intranet.as_of.keeping import KEPT, KeptReplays
from intranet.as_of.moments import CLOCK, HAPPENED, PARAMETER, RECORDED, Moment, asked_moment
from intranet.as_of.trying import replayed
from intranet.database import log
from intranet.looked_at import looked_at, looking_at
from intranet.plugin_manager import installed

MEBIBYTE = 1024 * 1024
BOARD_OF = "of"
STAYS_NOW = frozenset({"accounts.log_out"})
"""What one does in the present, wherever one looks."""
BY_RECORDING = "audit"
"""Its pages follow the order of recording, so they know that clock only, and no link to them asks for the other."""


def register(app: Flask) -> None:
    """Keep replays, and let every address that a page of the past makes lead to the same past."""
    app.extensions[KEPT] = KeptReplays(app.config["REPLAY_MEGABYTES"] * MEBIBYTE)

    app.register_error_handler(OnlyReading, lambda _error: _refuse())
    leaving_out.register(app)

    @app.url_defaults
    def stay(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint not in STAYS_NOW and not endpoint.endswith("static"):
            for name, value in _parameters(endpoint).items():
                values.setdefault(name, value)

    # Macros do not see what the context of a page has.
    app.jinja_env.globals["moment_parameters"] = _parameters

    @app.context_processor
    def moment() -> dict[str, Any]:
        past = looked_at()
        if past is None or past.moment is None:
            return {"past": None, "plugin_in_preview": previewing.previewed()}
        here = {**request.view_args, **request.args.to_dict(flat=False)}  # type: ignore[dict-item]
        return {
            "past": past.moment,
            "to_present": url_for(request.endpoint, **{**here, PARAMETER: None, CLOCK: None}),
            "clocks": [
                (each, url_for(request.endpoint, **{**here, **past.moment.on(each)}))
                for each in ((RECORDED,) if request.blueprint == BY_RECORDING else (RECORDED, HAPPENED))
            ],
        }


def _parameters(endpoint: str = "") -> dict[str, Any]:
    past = looked_at()
    if past is None or past.moment is None:
        return {**previewing.parameters()}
    return past.moment.on(RECORDED) if endpoint.startswith(f"{BY_RECORDING}.") else past.moment.parameters


def enter(entered: ExitStack) -> Any:
    """Let the rest of this request read the past, if it asks for that. Returns a page when it may or can not."""
    if PARAMETER not in request.args:
        return previewing.enter(entered)
    if not may("audit.read"):
        abort(404)
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method not in ("GET", "HEAD") and not hasattr(view, "only_looks"):
        return failures.page(
            405, _("Je kijkt naar het verleden. Daar kun je niets veranderen. Ga eerst terug naar nu.")
        )
    try:
        moment = asked_moment(request.args, ZoneInfo(current_app.config["TIME_ZONE"]), clock.now())
        _know_who_looks()
        parts = _parts(moment)
    except Refused as refused:
        return failures.page(400, refused.sentence)
    kept: KeptReplays = current_app.extensions[KEPT]
    past = entered.enter_context(kept.borrowed(_key(moment, parts), lambda: replayed(parts)))
    entered.enter_context(looking_at(past, moment))
    return None


def _refuse() -> Any:
    return failures.page(405, _("Je kijkt naar het verleden. Daar kun je niets veranderen. Ga eerst terug naar nu."))


def _know_who_looks() -> None:
    """Settle who the reader is, what they may and which plugins there are: that is decided by today."""
    for each in ("person_id", "duties", "name"):
        getattr(current_user, each)
    installed().enabled_here()


def _parts(moment: Moment) -> dict[Any, Part]:
    if moment.clock == HAPPENED and request.blueprint == BY_RECORDING:
        raise Refused(_("Het logboek staat op volgorde van vastleggen. Kijk hier met de klok ‘vastgelegd’."))
    here, board = g.school.id, g.school.board_id
    every = log.schools() if request.args.get(BOARD_OF) == "board" and may("audit.board") else []
    by = clocks.happened_by if moment.clock == HAPPENED else clocks.recorded_by
    parts = clocks.parts_of((here, board), every, moment.at, by)
    if not clocks.recorded_by(here, moment.at).until:
        raise Refused(_("Op dat moment was hier nog niets vastgelegd."))
    return parts


def _key(moment: Moment, parts: dict[Any, Part]) -> Hashable:
    """Return what a replay is of. What was recorded by a moment never changes; what is known of it today does."""
    what = tuple(sorted((school.hex, part.until, part.kinds is None) for school, part in parts.items()))
    return what if moment.clock == RECORDED else (what, moment.at)
