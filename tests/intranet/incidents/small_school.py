"""The made-up school, with what the tests of incidents record and look up in it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from events.involvement import Involvement
from events.log import clock
from events.log.context import acting
from intranet import testing


class Browser(testing.Browser):
    """A browser that records incidents."""

    def shown(self, path: str = "/incidents/new") -> dict[str, Any]:
        """Open a page and return the hidden values of its form."""
        return super().shown(path)

    def report(self, **form: Any) -> TestResponse:
        """Record an incident through the form; `form` changes what is filled in."""
        usual = {
            "kinds": ["quarrel"],
            "people": [self.school.people["noor"].hex],
            "moment": "just_now",
            "place": "playground",
            "group": self.school.groups["6a"].hex,
            "account": "Ze trokken allebei aan de bal.",
        }
        filled = {name: value for name, value in {**usual, **form}.items() if value is not None}
        return self.post("/incidents/new", filled)


class SmallSchool(testing.School):
    """A school in which incidents happen."""

    browser = Browser

    def report(self, by: str = "fatima", **facts: Any) -> UUID:
        """Record an incident as somebody."""
        from intranet.incidents import commands

        usual = {
            "kinds": ["quarrel"],
            "happened_at": clock.now() - timedelta(hours=1),
            "account": "Ze trokken allebei aan de bal.",
            "group_id": self.groups["6a"],
            "involved": [Involvement(self.people["noor"], "involved")],
        }
        return self.do(by, commands.report_incident, **{**usual, **facts})

    def incidents(self) -> list[Any]:
        """Return the rows of the register."""
        from intranet.api import log
        from intranet.incidents.projections import register

        with self.app.app_context(), log.read() as connection:
            return list(connection.execute(select(register).order_by(register.c.recorded_at)))

    def incident(self, incident_id: UUID) -> Any:
        """Return an incident from the log, readable."""
        from events.incident import Incident
        from intranet.api import log

        with self.app.app_context(), acting(school=self.school):
            return log.get(Incident, incident_id)
