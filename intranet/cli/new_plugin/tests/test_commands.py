"""From a command to the log and to the register."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from intranet.api import NotFound, log
from intranet.testing import School

from geborgen_plugin_name.commands import hand_back_item, record_item
from geborgen_plugin_name.events import Item
from geborgen_plugin_name.projections import Register


def record(school: School, what: str = "Een blauwe jas") -> UUID:
    return school.do("fatima", record_item, what=what, place="corridor", found_on=date(2026, 9, 7))


def test_what_happened_is_in_the_log_and_its_words_are_sealed(school: School):
    item_id = record(school)
    school.do("henk", hand_back_item, item_id, person_id=school.people["noor"])
    recorded, returned = school.facts("plugin_name.")
    assert (recorded.actor_id, str(recorded.what)) == (school.people["fatima"], "…")
    assert (returned.actor_id, returned.person_id) == (school.people["henk"], school.people["noor"])


def test_the_words_are_read_back_from_the_log(school: School):
    item_id = record(school)
    assert school.do("fatima", lambda: log.get(Item, item_id).what) == "Een blauwe jas"


def test_the_register_holds_no_words_and_can_be_made_again(school: School):
    item_id = record(school)
    record(school, "Een tas")
    school.do("henk", hand_back_item, item_id, person_id=school.people["noor"])
    live = school.rows(Register())
    assert len(live) == 2
    assert "jas" not in repr(live)
    school.rebuild(Register())
    assert school.rows(Register()) == live


def test_another_school_finds_nothing(school: School):
    item_id = record(school)
    with pytest.raises(NotFound):
        school.next_door().do("henk", hand_back_item, item_id, person_id=uuid4())
