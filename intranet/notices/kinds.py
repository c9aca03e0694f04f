"""The kinds of notices of the core: what each says to who may read the record, and which are urgent."""

from typing import Any

from flask_babel import lazy_gettext as _l

from events.frozen import frozen
from intranet.plugin_manager import installed

MENTIONED, PROMISED, SHARED, SIGNAL_STATE = "mentioned", "promised", "shared", "signal_state"
CLIMBED = "climbed"
CLOSING, TEAM, EMERGENCY, MATTER, SERIOUS = "closing", "team", "emergency", "matter", "serious"


@frozen
class Kind:
    """What a notice says on the page, with its picture; an urgent one is a duty and cannot be switched off."""

    label: Any
    icon: str
    urgent: bool = False


KINDS = {
    MENTIONED: Kind(_l("Iemand noemt je"), "at-sign"),
    PROMISED: Kind(_l("Er staat een afspraak op jouw naam"), "flag"),
    CLIMBED: Kind(_l("Een afspraak van een collega is te laat"), "clock"),
    SHARED: Kind(_l("Iemand deelt iets met jou"), "share-2"),
    SIGNAL_STATE: Kind(_l("Er is iets gedaan met jouw signaal"), "eye"),
    CLOSING: Kind(_l("Een voorstel om te sluiten wacht op een tweede paar ogen"), "scale"),
    TEAM: Kind(_l("Je doet mee in een zaak"), "users"),
    EMERGENCY: Kind(_l("Iemand nam noodtoegang. Beoordeel of dat terecht was"), "key-round", urgent=True),
    MATTER: Kind(_l("Er wacht een melding voor het bestuur"), "lock", urgent=True),
    SERIOUS: Kind(_l("Een incident is ernstig"), "triangle-alert", urgent=True),
}

RECORD_LABELS = {
    "incidents.incident": _l("Incident"),
    "signals.signal": _l("Signaal"),
    "cases.case": _l("Zaak"),
}


def kind_of(code: str) -> Kind | None:
    """Return the kind with a code, of the core or of a plugin; None when its plugin is gone."""
    if code in KINDS:
        return KINDS[code]
    found = plugin_kinds().get(code)
    return None if found is None else Kind(found.label, found.icon, found.urgent)


def plugin_kinds() -> dict[str, Any]:
    """Return the kinds that the manifests of installed plugins declare, by code."""
    return {kind.code: kind for plugin in installed() for kind in plugin.manifest.notices}
