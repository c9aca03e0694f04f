"""Emergency access in the review: that it was opened, ended or reviewed, by whom and about which pupil."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.emergency.events import EmergencyAccess

from ..sentences import Telling, describes


@describes(EmergencyAccess.Opened, label=_l("Noodtoegang"), icon="key-round", tone="bad")
def opened(event: Any, told: Telling) -> str:
    return _(
        "%(who)s nam noodtoegang tot wat over %(pupil)s is vastgelegd.",
        who=told.who,
        pupil=told.person(event.pupil_id),
    )


@describes(EmergencyAccess.Ended, label=_l("Noodtoegang gestopt"), icon="lock", tone="ok")
def ended(_event: Any, told: Telling) -> str:
    return _("%(who)s stopte met noodtoegang.", who=told.who)


@describes(EmergencyAccess.Reviewed, label=_l("Noodtoegang beoordeeld"), icon="scale", tone="info")
def reviewed(event: Any, told: Telling) -> str:
    if event.justified:
        return _("%(who)s vond een noodtoegang terecht.", who=told.who)
    return _("%(who)s vond een noodtoegang niet terecht.", who=told.who)
