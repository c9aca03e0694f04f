"""What stands in an exported file, and that nothing in it runs."""

import csv
import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from intranet.exports import comma_file, spreadsheet
from intranet.exports.sheet import Column, Sheet, in_words
from tests.intranet.exports.workbook import Workbook

ZONE = ZoneInfo("Europe/Amsterdam")
COLUMNS = [Column("Wat"), Column("Hoeveel", "number"), Column("Dag", "day"), Column("Wanneer", "moment")]
MOMENT = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =cmd|'/c calc'!A0", '=HYPERLINK("http://x")']


def excel(*rows):
    return Workbook(spreadsheet.make(Sheet(COLUMNS, rows), "Incidenten", "Over", [("Filters", "=1+1")], ZONE))


def comma(*rows):
    content = comma_file.make(Sheet(COLUMNS, rows), ZONE)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_excel_has_real_dates_numbers_and_text():
    head, row = excel(["Ruzie", 2.5, date(2026, 11, 23), MOMENT]).rows(1)
    assert [value for _type, value in head] == ["Wat", "Hoeveel", "Dag", "Wanneer"]
    assert row[:2] == [("s", "Ruzie"), ("n", "2.5")]
    # Excel counts days since 1900; 11:05 in Greenwich is 12:05 at school.
    assert row[2] == ("n", str((date(2026, 11, 23) - date(1899, 12, 30)).days))
    assert float(row[3][1]) == pytest.approx((date(2026, 11, 23) - date(1899, 12, 30)).days + (12 * 60 + 5) / 1440)


def test_excel_can_be_filtered_and_says_what_it_is():
    book = excel(["Ruzie", 1, None, None])
    assert book.names == ["Incidenten", "Over"]
    assert '<autoFilter ref="A1:D2"' in book.part(1)
    assert 'ySplit="1"' in book.part(1)
    assert book.rows(2) == [[("s", "Filters"), ("s", "=1+1")]]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link(text):
    book = excel([text, 1, None, None])
    assert "<f>" not in book.part(1)
    assert "hyperlink" not in book.part(1)
    assert book.rows(1)[1][0][0] == "s"
    written = comma([text, 1, None, None])[1][0]
    assert written.startswith("'")
    assert written[1:].strip() == text.strip().replace("\r", "\n").strip()


def test_a_text_longer_than_a_cell_is_cut_and_not_left_out():
    assert len(excel(["a" * 40_000, 1, None, None]).rows(1)[1][0][1]) == 32_767


def test_csv_is_what_a_dutch_excel_expects():
    assert comma(['Ruzie; "om de bal"', 2.5, date(2026, 11, 23), MOMENT], ["Gewoon - ruzie", -3, None, None]) == [
        ["Wat", "Hoeveel", "Dag", "Wanneer"],
        ['Ruzie; "om de bal"', "2,5", "23-11-2026", "23-11-2026 12:05"],
        ["Gewoon - ruzie", "-3", "", ""],
    ]


def test_paper_has_words(app):
    with app.test_request_context():
        row = ["Ruzie", 1234.5, date(2026, 11, 23), MOMENT]
        assert [in_words(*pair) for pair in zip(COLUMNS, row, strict=True)] == [
            "Ruzie", "1.234,5", "23 nov 2026", "23 nov 2026 12:05",
        ]  # fmt: skip
        assert in_words(COLUMNS[2], None) == ""
