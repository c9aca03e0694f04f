"""The words of the chronology: from which kind of source a line comes."""

from flask_babel import lazy_gettext as _l

INCIDENT, SIGNAL, CASE, PROMISE, LOOKING_BACK, CONTACT, FILE, BODY, MATTER, PLUGIN = (
    "incident",
    "signal",
    "case",
    "promise",
    "evaluation",
    "contact",
    "file",
    "body",
    "matter",
    "plugin",
)
SORT_LABELS = {
    INCIDENT: _l("Incidenten"),
    SIGNAL: _l("Signalen"),
    CASE: _l("Zaken"),
    PROMISE: _l("Plan en afspraken"),
    LOOKING_BACK: _l("Terugkijken"),
    CONTACT: _l("Contact met ouders en kind"),
    FILE: _l("Foto’s en scans"),
    BODY: _l("Plekken op het lichaam"),
    MATTER: _l("Meldingen voor het bestuur"),
    PLUGIN: _l("Lessen en onderdelen"),
}
"""Code → what the lines of a source are called, in the order of the filter."""
