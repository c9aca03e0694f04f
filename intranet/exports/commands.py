"""Recording that an export was made; it is saved before the file leaves."""

from collections.abc import Mapping
from uuid import UUID

from intranet.database import log
from intranet.exports.events import Chosen, Export


def note_export(what: str, format: str, *, with_names: bool, rows: int, filters: Mapping[str, str]) -> UUID:
    """Record an export and return its id. `filters` are codes and ids by name, never words."""
    chosen = tuple(Chosen(name, choice.lower()) for name, choice in sorted(filters.items()))
    export = Export(what=what, format=format, with_names=with_names, rows=rows, filters=chosen)
    log.save(export)
    return export.id
