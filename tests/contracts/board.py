"""A board with two schools, somebody for each duty, and an incident for every way of standing to it.

Everybody teaches group 6a, so that every duty can stand in every relation to a record; nobody teaches 7b.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient

from events.follow_up import FollowedUp
from events.involvement import Involvement
from events.log import clock
from events.log.context import acting, current_actor, current_school
from events.sharing import Sharing
from intranet.files.receiving import Received
from intranet.people.duties import DUTIES
from tests.contracts.accounts import account_of
from tests.contracts.full_disk import FullDisk
from tests.contracts.samples_of_plugins import of_kanjertraining, of_patterns, of_taakspel
from tests.intranet.files.made_files import photo
from tests.school_days import today

AUTUMN = date(2026, 10, 19)
PLAIN, COUNCIL_PARENT, SIGNED_OUT = "staff", "parent_in_council", "signed_out"
COUNCIL = "participation_council"
OF_PLUGINS = ("kanjertraining.coordinator",)
"""The duties that the bundled plugins bring."""
ROLES = (PLAIN, *DUTIES, *OF_PLUGINS, COUNCIL_PARENT)
"""Whoever can sign in: somebody with no duty, somebody for each duty, and a parent in the participation council."""

RELATIONS = ("reporter", "own_group", "own_pupil", "other_group", "shared", "named")
STATES = {
    "open": {},
    "serious": {"severity": 3},
    "flagged": {"kinds": ["home_safety_signs"]},
    "confidential": {"confidential": True},
    "confidential_serious": {"confidential": True, "severity": 4},
    "confidential_flagged": {"confidential": True, "kinds": ["home_safety_signs"]},
    "staff_matter": {"kinds": ["staff_transgression"]},
    "staff_matter_serious": {"kinds": ["staff_transgression"], "severity": 3},
    "staff_matter_flagged": {"kinds": ["staff_transgression", "home_safety_signs"]},
}


TINY = photo((8, 8))
PHOTO = Received("photo", (TINY,), TINY, "jpeg")


class Board:
    """The board; `people`, `pupils` and `accounts` by role or name, `incidents` by relation and state."""

    def __init__(self, app: Flask):
        from intranet.calendar.commands import add_free_days
        from intranet.schools.commands import found_board, open_school

        self.app = app
        self.full_disk = FullDisk(app)
        self.incidents: dict[tuple[str, str, str | None], UUID] = {}
        self.follow_ups: dict[UUID, UUID] = {}
        self.notes: dict[UUID, int] = {}
        self.attached: dict[UUID, dict[str, UUID]] = {}
        self.emergencies: dict[str, UUID] = {}
        with app.app_context():
            self.board = found_board("Stichting De Proef")
            self.school = open_school(self.board, "IBS De Proef", brin="99xx")
            self.other_school = open_school(self.board, "OBS De Andere", brin="99yy")
            self._switch_on()
            self._people()
            self.elsewhere = self._other_school()
            with acting(school=self.school):
                self.period = add_free_days(title="Herfst", kind="holiday", first=AUTUMN, last=AUTUMN)
                self.patterns = of_patterns(self.log, self.people["care_coordinator"], self.pupils["own"])
                self.kanjer = of_kanjertraining(self.groups["6a"], self.people[OF_PLUGINS[0]])
                self.game = of_taakspel(self.groups["6a"])
            self.accounts = {role: self._account(role, self.people[role], self.school) for role in ROLES}

    @property
    def log(self) -> Any:
        return self.app.extensions["geborgen.log"]

    def _switch_on(self) -> None:
        from intranet.activation.commands import enable_plugin
        from intranet.plugin_manager import installed

        assert "notebook" in installed().by_name
        assert installed().refused == {}
        for plugin in installed():
            if not plugin.manifest.always_enabled:
                with acting(school=self.school):
                    enable_plugin(plugin.name, "Voor de proef.")

    def _people(self) -> None:
        from intranet.people.commands import assign_duty, link_parent, register_person
        from intranet.schools.commands import add_teacher, form_group

        with acting(school=self.school), self.log.unit_of_work():
            self.groups = {name: form_group(name, (name[0],)) for name in ("6a", "7b")}
            self.people = {}
            self.colleague = register_person(kind="staff", given_name="Robin", family_name="Duinmeer")
            for role in ROLES:
                kind = "parent" if role == COUNCIL_PARENT else "staff"
                person = self.people[role] = register_person(kind=kind, given_name="Iemand", family_name=role.title())
                if role != PLAIN:
                    assign_duty(person, COUNCIL if role == COUNCIL_PARENT else role)
                if role != COUNCIL_PARENT:
                    add_teacher(self.groups["6a"], person)
            self.pupils = {
                name: register_person(kind="pupil", given_name="Kind", family_name=name, group_id=self.groups[group])
                for name, group in (("own", "6a"), ("other", "7b"), ("urgent", "7b"))
            }
            for name, pupil in self.pupils.items():
                parent = register_person(kind="parent", given_name="Ouder", family_name=f"van {name}")
                link_parent(parent, pupil, custody=True)

    def _other_school(self) -> dict[str, UUID]:
        from intranet.calendar.commands import add_free_days
        from intranet.people.commands import register_person
        from intranet.schools.commands import form_group

        with acting(school=self.other_school), self.log.unit_of_work():
            person = register_person(kind="staff", given_name="Iemand", family_name="Elders")
            group = form_group("5c", ("5",))
            incident = self._incident(group, person)
            signal = self.signal(group, person)
            case = self.case(person, group)
            period = add_free_days(title="Elders vrij", kind="holiday", first=AUTUMN, last=AUTUMN)
            patterns = of_patterns(self.log, person, person)
        with acting(school=self.other_school):
            kanjer = of_kanjertraining(group, person)
            game = of_taakspel(group)
        return {
            "incident_id": incident,
            "signal_id": signal,
            "case_id": case,
            "record_id": incident,
            "person_id": person,
            "group_id": group,
            "account_id": self._account("elsewhere", person, self.other_school),
            "stream": incident,
            "period_id": period,
            **patterns,
            **self.attached[incident],
            **kanjer,
            **game,
        }

    def _account(self, name: str, person: UUID, school: UUID) -> UUID:
        return account_of(self.log, self.board, person, school, name, parent=name == COUNCIL_PARENT)

    def _incident(self, group: UUID, person: UUID, role: str = "involved", **facts: Any) -> UUID:
        from intranet.incidents.commands import add_note, assess_severity, report_incident

        severity = facts.pop("severity", None)
        usual = {"kinds": ["quarrel"], "happened_at": clock.now() - timedelta(hours=1), "account": "Om de bal."}
        incident = report_incident(**{**usual, **facts}, group_id=group, involved=[Involvement(person, role)])
        if severity:
            assess_severity(incident, severity)
        self._promise(incident)
        self._attach("incidents.incident", incident)
        with acting(school=current_school(), actor=uuid4()):
            self.notes[incident] = add_note(incident, "Moeder is gebeld.")
        return incident

    def _promise(self, record: UUID) -> None:
        """Promise something; past the command, because its owner is nobody of those who ask and that refuses it.

        Who made a promise reaches it whatever else they may.
        """
        day, followed = today() + timedelta(days=1), self.log.get(FollowedUp, record)
        self.follow_ups[record] = followed.promise(kind="victim_talk", owner=uuid4(), due_on=day)
        self.log.save(followed)

    def _attach(self, kind: str, record: UUID) -> None:
        """Hang a photo and a mark on a record, added by who records it."""
        from intranet.body_map.commands import note_mark
        from intranet.files.commands import add_files

        by, day = current_actor() or uuid4(), today()
        with acting(school=current_school(), actor=by):
            (file,) = add_files([PHOTO], record_id=record, shows="Een jas.", added_by=by)
            mark = note_mark(
                record_id=record, person_id=None, place="front_face", kind="bump", size=None, words="", seen_on=day
            )
        self.attached[record] = {"file_id": file, "mark_id": mark}

    def signal(self, group: UUID, *people: UUID, **facts: Any) -> UUID:
        """Record a signal about these people."""
        from intranet.signals.commands import record_signal

        usual = {"kind": "concern", "happened_at": clock.now() - timedelta(hours=1), "account": "Is stil."}
        signal = record_signal(**usual, people=people, group_id=group, **facts)
        self._attach("signals.signal", signal)
        return signal

    def case(self, victim: UUID, group: UUID, leader: UUID | None = None, **facts: Any) -> UUID:
        """Open a case with one promise, led by somebody; its promise is in `follow_ups`."""
        from intranet.cases.commands import open_case
        from intranet.files.commands import add_files

        parts = [Involvement(victim, "victim"), *facts.pop("others", ())]
        usual = {"kind": "bullying", "signs": ["repeated"], "concern": "Wordt buitengesloten."}
        case = open_case(**usual, involved=parts, leader=leader or uuid4(), group_id=group, **facts)
        self._promise(case)
        (file,) = add_files([PHOTO], record_id=case, shows="Een jas.", added_by=uuid4())
        self.attached[case] = {"file_id": file}
        return case

    def tell_incidents(self) -> None:
        """Record an incident in every state, for every role in every relation."""
        own, other = self.groups["6a"], self.groups["7b"]
        with self.reporting_as(uuid4()):
            for state, facts in STATES.items():
                for relation, group, pupil in (
                    ("own_group", own, "other"),
                    ("own_pupil", other, "own"),
                    ("other_group", other, "other"),
                    ("emergency", other, "urgent"),
                ):
                    self.incidents[relation, state, None] = self._incident(group, self.pupils[pupil], **facts)
                self.incidents["shared", state, None] = self._incident(other, self.pupils["other"], **facts)
                self.share_with_all(self.incidents["shared", state, None])
        for role, me in self.people.items():
            with self.reporting_as(me):
                for state, facts in STATES.items():
                    self.incidents["reporter", state, role] = self._incident(other, self.pupils["other"], **facts)
                    self.incidents["named", state, role] = self._incident(own, me, "alleged_perpetrator", **facts)

    def share_with_all(self, record: UUID) -> None:
        """Share a record with everybody, past the command: also with who does not work here; the table decides."""
        from intranet.people.today import today

        shared = self.log.get(Sharing, record)
        for person in self.people.values():
            shared.share(person, until=today(), reason="Leest mee.", today=today())
        self.log.save(shared)

    def apply_rules_of_a_law(self) -> None:
        """Let the rules of a law count, so that there is a page about each incident."""
        from intranet.law.commands import apply_rule_set

        with self.reporting_as(self.people["executive_director"]):
            apply_rule_set(
                rule_set="wvvo", since=date(2020, 8, 1), always_serious=(), serious_from=3, notice_days=2,
                evaluation_month=10, reason="De wet geldt.",
            )  # fmt: skip

    def take_emergency_access(self) -> None:
        """Let everybody take emergency access about one pupil, also who may not: the table decides what it opens."""
        from intranet.emergency.commands import open_emergency

        for role, me in self.people.items():
            with self.reporting_as(me):
                self.emergencies[role] = open_emergency(self.pupils["urgent"], "Er is nu meteen iets aan de hand.")

    @contextmanager
    def reporting_as(self, person: UUID) -> Iterator[None]:
        """Record as somebody, all in one transaction."""
        with self.app.app_context(), acting(school=self.school, actor=person), self.log.unit_of_work():
            yield

    def incident(self, relation: str, state: str, role: str) -> UUID:
        """Return the incident in a state to which a role stands in a relation."""
        return self.incidents.get((relation, state, None)) or self.incidents[relation, state, role]

    def client(self, role: str) -> FlaskClient:
        """Return a browser in which a role is signed in, with a second factor; or nobody."""
        from intranet.accounts import sessions

        client = self.app.test_client()
        if role == SIGNED_OUT:
            return client
        with self.app.app_context(), acting(school=self.board), self.log.unit_of_work(lock=False) as work:
            token = sessions.begin(
                work,
                account_id=self.accounts[role],
                board=self.board,
                school=self.school,
                device="firefox.linux",
                second_factor=True,
            )
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        return client

    @contextmanager
    def acting_as(self, role: str) -> Iterator[None]:
        """Do something as a role, without a page."""
        with self.app.app_context(), acting(school=self.school, actor=self.people[role]):
            yield

    def sizes(self) -> dict[UUID, int]:
        """Return how many events each log has."""
        with self.app.app_context():
            return {school: self.log.head(school).size for school in (self.board, self.school, self.other_school)}
