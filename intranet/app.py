"""Builds the application: settings, database, features, what happens around each request, error pages."""

import hashlib
import hmac
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from flask import Flask, Response, g
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from events.log.context import acting
from events.log.errors import LogUnfit
from intranet import assets, cli, config, database, failures, features, hook_calls, languages, plugin_manager, shell
from intranet.as_of import entering
from intranet.compiled_pages import keep_compiled
from intranet.forms import command_key
from intranet.late_rules import LateRule
from intranet.rehearsal import rehearse
from intranet.schools.directory import school_of

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Return the application, ready to be served. Raises `LogUnfit` with a sentence when it may not start."""
    app = build_app(settings)
    if not cli.running():
        make_ready(app)
    return app


class Product(Flask):
    """A Flask whose addresses cost little to add."""

    url_rule_class = LateRule


def make_ready(app: Flask) -> None:
    """Do what must be done before the first request. Raises `LogUnfit` with a sentence when it may not start."""
    database.require_current(app)
    database.finish_erasures(app)
    if not app.testing:
        languages.read_ahead()
        keep_compiled(app)
        rehearse(app)


def build_app(settings: dict[str, Any] | None = None) -> Flask:
    """Return the application for these settings, in whatever state its tables are."""
    app = Product("intranet", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "intranet" / "static"))
    cli.register(app)
    try:
        config.configure(app, settings)
    except LogUnfit as reason:
        raise cli.as_said_there(reason) from None
    try:
        plugins = plugin_manager.load(app)
        database.connect(app, [*features.projections(), *plugin_manager.projections(plugins)])
    except LogUnfit as reason:
        if not cli.running():
            raise
        return cli.only_repair(app, reason)
    # The cookie key is derived, so there is one file to guard and to back up.
    secret = app.extensions["geborgen.key_file"].blind_index_key
    app.config["SECRET_KEY"] = app.config.get("SECRET_KEY") or hmac.digest(secret, b"flask cookies", hashlib.sha256)
    if app.config["PROXIES"]:
        count = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    languages.register(app, [(ROOT / "intranet" / "translations", "messages"), *plugin_manager.catalogs(plugins)])
    assets.register(app)
    shell.register(app)
    entering.register(app)
    # Before the gate that features set up: it asks for the school.
    _around_each_request(app)
    features.mount(app)
    plugin_manager.mount(app, plugins)
    cli.add_plugins(plugins)
    hook_calls.register(app)
    failures.register(app)
    return app


def _around_each_request(app: Flask) -> None:
    @app.before_request
    def enter_school() -> Any:
        if assets.asked() or not current_user.is_authenticated:
            return None
        g.school = school_of(current_user.school_id)
        g.entered = ExitStack()
        g.entered.enter_context(
            acting(school=current_user.school_id, actor=current_user.person_id, command_key=command_key())
        )
        return entering.enter(g.entered)

    @app.teardown_request
    def leave_school(_error: BaseException | None) -> None:
        entered = g.pop("entered", None)
        if entered is not None:
            entered.close()

    @app.after_request
    def say_refused(response: Response) -> Response:
        if g.get("form_refused") and response.status_code == 200:
            response.status_code = 422
        return response
