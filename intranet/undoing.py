"""Undo instead of "are you sure": what was done is said with a button that posts the command that takes it back."""

from collections.abc import Iterable
from typing import Any

from flask import flash
from flask_babel import gettext as _

UNDO = "undo"
"""The category of a message that can be undone; `ui/said.html` shows it as a form."""


def say_undoable(sentence: str, address: str, **fields: Any) -> None:
    """Say on the next page what was done, with a button that posts these fields to the page that takes it back.

    The fields are ids, codes, days and `mistake()`, or lists of those: they travel in the browser of who did it, and
    never hold what somebody wrote. Offer it only to who may take it back.
    """
    posted = {name: [str(each) for each in _each(value)] for name, value in fields.items()}
    flash({"text": str(sentence), "url": address, "fields": posted}, UNDO)  # type: ignore[arg-type]


def _each(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def mistake() -> str:
    """Return the reason that is recorded when somebody takes back what they just did, where a reason is asked."""
    return str(_("Meteen ongedaan gemaakt: het was een vergissing."))
