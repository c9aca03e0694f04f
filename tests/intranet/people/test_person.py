"""The rules about a person, without a database."""

from datetime import date
from uuid import uuid4

import pytest

from events.log.errors import Refused
from intranet.people.events import HasDutyAlready, NoLongerHere, Person

MONDAY, FRIDAY, LATER = date(2026, 11, 23), date(2026, 11, 27), date(2027, 2, 1)


def somebody(kind="staff", **changes):
    fields = {"given_name": "Lia", "infix": "de", "family_name": "Vries", "source": None, "group_id": None,
              "year_group": None, "happened_on": MONDAY}  # fmt: skip
    person = Person(kind=kind, **(fields | changes))
    person.collect_events()
    return person


def kinds_of(person):
    return [type(event).__name__ for event in person.collect_events()]


def test_the_same_name_records_nothing():
    person = somebody()
    person.rename(given_name="Lia", infix="de", family_name="Vries")
    assert kinds_of(person) == []
    person.rename(given_name="Lia", infix=None, family_name="Bakker")
    assert kinds_of(person) == ["Renamed"]


def test_a_person_has_a_given_name():
    with pytest.raises(Refused, match="Vul een voornaam in"):
        somebody().rename(given_name="  ", infix=None, family_name="Vries")


def test_only_a_pupil_sits_in_a_group():
    with pytest.raises(Refused, match="Alleen een leerling"):
        somebody().move(group_id=uuid4(), year_group=None, on=MONDAY)


def test_the_same_group_and_year_record_nothing():
    group = uuid4()
    pupil = somebody("pupil", group_id=group, year_group="6")
    pupil.move(group_id=group, year_group="6", on=MONDAY)
    assert kinds_of(pupil) == []
    pupil.move(group_id=group, year_group="7", on=MONDAY)
    assert kinds_of(pupil) == ["MovedToGroup"]


def test_who_left_gets_no_group_no_duty_and_leaves_once():
    pupil = somebody("pupil")
    pupil.leave(on=FRIDAY)
    for again in (
        lambda: pupil.leave(on=FRIDAY),
        lambda: pupil.move(group_id=None, year_group="7", on=FRIDAY),
        lambda: pupil.assign_duty(duty="teacher", since=FRIDAY),
    ):
        with pytest.raises(NoLongerHere):
            again()


def test_who_never_left_does_not_come_back():
    with pytest.raises(Refused, match="niet van school gegaan"):
        somebody().come_back(on=MONDAY)


@pytest.mark.parametrize(("until", "ends"), [(None, FRIDAY), (LATER, FRIDAY), (MONDAY, MONDAY)])
def test_leaving_ends_the_duties_that_would_go_on(until, ends):
    person = somebody()
    person.assign_duty(duty="emergency_responder", since=MONDAY, until=until)
    person.leave(on=FRIDAY)
    assert person.duties == {("emergency_responder", MONDAY): ends}


@pytest.mark.parametrize(
    ("since", "until"), [(MONDAY, None), (date(2026, 1, 1), MONDAY), (FRIDAY, LATER), (date(2026, 1, 1), None)]
)
def test_somebody_holds_a_duty_once_at_a_time(since, until):
    person = somebody()
    person.assign_duty(duty="bullying_contact", since=MONDAY, until=FRIDAY)
    with pytest.raises(HasDutyAlready):
        person.assign_duty(duty="bullying_contact", since=since, until=until)


def test_a_duty_can_be_held_again_later_and_another_one_beside_it():
    person = somebody()
    person.assign_duty(duty="bullying_contact", since=MONDAY, until=FRIDAY)
    person.assign_duty(duty="bullying_contact", since=LATER)
    person.assign_duty(duty="care_coordinator", since=MONDAY)
    assert len(person.duties) == 3


@pytest.mark.parametrize(
    ("kind", "duty", "allowed"),
    [
        ("staff", "care_coordinator", True),
        ("staff", "headmaster", False),
        ("parent", "participation_council", True),
        ("parent", "confidential_adviser", False),
        ("pupil", "emergency_responder", False),
    ],
)
def test_a_duty_is_work_for_staff_and_the_council_for_parents_too(kind, duty, allowed):
    person = somebody(kind)
    if allowed:
        person.assign_duty(duty=duty, since=MONDAY)
        return
    with pytest.raises(Refused):
        person.assign_duty(duty=duty, since=MONDAY)


def test_a_duty_does_not_end_before_it_begins():
    person = somebody()
    with pytest.raises(Refused, match="voor de begindatum"):
        person.assign_duty(duty="teacher", since=FRIDAY, until=MONDAY)
    person.assign_duty(duty="teacher", since=FRIDAY)
    with pytest.raises(Refused, match="voor de begindatum"):
        person.end_duty(duty="teacher", since=FRIDAY, until=MONDAY)


def test_only_a_duty_that_is_held_can_end():
    with pytest.raises(Refused, match="heeft deze taak niet"):
        somebody().end_duty(duty="teacher", since=MONDAY, until=FRIDAY)


def test_a_parent_is_linked_with_or_without_custody():
    parent, child = somebody("parent"), uuid4()
    parent.link_child(child, custody=True)
    parent.link_child(child, custody=True)
    parent.link_child(child, custody=False)
    assert kinds_of(parent) == ["ParentLinked", "ParentLinked"]
    assert parent.children == {child: False}
    parent.unlink_child(child)
    parent.unlink_child(child)
    assert kinds_of(parent) == ["ParentUnlinked"]


def test_only_a_parent_is_linked_to_a_child():
    with pytest.raises(Refused, match="Alleen een ouder"):
        somebody().link_child(uuid4(), custody=True)
