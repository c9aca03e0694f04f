"""What taking over a file would change, decided without a database."""

from datetime import date
from uuid import UUID, uuid4

import msgspec
import pytest

from events.log.personal import ERASED
from intranet.people import edexml, roster_csv
from intranet.people.group_plan import KnownGroup
from intranet.people.import_plan import KnownPerson, make_plan
from intranet.people.preview import Preview
from intranet.people.roster import GroupName, Name, Roster
from tests.intranet.people import edexml_files as files

TODAY = date(2026, 11, 24)
SIX, ONE_TWO = UUID(int=6), UUID(int=12)
GROUPS = [
    KnownGroup(SIX, "6a", ("6",), ("group:G6",), True, frozenset({UUID(int=101)})),
    KnownGroup(ONE_TWO, "1/2a", ("1", "2"), ("group:G12",), True),
]


def known(number, kind, key, *name, group=None, year=None, here=True):
    parts = (*name, None, None)[:3]
    return KnownPerson(UUID(int=number), kind, parts, key and f"{kind}:{key}", group, year, here)


PEOPLE = [
    known(1, "pupil", "L1", "Noor", "van der", "Berg", group=SIX, year="6"),
    known(2, "pupil", "L2", "Sem", None, "Yilmaz", group=SIX, year="6"),
    known(3, "pupil", "L3", "Zoë", None, "Bakker", group=ONE_TWO, year="1"),
    known(4, "pupil", "L4", "Emre", group=ONE_TWO, year="2"),
    known(101, "staff", "M1", "Lia", "de", "Vries"),
    known(102, "staff", "M2", "Sam", None, "Bakker"),
]


def plan(content=None, people=PEOPLE, groups=GROUPS):
    file = edexml.parse(content or files.small_school())
    return make_plan(file, people, groups, lambda kind, key: f"{kind}:{key}", TODAY)


def with_person(number, **changes):
    return [msgspec.structs.replace(each, **changes) if each.person_id.int == number else each for each in PEOPLE]


def test_what_is_known_already_changes_nothing():
    made = plan()
    assert made.is_empty
    assert not made.counts.total()


def test_an_empty_school_gets_everybody():
    made = plan(people=[], groups=[])
    assert [(each.kind, each.name[0], each.group, each.year_group) for each in made.registered] == [
        ("pupil", "Noor", "group:G6", "6"),
        ("pupil", "Sem", "group:G6", "6"),
        ("pupil", "Zoë", "group:G12", "1"),
        ("pupil", "Emre", "group:G12", "2"),
        ("staff", "Lia", None, None),
        ("staff", "Sam", None, None),
    ]
    assert [(each.name, each.year_groups) for each in made.groups.formed] == [("6a", ("6",)), ("1/2a", ("1", "2"))]
    assert made.teaching == {"group:G6": ("staff:M1",)}
    assert not made.left


def test_a_file_never_gives_access_to_confidential_records():
    made = plan(people=[], groups=[])
    duties = {each.name[0]: each.duties for each in made.registered if each.kind == "staff"}
    assert duties == {"Lia": ("teacher",), "Sam": ()}
    assert made.suggested_duties == (("staff:M2", "care_coordinator"),)


def test_another_name_is_a_renaming_of_the_same_person():
    made = plan(people=with_person(2, name=("Samet", None, "Yilmaz")))
    assert [(each.person_id.int, each.was[0], each.name[0]) for each in made.renamed] == [(2, "Samet", "Sem")]
    assert made.counts == {"renamed": 1, "registered": 0, "moved": 0, "left": 0, "returned": 0}


def test_another_group_or_year_is_a_move():
    made = plan(people=with_person(3, group_id=SIX))
    assert [(each.person_id.int, each.group, each.year_group) for each in made.moved] == [(3, "group:G12", "1")]
    assert [each.person_id.int for each in plan(people=with_person(1, year_group="5")).moved] == [1]


def test_who_is_no_longer_in_the_file_left():
    made = plan(people=[*PEOPLE, known(5, "pupil", "L5", "Bo", group=SIX), known(103, "staff", "M3", "Jan")])
    assert [(each.person_id.int, each.on) for each in made.left] == [(5, TODAY), (103, TODAY)]


def test_who_was_added_by_hand_stays():
    made = plan(people=[*PEOPLE, known(5, "pupil", None, "Bo"), known(9, "parent", None, "Ad")])
    assert made.is_empty


def test_staff_stays_when_the_file_has_no_staff():
    everybody = {"groups": files.group("G6", "6a", "6"), "pupils": files.pupil("L1", "Noor", "Berg", infix="van der")}
    made = plan(files.edexml(**everybody))
    assert {each.person_id.int for each in made.left} == {2, 3, 4}
    assert made.teaching == {}


def test_a_leaver_in_the_file_leaves_on_the_day_it_says():
    gone = files.pupil("L1", "Noor", "Berg", group="G6", more="<uitstroomdatum>2026-10-01</uitstroomdatum>")
    everybody = gone + files.pupil("L2", "Sem", "Yilmaz", group="G6", year="6")
    made = plan(files.small_school(pupils=everybody), people=PEOPLE[:2])
    assert [(each.person_id.int, each.on) for each in made.left] == [(1, date(2026, 10, 1))]
    assert not made.renamed


def test_somebody_who_left_before_we_knew_them_is_not_registered():
    gone = files.pupil("L9", "Bo", year="H") + files.pupil("L1", "Noor")
    assert [each.name[0] for each in plan(files.edexml(pupils=gone), people=[]).registered] == ["Noor"]


def test_who_is_back_returns_with_group_and_name():
    made = plan(people=with_person(1, here=False, group_id=None))
    assert [each.int for each in made.returned] == [1]
    assert [each.group for each in made.moved] == ["group:G6"]
    assert not made.registered


def test_who_was_added_by_hand_is_matched_by_a_name_that_is_theirs_alone():
    assert plan(people=with_person(102, source=None)).matched == ((UUID(int=102), "staff:M2"),)


def test_two_people_of_one_name_are_not_guessed():
    twins = [*with_person(102, source=None), known(103, "staff", None, "Sam", None, "Bakker")]
    made = plan(people=twins)
    assert not made.matched
    assert [each.source for each in made.registered] == ["staff:M2"]


def test_a_pupil_and_a_teacher_with_one_key_are_two_people():
    content = files.edexml(pupils=files.pupil("1", "Noor"), staff=files.teacher("1", "Lia"))
    assert {each.source for each in plan(content, people=[], groups=[]).registered} == {"pupil:1", "staff:1"}


def test_who_was_erased_does_not_come_back_with_a_file():
    made = plan(people=with_person(1, name=(ERASED, ERASED, ERASED), here=False, group_id=None))
    assert made.erased == 1
    assert made.is_empty


@pytest.mark.parametrize(("stay", "many"), [(1, True), (20, True), (34, False)])
def test_many_leavers_must_be_known(stay, many):
    people = [known(number, "pupil", f"L{number}", f"Kind {number}") for number in range(1, 46)]
    content = files.edexml(pupils="".join(files.pupil(f"L{n}", f"Kind {n}") for n in range(1, stay + 1)))
    made = plan(content, people=people, groups=[])
    assert len(made.left) == 45 - stay
    assert made.many_leave is many


def test_a_group_with_a_new_key_and_the_same_name_is_the_same_group():
    content = files.small_school().replace(b'"G6"', b'"2027-G6"')
    made = plan(content)
    assert [(each.group_id, each.sources) for each in made.groups.changed] == [(SIX, ("group:2027-G6",))]
    assert not made.moved
    assert not made.groups.closed


def test_a_group_with_another_name_or_years_is_changed():
    made = plan(files.small_school(groups=files.group("G6", "7b", "7") + files.group("G12", "1/2a", "C")))
    assert [(each.was, each.name, each.year_groups) for each in made.groups.changed] == [("6a", "7b", ("7",))]


def test_a_group_that_is_gone_closes_once_nobody_is_in_it():
    groups = [*GROUPS, KnownGroup(UUID(int=8), "8a", ("8",), ("group:G8",), True)]
    assert plan(groups=groups).groups.closed == (UUID(int=8),)
    by_hand = [*PEOPLE, known(5, "pupil", None, "Bo", group=UUID(int=8), year="8")]
    assert plan(groups=groups, people=by_hand).groups.closed == ()
    assert plan(groups=[*GROUPS, KnownGroup(UUID(int=9), "Plein", (), (), True)]).groups.closed == ()


def test_a_closed_group_that_is_in_the_file_opens_again():
    groups = [msgspec.structs.replace(GROUPS[0], open=False), GROUPS[1]]
    assert [each.reopened for each in plan(groups=groups).groups.changed] == [True]


def test_teachers_follow_the_file_and_those_joined_by_hand_are_left_alone():
    by_hand = uuid4()
    groups = [msgspec.structs.replace(GROUPS[0], teachers=frozenset({UUID(int=102), by_hand})), GROUPS[1]]
    assert plan(groups=groups).teaching == {"group:G6": ("staff:M1",)}
    groups = [msgspec.structs.replace(GROUPS[0], teachers=frozenset({UUID(int=101), by_hand})), GROUPS[1]]
    assert plan(groups=groups).teaching == {}


def test_a_group_that_the_file_does_not_explain_leaves_a_pupil_where_they_are():
    content = files.edexml(pupils=files.pupil("L1", "Noor", "Berg", infix="van der", group="G9", year="6"))
    assert not plan(content).moved


def test_a_pupil_who_stays_where_they_are_keeps_their_year_and_their_group_stays_open():
    eight = KnownGroup(UUID(int=8), "8a", ("8",), ("group:G8",), True)
    there = known(5, "pupil", "L5", "Bo", group=UUID(int=8), year="7")
    pupils = files.pupil("L1", "Noor", "Berg", infix="van der", group="G6", year="6") + "{}"
    groups = files.group("G6", "6a", "6")
    same = plan(files.edexml(groups=groups, pupils=pupils.format(files.pupil("L5", "Bo", group="G9"))),
                people=[PEOPLE[0], there], groups=[GROUPS[0], eight])  # fmt: skip
    assert (same.moved, same.groups.closed) == ((), ())
    older = plan(files.edexml(groups=groups, pupils=pupils.format(files.pupil("L5", "Bo", group="G9", year="8"))),
                 people=[PEOPLE[0], there], groups=[GROUPS[0], eight])  # fmt: skip
    assert [(each.group, each.year_group) for each in older.moved] == [(UUID(int=8).hex, "8")]
    assert older.groups.closed == ()
    bo = Name(UUID(int=5), "Bo", None, None, "pupil", group="8a", group_id=UUID(int=8), year_group="7")
    rooms = {each: GroupName(each, name, ()) for each, name in ((UUID(int=8), "8a"), (SIX, "6a"))}
    (moved,) = Preview(older, Roster({bo.person_id: bo}, rooms, (None, ""))).parts
    assert moved.lines == ["Bo: van 8a (jaar 7) naar 8a"]


def test_a_file_that_tells_of_no_group_takes_nobody_out_of_theirs():
    content = """sleutel;roepnaam;tussenvoegsel;achternaam
L1;Noor;van der;Berg
L2;Sem;;Yilmaz
L3;Zoë;;Bakker
L4;Emre;;
"""
    made = make_plan(roster_csv.parse(content.encode()), PEOPLE, GROUPS, lambda kind, key: f"{kind}:{key}", TODAY)
    assert made.is_empty


def test_an_erased_colleague_gets_no_group_again():
    groups = [msgspec.structs.replace(GROUPS[0], teachers=frozenset()), GROUPS[1]]
    made = plan(people=with_person(101, name=(ERASED, ERASED, ERASED), here=False), groups=groups)
    assert made.erased == 1
    assert made.teaching == {}


def test_compound_groups_and_parents_are_counted_and_not_taken_over():
    compound = '<samengestelde_groep key="PLUS"><naam>Plusklas</naam></samengestelde_groep>'
    staff = files.teacher("M1", "Lia", "Vries", infix="de", groups=["G6", "PLUS"]) + files.teacher(
        "O1", "Ad", roles=["OUD"]
    )
    made = plan(
        files.small_school(
            groups=files.group("G6", "6a", "6") + files.group("G12", "1/2a", "C") + compound, staff=staff
        ),
        people=PEOPLE[:5],
    )
    assert (made.groups.compound, made.parents) == (1, 1)
    assert made.is_empty
