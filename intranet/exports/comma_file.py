"""An export as CSV as a Dutch Excel opens it: semicolons, decimal commas, and nothing that runs as a formula."""

import csv
import io
from zoneinfo import ZoneInfo

from intranet.exports.sheet import DAY, MOMENT, NUMBER, Cell, Column, Sheet

FORMULA_BEGINS = ("=", "+", "-", "@")


def make(sheet: Sheet, zone: ZoneInfo) -> bytes:
    """Return the file, with the mark by which Excel knows that it is UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(str(column.head)) for column in sheet.columns])
    for row in sheet.rows:
        writer.writerow([_written(column, cell, zone) for column, cell in zip(sheet.columns, row, strict=True)])
    return target.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula (CWE-1236)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    # Programs differ in which blanks they pass over before they see a formula.
    return f"'{text}" if text.lstrip().startswith(FORMULA_BEGINS) else text


def _written(column: Column, cell: Cell, zone: ZoneInfo) -> str:
    if cell is None:
        return ""
    if column.kind == NUMBER:
        return str(cell).replace(".", ",")
    if column.kind == DAY:
        return f"{cell:%d-%m-%Y}"
    if column.kind == MOMENT:
        return f"{cell.astimezone(zone):%d-%m-%Y %H:%M}"
    return harmless(str(cell))
