"""What plugins put on the page of an incident, a signal or a case."""

from typing import Any
from uuid import UUID

from intranet.contributions import Subject
from intranet.hook_calls import contributions


def cards_of(kind: str, record_id: UUID) -> list[Any]:
    """Return the cards of plugins for a record that who is signed in opened; `kind` as the log calls it."""
    return [card for _plugin, card in contributions("record_cards", record=Subject(kind, record_id))]
