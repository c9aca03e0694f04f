"""Pages of cases: finding them, and the page of one with everything that is gathered in it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, url_for

from intranet.api import export_page, requires
from intranet.cases import gathering, list_page, listing, looking_back, showing, taking_part
from intranet.cases.exporting import cases_to_export
from intranet.cases.opening import before_showing
from intranet.cases.readable import READ, open_case
from intranet.incidents.readable import reader

pages = Blueprint("cases", __name__, url_prefix="/cases")
for each in (gathering, looking_back, taking_part):
    each.mount(pages)


@pages.get("/")
@requires(READ)
def cases() -> str:
    """The list; its filters are the address."""
    return render_template("cases/list.html", **list_page.page(reader(), listing.Wish.of_request()))


@pages.route("/export", methods=["GET", "POST"])
@requires(READ)
def export() -> Any:
    """The list as a file; the same filters, and the same access."""
    wish = listing.Wish.of_request()
    return export_page(cases_to_export(reader(), wish, url_for(".cases", **wish.parameters)))


@pages.get("/<uuid:case_id>")
@requires(READ)
def case(case_id: UUID) -> str:
    """One case; opening a serious one is recorded first."""
    standing = open_case(case_id)
    before_showing(case_id, standing)
    return render_template("cases/case.html", **showing.case_page(case_id, standing))
