"""What the rules say of an incident, in words: never that reporting is not needed."""

from flask_babel import gettext as _

from intranet.law.reading import Weighed
from intranet.law.rule_sets import CATEGORY_LABELS, ORDERED, REPORT, UNSAID, WEIGH


def outcome_badge(each: Weighed) -> tuple[str, str]:
    """Return what the rules say of an incident: never that reporting is not needed."""
    if each.notice is not None:
        return _("Gemeld"), "ok"
    return {
        REPORT: (_("Meld dit"), "bad"),
        WEIGH: (_("Bepaal eerst de ernst"), "warn"),
        ORDERED: (_("Ingedeeld"), "quiet"),
        UNSAID: (_("Staat niet in de regels"), "quiet"),
    }[each.classified.outcome]


def categories_in_words(codes: tuple[str, ...]) -> str:
    """Return categories in words."""
    return ", ".join(str(CATEGORY_LABELS.get(code, code)) for code in codes)
