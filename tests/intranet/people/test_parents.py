"""Parents belong to a pupil, and are shown to who teaches the child."""

import re

import pytest

from events.log.errors import Refused
from intranet.people import commands
from intranet.schools import commands as schools


def test_a_parent_belongs_to_a_pupil_and_nobody_else_does(place):
    with place.inside():
        child, parent, staff = (
            commands.register_person(kind=kind, given_name="Ad") for kind in ("pupil", "parent", "staff")
        )
        before = place.names()
        for other in (staff, parent):
            with pytest.raises(Refused, match="Kies een leerling"):
                commands.link_parent(parent, other, custody=True)
        with pytest.raises(Refused, match="Alleen een ouder of verzorger"):
            commands.link_parent(staff, child, custody=True)
    assert place.names() == before


def test_parents_are_shown_to_who_teaches_the_child_only(place):
    teacher = place.browser("teacher")
    with place.inside():
        group = schools.form_group("6a", ["6"])
        child = commands.register_person(kind="pupil", given_name="Noor", group_id=group)
        parent = commands.register_person(kind="parent", given_name="Ad", family_name="Ouder")
        commands.link_parent(parent, child, custody=False)
    assert "Ad Ouder" not in teacher.get(f"/people/{child}").text
    assert "Noor" not in re.sub(r"<title>.*?</title>", "", teacher.get(f"/people/{parent}").text)
    with place.inside():
        schools.add_teacher(group, teacher.person)
    shown = teacher.get(f"/people/{child}").text
    assert "Ad Ouder" in shown
    assert "geen gezag" in shown
    assert "Noor" in teacher.get(f"/people/{parent}").text


def test_a_parent_gets_no_duty_of_staff(place):
    head = place.browser("head_teacher")
    with place.inside():
        parent = commands.register_person(kind="parent", given_name="Ad")
    form = {"person": parent.hex, "since": "2020-01-01", "until": ""}
    refused = head.post("/people/duties/assign", form | {"duty": "confidential_adviser"})
    assert refused.status_code == 422
    assert "alleen lid van de MR" in refused.text
    assert head.post("/people/duties/assign", form | {"duty": "participation_council"}).status_code == 303
