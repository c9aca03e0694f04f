"""Which licence counts on a day: valid, and in the name of this school."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

VALID, SOON, LAPSED, ELSEWHERE, NONE = STANDINGS = ("valid", "soon", "lapsed", "elsewhere", "none")
"""How somebody stands: with a licence, with one that ends soon, that ended, of another school, or without any."""
FAR, NEAR = timedelta(days=90), timedelta(days=30)
"""How long beforehand somebody is told that a licence ends."""


def counts_on(row: Any, day: date) -> bool:
    """Tell whether a licence counts on a day."""
    return bool(not row.withdrawn and row.at_this_school and row.issued_on <= day <= row.valid_until)


def licensed_on(rows: Iterable[Any], day: date) -> frozenset[UUID]:
    """Return who may give the lessons on a day."""
    return frozenset(row.person for row in rows if counts_on(row, day))


def best_of(rows: Iterable[Any], day: date) -> Any:
    """Return the licence of one person that says most about a day: one that counts, then the one that ends last."""
    current = [row for row in rows if not row.withdrawn]
    return max(current, key=lambda row: (counts_on(row, day), row.at_this_school, row.valid_until), default=None)


def standing(rows: Iterable[Any], day: date) -> str:
    """Return how one person stands on a day."""
    best = best_of(rows, day)
    if best is None:
        return NONE
    if counts_on(best, day):
        return SOON if best.valid_until - day <= FAR else VALID
    return ELSEWHERE if not best.at_this_school and best.valid_until >= day else LAPSED


def warned(row: Any, day: date) -> date | None:
    """Return the day on which somebody should hear that a licence ends, once it has come: 90, then 30 days ahead."""
    moments = [row.valid_until - term for term in (NEAR, FAR)]
    return next((moment for moment in moments if moment <= day), None)
