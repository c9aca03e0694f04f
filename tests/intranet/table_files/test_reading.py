"""Tables in files that people bring: CSV and Excel read alike, and every file that is neither gets one sentence."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from intranet.table_files.reading import read_day, read_table
from intranet.uploads import UnreadableFile

COLUMNS = {"title": ("les", "lesson"), "day": ("datum", "dag"), "number": ("nummer",)}


def workbook(rows, **options) -> bytes:
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet()
        shown = book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(rows):
            for at, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, at, cell, shown)
                else:
                    sheet.write(number, at, cell)
    return content.getvalue()


def told(content, needed=("title",)):
    table = read_table(content, COLUMNS, needed=needed, most=5, too_many="Dit zijn meer dan vijf rijen.")
    return list(table.rows), table.unknown


@pytest.mark.parametrize("content", [
    "Les;Datum;Kleur\nSamen;8-9-2026;rood\n;;\nNaar buiten;;\n".encode("utf-8-sig"),
    b"Les,Datum,Kleur\nSamen,2026-09-08,rood\n,,\nNaar buiten,,\n",
    "Les\tDatum\tKleur\nSamen\t8-9-2026\trood\n\t\t\nNaar buiten\t\t\n".encode("utf-16"),
    "sep=;\r\nLes;Datum;Kleur\r\nSamen;8-9-2026;rood\r\n;;\r\nNaar buiten;;\r\n".encode("utf-8-sig"),
    b"SEP=,\nLes,Datum,Kleur\nSamen,2026-09-08,rood\n,,\nNaar buiten,,\n",
    "sep=\t\rLes\tDatum\tKleur\rSamen\t8-9-2026\trood\r\t\t\rNaar buiten\t\t\r".encode("utf-16"),
])  # fmt: skip
def test_commas_are_read_in_every_usual_way(content):
    rows, unknown = told(content)
    assert [(number, cells["title"], read_day(cells["day"])) for number, cells in rows] == [
        (2, "Samen", date(2026, 9, 8)),
        (4, "Naar buiten", None),
    ]
    assert unknown == ("kleur",)
    assert rows[0][1]["number"] == ""


def test_a_comma_file_that_names_its_separator_is_read_by_that_one_however_often_others_stand_in_it():
    rows, unknown = told(b"sep=,\nLes,Kleur; soms; geel\nSamen,rood\n")
    assert ([cells["title"] for _number, cells in rows], unknown) == (["Samen"], ("kleur; soms; geel",))


@pytest.mark.parametrize("named", ["", "x", ";,", "\\t", " ", '"'])
def test_a_separator_that_makes_no_sense_gets_a_sentence(named):
    with pytest.raises(UnreadableFile, match="sep="):
        told(f"sep={named}\nLes;Datum\nSamen;8-9-2026\n".encode())


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_excel_says_the_same_as_commas(options):
    rows = [["Les", "Datum", "Nummer", "Kleur"], ["Samen", date(2026, 9, 8), 3, "rood"], [], ["Élan", "", 1.5, ""]]
    found, unknown = told(workbook(rows, **options))
    assert found == [
        (2, {"title": "Samen", "day": "2026-09-08", "number": "3"}),
        (4, {"title": "Élan", "day": "", "number": "1.5"}),
    ]
    assert unknown == ("kleur",)


def test_a_column_that_is_needed_is_named():
    for content in (b"Datum\n8-9-2026\n", workbook([["Datum"]])):
        with pytest.raises(UnreadableFile, match="“title”"):
            told(content)


def test_too_many_rows_are_refused_also_empty_ones():
    for content in (b"les\n" + b";\n" * 6, workbook([["les"], *[["x"]] * 6])):
        with pytest.raises(UnreadableFile, match="meer dan vijf"):
            told(content)


def packed(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in parts.items():
            book.writestr(name.replace("__", "/") + ".xml", part)
    return content.getvalue()


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
HOSTILE = {
    "no workbook": b"PK\x03\x04" + b"\0" * 100,
    "an empty archive": packed(),
    "another document": packed(word__document=b"<x/>"),
    "half a workbook": workbook([["Les"], ["Samen"]])[:-40],
    "entities": packed(xl__worksheets__sheet1=LAUGHS),
    "30 MB in 30 kB": packed(xl__worksheets__sheet1=b" " * 30_000_000),
    "broken": packed(xl__worksheets__sheet1=b"<worksheet><row"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_workbook_that_wants_to_harm_gets_one_sentence(name):
    with pytest.raises(UnreadableFile) as refused:
        told(HOSTILE[name])
    assert len(refused.value.sentence.split()) <= 18


@settings(max_examples=40)
@given(st.binary(max_size=300))
def test_no_bytes_give_another_error(content):
    for start in (b"", b"PK\x03\x04"):
        with suppress(UnreadableFile):
            told(start + content)


@settings(max_examples=40)
@given(st.binary(max_size=200))
def test_no_sheet_gives_another_error(sheet):
    content = packed(
        xl__worksheets__sheet1=b'<worksheet><row r="1"><c r="' + sheet + b'"><v>1</v></c></row></worksheet>'
    )
    with suppress(UnreadableFile):
        told(content)


@pytest.mark.parametrize("text", ["", "morgen", "30-2-2026", "2026-13-01", "8-9-26", "9" * 30])
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None
