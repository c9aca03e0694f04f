"""Reads back an Excel file with the standard library: what stands in each cell, and as what."""

import io
import re
import zipfile
from xml.etree import ElementTree

NAMESPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


class Workbook:
    """The sheets of a file by number, with each cell as (type, value); type "s" is text and "n" a number."""

    def __init__(self, content: bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            self.parts = {name: file.read(name).decode() for name in file.namelist() if name.endswith(".xml")}
        strings = ElementTree.fromstring(self.parts["xl/sharedStrings.xml"])
        self.strings = ["".join(each.itertext()) for each in strings.findall("m:si", NAMESPACE)]

    @property
    def names(self) -> list[str]:
        return re.findall(r'<sheet name="([^"]+)"', self.parts["xl/workbook.xml"])

    def part(self, number: int) -> str:
        return self.parts[f"xl/worksheets/sheet{number}.xml"]

    def rows(self, number: int) -> list[list[tuple[str, str]]]:
        found = ElementTree.fromstring(self.part(number)).findall(".//m:row", NAMESPACE)
        return [[self._cell(cell) for cell in row] for row in found]

    def _cell(self, cell: ElementTree.Element) -> tuple[str, str]:
        kind, value = cell.get("t", "n"), cell.findtext("m:v", "", NAMESPACE)
        return (kind, self.strings[int(value)]) if kind == "s" else (kind, value)
