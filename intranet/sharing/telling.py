"""That a record was shared and taken back, as items of the time line of any kind of record."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from events.sharing import Sharing
from intranet.people.mentions import to_html
from intranet.people.roster import Roster

Item = dict[str, Any]


def _name(people: Roster, person: Any) -> str:
    return str(people[person].full) if person in people else _("iemand die niet meer bekend is")


def told(event: Any, people: Roster) -> Item | None:
    """Tell an event about sharing; None for another."""
    if isinstance(event, Sharing.Shared):
        day = format_date(event.until, "d MMMM y")
        title = _("Gedeeld met %(person)s, tot en met %(day)s", person=_name(people, event.person_id), day=day)
        line = to_html(event.reason, current_user) if event.reason else None
        return {"title": title, "line": line, "icon": "user-plus", "tone": "info"}
    if isinstance(event, Sharing.ShareWithdrawn):
        title = _("Niet meer gedeeld met %(person)s", person=_name(people, event.person_id))
        return {"title": title, "icon": "user-x", "tone": "warn"}
    return None
