"""Who may read what as a file: a row for each duty, as the school has it now."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.api import Column, ListToExport, Sheet, exported_list
from intranet.need_to_know.showing import table_page

LIST = exported_list("need_to_know.table", _l("Wie mag wat lezen"))


def table_to_export() -> ListToExport:
    """Return the table, to export: it is about duties and not about who has them."""
    return ListToExport(LIST, lambda _names: _sheet(), {}, [], url_for("need_to_know.table"), has_names=False)


def _sheet() -> Sheet:
    table = table_page()
    columns = [Column(_("Taak"), width=32), *(Column(each, width=28) for each in table["columns"])]
    return Sheet(columns, [[_said(cell) for cell in row] for row in table["rows"]])


def _said(cell: Any) -> str:
    return str(cell["text"] if isinstance(cell, dict) else cell)
