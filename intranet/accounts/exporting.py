"""The list of accounts as a file: who may come in, with which tasks, and whether their second step is on."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from intranet.accounts import known_people
from intranet.api import Column, ListToExport, Sheet, exported_list
from intranet.people.roster import Name

LIST = exported_list("accounts.accounts", _l("Accounts"))
STATUS_LABELS = {"active": _l("in gebruik"), "invited": _l("uitgenodigd"), "disabled": _l("uit")}


def accounts_to_export(rows: Sequence[tuple[Any, Name]]) -> ListToExport:
    """Return the accounts of the school, to export."""
    return ListToExport(LIST, lambda names: _sheet(rows, names), {}, [], url_for("accounts.accounts"))


def _sheet(rows: Sequence[tuple[Any, Name]], names: bool) -> Sheet:
    columns = [Column(_("Taken"), width=48), Column(_("Account"), width=14), Column(_("Tweede stap"), width=14)]
    naming = [Column(_("Naam"), width=32)] if names else []
    held = known_people.duties_by_person(current_user.school_id)
    return Sheet(
        [*naming, *columns],
        [[*([name.full] if names else []), *_facts(row, held.get(row.person_here, ()))] for row, name in rows],
    )


def _facts(row: Any, duties: Collection[str]) -> list[str]:
    return [
        ", ".join(known_people.duty_names(duties)),
        str(STATUS_LABELS[row.status]),
        str(_("aan") if row.second_factor else _("uit")),
    ]
