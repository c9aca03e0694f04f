"""The rule sets there are, as dated lists: what is no law yet is proposed, and changed before it counts."""

from collections.abc import Collection
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from events.frozen import frozen

REPORT, WEIGH, ORDERED, UNSAID = "report", "weigh", "ordered", "unsaid"
"""To be reported; weigh first; in a category; not named by the rules. None of these says that no report is needed."""

CATEGORY_LABELS = {
    "injury": _l("Fysiek geweld"),
    "armed": _l("Wapen"),
    "sexual": _l("Seksueel grensoverschrijdend gedrag"),
    "severe_bullying": _l("Grof pesten"),
    "discrimination": _l("Discriminatie"),
    "threat": _l("Bedreiging"),
    "damage_theft": _l("Vernieling of diefstal"),
    "drugs": _l("Drugs of alcohol"),
}


@frozen
class Rules:
    """What a school applies: these kinds are always serious, the others of the law from a severity on.

    `notice_days` are school days after the incident was recorded; `evaluation_month` is the month (1 to 12) after a
    school year by which its safety policy has been evaluated.
    """

    always_serious: frozenset[str]
    serious_from: int
    notice_days: int
    evaluation_month: int


@frozen
class RuleSet:
    """A law, or a bill: its source, from when it may count, and how it orders our kinds of incidents."""

    code: str
    title: LazyString
    source: LazyString
    standing: LazyString
    earliest: date
    categories: dict[str, str]
    proposed: Rules


# Unverified: the categories are those of bill 32 857 of 2011, and the delegated rules of 36 777 are not there yet.
WVVO = RuleSet(
    code="wvvo",
    title=_l("Wet vrij en veilig onderwijs"),
    source=_l("Kamerstuk 36 777"),
    standing=_l("Dit is een wetsvoorstel. Het is nog geen wet, en de regels kunnen nog veranderen."),
    earliest=date(2026, 8, 1),
    categories={
        "physical_aggression": "injury",
        "weapon": "armed",
        "sexual_transgression": "sexual",
        "bullying_suspected": "severe_bullying",
        "cyberbullying_suspected": "severe_bullying",
        "discrimination": "discrimination",
        "threat": "threat",
        "vandalism": "damage_theft",
        "theft": "damage_theft",
        "drugs": "drugs",
    },
    proposed=Rules(frozenset({"weapon", "sexual_transgression"}), 3, 2, 10),
)
RULE_SETS = {WVVO.code: WVVO}


@frozen
class Classified:
    """What the rules make of an incident."""

    categories: tuple[str, ...]
    outcome: str


def classify(rule_set: RuleSet, rules: Rules, kinds: Collection[str], severity: int | None) -> Classified:
    """Order an incident by its kinds and severity (1 to 4, None while nobody weighed it)."""
    categories = tuple(dict.fromkeys(category for kind, category in rule_set.categories.items() if kind in kinds))
    if rules.always_serious & set(kinds):
        return Classified(categories, REPORT)
    if not categories:
        return Classified(categories, UNSAID)
    if severity is None:
        return Classified(categories, WEIGH)
    return Classified(categories, REPORT if severity >= rules.serious_from else ORDERED)
