"""Who may read which incident: the condition in SQL, the rule for one record and the access table give one answer."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from events.incident import Incident
from events.involvement import Involvement
from intranet.access import NAMED, STAFF, allowed
from intranet.api import acting, db, log
from intranet.incidents.projections import register
from intranet.incidents.readable import Reader, readable_incidents, standing_to
from intranet.people.duties import DUTIES
from intranet.people.events import Person
from intranet.schools.events import ClassGroup

READER, SOMEBODY = UUID(int=70), UUID(int=71)


class Demo:
    """A school with one incident for every way in which the reader can stand to it."""

    def __init__(self, school):
        self.school = school
        with acting(school=school, actor=SOMEBODY):
            self.mine, self.other = self.group("6a"), self.group("7b")
            self.my_pupil, self.other_pupil = self.pupil(self.mine.id), self.pupil(self.other.id)
            self.mine.add_teacher(READER)
            self.other.add_teacher(SOMEBODY)
            log.save(self.mine, self.other)
        self.relations = dict(self.incidents())

    def group(self, name):
        group = ClassGroup(name=name, year_groups=("6",), sources=())
        log.save(group)
        return group

    def pupil(self, group_id):
        pupil = Person(
            kind="pupil", given_name="Noor", infix=None, family_name="Vos", source=None, group_id=group_id,
            year_group="6", happened_on=date(2026, 8, 1),
        )  # fmt: skip
        log.save(pupil)
        return pupil.id

    def incidents(self):
        """Yield each incident's id with what is true of it: how it is closed, and the reader's relations."""
        ways = product((False, True), (None, "group", "pupil"), (None, 2, 3), (False, True), (False, True, "witness"))
        closed = (
            ("group", "quarrel", False),
            ("confidential", "quarrel", True),
            ("staff_matter", "staff_transgression", False),
        )
        for reporter, own, severity, home, part in ways:
            for audience, kind, confidential in closed:
                relations = set()
                if reporter:
                    relations.add("reporter")
                if own:
                    relations.add("own_group")
                if severity == 3:
                    relations.add("serious")
                if home:
                    relations.add("flagged")
                if part is True:
                    relations.add(NAMED)
                incident = self.incident(
                    reporter, own, severity, [kind, *(["home_safety_signs"] * home)], part, confidential
                )
                yield incident, (audience, frozenset(relations))

    def incident(self, reporter, own, severity, kinds, part, confidential):
        involved = [Involvement(self.my_pupil if own == "pupil" else self.other_pupil, "victim")]
        if part:
            involved.append(Involvement(READER, "witness" if part == "witness" else "alleged_perpetrator"))
        with acting(school=self.school, actor=READER if reporter else SOMEBODY):
            incident = Incident.report(
                kinds=kinds,
                happened_at=datetime.now(UTC) - timedelta(hours=1),
                account="Tekst",
                group_id=self.mine.id if own == "group" else self.other.id,
                involved=involved,
                confidential=confidential,
            )
            if severity:
                incident.assess(severity)
            log.save(incident)
        return incident.id


PERMISSION = {
    "group": "incidents.read",
    "confidential": "incidents.read_confidential",
    "staff_matter": "incidents.read_staff_matter",
}


def test_condition_rule_and_table_agree_for_every_duty_and_relation(app_on_both):
    with app_on_both.app_context():
        demo = Demo(uuid4())
        duties_of_somebody = [{STAFF}, *({STAFF, duty} for duty in DUTIES), {STAFF, "teacher", "executive_director"}]
        seen_some, seen_none = 0, 0
        for duties in duties_of_somebody:
            reader = Reader(READER, duties, demo.school)
            readable = set(db.session.scalars(select(register.c.incident).where(readable_incidents(reader))))
            for incident, (audience, relations) in demo.relations.items():
                expected = allowed(PERMISSION[audience], duties, relations)
                assert (incident in readable) is expected, (duties, audience, relations)
                seen_some, seen_none = seen_some + expected, seen_none + (not expected)
            for incident, (audience, relations) in list(demo.relations.items())[::7]:
                standing = standing_to(incident, reader)
                assert standing.relations == relations, (audience, relations)
                assert standing.may_read is (incident in readable)
        assert seen_some > 500
        assert seen_none > 500
        db.session.rollback()


def test_nothing_of_another_school_is_readable(app_on_both):
    with app_on_both.app_context():
        demo = Demo(uuid4())
        elsewhere = Reader(READER, {STAFF, "head_teacher", "teacher"}, uuid4())
        assert not db.session.scalars(select(register.c.incident).where(readable_incidents(elsewhere))).all()
        assert standing_to(next(iter(demo.relations)), elsewhere) is None
        db.session.rollback()


# Written out beside the table, so that a changed line there has to be meant.
@pytest.mark.parametrize(
    ("duty", "audience", "relations", "reads"),
    [
        ("teacher", "group", {"own_group"}, True),
        ("teacher", "group", set(), False),
        ("teacher", "confidential", {"own_group"}, False),
        ("teacher", "confidential", {"reporter"}, True),
        ("support_staff", "group", {"own_group"}, False),
        ("support_staff", "group", {"reporter"}, True),
        ("care_coordinator", "group", set(), True),
        ("care_coordinator", "confidential", set(), True),
        ("care_coordinator", "staff_matter", set(), False),
        ("head_teacher", "group", set(), True),
        ("head_teacher", "confidential", set(), True),
        ("head_teacher", "staff_matter", {"serious"}, False),
        ("head_teacher", "group", {NAMED}, False),
        ("bullying_coordinator", "group", set(), True),
        ("bullying_coordinator", "confidential", set(), False),
        ("protection_officer", "group", {"flagged"}, True),
        ("protection_officer", "group", set(), False),
        ("confidential_adviser", "group", {"serious", "flagged"}, False),
        ("executive_director", "group", set(), False),
        ("executive_director", "group", {"serious"}, True),
        ("executive_director", "staff_matter", set(), True),
        ("executive_director", "staff_matter", {NAMED}, False),
        ("participation_council", "group", {"serious"}, False),
        ("teacher", "group", {"reporter", NAMED}, False),
    ],
)
def test_the_table_says_what_the_school_agreed(duty, audience, relations, reads):
    assert allowed(PERMISSION[audience], {STAFF, duty}, relations) is reads
