"""The rules of a case: what makes it bullying, whose view comes first, and that it never just ends."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from events.case import Case
from events.involvement import Involvement
from events.log.errors import Refused

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(days=28)
NOOR, SEM, NOVA, HANNEKE, ESTHER, BAS = (UUID(int=number) for number in range(1, 7))
INCIDENT, SIGNAL = UUID(int=11), UUID(int=12)


def a_case(**changed):
    facts = {
        "kind": "bullying",
        "signs": ["unequal_power", "repeated"],
        "concern": " Noor wordt al weken buitengesloten. ",
        "involved": [Involvement(NOOR, "victim"), Involvement(SEM, "alleged_perpetrator")],
        "leader": ESTHER,
    }
    return Case.open(**{**facts, **changed})


def planned(**changed):
    case = a_case(**changed)
    case.plan(goal="Noor speelt weer mee.", evaluate_on=LATER, today=TODAY)
    return case


def heard(case, view="well", who=NOOR):
    case.hear(voice="pupil", view=view, words="Het is rustig.", on=LATER, person_id=who)
    return case


def test_a_case_is_one_event_with_the_signs_in_their_order():
    (event,) = a_case().collect_events()
    assert (event.kind, event.signs, event.leader) == ("bullying", ("repeated", "unequal_power"), ESTHER)
    assert event.concern == "Noor wordt al weken buitengesloten."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "teasing"}, "bestaat niet meer"),
        ({"signs": []}, "plagen of ruzie"),
        ({"signs": ["nonsense"]}, "plagen of ruzie"),
        ({"concern": "  "}, "Schrijf op wat er aan de hand is"),
        ({"involved": [Involvement(SEM, "alleged_perpetrator")]}, "wie het te verduren krijgt"),
        ({"involved": [Involvement(NOOR, "victim"), Involvement(NOOR, "victim")]}, "heeft deze rol al"),
        ({"involved": [Involvement(NOOR, "victim"), Involvement(ESTHER, "alleged_perpetrator")]}, "zelf in betrokken"),
    ],
)
def test_what_cannot_be_a_case_is_refused(changed, sentence):
    with pytest.raises(Refused, match=sentence):
        a_case(**changed)


def test_a_record_is_gathered_once_and_taken_out_with_a_reason():
    case = a_case()
    case.gather("incidents.incident", INCIDENT)
    case.gather("signals.signal", SIGNAL)
    for kind, record, sentence in (
        ("signals.signal", SIGNAL, "zit al in"),
        ("people.person", NOOR, "kan niet in een zaak"),
    ):
        with pytest.raises(Refused, match=sentence):
            case.gather(kind, record)
    with pytest.raises(Refused, match="waarom dit niet in de zaak hoort"):
        case.take_out(SIGNAL, " ")
    case.take_out(SIGNAL, "Ging over een ander kind.")
    assert case.gathered == {INCIDENT: "incidents.incident"}
    with pytest.raises(Refused, match="zit niet in de zaak"):
        case.take_out(SIGNAL, "Nog eens.")


def test_who_is_in_it_neither_leads_it_nor_takes_part():
    case = a_case()
    for concerned in (lambda: case.hand_over(SEM, "Vakantie."), lambda: case.add_participant(SEM)):
        with pytest.raises(Refused, match="zelf in betrokken"):
            concerned()
    case.add_participant(BAS)
    with pytest.raises(Refused, match="doet al mee"):
        case.add_participant(BAS)
    with pytest.raises(Refused, match="waarom je dit verandert"):
        case.hand_over(HANNEKE, "")
    case.hand_over(HANNEKE, "Esther is ziek.")
    case.remove_participant(BAS)
    assert (case.leader, case.participants) == (HANNEKE, ())
    with pytest.raises(Refused, match="doet niet mee"):
        case.remove_participant(BAS)


def test_a_plan_has_a_goal_and_a_day_and_more_time_has_a_reason():
    case = a_case()
    for goal, day, sentence in (("", LATER, "wat jullie willen bereiken"), ("Rust.", TODAY, "nog komt")):
        with pytest.raises(Refused, match=sentence):
            case.plan(goal=goal, evaluate_on=day, today=TODAY)
    with pytest.raises(Refused, match="nog geen plan"):
        case.extend(evaluate_on=LATER, reason="Meer tijd.", today=TODAY)
    case.plan(goal="Rust.", evaluate_on=LATER, today=TODAY)
    with pytest.raises(Refused, match="niets veranderd"):
        case.plan(goal=" Rust. ", evaluate_on=LATER, today=TODAY)
    with pytest.raises(Refused, match="later zijn"):
        case.extend(evaluate_on=LATER, reason="Meer tijd.", today=TODAY)
    with pytest.raises(Refused, match="waarom er meer tijd"):
        case.extend(evaluate_on=LATER + timedelta(days=7), reason="", today=TODAY)
    with pytest.raises(Refused, match="later zijn"):
        case.extend(evaluate_on=LATER + timedelta(days=7), reason="Meer tijd.", today=LATER + timedelta(days=7))
    case.extend(evaluate_on=LATER + timedelta(days=7), reason="Er was vakantie.", today=TODAY)
    assert case.evaluate_on == LATER + timedelta(days=7)


def test_a_goal_changes_without_its_day_which_moves_only_with_a_reason():
    case = planned()
    for day in (LATER - timedelta(days=1), LATER + timedelta(days=7)):
        with pytest.raises(Refused, match="Geef meer tijd, met de reden"):
            case.plan(goal="Rust.", evaluate_on=day, today=TODAY)
    case.plan(goal="Rust.", evaluate_on=LATER, today=LATER + timedelta(days=1))
    assert (case.goal, case.evaluate_on) == ("Rust.", LATER)
    heard(case).evaluate(outcome="well", conclusion="Het gaat goed.", on=LATER)
    case.plan(goal="Rust.", evaluate_on=LATER + timedelta(days=7), today=LATER)
    assert case.evaluate_on == LATER + timedelta(days=7)


def test_the_pupil_who_bears_it_is_asked_before_anybody_else():
    case = planned(involved=[Involvement(NOOR, "victim"), Involvement(NOVA, "victim"), Involvement(SEM, "follower")])
    others = (
        lambda: case.hear(voice="parents", view="well", words="Goed.", on=LATER, person_id=NOOR),
        lambda: case.hear(voice="teacher", view="well", words="Goed.", on=LATER),
        lambda: case.hear(voice="pupil", view="well", words="Goed.", on=LATER, person_id=SEM),
        lambda: case.evaluate(outcome="well", conclusion="Goed.", on=LATER),
    )
    for each in others:
        with pytest.raises(Refused, match="eerst aan het kind"):
            each()
    heard(case)
    with pytest.raises(Refused, match="eerst aan het kind"):
        others[1]()
    heard(case, "not_asked", NOVA)
    for each in others:
        each()
    assert case.evaluations == ("well",)
    assert case.not_heard == (NOOR, NOVA)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"voice": "neighbour"}, "bestaat niet meer"),
        ({"view": "great"}, "bestaat niet meer"),
        ({"person_id": BAS}, "om welk kind"),
        ({"words": ""}, "wat er gezegd is"),
    ],
)
def test_a_view_is_of_somebody_and_has_words(said, sentence):
    usual = {"voice": "pupil", "view": "well", "words": "Goed.", "on": LATER, "person_id": NOOR}
    with pytest.raises(Refused, match=sentence):
        planned().hear(**{**usual, **said})


def test_not_yet_has_a_next_day():
    case = heard(planned(), "not_yet")
    for said, sentence in (
        ({"outcome": "super"}, "goed gaat, of nog niet"),
        ({"conclusion": " "}, "samen zien"),
        ({}, "wanneer jullie weer terugkijken"),
        ({"next_on": LATER}, "later zijn"),
    ):
        with pytest.raises(Refused, match=sentence):
            case.evaluate(**{"outcome": "not_yet", "conclusion": "Nog niet klaar.", "on": LATER, **said})
    case.evaluate(outcome="not_yet", conclusion="Nog niet.", on=LATER, next_on=LATER + timedelta(days=14))
    assert case.evaluate_on == LATER + timedelta(days=14)


def test_it_closes_after_looking_back_or_with_the_reason_why_not():
    case = planned()
    with pytest.raises(Refused, match="Kijk eerst samen terug"):
        case.end(by=ESTHER, conclusion="Het is over.")
    promised = case.promise(kind="contact_moment", owner=ESTHER, due_on=LATER, person_id=NOOR, repeats=5)
    with pytest.raises(Refused, match="vervolgactie open"):
        case.end(by=ESTHER, conclusion="Het is over.", nothing_needed="Het was toch plagen.")
    case.keep(promised, outcome="Gaat goed.", on=LATER)
    heard(case).evaluate(outcome="well", conclusion="Het is goed.", on=LATER)
    assert case.end(by=ESTHER, conclusion="Het is over.")
    for closed in (
        lambda: case.gather("signals.signal", SIGNAL),
        lambda: heard(case),
        lambda: case.add_participant(BAS),
    ):
        with pytest.raises(Refused, match="Open het eerst weer"):
            closed()


def test_what_turns_out_to_be_teasing_is_closed_with_that_reason():
    case = a_case()
    assert case.end(by=ESTHER, conclusion="Ze plagen elkaar.", nothing_needed="Het is gelijk op.")


def test_a_serious_one_is_closed_by_two_people():
    case = heard(planned())
    with pytest.raises(Refused, match="waarom je dit verandert"):
        case.weigh(True, "")
    case.weigh(True, "Ze durft niet naar school.")
    with pytest.raises(Refused, match="niets veranderd"):
        case.weigh(True, "Nog eens.")
    case.promise(kind="victim_talk", owner=ESTHER, due_on=LATER)
    case.keep(case.follow_ups[0].id, outcome="Gedaan in de les.", on=TODAY)
    case.evaluate(outcome="well", conclusion="Goed.", on=LATER)
    assert not case.end(by=ESTHER, conclusion="Over.")
    with pytest.raises(Refused, match="een ander dan jij"):
        case.end(by=ESTHER, conclusion="Over.")
    assert case.end(by=HANNEKE, conclusion="Over.")


def test_who_says_that_it_is_serious_no_longer_does_not_close_it_alone():
    case = a_case()
    case.weigh(True, "Ze durft niet naar school.")
    case.weigh(False, "Dat viel mee.")
    assert not case.end(by=ESTHER, conclusion="Over.", nothing_needed="Het was plagen.")
    assert case.end(by=HANNEKE, conclusion="Over.", nothing_needed="Het was plagen.")


def test_what_was_closed_begins_again_with_a_day_and_is_evaluated_anew():
    case = a_case()
    case.end(by=ESTHER, conclusion="Over.", nothing_needed="Het was plagen.")
    with pytest.raises(Refused, match="nog komt"):
        case.begin_again(reason="Het begint opnieuw.", evaluate_on=TODAY, today=TODAY)
    with pytest.raises(Refused, match="weer open moet"):
        case.begin_again(reason=" ", evaluate_on=LATER, today=TODAY)
    case.begin_again(reason="Het begint opnieuw.", evaluate_on=LATER, today=TODAY)
    assert (case.closed, case.closings, case.evaluate_on) == (False, 1, LATER)
    with pytest.raises(Refused, match="Kijk eerst samen terug"):
        case.end(by=ESTHER, conclusion="Over.")


def test_what_is_promised_in_a_case_is_an_event_of_the_case_and_of_an_incident_of_the_incident():
    from events.incident import Incident
    from events.log.kinds import registry

    names = {kind.event_class: kind.name for kind in registry}
    assert names[Case.FollowUpPromised] == "cases.case.FollowUpPromised"
    assert names[Incident.FollowUpPromised] == "incidents.incident.FollowUpPromised"
    case = a_case()
    case.promise(kind="supervision", owner=ESTHER, due_on=LATER)
    assert type(case.collect_events()[-1]) is Case.FollowUpPromised


def test_what_is_stored_of_a_person_is_encrypted():
    from events.log.kinds import registry

    personal = {
        kind.event_class.__name__: kind.personal for kind in registry if kind.aggregate is Case and kind.personal
    }
    assert personal == {
        "Opened": ("concern",),
        "RecordTakenOut": ("reason",),
        "LeaderChanged": ("reason",),
        "Shared": ("reason",),
        "SeriousnessWeighed": ("reason",),
        "PlanMade": ("goal",),
        "TermExtended": ("reason",),
        "ViewHeard": ("words",),
        "Evaluated": ("conclusion",),
        "InvolvementWithdrawn": ("reason",),
        "FollowUpPromised": ("text",),
        "FollowUpKept": ("outcome",),
        "FollowUpWaived": ("reason",),
        "FollowUpMoved": ("reason",),
        "ParentsInformed": ("remark",),
        "ClosingProposed": ("conclusion", "nothing_needed"),
        "Closed": ("conclusion", "nothing_needed"),
        "Reopened": ("reason",),
    }
