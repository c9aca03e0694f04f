"""The made-up school, with what the tests of signals record and look up in it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from werkzeug.test import TestResponse

from events.log import clock
from events.log.context import acting
from intranet import testing


class Browser(testing.Browser):
    """A browser that writes signals down."""

    def record(self, **form: Any) -> TestResponse:
        """Write a signal down through the form; `form` changes what is filled in."""
        usual = {
            "noticed": "concern",
            "people": [self.school.people["noor"].hex],
            "moment": "just_now",
            "group": self.school.groups["6a"].hex,
            "source": "self",
            "account": "Noor is al weken stil.",
        }
        return self.post("/signals/new", {**usual, **form})

    def decide(self, signal: UUID, what: str, **form: Any) -> TestResponse:
        """Do something with a signal through a form of its page."""
        return self.post(f"/signals/{signal}/{what}", form, shown=f"/signals/{signal}")


class SchoolWithSignals(testing.School):
    """A school in which people tell what they notice."""

    browser = Browser

    def tell(self, by: str = "fatima", **facts: Any) -> UUID:
        """Record a signal as somebody."""
        from intranet.signals import commands

        usual = {
            "kind": "concern",
            "happened_at": clock.now() - timedelta(hours=1),
            "account": "Noor is al weken stil.",
            "people": [self.people["noor"]],
        }
        return self.do(by, commands.record_signal, **{**usual, **facts})

    def row(self, signal: UUID) -> Any:
        """Return the row of a signal in the register."""
        from intranet.api import log
        from intranet.signals.projections import register

        with self.app.app_context(), log.read() as connection:
            return connection.execute(select(register).where(register.c.signal == signal)).one()

    def signal(self, signal: UUID) -> Any:
        """Return a signal from the log, readable."""
        from events.signal import Signal
        from intranet.api import log

        with self.app.app_context(), acting(school=self.school):
            return log.get(Signal, signal)
