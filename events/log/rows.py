"""Changes and removes rows of a projection by their keys, with statements that are built once and not in each save."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Delete, Table, Update, bindparam
from sqlalchemy.engine import Connection


def change(db: Connection, table: Table, of: Mapping[str, Any], **values: Any) -> int:
    """Give the rows with these keys other values; returns how many there are."""
    statement = _update(table, tuple(of), tuple(values))
    return db.execute(statement, _of(of) | {f"new_{name}": value for name, value in values.items()}).rowcount


def remove(db: Connection, table: Table, **of: Any) -> None:
    """Remove the rows with these keys."""
    db.execute(_delete(table, tuple(of)), _of(of))


def _of(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {f"of_{name}": value for name, value in keys.items()}


@cache
def _update(table: Table, keys: tuple[str, ...], names: tuple[str, ...]) -> Update:
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    return table.update().where(*(table.c[key] == bindparam(f"of_{key}") for key in keys)).values(values)


@cache
def _delete(table: Table, keys: tuple[str, ...]) -> Delete:
    return table.delete().where(*(table.c[key] == bindparam(f"of_{key}") for key in keys))
