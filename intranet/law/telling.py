"""What the page of an incident says of the rules that count."""

from typing import Any
from uuid import UUID

from flask import url_for

from intranet.api import db, may
from intranet.incidents.readable import Reader
from intranet.law import reading
from intranet.law.reading import REPORT_TO_INSPECTORATE
from intranet.law.words import categories_in_words, outcome_badge


def card(incident: UUID, someone: Reader) -> dict[str, Any] | None:
    """Return what the rules make of an incident; None while none count for it."""
    if not may("law.read"):
        return None
    applied = reading.applied(db.session.connection(), someone.school)
    if applied is None:
        return None
    found = reading.weighed(someone, applied.rule_set, applied.rules, applied.since, incident=incident)
    if not found:
        return None
    return {
        "title": applied.rule_set.title,
        "badge": outcome_badge(found[0]),
        "categories": categories_in_words(found[0].classified.categories),
        "href": url_for("law.incident", incident_id=incident) if may(REPORT_TO_INSPECTORATE) else None,
    }
