"""Keeps a screen where it belongs: it has one page, and every other address leads back to it."""

from contextlib import ExitStack
from typing import Any

import flask
from flask import Flask, abort, current_app, g, redirect, request
from flask_login import current_user

from intranet import assets
from intranet.api import acting
from intranet.plugin_manager import EXTENSION
from intranet.schools.directory import school_of
from intranet.screens import passes
from intranet.screens.showing import page_of

TOKEN = "screen"
"""Where the browser's signed cookie keeps the token of its screen."""
WAYS_OUT = frozenset({"screens.type_code", "screens.enter", "screens.leave"})


def setup(app: Flask) -> None:
    """Look at every request of a browser in which a screen was opened."""
    app.before_request(_stay_on_screen)


def _stay_on_screen() -> Any:
    token = flask.session.get(TOKEN)
    if token is None or assets.asked():
        return None
    screen = None if current_user.is_authenticated else passes.read(token)
    if screen is None or not _is_there(screen):
        flask.session.pop(TOKEN)
        return None
    if request.endpoint in WAYS_OUT:
        return None
    if _is_of(screen):
        g.screen, g.school = screen, school_of(screen.school)
        g.entered = ExitStack()
        g.entered.enter_context(acting(school=screen.school, actor=screen.opened_by))
        return None
    if request.method not in ("GET", "HEAD"):
        abort(404)
    return redirect(page_of(screen), 303)


def _is_there(screen: passes.Screen) -> bool:
    """Tell whether the school still has the plugin, and the plugin the page."""
    plugins = current_app.extensions[EXTENSION]
    view = current_app.view_functions.get(screen.endpoint)
    return screen.plugin in plugins.enabled_for(screen.school) and hasattr(view, "screen_argument")


def _is_of(screen: passes.Screen) -> bool:
    argument = getattr(current_app.view_functions.get(request.endpoint or ""), "screen_argument", None)
    of_plugin = (request.blueprint or "").partition(".")[0] == screen.plugin
    return of_plugin and argument is not None and (request.view_args or {}).get(argument) == screen.record
