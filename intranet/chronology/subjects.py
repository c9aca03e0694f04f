"""Whose chronology it is: a person, a class group or a case, and who may open it."""

from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask_babel import gettext as _

from events.frozen import frozen
from intranet.api import current_school, may, roster
from intranet.cases.list_page import title_of
from intranet.cases.readable import READ, open_case
from intranet.people.events import PUPIL

PERSON, GROUP, CASE = "person", "group", "case"


@frozen
class About:
    """Whom or what a chronology is about. `back` is the address of their own page, `name` what they are called."""

    kind: str
    id: UUID
    name: str
    back: str
    pupil: bool = False

    def url(self, page: str = "", **more: Any) -> str:
        """Return the address of a page of this chronology."""
        return url_for(f"chronology.{self.kind}{page}", **{f"{self.kind}_id": self.id}, **more)

    @property
    def can_be_handed_out(self) -> bool:
        """Whether who is signed in may make a file of it; of an adult there is no dossier."""
        return may("chronology.hand_out") and (self.pupil or self.kind != PERSON)


def of_person(person_id: UUID) -> About:
    """Return a person of this school; for who is not there, there is no page (404)."""
    name = roster(current_school()).get(person_id)
    if name is None:
        abort(404)
    back = url_for("people.person", person_id=person_id)
    return About(PERSON, person_id, name.full, back, pupil=name.kind == PUPIL)


def of_group(group_id: UUID) -> About:
    """Return a class group of this school; for one that is not there, there is no page (404)."""
    group = roster(current_school()).groups.get(group_id)
    if group is None:
        abort(404)
    return About(GROUP, group_id, _("groep %(group)s", group=group.name), url_for("people.group", group_id=group_id))


def of_case(case_id: UUID) -> About:
    """Return a case that who is signed in may read (404 for others); emergency access opens the case itself alone."""
    standing = open_case(case_id, READ)
    name = title_of(standing.row, roster(current_school()))
    return About(CASE, case_id, name, url_for("cases.case", case_id=case_id))


def to_hand_out(about: About) -> About:
    """Return a subject of which a file may be made; of another there is no such page (404)."""
    if not about.can_be_handed_out:
        abort(404)
    return about
