"""Records on which files can hang: how one is opened, and what somebody who opened it may do with its files."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, request, url_for
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from events.case import Case
from events.frozen import frozen
from events.incident import Incident
from events.involvement import Involvement
from events.signal import Signal
from intranet.api import current_school, log, requires
from intranet.cases import opening as case_opening
from intranet.cases.readable import LEAD, WORK, open_case
from intranet.cases.readable import READ as READ_CASES
from intranet.incidents import opening as incident_opening
from intranet.incidents.readable import open_incident
from intranet.incidents.story import who
from intranet.people.roster import roster
from intranet.signals import opening as signal_opening
from intranet.signals.readable import open_signal

SEEN_SECONDS = 600
"""So long the pictures of a page belong to the reading that was recorded for it."""


@frozen
class Carrier:
    """A kind of record. `opened` gives the standing or 404; the others tell what that standing allows."""

    kind: str
    name: str
    page: str
    argument: str
    permission: str
    opened: Callable[[UUID], Any]
    before_showing: Callable[[UUID, Any], None]
    is_recorded: Callable[[Any], bool]
    sees_all: Callable[[Any], bool]
    may_add: Callable[[Any], bool]
    may_remove: Callable[[Any], bool]
    may_open_original: Callable[[Any], bool]
    people: Callable[[UUID], Iterable[UUID]]
    address: str

    def record(self, record_id: UUID) -> "Record":
        """Return a record that who is signed in may open; for others there is none (404)."""
        return Record(self, record_id, self.opened(record_id))


@frozen
class Record:
    """One record that somebody opened, to see or change what hangs on it."""

    carrier: Carrier
    id: UUID
    standing: Any

    def url(self, feature: str, view: str, /, **values: Any) -> str:
        """Return the address of a page of this record in a feature."""
        return url_for(f"{feature}.{self.carrier.name}_{view}", **{self.carrier.argument: self.id}, **values)

    @property
    def home(self) -> str:
        """The address of the record itself."""
        return url_for(self.carrier.page, **{self.carrier.argument: self.id})

    def before_showing(self) -> None:
        """Record that it is read, where its kind asks that; before the page is made."""
        self.carrier.before_showing(self.id, self.standing)

    @property
    def people(self) -> dict[UUID, str]:
        """Who is named in it, by name."""
        names = roster(current_school())
        return {each: who(names, each) for each in dict.fromkeys(self.carrier.people(self.id))}

    def seen_mark(self) -> str | None:
        """Return what tells that the page was recorded, for the addresses of its pictures."""
        if not self.carrier.is_recorded(self.standing):
            return None
        return _marks().dumps([self.id.hex, current_user.person_id.hex])

    def before_showing_picture(self) -> None:
        """Record the reading, unless the page that asks for the picture was recorded just now."""
        try:
            seen = _marks().loads(request.args.get("seen", ""), max_age=SEEN_SECONDS)
        except BadSignature:
            seen = None
        if seen != [self.id.hex, current_user.person_id.hex]:
            self.before_showing()

    @property
    def may_add(self) -> bool:
        return self.carrier.may_add(self.standing)

    @property
    def may_open_original(self) -> bool:
        return self.carrier.may_open_original(self.standing)

    def may_see(self, added_by: UUID) -> bool:
        """Whether they see something that hangs on it: whoever only has a receipt sees what they added."""
        return self.carrier.sees_all(self.standing) or added_by == current_user.person_id

    def may_remove(self, added_by: UUID) -> bool:
        """Whether they may take something away: what they added, or all of it."""
        return self.carrier.may_remove(self.standing) or added_by == current_user.person_id

    def require(self, allowed: bool) -> None:
        """Go on, or answer that there is no such page."""
        if not allowed:
            abort(404)


def _marks() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="files.seen")


def _victims_first(involved: Iterable[Involvement]) -> list[UUID]:
    return [part.person_id for part in sorted(involved, key=lambda part: part.role != "victim")]


INCIDENT = Carrier(
    kind="incidents.incident",
    name="incident",
    page="incidents.incident",
    argument="incident_id",
    permission="incidents.read",
    opened=open_incident,
    before_showing=incident_opening.before_showing,
    is_recorded=lambda standing: standing.closed,
    sees_all=lambda standing: standing.may_read,
    may_add=lambda standing: standing.may("incidents.add"),
    may_remove=lambda standing: standing.may("incidents.correct"),
    may_open_original=lambda standing: standing.may("incidents.open_original"),
    people=lambda record_id: _victims_first(log.get(Incident, record_id).involved),
    address="/incidents/<uuid:incident_id>",
)
SIGNAL = Carrier(
    kind="signals.signal",
    name="signal",
    page="signals.signal",
    argument="signal_id",
    permission="signals.receipt",
    opened=open_signal,
    before_showing=signal_opening.before_showing,
    is_recorded=lambda standing: standing.row.home_signs or standing.in_emergency,
    sees_all=lambda standing: standing.may_read,
    may_add=lambda standing: standing.has_receipt or standing.reads_without_emergency,
    may_remove=lambda standing: standing.may_triage,
    may_open_original=lambda standing: standing.may_open_original,
    people=lambda record_id: log.get(Signal, record_id).people,
    address="/signals/<uuid:signal_id>",
)
CASE = Carrier(
    kind=case_opening.KIND,
    name="case",
    page="cases.case",
    argument="case_id",
    permission=READ_CASES,
    opened=lambda case_id: open_case(case_id, READ_CASES),
    before_showing=case_opening.before_showing,
    is_recorded=lambda standing: standing.row.serious,
    sees_all=lambda standing: standing.may(READ_CASES),
    may_add=lambda standing: standing.may(WORK),
    may_remove=lambda standing: standing.may(WORK),
    may_open_original=lambda standing: standing.may(LEAD),
    people=lambda case_id: _victims_first(log.get(Case, case_id).involved),
    address="/cases/<uuid:case_id>",
)
CARRIERS = (INCIDENT, SIGNAL, CASE)


Page = tuple[str, Callable[..., Any], tuple[str, ...]]


def mount(pages: Blueprint, views: Iterable[Page], carriers: Iterable[Carrier] = CARRIERS) -> None:
    """Put views of what hangs on a record under the address of each of these kinds; a view gets the `Record`."""
    every = list(views)
    for carrier in carriers:
        for path, view, methods in every:
            pages.add_url_rule(
                f"{carrier.address}{path}",
                endpoint=f"{carrier.name}_{view.__name__}",
                view_func=_on_record(carrier, view),
                methods=methods,
            )


def _on_record(carrier: Carrier, view: Callable[..., Any]) -> Callable[..., Any]:
    @requires(carrier.permission)
    @wraps(view)
    def opened(**values: Any) -> Any:
        return view(carrier.record(values.pop(carrier.argument)), **values)

    return opened
