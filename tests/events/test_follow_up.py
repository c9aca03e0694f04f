"""Promises have an owner, a date and an end; an incident closes only when every one of them has."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from events.follow_up import CONSEQUENCES, PROTECTION, STAGES, STOP, VICTIM, stages_left
from events.incident import Incident
from events.involvement import Involvement
from events.log.context import acting
from events.log.errors import Refused

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
DAY, LATER = date(2026, 11, 26), date(2026, 12, 3)
ME, OTHER, CHILD = uuid4(), uuid4(), uuid4()


@pytest.fixture
def incident() -> Incident:
    return Incident.report(
        kinds=["quarrel"],
        happened_at=NOW,
        account="Om de bal.",
        involved=[Involvement(CHILD, "victim")],
        now=NOW,
    )


def promised(incident: Incident, **facts) -> UUID:
    usual = {"kind": "victim_talk", "owner": ME, "due_on": DAY, "person_id": CHILD}
    return incident.promise(**{**usual, **facts})


def kept(incident: Incident) -> None:
    incident.keep(promised(incident), outcome="Het gaat weer.", on=DAY)


def close(incident: Incident, **facts) -> bool:
    return incident.close(**{"by": ME, "conclusion": "Opgelost.", "serious": False, **facts})


def test_a_promise_is_open_until_it_is_kept(incident):
    one = promised(incident)
    assert [each.id for each in incident.follow_ups if each.is_open] == [one]
    incident.keep(one, outcome="Ze wil weer naar school.", on=DAY)
    assert incident.follow_ups[0].state == "kept"
    with pytest.raises(Refused, match="al afgerond"):
        incident.keep(one, outcome="Nog eens.", on=DAY)


@pytest.mark.parametrize("kind", ["niets", "quarrel"])
def test_an_unknown_promise_is_refused(incident, kind):
    with pytest.raises(Refused, match="bestaat niet"):
        promised(incident, kind=kind)


def test_an_outcome_is_needed(incident):
    one = promised(incident)
    with pytest.raises(Refused, match="wat eruit kwam"):
        incident.keep(one, outcome="  ", on=DAY)


def test_a_repeating_contact_goes_on_until_it_is_ended(incident):
    one = promised(incident, kind="contact_moment", repeats=5)
    incident.keep(one, outcome="Gaat goed.", on=DAY, next_due=LATER)
    assert incident.follow_ups[0].is_open
    assert incident.follow_ups[0].due_on == LATER
    incident.keep(one, outcome="Niet meer nodig.", on=LATER)
    assert not incident.follow_ups[0].is_open
    assert incident.follow_ups[0].times_kept == 2


def test_the_next_time_is_later_and_only_for_what_repeats(incident):
    once, often = promised(incident), promised(incident, kind="contact_moment", repeats=5)
    with pytest.raises(Refused, match="moet later zijn"):
        incident.keep(once, outcome="x", on=DAY, next_due=LATER)
    with pytest.raises(Refused, match="moet later zijn"):
        incident.keep(often, outcome="x", on=DAY, next_due=DAY)


@pytest.mark.parametrize("repeats", [0, -1, 61])
def test_a_contact_that_never_comes_is_refused(incident, repeats):
    with pytest.raises(Refused, match="schooldagen"):
        promised(incident, kind="contact_moment", repeats=repeats)


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (None, None, "eerste en de laatste dag"),
        (DAY, None, "eerste en de laatste dag"),
        (LATER, DAY, "eerste en de laatste dag"),
        (DAY, date(2026, 12, 3), "hooguit een week"),
    ],
)
def test_a_suspension_lasts_a_week_at_most(incident, first, last, sentence):
    with pytest.raises(Refused, match=sentence):
        promised(incident, kind="suspension", first_day=first, last_day=last)
    promised(incident, kind="suspension", first_day=DAY, last_day=date(2026, 12, 2))


def test_a_promise_is_moved_or_waived_with_a_reason(incident):
    one = promised(incident)
    with pytest.raises(Refused, match="waarom je dit verandert"):
        incident.move(one, owner=OTHER, due_on=LATER, reason="")
    with pytest.raises(Refused, match="niets veranderd"):
        incident.move(one, owner=ME, due_on=DAY, reason="x")
    incident.move(one, owner=OTHER, due_on=LATER, reason="Ik ben ziek.")
    assert (incident.follow_ups[0].owner, incident.follow_ups[0].due_on) == (OTHER, LATER)
    with pytest.raises(Refused, match="niet meer hoeft"):
        incident.waive(one, " ")
    incident.waive(one, "De ouders willen het niet.")
    assert incident.follow_ups[0].state == "waived"


def test_an_incident_does_not_close_while_a_promise_is_open(incident):
    one = promised(incident)
    with pytest.raises(Refused, match="nog een vervolgactie open"):
        close(incident)
    kept(incident)
    incident.waive(one, "Hoeft niet meer.")
    assert close(incident)
    assert incident.closed


def test_a_promise_that_nobody_kept_is_no_follow_up(incident):
    incident.waive(promised(incident), "Dat was een vergissing.")
    with pytest.raises(Refused, match="waarom die niet nodig is"):
        close(incident)
    assert close(incident, nothing_needed="Ze speelden meteen weer samen.")


def test_contact_that_was_held_and_then_ended_is_a_follow_up(incident):
    one = promised(incident, kind="contact_moment", repeats=5)
    incident.keep(one, outcome="Het gaat beter.", on=DAY, next_due=LATER)
    incident.waive(one, "Hij is verhuisd.")
    assert close(incident)


def test_without_a_follow_up_the_reason_is_needed(incident):
    with pytest.raises(Refused, match="waarom die niet nodig is"):
        close(incident)
    assert close(incident, nothing_needed="Ze speelden meteen weer samen.")


def test_how_it_ended_is_needed(incident):
    kept(incident)
    with pytest.raises(Refused, match="hoe het is afgelopen"):
        close(incident, conclusion=" ")


def test_a_serious_one_closes_with_four_eyes(incident):
    kept(incident)
    assert not close(incident, serious=True)
    assert not incident.closed
    with pytest.raises(Refused, match="een ander dan jij"):
        close(incident, serious=True)
    assert close(incident, serious=True, by=OTHER)
    assert incident.closed


def test_a_new_promise_withdraws_the_proposal_to_close(incident):
    kept(incident)
    close(incident, serious=True)
    one = promised(incident)
    incident.keep(one, outcome="Klaar.", on=DAY)
    assert not close(incident, serious=True, by=OTHER)


def test_opening_again_takes_a_reason_and_both_closings_count(incident):
    with pytest.raises(Refused, match="al open"):
        incident.reopen("Toch niet.")
    kept(incident)
    close(incident)
    with pytest.raises(Refused, match="afgesloten"):
        promised(incident)
    with pytest.raises(Refused, match="weer open moet"):
        incident.reopen("")
    incident.reopen("Het begon opnieuw.")
    assert not incident.closed
    close(incident)
    assert incident.closings == 2


def test_how_parents_heard_it_is_one_of_a_list(incident):
    incident.inform_parents(person_id=CHILD, by=ME, on=DAY, how="phone", remark="Ze schrokken.")
    assert incident.parents_informed == (CHILD,)
    with pytest.raises(Refused, match="hoe de ouders het hoorden"):
        incident.inform_parents(person_id=CHILD, by=ME, on=DAY, how="smoke")


def test_the_plan_says_what_comes_first(incident):
    assert stages_left((), ["victim", "alleged_perpetrator", "follower"]) == [STOP, VICTIM, CONSEQUENCES, PROTECTION]
    assert stages_left((), ["involved", "defender"]) == [STOP]
    promised(incident)
    assert stages_left(incident.follow_ups, ["victim", "witness"]) == [STOP, PROTECTION]
    assert list(STAGES.values()) == sorted(STAGES.values())


def test_it_is_the_same_after_it_was_stored(make_log, school):
    log = make_log()
    with acting(school=school, actor=ME):
        incident = Incident.report(
            kinds=["quarrel"],
            happened_at=NOW,
            account="Om de bal.",
            involved=[Involvement(CHILD, "victim")],
            now=NOW,
        )
        one = promised(incident, text="Praat met haar.", repeats=5, kind="contact_moment")
        incident.keep(one, outcome="Goed.", on=DAY, next_due=LATER)
        log.save(incident)
        read = log.get(Incident, incident.id)
        assert read.follow_ups == incident.follow_ups
        read.keep(one, outcome="Klaar.", on=LATER)
        assert read.close(by=ME, conclusion="Opgelost.", serious=False)
        log.save(read)
        again = log.get(Incident, incident.id)
        assert again.closed
        kinds = [log.registry.of_class(type(each)).name.rpartition(".")[2] for each in log.history(school)]
        assert kinds == ["Reported", "FollowUpPromised", "FollowUpKept", "FollowUpKept", "Closed"]
