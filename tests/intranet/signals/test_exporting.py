"""The list of signals as a file: what is on the list, no words, and no names where reading is recorded."""

import io
from zipfile import ZipFile

from tests.intranet.incidents.test_exporting import export, exports, rows

PATH = "/signals/export"


def test_what_is_on_the_list_is_in_the_file_and_no_words(school_on_both):
    school_on_both.tell(source="playground_patrol", on_behalf_of="Pleinwacht", bullying=True)
    head, row = rows(export(school_on_both.client("hanneke"), PATH))
    assert head == ["Wanneer", "Wat", "Lijkt op", "Groep", "Gezien door", "Stand", "Vastgelegd op"]
    assert row[1:6] == ["Zorgsignaal", "Lijkt op pesten", "", "De pleinwacht van leerlingen", "Nog te bekijken"]
    head, row = rows(export(school_on_both.client("hanneke"), PATH, names="with"))
    assert head[7:] == ["Over wie het gaat", "Opgeschreven door"]
    assert row[7:] == ["Noor van der Berg", "Fatima Tester"]
    assert "Noor is al weken stil." not in str(row)
    assert [made.what for made in exports(school_on_both)] == ["signals.list"] * 2


def test_about_home_nobody_is_named_because_opening_it_is_recorded(small_school):
    small_school.tell(home_signs=True)
    _head, row = rows(export(small_school.client("hanneke"), PATH, names="with"))
    assert row[2] == "Zorg over thuis"
    assert row[7:] == ["", ""]


def test_it_holds_what_somebody_may_read_and_nothing_else(small_school):
    small_school.tell(people=[small_school.people["sem"]])
    small_school.tell("bas", positive=True, kind="observation", people=[], group_id=small_school.groups["7b"])
    assert len(rows(export(small_school.client("hanneke"), PATH))) == 3
    assert len(rows(export(small_school.client("hanneke"), f"{PATH}?what=positive"))) == 2
    assert len(rows(export(small_school.client("petra"), PATH))) == 1


def test_a_file_without_names_does_not_name_whom_one_looked_for(small_school):
    small_school.tell()
    chosen = f"{PATH}?person={small_school.people['noor'].hex}"
    for names, there in (("with", True), ("without", False)):
        book = ZipFile(io.BytesIO(export(small_school.client("hanneke"), chosen, format="excel", names=names).data))
        text = "".join(book.read(each).decode() for each in book.namelist())
        assert ("over Noor van der Berg" in text, "Noor" in text) == (there, there)
        assert ("over iemand" in text) is not there
