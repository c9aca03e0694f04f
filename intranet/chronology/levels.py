"""How much a file tells: for the parents or the child, for an authority, or for the school itself."""

from collections.abc import Callable
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.chronology.subjects import PERSON, About
from intranet.people.duties import duty_title
from intranet.people.events import PARENT, PUPIL
from intranet.people.register import duties_of, parents_of
from intranet.people.roster import Name

PARENTS, AGENCY, INTERNAL = "parents", "authority", "internal"
LEVELS = {
    PARENTS: _l("Voor de ouders of het kind zelf"),
    AGENCY: _l("Voor een instantie of collega"),
    INTERNAL: _l("Voor intern gebruik"),
}
LEVEL_HINTS = {
    PARENTS: _l("Zonder namen van anderen. Wie iets zag of meldde, staat er niet in."),
    AGENCY: _l("Andere kinderen zonder naam, medewerkers met hun functie. Wie iets zag, staat er niet bij."),
    INTERNAL: _l("Met alle namen. Alleen voor wie dit mag lezen."),
}
RECIPIENTS = {
    "parents": _l("Ouders of verzorgers"),
    "pupil": _l("De leerling zelf"),
    "veilig_thuis": _l("Veilig Thuis"),
    "police": _l("Politie"),
    "inspectorate": _l("Inspectie van het Onderwijs"),
    "youth_care": _l("Jeugdhulp"),
    "colleague": _l("Een collega die dit mag lezen"),
    "other": _l("Iemand anders"),
}
FOR_LEVEL = {
    PARENTS: ("parents", "pupil"),
    AGENCY: ("veilig_thuis", "police", "inspectorate", "youth_care", "colleague", "other"),
    INTERNAL: ("colleague",),
}
"""Who can receive which level: a choice that does not fit is a mistake that nobody can take back."""
LEFT_OUT = {
    "beside": _l("Hoort niet bij deze vraag"),
    "others": _l("Gaat vooral over een ander"),
    "safety": _l("Voor de veiligheid van het kind"),
}
"""Why a whole record does not go along."""


def levels_for(about: About) -> list[str]:
    """Return the levels that can be chosen: what is of one child never has the names of others, for nobody."""
    return [PARENTS, AGENCY] if about.kind == PERSON else [AGENCY, INTERNAL]


def role_of(level: str, about: About, school: UUID) -> Callable[[Name], str]:
    """Return the function that says by what noun somebody is called at a level."""
    parents = {parent for parent, _custody in parents_of(school, about.id)} if about.kind == PERSON else set()

    def role(name: Name) -> str:
        if name.kind == PUPIL:
            return _("een ander kind") if about.kind == PERSON else _("een kind")
        if name.kind == PARENT:
            return _("een ouder van dit kind") if name.person_id in parents else _("een andere ouder")
        if level == AGENCY:
            held = sorted(duties_of(school, name.person_id) - {"staff"})
            if held:
                return str(duty_title(held[0]))
        return _("een medewerker")

    return role
