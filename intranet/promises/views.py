"""Pages of promises across records: finding what is open, and taking the list along."""

from typing import Any

from flask import Blueprint, render_template, url_for

from intranet.api import export_page, requires
from intranet.incidents.readable import READ, reader
from intranet.promises import list_page, listing
from intranet.promises.exporting import promises_to_export

pages = Blueprint("promises", __name__, url_prefix="/promises")


@pages.get("/")
@requires(READ)
def promises() -> str:
    """The list; its filters are the address."""
    return render_template("promises/list.html", **list_page.page(reader(), listing.Wish.of_request()))


@pages.route("/export", methods=["GET", "POST"])
@requires(READ)
def export() -> Any:
    """The list as a file; the same filters, and the same access."""
    wish = listing.Wish.of_request()
    return export_page(promises_to_export(reader(), wish, url_for(".promises", **wish.parameters)))
