"""Rosters as CSV: forgiving about form, exact about what is wrong."""

from datetime import date

import pytest

from intranet.people import roster_csv
from intranet.people.roster_file import UnreadableFile

TABLE = """soort;sleutel;roepnaam;tussenvoegsel;achternaam;groep;jaargroep;uitstroomdatum
leerling;L1;Noor;van der;Berg;6a;6;
leerling;L2;Zoë;;Bakker;1/2a;1;10-7-2026
medewerker;M1;Lia;de;Vries;6a + 1/2a;;
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_same_table_is_read_in_every_usual_form(encoding, delimiter, line_end):
    content = TABLE.replace(";", delimiter).replace("\n", line_end).encode(encoding)
    roster = roster_csv.parse(content)
    assert [(each.given_name, each.infix, each.family_name, each.group_key) for each in roster.pupils] == [
        ("Noor", "van der", "Berg", "6a"),
        ("Zoë", None, "Bakker", "1/2a"),
    ]
    assert roster.pupils[1].left_on == date(2026, 7, 10)
    assert roster.staff[0].group_keys == ("6a", "1/2a")
    assert [(group.name, group.year_groups) for group in roster.groups] == [("6a", ("6",)), ("1/2a", ("1", "2"))]


def test_every_wrong_row_gets_a_sentence_without_its_content():
    table = "soort;sleutel;roepnaam;uitstroomdatum\nhond;L1;Noor;\n;;Sem;\n;L3;;\n;L4;Geheim;morgen\n"
    with pytest.raises(UnreadableFile) as refused:
        roster_csv.parse(table.encode())
    assert refused.value.sentence == (
        "Rij 2: kies als soort leerling of medewerker. Rij 3: vul de sleutel in. "
        "Rij 4: vul de roepnaam in. Rij 5: de uitstroomdatum is geen datum."
    )


def test_a_missing_column_is_named():
    with pytest.raises(UnreadableFile, match="“sleutel”"):
        roster_csv.parse(b"naam;groep\nNoor;6a\n")


def test_columns_that_may_not_be_known_are_not_read_and_others_are_reported():
    roster = roster_csv.parse(b"sleutel;roepnaam;bsn;geboortedatum;hobby\nL1;Noor;123456782;2015-01-01;schaken\n")
    assert roster.dropped == {"bsn": 1, "geboortedatum": 1}
    assert roster.unknown == {"hobby": 1}
    assert "123456782" not in repr(roster)
    assert "schaken" not in repr(roster)


def test_without_staff_the_staff_stays_as_it_is():
    roster = roster_csv.parse(b"sleutel;roepnaam\nL1;Noor\n\n;\n")
    assert len(roster.pupils) == 1
    assert roster.staff is None


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"sleutel;roepnaam\n", b"sleutel;roepnaam\nL1;No\x00or\n" + b'"' * 200_000]
)
def test_what_is_no_roster_is_refused(content):
    with pytest.raises(UnreadableFile):
        roster_csv.parse(content)


def test_too_many_rows_are_refused():
    with pytest.raises(UnreadableFile, match="5.000"):
        roster_csv.parse(b"sleutel;roepnaam\n" + b";\n" * 20_001)


def test_a_quote_that_is_never_closed_swallows_nobody():
    with pytest.raises(UnreadableFile, match="geen CSV-bestand"):
        roster_csv.parse(TABLE.replace("Zoë", '"Zoë').encode())


def test_who_stands_in_two_rows_teaches_the_groups_of_both():
    read = roster_csv.parse(
        b"sleutel;soort;roepnaam;groep\n1;leerling;Noor;3a\n2;medewerker;Lia;3a\n2;medewerker;Lia;4a\n"
    )
    assert [person.group_keys for person in read.staff] == [("3a", "4a")]


def test_a_group_in_capitals_and_not_is_one_group():
    read = roster_csv.parse(
        b"sleutel;soort;roepnaam;groep\n1;leerling;Noor;3a\n2;leerling;Sem;3A\n3;medewerker;Lia;3A + 4b\n"
    )
    assert [group.name for group in read.groups] == ["3a", "4b"]
    assert {pupil.group_key for pupil in read.pupils} == {"3a"}
    assert read.staff[0].group_keys == ("3a", "4b")
