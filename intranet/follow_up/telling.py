"""What was promised, done and closed, as items of the time line of an incident or a case."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from markupsafe import Markup

from events.follow_up import FollowedUp
from intranet.follow_up.kinds import INFORMED_LABELS, KIND_LABELS
from intranet.incidents.moments import day_in_words
from intranet.people.mentions import to_html
from intranet.people.roster import Roster

Item = dict[str, Any]


def _name(people: Roster, person: Any) -> str:
    return str(people[person].full) if person in people else _("iemand die niet meer bekend is")


def _words(text: Any) -> Any:
    return to_html(text, current_user) if text else None


def _promised(event: Any, people: Roster) -> Item:
    what = KIND_LABELS.get(event.kind, event.kind)
    title = _("Afgesproken: %(what)s", what=what)
    if event.person_id:
        title = _("Afgesproken: %(what)s, voor %(name)s", what=what, name=_name(people, event.person_id))
    day = day_in_words(event.due_on)
    line = _("%(who)s doet het voor %(day)s.", who=_name(people, event.owner), day=day)
    if event.repeats:
        often = ngettext("Elke schooldag.", "Om de %(num)d schooldagen.", event.repeats)
        line = f"{line} {often}"
    return {"title": title, "line": line, "icon": "flag", "tone": "info"}


def _kept(event: Any, _people: Roster) -> Item:
    title = _("Gedaan") if event.next_due is None else _("Gedaan, en het gaat door")
    return {"title": title, "line": _words(event.outcome), "icon": "check", "tone": "ok"}


def _waived(event: Any, _people: Roster) -> Item:
    return {"title": _("Hoeft niet meer"), "line": _words(event.reason), "icon": "x", "tone": "quiet"}


def _moved(event: Any, people: Roster) -> Item:
    day = day_in_words(event.due_on)
    title = _("Verzet: %(who)s, voor %(day)s", who=_name(people, event.owner), day=day)
    return {"title": title, "line": _words(event.reason), "icon": "calendar-clock", "tone": "warn"}


def _informed(event: Any, people: Roster) -> Item:
    title = _(
        "De ouders van %(name)s weten het (%(how)s)",
        name=_name(people, event.person_id),
        how=str(INFORMED_LABELS.get(event.how, event.how)).lower(),
    )
    return {"title": title, "line": _words(event.remark), "icon": "phone", "tone": "ok"}


def _proposed(event: Any, _people: Roster) -> Item:
    return {"title": _("Voorgesteld om af te sluiten"), "line": _ending(event), "icon": "eye", "tone": "warn"}


def _closed(event: Any, _people: Roster) -> Item:
    return {"title": _("Afgesloten"), "line": _ending(event), "icon": "circle-check", "tone": "ok"}


def _ending(event: Any) -> Any:
    """Return how it ended, and why nothing was needed where nothing was done."""
    ending = _words(event.conclusion)
    if event.nothing_needed is None:
        return ending
    return Markup("{} {} {}").format(ending, _("Geen vervolgactie nodig:"), _words(event.nothing_needed))


def _reopened(event: Any, _people: Roster) -> Item:
    return {"title": _("Weer geopend"), "line": _words(event.reason), "icon": "lock-open", "tone": "warn"}


_TELL: dict[type, Callable[[Any, Roster], Item]] = {
    FollowedUp.FollowUpPromised: _promised,
    FollowedUp.FollowUpKept: _kept,
    FollowedUp.FollowUpWaived: _waived,
    FollowedUp.FollowUpMoved: _moved,
    FollowedUp.ParentsInformed: _informed,
    FollowedUp.ClosingProposed: _proposed,
    FollowedUp.Closed: _closed,
    FollowedUp.Reopened: _reopened,
}


def told(event: Any, people: Roster) -> Item | None:
    """Return an event as an item, None when it is not about what follows."""
    tell = next((_TELL[each] for each in type(event).__mro__ if each in _TELL), None)
    return None if tell is None else tell(event, people)
