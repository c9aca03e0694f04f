"""Names at display time: from the log, in Dutch order, never out of date."""

import pytest

from events.log.context import acting
from events.log.personal import ERASED
from events.log.tables import key_use
from intranet.people import commands
from intranet.people.roster import Name, fold, roster
from intranet.schools import commands as schools


@pytest.fixture
def place(place_on_both):
    return place_on_both


@pytest.fixture
def noor(place):
    with place.inside():
        return commands.register_person(kind="pupil", given_name="Noor", infix="van der", family_name="Berg")


def name(given, infix=None, family=None):
    return Name(None, given, infix, family, "pupil")


def test_dutch_order_goes_by_family_name_without_infix():
    names = [
        name("Noor", "van der", "Berg"), name("Ömer", None, "Çelik"), name("Aad", None, "Berg"), name("Emre"),
        name("Zoë", "de", "Ävila"), name("Sem", "van 't", "Hof"), name("An", None, "Jansen-de Vries"),
    ]  # fmt: skip
    ordered = [each.full for each in sorted(names, key=lambda each: each.sort_key)]
    assert ordered == [
        "Zoë de Ävila", "Aad Berg", "Noor van der Berg", "Ömer Çelik", "Emre", "Sem van 't Hof", "An Jansen-de Vries",
    ]  # fmt: skip


def test_a_name_is_short_and_full(place, noor):
    found = place.roster()[noor]
    assert (found.short, found.full, found.here) == ("Noor", "Noor van der Berg", True)


def test_the_roster_is_kept_until_something_changes(place, noor):
    first = place.roster()
    assert place.roster() is first
    with place.inside():
        schools.change_school(place.school, name="IBS De Boog", brin="99ZZ", holiday_region="noord")
        commands.assign_duty(place.importer, "teacher")
    assert place.roster() is first


def test_a_request_that_changes_a_name_sees_it_as_soon_as_it_is_recorded(place, noor):
    with place.app.test_request_context(), acting(school=place.school, actor=place.importer):
        assert roster(place.school)[noor].given == "Noor"
        with place.log.unit_of_work():
            commands.rename_person(noor, given_name="Noortje", infix=None, family_name="Berg")
            assert roster(place.school)[noor].given == "Noor"
        assert roster(place.school)[noor].given == "Noortje"


@pytest.mark.parametrize("change", ["rename", "leave", "group name", "move", "new"])
def test_every_change_that_a_page_shows_is_seen_at_once(place, noor, change):
    with place.inside():
        group = schools.form_group("6a", ["6"])
        commands.move_to_group(noor, group, year_group="6")
        before = roster(place.school)
        assert before[noor].group == "6a"
        if change == "rename":
            commands.rename_person(noor, given_name="Noortje", infix=None, family_name="Berg")
            assert roster(place.school)[noor].full == "Noortje Berg"
        elif change == "leave":
            commands.let_go(noor)
            assert not roster(place.school)[noor].here
        elif change == "group name":
            schools.change_group(group, name="6b", year_groups=["6"])
            assert roster(place.school)[noor].group == "6b"
        elif change == "move":
            commands.move_to_group(noor, None)
            assert roster(place.school)[noor].group is None
        else:
            commands.register_person(kind="pupil", given_name="Sem")
            assert len(roster(place.school)) == len(before) + 1


def test_an_erased_person_has_no_name_any_more(place, noor):
    assert place.roster()[noor].full == "Noor van der Berg"
    with place.log.read() as connection:
        keys = list(
            connection.scalars(key_use.select().where(key_use.c.owner == noor).with_only_columns(key_use.c.key_id))
        )
    place.log.key_store.destroy(keys)
    assert place.roster()[noor].full is ERASED
    assert place.roster().find("Noor") == []


def test_one_school_does_not_see_another(place, noor):
    with place.app.app_context():
        assert noor not in roster(place.elsewhere)


@pytest.mark.parametrize("typed", ["no", "Noor", "NOOR berg", "van der", "ber", "  berg   noor "])
def test_people_are_found_by_the_beginnings_of_their_names(place, noor, typed):
    assert [found.person_id for found in place.roster().find(typed)] == [noor]


@pytest.mark.parametrize("typed", ["oor", "noor jansen", "x"])
def test_and_not_by_something_else(place, noor, typed):
    assert place.roster().find(typed) == []


def test_letters_with_and_without_signs_are_the_same():
    assert fold("Zoë ÇELIK") == fold("zoe celik")
