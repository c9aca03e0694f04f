"""Which kinds of records can be shared: who shares one, and where its pages are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from events.frozen import frozen
from intranet.cases import opening as case_opening
from intranet.cases.readable import LEAD, open_case
from intranet.incidents import opening as incident_opening
from intranet.incidents.readable import SHARE, open_incident
from intranet.signals import opening as signal_opening
from intranet.signals.readable import TRIAGE, open_signal


@frozen
class Shareable:
    """A kind of record. `opened` gives the standing or 404; `may_share` tells whether that standing shares it.

    `can_be` tells of a record whether it can be shared as it is now.
    """

    name: str
    home: str
    label: LazyString
    permission: str
    opened: Callable[[UUID], Any]
    may_share: Callable[[Any], bool]
    before_showing: Callable[[UUID, Any], None]
    can_be: Callable[[Any], bool] = lambda _record: True

    @property
    def argument(self) -> str:
        """What its id is called in an address."""
        return f"{self.name}_id"

    def open_to_share(self, record_id: UUID) -> Any:
        """Return how who is signed in stands to a record that they may share; for others there is no page (404)."""
        standing = self.opened(record_id)
        if not self.may_share(standing):
            abort(404)
        return standing

    def url(self, page: str, record_id: UUID, **more: Any) -> str:
        """Return the address of a page about sharing a record."""
        return url_for(f"sharing.{self.name}_{page}", **{self.argument: record_id}, **more)

    def back(self, record_id: UUID) -> str:
        """Return the address of the record itself."""
        return url_for(self.home, **{self.argument: record_id})


INCIDENT = Shareable(
    name="incident",
    home="incidents.incident",
    label=_l("Naar het incident"),
    permission=SHARE,
    opened=open_incident,
    may_share=lambda standing: standing.may_share,
    before_showing=incident_opening.before_showing,
)
SIGNAL = Shareable(
    name="signal",
    home="signals.signal",
    label=_l("Naar het signaal"),
    permission=TRIAGE,
    opened=open_signal,
    may_share=lambda standing: standing.may_triage,
    before_showing=signal_opening.before_showing,
    can_be=lambda signal: not signal.closed,
)
CASE = Shareable(
    name="case",
    home="cases.case",
    label=_l("Naar de zaak"),
    permission=LEAD,
    opened=open_case,
    may_share=lambda standing: standing.may(LEAD),
    before_showing=case_opening.before_showing,
)
SHAREABLE = (INCIDENT, SIGNAL, CASE)
