"""The words of cases: what one is about, which part somebody has in it, and how it goes."""

from flask_babel import lazy_gettext as _l

from events.case_plan import NOT_ASKED, NOT_YET, OTHER_VOICE, PARENTS, PUPIL, TEACHER, WELL

BULLYING = "bullying"
KIND_LABELS = {BULLYING: _l("Pesten")}
TITLES = {BULLYING: _l("Pestzaak")}

SIGN_LABELS = {
    "repeated": _l("Het gebeurt steeds weer"),
    "on_purpose": _l("Het is met opzet, tegen hetzelfde kind"),
    "unequal_power": _l("Het is niet gelijk op: het kind kan zich niet weren"),
}

ROLE_LABELS = {
    "victim": _l("krijgt het te verduren"),
    "alleged_perpetrator": _l("doet het, zo lijkt het"),
    "follower": _l("doet mee"),
    "witness": _l("ziet het gebeuren"),
    "defender": _l("neemt het op voor het kind"),
    "involved": _l("betrokken"),
}
"""What somebody does in this case, never what a child is."""

VOICE_LABELS = {
    PUPIL: _l("Het kind zelf"),
    PARENTS: _l("De ouders"),
    TEACHER: _l("De leerkracht"),
    OTHER_VOICE: _l("Iemand anders"),
}
VIEW_LABELS = {
    WELL: _l("Het gaat goed"),
    NOT_YET: _l("Nog niet goed"),
    NOT_ASKED: _l("Niet gevraagd"),
}
VIEW_ICONS = {WELL: "smile", NOT_YET: "frown", NOT_ASKED: "circle-question-mark"}
VIEW_TONES = {WELL: "ok", NOT_YET: "warn", NOT_ASKED: "quiet"}
OUTCOME_LABELS = {WELL: _l("Het gaat goed"), NOT_YET: _l("Nog niet goed")}
