"""The start page."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for

from intranet.api import may, requires
from intranet.home.today import page

pages = Blueprint("home", __name__)


@pages.get("/")
@requires("home.see")
def today() -> Any:
    """What somebody needs first: recording, what they left half done, and what is new.

    Who only oversees the board begins with the one thing that can come to them.
    """
    if not may("incidents.report"):
        return redirect(url_for("staff_matters.matters"), 303)
    return render_template("home/today.html", **page())
