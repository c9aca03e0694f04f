"""The register: what events put in it, and that folding a history gives the same rows as living through it."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from events.incident import Incident
from events.involvement import ROLES, Involvement
from events.log.context import acting
from events.log.errors import Refused
from events.log.projection import in_memory
from intranet.incidents.kinds import KINDS
from intranet.incidents.projections import TABLES, Register, involved, kinds, register

NOW = datetime.now(UTC).replace(second=0, microsecond=0)
ACTOR, NOOR, SEM = UUID(int=7), UUID(int=1), UUID(int=2)


def an_incident(**changed):
    return Incident.report(
        **{
            "kinds": ["quarrel"],
            "happened_at": NOW - timedelta(hours=1),
            "account": "De tekst",
            "involved": [Involvement(NOOR, "involved")],
            **changed,
        }
    )


def rows(log, table):
    with log.read() as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def all_rows(connection):
    return {table.name: sorted(map(repr, connection.execute(select(table)).all())) for table in TABLES}


def test_a_report_enters_facts_kinds_and_parts(make_log, school):
    log = make_log(Register())
    group = uuid4()
    parts = [Involvement(NOOR, "victim"), Involvement(NOOR, "defender"), Involvement(SEM, "follower")]
    with acting(school=school, actor=ACTOR):
        incident = an_incident(kinds=["quarrel", "threat"], place="gym", group_id=group, involved=parts)
        log.save(incident)
    (row,) = rows(log, register)
    assert row["incident"] == incident.id
    assert (row["reporter"], row["class_group"], row["place"], row["severity"]) == (ACTOR, group, "gym", None)
    assert row["happened_at"] == (NOW - timedelta(hours=1)).timestamp() * 1000
    assert (row["confidential"], row["staff_matter"], row["flagged"]) == (False, False, False)
    assert {r["kind"] for r in rows(log, kinds)} == {"quarrel", "threat"}
    assert {(r["person"], r["role"]) for r in rows(log, involved)} == {(p.person_id, p.role) for p in parts}


def test_later_events_change_the_entry(make_log, school):
    log = make_log(Register())
    with acting(school=school, actor=ACTOR):
        incident = an_incident()
        log.save(incident)
        incident.assess(3)
        incident.set_confidential(True, "Omdat.")
        incident.involve(SEM, "witness")
        incident.change_role(NOOR, "involved", "victim")
        incident.withdraw(SEM, "witness", "Was er niet.")
        incident.correct(
            reason="Verkeerd.", kinds=["threat"], place="gym", moment="lesson", happened_at=NOW - timedelta(days=2),
            group_id=None, unknown_persons=False, account="De tekst",
        )  # fmt: skip
        log.save(incident)
    (row,) = rows(log, register)
    assert (row["severity"], row["confidential"], row["place"], row["moment"]) == (3, True, "gym", "lesson")
    assert row["happened_at"] == (NOW - timedelta(days=2)).timestamp() * 1000
    assert row["recorded_at"] > row["happened_at"]
    assert [r["kind"] for r in rows(log, kinds)] == ["threat"]
    assert [(r["person"], r["role"]) for r in rows(log, involved)] == [(NOOR, "victim")]


def test_a_matter_about_staff_stays_with_the_board_after_a_correction(make_log, school):
    log = make_log(Register())
    with acting(school=school, actor=ACTOR):
        incident = an_incident(kinds=["staff_transgression", "home_safety_signs"])
        log.save(incident)
        incident.correct(
            reason="Anders.", kinds=["quarrel"], place=None, moment=None, happened_at=incident.happened_at,
            group_id=None, unknown_persons=False, account="De tekst",
        )  # fmt: skip
        log.save(incident)
    (row,) = rows(log, register)
    assert (row["staff_matter"], row["flagged"]) == (True, False)


CODES = [kind.code for kind in KINDS]


def something_happens(random, incident):
    """Do one of the things that can be done with an incident; some are refused."""
    someone = UUID(int=random.randint(1, 5))
    acts = [
        lambda: incident.involve(someone, random.choice(ROLES)),
        lambda: incident.change_role(someone, random.choice(ROLES), random.choice(ROLES)),
        lambda: incident.withdraw(someone, random.choice(ROLES), "Vergissing."),
        lambda: incident.assess(random.randint(1, 4)),
        lambda: incident.note("Later gehoord."),
        lambda: incident.set_confidential(random.random() < 0.5, "Omdat."),
        lambda: incident.correct(
            reason="Beter.", kinds=random.sample(CODES, 2), place=random.choice([None, "gym"]), moment=None,
            happened_at=NOW - timedelta(minutes=random.randint(1, 90)), group_id=None, unknown_persons=True,
            account="De tekst",
        ),
    ]  # fmt: skip
    with suppress(Refused):
        random.choice(acts)()


def live_through(log, random, incidents=25, steps=120):
    """Let things happen at random, each in a save of its own."""
    made = []
    for _ in range(steps):
        if len(made) < incidents and (not made or random.random() < 0.4):
            made.append(an_incident(kinds=random.sample(CODES, 2), group_id=random.choice([None, UUID(int=50)])))
            log.save(made[-1])
        else:
            incident = random.choice(made)
            something_happens(random, incident)
            log.save(incident)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("page", [3, 40, 1000])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_folding_a_history_gives_what_living_through_it_gave(make_log, school, seed, page):
    log = make_log(Register())
    with acting(school=school, actor=ACTOR):
        live_through(log, Random(seed))
    with in_memory(TABLES) as replayed:
        after = 0
        while events := log.facts(school, after=after, at_most=page):
            Register().handle_batch(replayed, events)
            after = events[-1].position
        folded = all_rows(replayed)
    with log.read() as connection:
        assert all_rows(connection) == folded
    assert len(folded[register.name]) > 5


def test_the_register_holds_no_words(make_log, school, database_url, tmp_path):
    log = make_log(Register())
    with acting(school=school, actor=ACTOR):
        incident = an_incident(account="MERKTEKEN")
        incident.note("MERKTEKEN")
        log.save(incident)
    for table in TABLES:
        assert "MERKTEKEN" not in repr(rows(log, table))
