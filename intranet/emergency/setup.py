"""Puts the time that emergency access still lasts on every page of who has it."""

from typing import Any

from flask import Flask
from flask_login import current_user

from intranet.emergency.showing import running
from intranet.looked_at import looked_at


def setup(app: Flask) -> None:
    """Run once for an application."""

    @app.context_processor
    def emergency() -> dict[str, Any]:
        return {"emergencies": [] if looked_at() or not current_user.is_authenticated else running()}
