"""Taking over a roster, from bytes to events, on both databases."""

import pytest
from sqlalchemy import text

from events.log import clock
from events.log.errors import Refused
from intranet.people import imports
from intranet.people.projections import TABLES, group_teacher
from intranet.people.register import duties_of
from intranet.schools.commands import open_school
from intranet.uploads import KEPT, upload
from tests.intranet.people import edexml_files as files


@pytest.fixture
def place(place_on_both):
    return place_on_both


def shown(place):
    return [(name.full, name.kind, name.group, name.year_group) for name in place.roster().values() if name.here]


def test_a_file_fills_a_school(place):
    place.import_file(files.small_school())
    assert shown(place) == [
        ("Ans Administratie", "staff", None, None),
        ("Sam Bakker", "staff", None, None),
        ("Zoë Bakker", "pupil", "1/2a", "1"),
        ("Noor van der Berg", "pupil", "6a", "6"),
        ("Emre", "pupil", "1/2a", "2"),
        ("Lia de Vries", "staff", None, None),
        ("Sem Yilmaz", "pupil", "6a", "6"),
    ]
    lia = next(name for name in place.roster().values() if name.given == "Lia")
    with place.app.app_context():
        assert duties_of(place.school, lia.person_id) == {"staff", "teacher"}


def test_the_same_file_twice_changes_nothing(place):
    place.import_file(files.small_school())
    before = place.names()
    assert place.import_file(files.small_school()).is_empty
    assert place.names() == before


def test_a_new_school_year_moves_renames_lets_go_and_welcomes(place, rows):
    place.import_file(files.small_school())
    place.import_file(
        files.edexml(
            year="2027-2028",
            groups=files.group("G6", "7a", "7") + files.group("G12", "1/2a", "C") + files.group("G3", "3a", "3"),
            pupils=files.pupil("L1", "Noor", "Berg", infix="van der", group="G6", year="7")
            + files.pupil("L3", "Zoë", "Bakker", group="G12", year="2")
            + files.pupil("L4", "Emre", "Demir", group="G3", year="3")
            + files.pupil("L5", "Bo", "Visser", group="G12", year="1"),
            staff=files.teacher("M1", "Lia", "Vries", infix="de", groups=["G3"], roles=["LRK"]),
        )
    )
    assert shown(place) == [
        ("Ans Administratie", "staff", None, None),
        ("Zoë Bakker", "pupil", "1/2a", "2"),
        ("Noor van der Berg", "pupil", "7a", "7"),
        ("Emre Demir", "pupil", "3a", "3"),
        ("Bo Visser", "pupil", "1/2a", "1"),
        ("Lia de Vries", "staff", None, None),
    ]
    taught = [place.roster().groups[row["class_group"]].name for row in rows(group_teacher)]
    assert taught == ["3a"]
    assert place.names().count("RosterImported") == 2


def test_who_was_gone_and_is_in_the_next_file_is_the_same_person(place):
    place.import_file(files.small_school())
    first = {name.person_id: name.full for name in place.roster().values()}
    without = files.small_school(pupils=files.pupil("L1", "Noor", "Berg", infix="van der", group="G6", year="6"))
    place.import_file(without)
    assert sum(name.here for name in place.roster().values()) == 4
    place.import_file(files.small_school())
    assert {name.person_id: name.full for name in place.roster().values() if name.here} == first


def test_a_file_of_another_school_changes_nothing(place):
    before = place.names()
    with pytest.raises(Refused, match="hoort bij BRIN 99YY, maar deze school heeft BRIN 99ZZ"):
        place.import_file(files.small_school(brin="99YY"))
    assert place.names() == before


def test_an_import_is_all_or_nothing(place, monkeypatch):
    from intranet.people import import_run

    monkeypatch.setattr(import_run._Run, "note", lambda *_: pytest.fail("halfway"))
    before = place.names()
    with pytest.raises(pytest.fail.Exception, match="halfway"):
        place.import_file(files.small_school())
    assert place.names() == before


def test_many_leavers_are_confirmed_apart(place):
    everybody = files.edexml(pupils="".join(files.pupil(f"L{n}", f"Kind {n}") for n in range(20)))
    place.import_file(everybody)
    with pytest.raises(Refused, match="erg veel mensen"):
        place.import_file(files.edexml(pupils=files.pupil("L0", "Kind 0")))
    assert sum(name.here for name in place.roster().values()) == 21
    place.import_file(files.edexml(pupils=files.pupil("L0", "Kind 0")), many_leave=True)
    assert sum(name.here for name in place.roster().values()) == 2


def test_what_changed_since_the_preview_is_not_applied(place):
    with place.inside():
        read = imports.read_roster(files.small_school())
        seen = imports.fingerprint(imports.plan_import(read))
        assert seen == imports.fingerprint(imports.plan_import(read))
    place.import_file(files.small_school(staff=""))
    with pytest.raises(imports.ChangedSincePreview):
        place.import_file(files.small_school(), shown=seen)


def test_an_older_file_is_noticed(place):
    place.import_file(files.small_school())
    with place.inside():
        assert imports.is_older_than_last(imports.read_roster(files.small_school(year="2025-2026")))
        assert not imports.is_older_than_last(imports.read_roster(files.small_school()))


def test_an_upload_waits_sealed_and_is_only_for_who_sent_it(place):
    with place.inside():
        read = imports.read_roster(files.small_school())
        upload_id = imports.uploads.keep(read)
        assert imports.uploads.kept(upload_id) == read
        with place.log.read() as connection:
            row = connection.execute(upload.select()).one()
    assert b"Noor" not in row.sealed
    with place.app.app_context(), acting_as(place, place.board):
        assert imports.uploads.kept(upload_id) is None
    with place.inside(place.elsewhere):
        assert imports.uploads.kept(upload_id) is None


def acting_as(place, actor):
    from events.log.context import acting

    return acting(school=place.school, actor=actor)


def test_an_upload_goes_with_the_next_one_when_discarded_and_after_a_day(place):
    import time_machine

    with place.inside():
        read = imports.read_roster(files.small_school())
        first = imports.uploads.keep(read)
        second = imports.uploads.keep(read)
        assert imports.uploads.kept(first) is None
        imports.uploads.discard(second)
        assert imports.uploads.kept(second) is None
        third = imports.uploads.keep(read)
        with time_machine.travel(clock.now() + KEPT * 1.01):
            assert imports.uploads.kept(third) is None


def test_no_name_and_no_key_of_the_administration_is_in_any_table(place):
    """The same search finds the marker where it was put, so finding nothing means something."""
    marked = files.small_school().replace(b"Noor", b"Merkteken").replace(b'"L1"', b'"Merksleutel"')
    with place.inside():
        imports.uploads.keep(imports.read_roster(marked))
    place.import_file(marked)
    with place.log.read() as connection:
        dumped = "".join(str(connection.execute(table.select()).all()) for table in TABLES)
        dumped += str(connection.execute(upload.select()).all())
        dumped += str(connection.execute(text("SELECT name, payload FROM event")).all())
    assert "Merk" not in dumped
    assert place.school.hex in dumped.replace("-", "")
    assert "Merkteken van der Berg" in [name.full for name in place.roster().values()]


def test_the_hash_of_a_key_is_of_this_school_and_this_installation(place):
    from intranet.people.known import source_hash

    with place.app.app_context():
        other = open_school(place.board, "IBS Elders")
        here, there = source_hash(place.school), source_hash(other)
    assert here("pupil", "1") == here("pupil", "1")
    assert len({here("pupil", "1"), here("staff", "1"), here("pupil", "2"), there("pupil", "1")}) == 4
