"""What follows on an incident or in a case, in the review: that it was promised, done or closed, never the words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from events.case import Case
from events.incident import Incident
from intranet.follow_up.events import Climb
from intranet.follow_up.kinds import KIND_LABELS

from ..sentences import Telling, describes


def _what(kind: str) -> str:
    return str(KIND_LABELS.get(kind, kind)).lower()


@describes(Incident.FollowUpPromised, label=_l("Vervolg afgesproken"), icon="flag", tone="info")
@describes(Case.FollowUpPromised, label=_l("Vervolg afgesproken"), icon="flag", tone="info")
def promised(event: Any, told: Telling) -> str:
    return _(
        "%(who)s sprak een vervolg af: %(what)s, door %(owner)s.",
        who=told.who,
        what=_what(event.kind),
        owner=told.person(event.owner),
    )


@describes(Incident.FollowUpKept, label=_l("Vervolg gedaan"), icon="check", tone="ok")
@describes(Case.FollowUpKept, label=_l("Vervolg gedaan"), icon="check", tone="ok")
def kept(_event: Any, told: Telling) -> str:
    return _("%(who)s rondde een vervolg af.", who=told.who)


@describes(Incident.FollowUpWaived, label=_l("Vervolg niet nodig"), icon="x")
@describes(Case.FollowUpWaived, label=_l("Vervolg niet nodig"), icon="x")
def waived(_event: Any, told: Telling) -> str:
    return _("%(who)s legde vast dat een vervolg niet meer hoeft.", who=told.who)


@describes(Incident.FollowUpMoved, label=_l("Vervolg verzet"), icon="calendar-clock")
@describes(Case.FollowUpMoved, label=_l("Vervolg verzet"), icon="calendar-clock")
def moved(_event: Any, told: Telling) -> str:
    return _("%(who)s verzette een vervolg of gaf het door.", who=told.who)


@describes(Incident.ParentsInformed, label=_l("Ouders weten het"), icon="phone", tone="ok")
@describes(Case.ParentsInformed, label=_l("Ouders weten het"), icon="phone", tone="ok")
def informed(_event: Any, told: Telling) -> str:
    return _("%(who)s legde vast dat ouders het weten.", who=told.who)


@describes(Incident.ClosingProposed, label=_l("Afsluiten voorgesteld"), icon="eye", tone="warn")
def proposed(_event: Any, told: Telling) -> str:
    return _("%(who)s stelde voor een incident af te sluiten.", who=told.who)


@describes(Incident.Closed, label=_l("Incident afgesloten"), icon="circle-check", tone="ok")
def closed(_event: Any, told: Telling) -> str:
    return _("%(who)s sloot een incident af.", who=told.who)


@describes(Incident.Reopened, label=_l("Incident weer geopend"), icon="lock-open", tone="warn")
def reopened(_event: Any, told: Telling) -> str:
    return _("%(who)s opende een incident weer.", who=told.who)


@describes(Climb.Reached, label=_l("Vervolg te laat"), icon="clock", tone="warn")
def climbed(_event: Any, _told: Telling) -> str:
    return _("Een vervolg bleef liggen. Wie meekijkt, hoorde dat.")
