"""The rules, without a database."""

from datetime import date
from uuid import uuid4

import pytest
from intranet.api import Refused

from geborgen_plugin_name.events import Item


def item() -> Item:
    return Item.record(what=" Een blauwe jas ", place="corridor", found_on=date(2026, 9, 7))


def test_an_item_waits_until_somebody_gets_it_back():
    jacket, pupil = item(), uuid4()
    assert (jacket.what, jacket.handed_back_to) == ("Een blauwe jas", None)
    jacket.hand_back(person_id=pupil)
    assert jacket.handed_back_to == pupil


def test_an_item_goes_home_once():
    jacket = item()
    jacket.hand_back(person_id=uuid4())
    with pytest.raises(Refused, match="Dit voorwerp is al teruggegeven."):
        jacket.hand_back(person_id=uuid4())


@pytest.mark.parametrize(
    ("what", "place", "sentence"),
    [("  ", "gym", "Schrijf op wat het is."), ("Een tas", "moon", "Deze plek bestaat niet.")],
)
def test_what_cannot_be_is_refused(what: str, place: str, sentence: str):
    with pytest.raises(Refused, match=sentence):
        Item.record(what=what, place=place, found_on=date(2026, 9, 7))
