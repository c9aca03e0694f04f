"""An export as an Excel file: a sheet with real dates that can be filtered, and one that says what it is."""

import io
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from intranet.exports.sheet import DAY, MOMENT, NUMBER, Cell, Column, Sheet

LONGEST_TEXT = 32_767
"""Excel holds no more in a cell; the library would leave a longer one out without a word."""
LOOKS = {DAY: "d-m-yyyy", MOMENT: "d-m-yyyy h:mm", NUMBER: "#,##0.##"}
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def make(sheet: Sheet, title: str, about_title: str, about: Sequence[tuple[str, str]], zone: ZoneInfo) -> bytes:
    """Return the file. Everything typed by people is written as text, whatever it begins with."""
    import xlsxwriter  # not at the start: megabytes in every worker, for one of three ways to export

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        head = book.add_format({"bold": True, "bg_color": "#0d5c63", "font_color": "#ffffff", "valign": "top"})
        looks = {kind: book.add_format({"num_format": look, "valign": "top"}) for kind, look in LOOKS.items()}
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        page = book.add_worksheet(title[:31])
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, column.width)
            page.write_string(0, number, str(column.head), head)
        for line, row in enumerate(sheet.rows, 1):
            for number, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
                _write(page, line, number, column, cell, looks.get(column.kind, plain), zone)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        page.repeat_rows(0)
        _write_about(book.add_worksheet(about_title[:31]), about, book.add_format({"bold": True}), plain)
    return target.getvalue()


def _write(page: Any, line: int, number: int, column: Column, cell: Cell, look: Any, zone: ZoneInfo) -> None:
    if cell is None:
        page.write_blank(line, number, None, look)
    elif column.kind == NUMBER:
        page.write_number(line, number, cell, look)
    elif column.kind == DAY:
        page.write_datetime(line, number, cell, look)
    elif column.kind == MOMENT:
        page.write_datetime(line, number, cell.astimezone(zone).replace(tzinfo=None), look)
    else:
        page.write_string(line, number, str(cell)[:LONGEST_TEXT], look)


def _write_about(page: Any, about: Sequence[tuple[str, str]], bold: Any, plain: Any) -> None:
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 60)
    for line, (name, value) in enumerate(about):
        page.write_string(line, 0, str(name), bold)
        page.write_string(line, 1, str(value)[:LONGEST_TEXT], plain)
