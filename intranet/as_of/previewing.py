"""Lets a director look at a plugin before it is enabled: its own pages, over a replay of all that was recorded."""

from contextlib import ExitStack
from typing import Any

from flask import abort, current_app, g, request
from flask_babel import gettext as _

from events.log.replay import Part
from intranet import failures
from intranet.access import may
from intranet.as_of.keeping import KEPT, KeptReplays
from intranet.as_of.trying import replayed
from intranet.database import log
from intranet.looked_at import looking_at
from intranet.plugin_manager import Plugin, installed

PREVIEW = "proef"
"""In an address: the plugin that counts as enabled for this one request."""


def previewed() -> Plugin | None:
    """Return the plugin that is looked at before it is enabled, None on every other page."""
    plugin: Plugin | None = g.get("previewed")
    return plugin


def parameters() -> dict[str, str]:
    """Return what an address carries to stay in the preview."""
    plugin = previewed()
    return {} if plugin is None else {PREVIEW: plugin.name}


def enter(entered: ExitStack) -> Any:
    """Let the rest of this request show a plugin that is off, if it asks for that. Returns a page when it may not."""
    if PREVIEW not in request.args:
        return None
    plugins = installed()
    plugin = plugins.by_name.get(request.args[PREVIEW])
    if plugin is None or not may("schools.plugins"):
        abort(404)
    if request.method not in ("GET", "HEAD"):
        return failures.page(405, _("Dit is een proef. Zet het onderdeel eerst aan. Er is niets opgeslagen."))
    plugins.enabled_here()
    g.enabled_plugins |= {plugin.name}
    g.previewed = plugin
    parts = {each: Part(log.head(each).size) for each in (g.school.id, g.school.board_id)}
    key = tuple(sorted((each.hex, part.until, True) for each, part in parts.items()))
    kept: KeptReplays = current_app.extensions[KEPT]
    replay = entered.enter_context(kept.borrowed(key, lambda: replayed(parts)))
    entered.enter_context(looking_at(replay))
    return None
