"""Turns an exported log (JSON lines) into a database file of the usual layout, so that one program checks both."""

import json
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verifier.copies import COLUMNS, sqlite3
from verifier.failure import CannotCheck

_BITS = 63
# No keys and no constraints: what is wrong with the rows must be found by the check, not refused here.
_LAYOUT = f"CREATE TABLE event (school, {COLUMNS})"


def load_export(export: str, database: str) -> None:
    """Write the events of the file `export` into a new SQLite file `database`. Raises CannotCheck."""
    if not Path(export).is_file():
        raise CannotCheck("no_file", path=export)
    connection = sqlite3.connect(database, isolation_level=None)
    try:
        connection.execute(_LAYOUT)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO event VALUES ({','.join('?' * 11)})", _rows(export))
        connection.execute("COMMIT")
        connection.execute("CREATE INDEX event_order ON event (school, position)")
    finally:
        connection.close()


def _rows(export: str) -> Iterator[tuple[Any, ...]]:
    number = 1
    with open(export, encoding="utf-8", newline="\n") as lines:
        try:
            for number, line in enumerate(lines, 1):  # noqa: B007
                yield _row(json.loads(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise CannotCheck("unreadable_line", line=number, path=export) from error


def _row(event: dict[str, Any]) -> tuple[Any, ...]:
    numbers = event["position"], event["version"], event["name_version"], event["recorded_at"], event["happened_at"]
    if any(type(number) is not int for number in numbers[:4]) or type(numbers[4]) not in (int, type(None)):
        raise TypeError("positions, versions and times are whole numbers")
    if any(number is not None and number.bit_length() > _BITS for number in numbers):
        raise ValueError("no database holds such a number")
    for text in (
        event["school"],
        event["stream"],
        event["name"],
        *([] if event["actor"] is None else [event["actor"]]),
    ):
        # A string of JSON may hold half a character, which is no text.
        str.encode(text)
    return (
        event["school"], event["position"], event["stream"], event["version"], event["name"], event["name_version"],
        event["actor"], event["recorded_at"], event["happened_at"],
        b64decode(event["payload"], validate=True), b64decode(event["leaf"], validate=True),
    )  # fmt: skip
