"""The words of signals: what one can notice, who noticed it, and how far the looking is."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from events.frozen import frozen

POSITIVE, OBSERVATION, CONCERN = "positive", "observation", "concern"
BULLYING, HOME = "bullying_suspected", "home_safety_signs"
"""The codes that the incidents have for the same, so that one safety net serves both."""


@frozen
class Choice:
    """One of the things that can be noticed, with the picture and the example by which people know it."""

    code: str
    label: LazyString
    icon: str
    example: LazyString
    tone: str


CHOICES = (
    Choice(POSITIVE, _l("Gaat goed"), "thumbs-up", _l("‘Sem hielp uit zichzelf een nieuw kind.’"), "ok"),
    Choice(OBSERVATION, _l("Valt op"), "eye", _l("‘Noor speelt deze week steeds alleen.’"), "info"),
    Choice(CONCERN, _l("Zorg"), "heart-handshake", _l("‘Mees is al weken moe en stil.’"), "warn"),
)
TITLES = {
    POSITIVE: _l("Gaat goed"),
    OBSERVATION: _l("Observatie"),
    CONCERN: _l("Zorgsignaal"),
}

MARK_LABELS = {
    BULLYING: _l("Lijkt op pesten"),
    HOME: _l("Zorg over thuis"),
}
MARK_ICONS = {BULLYING: "user-x", HOME: "house"}

SOURCE_LABELS = {
    "self": _l("Ikzelf"),
    "pupil": _l("Een leerling"),
    "parent": _l("Een ouder"),
    "playground_patrol": _l("De pleinwacht van leerlingen"),
    "class_parent": _l("Een klassenouder"),
    "council_member": _l("Een lid van de MR"),
    "parents_council": _l("De ouderraad"),
    "colleague": _l("Een collega"),
    "confidential_adviser": _l("De vertrouwenspersoon"),
    "other": _l("Iemand anders"),
}

PARTNER_LABELS = {
    "pupil": _l("Met het kind"),
    "parents": _l("Met de ouders"),
    "colleague": _l("Met een collega"),
    "other": _l("Met iemand anders"),
}

NEW, KEPT, BUSY, SUPPORT_TEAM, INCIDENT, CLOSED = "new", "kept", "busy", "support_team", "incident", "closed"


@frozen
class State:
    """How far the looking is: a badge for who works with it, and a sentence for who reported it.

    `%(who)s` in a sentence is the duty of who looks at it.
    """

    label: LazyString
    tone: str
    sentence: LazyString


STATES = {
    NEW: State(_l("Nog te bekijken"), "warn", _l("De %(who)s bekijkt dit nog. Hier lees je hoe het loopt.")),
    KEPT: State(_l("Bewaard"), "ok", _l("Dit is bewaard. Er hoeft niets mee te gebeuren. Fijn dat je het zag.")),
    BUSY: State(_l("Wordt aan gewerkt"), "info", _l("Dit is bekeken en er wordt aan gewerkt.")),
    SUPPORT_TEAM: State(_l("Bij het ondersteuningsteam"), "info", _l("Het ondersteuningsteam kijkt mee.")),
    INCIDENT: State(_l("Incident geworden"), "info", _l("Dit is nu een incident. Het wordt daar opgevolgd.")),
    CLOSED: State(_l("Afgesloten"), "quiet", _l("Dit is bekeken en afgesloten. Dank je wel dat je het zei.")),
}  # fmt: skip
WAITS_FOR_NOBODY = _l("Nu kan niemand dit bekijken. Vertel het daarom zelf aan het bestuur.")


def choice_of(kind: str, positive: bool) -> Choice:
    """Return what was noticed."""
    code = POSITIVE if positive else kind
    return next(choice for choice in CHOICES if choice.code == code)


def marks_of(row: object) -> list[str]:
    """Return what a signal seems to be, as codes; `row` is of the register, or a signal."""
    found = {BULLYING: row.bullying, HOME: row.home_signs}  # type: ignore[attr-defined]
    return [code for code, holds in found.items() if holds]
