"""The words for what can follow on an incident, in the order of urgency of the safety plan (P6.5)."""

from flask_babel import lazy_gettext as _l

from events.follow_up import CONSEQUENCES, OTHER_STAGE, PROTECTION, STOP, VICTIM

STAGE_LABELS = {
    STOP: _l("Het gedrag stopt"),
    VICTIM: _l("Eerst het slachtoffer"),
    CONSEQUENCES: _l("Duidelijkheid over de gevolgen"),
    PROTECTION: _l("Getuigen en meelopers beschermen"),
    OTHER_STAGE: _l("Verder"),
}

KIND_LABELS = {
    "behaviour_stopped": _l("Zorg dat het stopt"),
    "supervision": _l("Extra toezicht"),
    "victim_talk": _l("Praat met het slachtoffer"),
    "victim_care": _l("Schakel hulp in voor het slachtoffer"),
    "consequence_talk": _l("Gesprek over de gevolgen"),
    "restorative_talk": _l("Herstelgesprek"),
    "punishment": _l("Straf"),
    "damages": _l("Schade vergoeden"),
    "time_out": _l("Time-out"),
    "suspension": _l("Schorsing"),
    "inspectorate_notice": _l("Schorsing melden bij de inspectie"),
    "police_report": _l("Aangifte bij de politie"),
    "veilig_thuis": _l("Overleg met Veilig Thuis"),
    "contact_moment": _l("Contact houden"),
    "group_talk": _l("Praat met de hele groep"),
    "parents_talk": _l("Praat met de ouders"),
    "other_follow_up": _l("Iets anders"),
}

STAGE_ICONS = {
    STOP: "hand",
    VICTIM: "heart-handshake",
    CONSEQUENCES: "scale",
    PROTECTION: "shield",
    OTHER_STAGE: "flag",
}

INFORMED_LABELS = {
    "talk": _l("In een gesprek"),
    "phone": _l("Aan de telefoon"),
    "message": _l("Met een bericht"),
    "letter": _l("Met een brief"),
}

USUAL_KIND = {
    "victim": "victim_talk",
    "alleged_perpetrator": "consequence_talk",
    "witness": "contact_moment",
    "follower": "contact_moment",
}
"""What the plan asks first for somebody with a part; who was only involved or helped asks for nothing."""
