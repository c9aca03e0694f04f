"""What would change if the rules of a law began to count: shown before somebody switches them on."""

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from events.incident import SERIOUS
from intranet.api import current_school, roster
from intranet.incidents import listing, showing
from intranet.incidents.readable import reader
from intranet.law import reading
from intranet.law.rule_sets import REPORT, UNSAID, WEIGH, WVVO, Rules
from intranet.law.words import categories_in_words

MOST = 8


def change_page(rules: Rules, since: date) -> dict[str, Any]:
    """Return what the rules would make of what happened since a day, and which incidents would then be reported."""
    found = reading.weighed(reader(), WVVO, rules, since)
    to_report = [each for each in found if each.classified.outcome == REPORT]
    by_rule = [each for each in to_report if (each.row.severity or 0) < SERIOUS]
    outcomes = [each.classified.outcome for each in found]
    about = ngettext(
        "Dit gaat over %(num)d incident vanaf %(day)s dat jij mag lezen.",
        "Dit gaat over %(num)d incidenten vanaf %(day)s die jij mag lezen.",
        len(found),
        day=format_date(since, "d MMMM y"),
    )
    return {
        "about": about,
        "lines": [
            (_("Krijgt een categorie van de wet"), len(found) - outcomes.count(UNSAID)),
            (_("Meld je dan bij de inspectie"), len(to_report)),
            (_("Daarvan ernstig door een regel, niet door een weging"), len(by_rule)),
            (_("Weeg je dan eerst"), outcomes.count(WEIGH)),
        ],
        "items": _items(to_report[:MOST]),
        "more": len(to_report) - MOST,
    }


def _items(found: list[reading.Weighed]) -> list[dict[str, Any]]:
    people = roster(current_school())
    told = listing.with_parts(current_school(), [each.row for each in found])
    return [
        {
            "label": showing.title_of(parts),
            "href": url_for("incidents.incident", incident_id=each.row.incident),
            "note": " · ".join(
                filter(
                    None,
                    (
                        showing.happened_in_words(parts),
                        showing.people_line(parts, people),
                        "" if each.row.confidential else categories_in_words(each.classified.categories),
                    ),
                )
            ),
            "icon": showing.icon_of(parts),
            "badge": showing.severity_badge(each.row.severity) or (_("niet gewogen"), "quiet"),
        }
        for each, parts in zip(found, told, strict=True)
    ]
