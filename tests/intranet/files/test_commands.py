"""A file is stored with its event, opened with its key, destroyed a month after it is taken away; on both."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine

from events.log import clock
from events.log.blobs import read_blob
from events.log.errors import LogUnavailable, Refused
from events.log.tables import blob
from intranet.api import current_school, log
from intranet.body_map.commands import note_mark
from intranet.files import commands
from intranet.files.events import StoredFile
from intranet.files.receiving import Received
from tests.contracts.full_disk import FullDisk
from tests.intranet.files.made_files import acting_as, photo
from tests.school_days import today

PICTURE = Received("photo", (photo((32, 24)),), photo((64, 48)), "jpeg")


def add(school, *, files=(PICTURE,)):
    incident = school.report("fatima")
    with acting_as(school, "fatima"):
        (file,) = commands.add_files(files, record_id=incident, shows="Een jas.", added_by=school.people["fatima"])
    return incident, file


def rows(school) -> int:
    with acting_as(school, "fatima"), log.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(blob))


def test_what_was_stored_is_read_back(school_on_both) -> None:
    incident, file_id = add(school_on_both)
    with acting_as(school_on_both, "fatima"):
        file = log.get(StoredFile, file_id)
        assert read_blob(log, current_school(), incident, file.pages[0]) == PICTURE.pages[0]
        assert read_blob(log, current_school(), incident, file.original) == PICTURE.original
        assert file.shows == "Een jas."


def test_nothing_is_kept_of_a_file_that_could_not_be_recorded(small_school) -> None:
    incident = small_school.report("fatima")
    full = FullDisk(small_school.app)
    with acting_as(small_school, "fatima"):
        with full(), pytest.raises(LogUnavailable):
            commands.add_files([PICTURE], record_id=incident, shows="Een jas.", added_by=uuid4())
        with pytest.raises(Refused):
            commands.add_files([PICTURE, PICTURE], record_id=incident, shows=" ", added_by=uuid4())
    assert rows(small_school) == 0


def test_what_was_taken_away_can_be_put_back_for_a_month_and_is_then_destroyed(school_on_both) -> None:
    _incident, file_id = add(school_on_both)
    with acting_as(school_on_both, "fatima"):
        commands.remove_file(file_id, "Verkeerde foto.")
        with pytest.raises(Refused):
            commands.destroy_file(file_id)
        commands.put_file_back(file_id)
        commands.remove_file(file_id, "Toch niet.")
        assert commands.destroy_removed_files() == 0
    assert rows(school_on_both) == 2
    with time_machine.travel(clock.now() + timedelta(days=32), tick=True), acting_as(school_on_both, "fatima"):
        with pytest.raises(Refused):
            commands.put_file_back(file_id)
        assert commands.destroy_removed_files() == 1
        assert commands.destroy_removed_files() == 0
        assert log.get(StoredFile, file_id).destroyed
    assert rows(school_on_both) == 0


RULES = [
    (lambda file: file.describe("Een jas."), "niets veranderd"),
    (lambda file: file.describe(" "), "te zien"),
    (lambda file: file.remove(" ", today()), "waarom"),
    (lambda file: file.put_back(today()), "niet weggehaald"),
    (lambda file: file.open_original(" "), "waarom"),
]


@pytest.mark.parametrize("number", range(len(RULES)))
def test_rules(small_school, number: int) -> None:
    broken, words = RULES[number]
    _incident, file_id = add(small_school)
    with acting_as(small_school, "fatima"):
        file = log.get(StoredFile, file_id)
        with pytest.raises(Refused, match=words):
            broken(file)


def test_a_mark_is_about_who_is_in_the_record(small_school) -> None:
    school, incident = small_school, small_school.report("fatima")
    seen = {"place": "back_head", "kind": "bump", "size": None, "words": "", "seen_on": school.do("fatima", today)}
    note = partial(note_mark, record_id=incident, **seen)
    for person in (school.people["nova"], uuid4()):
        with pytest.raises(Refused, match="Kies om welk kind het gaat"):
            school.do("fatima", note, person_id=person)
    for person in (school.people["noor"], None):
        school.do("fatima", note, person_id=person)
