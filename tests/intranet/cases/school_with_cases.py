"""A school in which cases are opened, from signals and incidents."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from events.involvement import Involvement
from events.log import clock
from intranet.api import acting
from tests.intranet.signals.school_with_signals import SchoolWithSignals


class SchoolWithCases(SchoolWithSignals):
    """A school with a bullying coordinator, Esther, and what is needed to open a case."""

    def parts(self, **roles: str) -> list[Involvement]:
        """Return parts by name: `noor="victim"`."""
        return [Involvement(self.people[name], role) for name, role in roles.items()]

    def open(self, by: str = "hanneke", **facts: Any) -> UUID:
        """Open a case as somebody, who leads it."""
        from intranet.cases import commands

        usual = {
            "kind": "bullying",
            "signs": ["repeated", "unequal_power"],
            "concern": "Noor wordt al weken buitengesloten.",
            "involved": self.parts(noor="victim", sem="alleged_perpetrator"),
            "leader": self.people[by],
        }
        return self.do(by, commands.open_case, **{**usual, **facts})

    def report(self, by: str = "fatima", **facts: Any) -> UUID:
        """Record an incident as somebody."""
        from intranet.incidents.commands import report_incident

        usual = {
            "kinds": ["bullying_suspected"],
            "happened_at": clock.now() - timedelta(hours=2),
            "account": "Noor mocht weer niet meedoen.",
            "involved": self.parts(noor="victim", sem="alleged_perpetrator"),
        }
        return self.do(by, report_incident, **{**usual, **facts})

    def case(self, case_id: UUID) -> Any:
        """Return a case from the log, readable."""
        from events.case import Case
        from intranet.api import log

        with self.app.app_context(), acting(school=self.school):
            return log.get(Case, case_id)
