"""What the pages of a record show of its shares: with whom, until when, by whom and why."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask_babel import format_date
from flask_login import current_user

from events.sharing import Sharing
from intranet.api import ButtonForm, current_school, log, roster, today
from intranet.incidents.story import who
from intranet.people.colleagues import staff_of
from intranet.people.mentions import to_html
from intranet.people.roster import Roster

from .forms import ShareForm
from .shareable import Shareable

USUAL_SHARE = timedelta(days=14)


def shares_card(of: Shareable, record: Sharing, standing: Any) -> dict[str, Any] | None:
    """Return what the page of a record shows to who reads it; None when there is nothing to show or to do."""
    may_share = of.may_share(standing)
    shares = list(_shares(record, roster(current_school())))
    share_url = of.url("shares", record.id) if may_share and of.can_be(record) else None
    if not shares and share_url is None:
        return None
    return {"shares": [_with_way_back(each, of, record) if may_share else each for each in shares], "url": share_url}


def share_page(of: Shareable, record: Sharing) -> dict[str, Any]:
    """Return what the page on which a record is shared shows besides its form."""
    shares = [_with_way_back(each, of, record) for each in _shares(record, roster(current_school()))]
    return {"shares": shares, "back": of.back(record.id), "back_label": of.label}


def share_form(record: Sharing, **values: Any) -> ShareForm:
    """Return the form to share a record, with who may be chosen: colleagues who are not in it themselves."""
    form = ShareForm(data={"until": today() + USUAL_SHARE}, **values)
    form.offer(colleagues(record))
    return form


def colleagues(record: Sharing) -> dict[UUID, str]:
    """Return with whom a record can be shared: colleagues who are not in it themselves."""
    closed = {*record.concerned, current_user.person_id}
    return {each.person_id: each.full for each in staff_of(current_school()) if each.person_id not in closed}


def _shares(record: Sharing, people: Roster) -> Iterator[dict[str, Any]]:
    """Yield the shares of today; one that was given to who is in the record by now lets them read nothing."""
    holds = {
        person for person, until in record.shared_with.items() if until >= today() and person not in record.concerned
    }
    if not holds:
        return
    given = {each.person_id: each for each in log.events.get(record.id) if isinstance(each, type(record).Shared)}
    for person in record.shared_with:
        if person in holds:
            yield _share(given[person], people)


def _share(given: Any, people: Roster) -> dict[str, Any]:
    return {
        "id": given.person_id,
        "name": who(people, given.person_id),
        "until": format_date(given.until, "d MMMM y"),
        "by": who(people, given.actor_id),
        "why": to_html(given.reason, current_user) if given.reason else None,
    }


def _with_way_back(share: dict[str, Any], of: Shareable, record: Sharing) -> dict[str, Any]:
    withdraw_url = of.url("withdraw", record.id, person_id=share["id"])
    return {**share, "withdraw_url": withdraw_url, "withdraw_form": ButtonForm(formdata=None)}
