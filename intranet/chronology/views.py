"""The chronology of a person, a class group and a case."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template

from intranet.api import requires
from intranet.cases.readable import READ
from intranet.chronology import subjects
from intranet.chronology.handing_out import hand_out_page
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


@pages.route("/people/<uuid:person_id>/hand-out", methods=["GET", "POST"])
@requires("chronology.hand_out")
def person_hand_out(person_id: UUID) -> Any:
    """The chronology of a pupil as a file: asked, looked through, recorded, and then sent."""
    return hand_out_page(subjects.to_hand_out(subjects.of_person(person_id)))


@pages.route("/groups/<uuid:group_id>/hand-out", methods=["GET", "POST"])
@requires("chronology.hand_out")
def group_hand_out(group_id: UUID) -> Any:
    """The same of a class group."""
    return hand_out_page(subjects.to_hand_out(subjects.of_group(group_id)))


@pages.route("/cases/<uuid:case_id>/hand-out", methods=["GET", "POST"])
@requires("chronology.hand_out")
def case_hand_out(case_id: UUID) -> Any:
    """The same of a case."""
    return hand_out_page(subjects.to_hand_out(subjects.of_case(case_id)))
