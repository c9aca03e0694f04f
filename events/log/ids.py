"""Ids a column at a time, as SQLite keeps them: one by one, turning them costs more than reading or writing the row."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy import Column
from sqlalchemy.sql.elements import ColumnElement

_as_text = msgspec.json.Encoder(uuid_format="hex")
_parse = msgspec.json.Decoder(list[str | None])


def as_stored(columns: Iterable[Column[Any]]) -> list[ColumnElement[Any]]:
    """Return columns to select, in which ids come as the database keeps them: as text where it knows no ids."""
    return [
        sa.type_coerce(column, sa.types.NullType()).label(column.name) if isinstance(column.type, sa.Uuid) else column
        for column in columns
    ]


def ids_of(stored: Sequence[Any]) -> Sequence[UUID]:
    """Return the ids of a column that was selected as stored."""
    return msgspec.convert(stored, list[UUID]) if stored and isinstance(stored[0], str) else stored


def texts_of(ids: Sequence[UUID | None]) -> list[str | None]:
    """Return ids as the text that SQLite keeps."""
    return _parse.decode(_as_text.encode(ids))


def repeated_ids_of(stored: Sequence[Any]) -> list[UUID | None]:
    """Return the ids of a column in which the same few come back, or none."""
    different = list(set(stored) - {None})
    known = dict(zip(different, ids_of(different), strict=True))
    return [known.get(each) for each in stored]
