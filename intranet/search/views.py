"""The page of the search box."""

from typing import Any

from flask import Blueprint, render_template

from intranet.api import current_school, requires
from intranet.looked_at import only_looks
from intranet.search.finding import find
from intranet.search.forms import SearchForm

pages = Blueprint("search", __name__)


@pages.route("/search", methods=["GET", "POST"])
@only_looks
@requires("search.use")
def search() -> Any:
    """Search by POST: the name of a child stands in no address, no history and no log of a server."""
    form = SearchForm()
    found = find(form.q.data, current_school()) if form.submitted() else None
    return render_template("search/search.html", form=form, found=found)
