"""Lets the log ask who is named in what is recorded, and puts the number of new notices on every page."""

from typing import Any

from flask import Flask, request
from flask_login import current_user

from intranet.looked_at import looked_at
from intranet.notices.giving import mentions_in
from intranet.notices.showing import number_of_new


def setup(app: Flask) -> None:
    """Run once for an application."""
    app.extensions["geborgen.log"].beside.append(mentions_in)

    @app.context_processor
    def notices() -> dict[str, Any]:
        # A part of a page has no frame, and no bell in it.
        quiet = looked_at() or not current_user.is_authenticated or request.headers.get("HX-Request")
        return {"new_notices": None if quiet else number_of_new()}
