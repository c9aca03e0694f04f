"""The start page."""

from flask import Blueprint, render_template

from intranet.api import requires
from intranet.home.today import page

pages = Blueprint("home", __name__)


@pages.get("/")
@requires("home.see")
def today() -> str:
    """What somebody needs first: recording, what they left half done, and what is new."""
    return render_template("home/today.html", **page())
