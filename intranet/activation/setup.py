"""What activation sets up once: the gate before the pages of plugins."""

from flask import Flask, abort, g, request
from flask_login import current_user

from intranet import assets
from intranet.plugin_manager import EXTENSION, Installed
from intranet.schools.directory import switched_on


def setup(app: Flask) -> None:
    """Let a school reach the pages of the plugins it has; the others do not exist for it."""
    plugins: Installed = app.extensions[EXTENSION]
    plugins.switched_on = switched_on

    @app.before_request
    def gate() -> None:
        """Blueprints are gated here and not each by itself: theirs are shared by every application in the process."""
        owner = plugins.by_name.get((request.blueprint or "").partition(".")[0])
        if owner is None or assets.asked() or not current_user.is_authenticated:
            return
        if "school" not in g or owner not in plugins.enabled_here():
            abort(404)
