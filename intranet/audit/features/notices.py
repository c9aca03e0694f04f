"""Notices in the review: that somebody was told of something, without saying of what."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.notices.events import Notice

from ..sentences import Telling, describes


@describes(Notice.Given, label=_l("Bericht gegeven"), icon="bell", tone="quiet")
def given(event: Any, told: Telling) -> str:
    return _("%(person)s kreeg bericht van iets nieuws.", person=told.person(event.person_id))


@describes(Notice.TakenBack, label=_l("Bericht teruggenomen"), icon="bell", tone="quiet")
def taken_back(event: Any, told: Telling) -> str:
    return _("Een bericht aan %(person)s geldt niet meer.", person=told.person(event.person_id))
