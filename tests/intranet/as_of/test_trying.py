"""What is not there is tried on the past: pages read it, nothing is recorded, and the present stays what it is."""

import pytest

from events.log.errors import OnlyReading
from intranet.api import db, trial
from intranet.incidents import commands
from intranet.incidents.projections import Register, register
from tests.intranet.as_of.conftest import at, told
from tests.intranet.as_of.test_pages import report


class OnlyTheSerious(Register):
    """A register that also knows a threshold."""

    threshold = 2

    def handle_batch(self, db, events):
        super().handle_batch(db, events)
        db.execute(register.delete().where(register.c.severity.is_(None) | (register.c.severity < self.threshold)))


def test_a_projection_is_tried_on_the_past(place):
    serious, other = report(place, "03-10 10:00"), report(place, "03-11 10:00")
    told(place, "03-12 10:00", "hanneke", commands.assess_severity, serious, 3)
    tried = OnlyTheSerious()

    def look():
        with trial(place.school, projections=[tried]) as replay:
            inside = set(db.session.scalars(register.select().with_only_columns(register.c.incident)))
            with pytest.raises(OnlyReading):
                commands.add_note(other, "Dit mag niet.")
        with trial(place.school, projections=[tried], until=at("03-11 12:00")) as earlier:
            assert db.session.execute(register.select()).all() == []
        after = set(db.session.scalars(register.select().with_only_columns(register.c.incident)))
        return inside, after, replay.handled[tried.key], earlier.handled[tried.key]

    assert place.do("marijke", look) == ({serious}, {serious, other}, 3, 2)
