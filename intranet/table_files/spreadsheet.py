"""Reads the first sheet of an Excel workbook (.xlsx) as rows of text; formulas count as what they showed last."""

import io
import re
import zipfile
from datetime import date, timedelta

from flask_babel import gettext as _

from intranet.people.safe_xml import GuardedHandler, read_xml
from intranet.uploads import UnreadableFile

MOST_BYTES_INSIDE = 20_000_000
MOST_PARTS, MOST_COLUMNS = 500, 200
DAY_FORMATS = {*range(14, 18), 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58}
"""The numbers of the built-in formats of cells that show a day."""
_SHOWS_DAY = re.compile(r"[dy]", re.IGNORECASE)
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class _Texts(GuardedHandler):
    """The texts that cells refer to by number; what is read aloud (`rPh`) is no part of them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._parts: list[str] | None = None
        self._inside = False

    def opened(self, name: str, attributes) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self.skip()
        self._inside = name == "t"

    def closed(self, name: str) -> None:
        self._inside = False
        if name == "si" and self._parts is not None:
            self.texts.append("".join(self._parts))

    def said(self, text: str) -> None:
        if self._inside and self._parts is not None:
            self._parts.append(text)


class _Styles(GuardedHandler):
    """Which formats of cells show a day."""

    def __init__(self) -> None:
        super().__init__()
        self.days: list[bool] = []
        self._own: dict[str, bool] = {}
        self._in_cells = False

    def opened(self, name: str, attributes) -> None:
        if name == "numFmt":
            shown = _NOT_SHOWN.sub("", attributes.get("formatCode", ""))
            self._own[attributes.get("numFmtId", "")] = bool(_SHOWS_DAY.search(shown))
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            number = attributes.get("numFmtId", "0")
            self.days.append(self._own.get(number, number.isdigit() and int(number) in DAY_FORMATS))

    def closed(self, name: str) -> None:
        if name == "cellXfs":
            self._in_cells = False


class _Book(GuardedHandler):
    """Whether the days of a workbook are counted from 1904, as on old Macs."""

    def __init__(self) -> None:
        super().__init__()
        self.from_1904 = False

    def opened(self, name: str, attributes) -> None:
        if name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


class _Cells(GuardedHandler):
    """The cells of a sheet, as rows of texts, by the number that the sheet gives a row."""

    def __init__(self, texts: list[str], days: list[bool], first_day: date):
        super().__init__()
        self.rows: dict[int, list[str]] = {}
        self._texts, self._days, self._first_day = texts, days, first_day
        self._at: tuple[int, int] = (0, 0)
        self._kind, self._is_day = "", False
        self._inside = False
        self._parts: list[str] = []

    def opened(self, name: str, attributes) -> None:
        if name == "c":
            self._at = self._place(attributes.get("r", ""))
            self._kind, style = attributes.get("t", "n"), attributes.get("s", "0")
            self._is_day = style.isdigit() and int(style) < len(self._days) and self._days[int(style)]
            self._parts = []
        elif name == "row" and (number := attributes.get("r", "")).isdigit() and len(number) < 8:
            self._at = (int(number), -1)
        self._inside = name in ("v", "t")

    def closed(self, name: str) -> None:
        self._inside = False
        row, column = self._at
        if name == "c" and row and 0 <= column < MOST_COLUMNS:
            cells = self.rows.setdefault(row, [])
            cells += [""] * (column + 1 - len(cells))
            cells[column] = self._shown("".join(self._parts).strip())

    def said(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def _place(self, written: str) -> tuple[int, int]:
        found = _PLACE.fullmatch(written)
        if found is None:
            return self._at[0], self._at[1] + 1
        column = 0
        for letter in found[1]:
            column = column * 26 + ord(letter) - 64
        return int(found[2]), column - 1

    def _shown(self, value: str) -> str:
        if self._kind == "s":
            return self._texts[int(value)] if value.isdigit() and int(value) < len(self._texts) else ""
        if self._kind != "n":
            return value
        number = re.fullmatch(r"(\d{1,7})(\.\d+)?(?:E[+-]?\d+)?", value)
        if self._is_day and number and "E" not in value:
            return (self._first_day + timedelta(days=int(number[1]))).isoformat()
        return value.removesuffix(".0")


def rows_of(content: bytes) -> list[tuple[int, list[str]]]:
    """Return the rows of the first sheet, each with its number. Raises `UnreadableFile` with one sentence."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return _read(book)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        KeyError,
        OSError,
        ValueError,
        OverflowError,
    ):
        # A file with a password, a part that is missing, a sum that does not fit: to the person it is one thing.
        raise UnreadableFile(
            _("Dit Excel-bestand kunnen we niet lezen. Bewaar het opnieuw als .xlsx of als CSV.")
        ) from None


def _read(book: zipfile.ZipFile) -> list[tuple[int, list[str]]]:
    parts = {each.filename: each for each in book.infolist()}
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts.values()) > MOST_BYTES_INSIDE:
        raise UnreadableFile(_("In dit Excel-bestand zit te veel. Bewaar alleen het blad met de lijst."))
    sheets = sorted(
        (name for name in parts if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    texts, styles, about = _Texts(), _Styles(), _Book()
    for part, handler in (("xl/sharedStrings.xml", texts), ("xl/styles.xml", styles), ("xl/workbook.xml", about)):
        if part in parts:
            read_xml(book.read(part), handler)
    # Excel counts 1900 as a leap year: from March 1900 on its days are one further than they should be.
    cells = _Cells(texts.texts, styles.days, date(1904, 1, 1) if about.from_1904 else date(1899, 12, 30))
    read_xml(book.read(sheets[0] if sheets else "xl/worksheets/sheet1.xml"), cells)
    return sorted(cells.rows.items())
