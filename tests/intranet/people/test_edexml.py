"""What is read from EDEXML, in all the ways in which real files differ from the schema."""

from datetime import date

import msgspec
import pytest

from intranet.people import edexml
from intranet.people.roster_file import UnreadableFile
from tests.intranet.people import edexml_files as files

# Every element and attribute of the three schemas that says more about somebody than this product may know.
FORBIDDEN = (
    "bsn", "sofinummer", "onderwijsnummer", "bsn_ondwnr-4", "rijksregisternummer", "etniciteit", "land", "land_vader",
    "land_moeder", "gewicht", "gewicht_nieuw", "geboortedatum", "geslacht", "postcodenl", "postnummerbe",
    "postcodeoverig", "start_ondw_jgr3", "instroomdatum", "gebruikersnaam", "emailadres", "fotourl",
)  # fmt: skip


def only_pupil(more: str = "", **parts):
    return edexml.parse(files.edexml(pupils=files.pupil("L1", "Noor", "Berg", more=more, **parts)))


def test_a_school_is_read_with_its_groups_pupils_and_staff():
    roster = edexml.parse(files.small_school())
    assert roster.format == "EDEXML 2.1"
    assert (roster.school.brin, roster.school.school_year) == ("99ZZ", "2026-2027")
    assert roster.school.reference_date == date(2026, 10, 1)
    assert [(group.name, group.year_groups) for group in roster.groups] == [("6a", ("6",)), ("1/2a", ("1", "2"))]
    noor = roster.pupils[0]
    assert (noor.key, noor.given_name, noor.infix, noor.family_name) == ("L1", "Noor", "van der", "Berg")
    assert (noor.group_key, noor.year_group) == ("G6", "6")
    assert [(each.given_name, each.roles, each.group_keys) for each in roster.staff] == [
        ("Lia", ("LRK",), ("G6",)),
        ("Sam", ("IB",), ()),
    ]
    assert not roster.unknown
    assert not roster.remarks


def test_version_1_0_3_writes_a_group_or_a_year_and_calls_it_the_same_file():
    old = b"""<EDEX><school><schooljaar>2013-2014</schooljaar>
      <brincode>99ZZ</brincode><xsdversie>1.03</xsdversie></school>
      <groepen><groep key="001"><naam>4A</naam><jaargroep>4</jaargroep></groep></groepen>
      <leerlingen><leerling key="00001"><achternaam>Hof</achternaam><voorvoegsel>van 't</voorvoegsel>
        <roepnaam>Gradje</roepnaam><groep key="001"/></leerling>
        <leerling key="00002"><roepnaam>Wim</roepnaam><jaargroep>5</jaargroep></leerling></leerlingen>
      <leerkrachten><leerkracht key="LK1"><roepnaam>Lia</roepnaam><groepen><groep key="001"/></groepen></leerkracht>
      </leerkrachten></EDEX>"""
    roster = edexml.parse(old)
    assert roster.format == "EDEXML 1.03"
    assert [(each.group_key, each.year_group) for each in roster.pupils] == [("001", None), (None, "5")]
    assert roster.staff[0].group_keys == ("001",)


@pytest.mark.parametrize("year", ["2018-2019", "2025-2026", "2031-2032", "2026/2027"])
def test_a_school_year_after_the_closed_list_of_the_schema_is_a_school_year(year):
    roster = edexml.parse(files.edexml(pupils=files.pupil("L1", "Noor"), year=year))
    assert roster.school.school_year == year.replace("/", "-")


@pytest.mark.parametrize(
    "written",
    [
        files.group("G", "1/2a", "C"),
        files.group("G", "1/2a", "1", "2"),
        files.group("G", "Sterren", "1/2"),
        files.group("G", "Sterren", "1 en 2"),
        files.group("G", "Sterren", "1+2"),
        files.group("G", "groep 1-2 a"),
        files.group("G", "Sterren", "1", "2")
        .replace("<jaargroep>1", "<jaargroepen><jaargroep>1")
        .replace("2</jaargroep>", "2</jaargroep></jaargroepen>"),
        files.group("G", "1/2a", "1") + files.group("G", "1/2a", "2"),
        files.group("G", "Sterren", "1") + files.group("H", "sterren", "2"),
        files.group("G", "Sterren", "C"),
        files.group("G", "Sterren"),
    ],
)
def test_a_combination_group_is_one_group_however_it_is_written(written):
    pupils = files.pupil("L1", "Noor", group="G", year="1") + files.pupil("L2", "Sem", group="G", year="2")
    groups = edexml.parse(files.edexml(groups=written, pupils=pupils)).groups
    assert [group.year_groups for group in groups] == [("1", "2")]


def test_two_groups_of_one_name_and_year_stay_two():
    groups = files.group("G", "4a", "4") + files.group("H", "4a", "4")
    assert len(edexml.parse(files.edexml(groups=groups, pupils=files.pupil("L1", "Noor"))).groups) == 2


@pytest.mark.parametrize(("more", "gone"), [("<uitstroomdatum>2026-07-10</uitstroomdatum>", True), ("", False)])
def test_a_leaver_has_a_leaving_date(more, gone):
    pupil = only_pupil(more).pupils[0]
    assert pupil.has_left(date(2026, 7, 10)) is gone
    assert pupil.has_left(date(2026, 7, 9)) is False


def test_a_historic_pupil_has_left():
    assert only_pupil(year="H").pupils[0].has_left(date(2020, 1, 1))


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("<roepnaam>Noor</roepnaam>", ("Noor", None, None)),
        ("<achternaam>Berg</achternaam><voornamen>Noor Anna</voornamen>", ("Noor Anna", None, "Berg")),
        ("<achternaam>Berg</achternaam><voorletters-1>NA</voorletters-1>", ("N.A.", None, "Berg")),
        ("<achternaam>Berg</achternaam><voorvoegsel>van der</voorvoegsel>", ("van der Berg", None, None)),
        ("<roepnaam> Noor\n  Anna </roepnaam><achternaam>Be\u0301n</achternaam>", ("Noor Anna", None, "Bén")),
        ("<roepnaam>No\u202eor\u200b</roepnaam>", ("Noor", None, None)),
    ],
)
def test_absent_parts_of_a_name_leave_a_name_to_call_somebody_by(name, read):
    pupil = edexml.parse(files.edexml(pupils=f'<leerling key="L1">{name}</leerling>')).pupils[0]
    assert (pupil.given_name, pupil.infix, pupil.family_name) == read


def test_nothing_that_may_not_be_known_leaves_the_parser():
    marked = "".join(f"<{name}>merkteken</{name}>" for name in FORBIDDEN)
    person = files.pupil("L1", "Noor", more=marked).replace(
        "<leerling ", '<leerling eckid="merkteken" bsn="merkteken" '
    )
    staff = files.teacher("M1", "Lia", more=marked).replace("<leerkracht ", '<leerkracht eckid="merkteken" ')
    school = "<auteur>merkteken</auteur><commentaar>merkteken</commentaar><onbekend>merkteken</onbekend></school>"
    block = "<toevoegingen><blok><code>merkteken</code><bsn>merkteken</bsn></blok></toevoegingen>"
    content = files.edexml(pupils=person.replace("</leerling>", f"{block}</leerling>"), staff=staff)
    roster = edexml.parse(content.replace(b"</school>", school.encode()))
    assert b"merkteken" in content
    assert b"merkteken" not in msgspec.json.encode(roster)
    assert b"merkteken" not in repr(roster).encode()
    assert set(roster.dropped) == {*FORBIDDEN, "eckid"}
    assert roster.dropped["bsn"] == 3
    assert set(roster.unknown) == {"onbekend", "toevoegingen"}


def test_unknown_parts_are_counted_by_name_and_stepped_over():
    pupils = files.pupil("L1", "Noor", more="<sport><achternaam>X</achternaam></sport>") + files.pupil(
        "L2", "Sem", more='<sport key="1"/>'
    )
    roster = edexml.parse(files.edexml(pupils=pupils).replace(b"</EDEX>", b"<leverancier><a/></leverancier></EDEX>"))
    assert roster.unknown == {"sport": 2, "leverancier": 1}
    assert roster.pupils[0].family_name is None


def test_many_unknown_names_do_not_fill_the_preview():
    roster = only_pupil("".join(f"<deel{number}/>" for number in range(100)))
    assert len(roster.unknown) == 31
    assert sum(roster.unknown.values()) == 100


def test_vendors_that_forget_to_declare_a_prefix_are_read():
    more = '<toevoegingen><blok ven:soort="1"/></toevoegingen>'
    assert only_pupil(more).pupils[0].given_name == "Noor"


def test_absent_staff_is_said_and_is_not_an_empty_list():
    assert only_pupil().staff is None
    assert only_pupil().remarks == ("Er staan geen medewerkers in dit bestand; zij blijven zoals ze zijn.",)
    assert edexml.parse(files.edexml(pupils=files.pupil("L1", "Noor"), staff="")).staff == ()


def test_a_group_that_is_not_in_the_file_is_said():
    assert "Bij 1 leerlingen staat een groep die niet in het bestand voorkomt." in only_pupil(group="G9").remarks


def test_who_has_no_key_is_skipped_and_counted():
    roster = edexml.parse(files.edexml(pupils=files.pupil("", "Noor") + files.pupil("L1", "Sem")))
    assert [pupil.given_name for pupil in roster.pupils] == ["Sem"]
    assert "1 personen zonder sleutel of naam slaan we over." in roster.remarks


def test_one_pupil_written_twice_is_one_pupil():
    twice = files.pupil("L1", "Noor", group="G6") + files.pupil("L1", "Noor", group="PLUS")
    assert [pupil.group_key for pupil in edexml.parse(files.edexml(pupils=twice)).pupils] == ["G6"]


def test_a_key_that_stands_for_two_pupils_is_refused():
    with pytest.raises(UnreadableFile, match="dezelfde sleutel"):
        edexml.parse(files.edexml(pupils=files.pupil("L1", "Noor") + files.pupil("L1", "Sem")))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_other_encodings_are_read(encoding):
    text = (
        files.edexml(pupils=files.pupil("L1", "Zoë")).decode().replace('"UTF-8"', f'"{encoding.replace("-sig", "")}"')
    )
    assert edexml.parse(text.encode(encoding)).pupils[0].given_name == "Zoë"
