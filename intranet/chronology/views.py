"""The chronology of a person, a class group and a case."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from intranet.api import requires
from intranet.cases.readable import READ
from intranet.chronology import subjects
from intranet.chronology.showing import page
from intranet.chronology.wishes import Wish

pages = Blueprint("chronology", __name__, url_prefix="/chronology")


def _shown(about: subjects.About) -> Any:
    return render_template("chronology/chronology.html", **page(about, Wish.of_request()))


@pages.get("/people/<uuid:person_id>")
@requires("people.read")
def person(person_id: UUID) -> Any:
    """What happened to somebody, as far as who asks may read it."""
    return _shown(subjects.of_person(person_id))


@pages.get("/groups/<uuid:group_id>")
@requires("people.read")
def group(group_id: UUID) -> Any:
    """What happened in a class group, as far as who asks may read it."""
    return _shown(subjects.of_group(group_id))


@pages.get("/cases/<uuid:case_id>")
@requires(READ)
def case(case_id: UUID) -> Any:
    """A case with everything that is gathered in it; opening a serious one is recorded first."""
    return _shown(subjects.of_case(case_id))
