"""The rules of an incident: what is refused, and that what was said first is never lost."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest

from events.incident import Incident
from events.involvement import Involvement
from events.log.errors import Refused

NOW = datetime(2026, 11, 23, 10, 42, 31, 500_000, tzinfo=UTC)
NOOR, SEM = UUID(int=1), UUID(int=2)


def facts(**changed):
    return {
        "kinds": ["quarrel"],
        "happened_at": NOW,
        "account": "Noor en Sem trokken aan dezelfde bal.",
        "involved": [Involvement(NOOR, "involved"), Involvement(SEM, "involved")],
        "now": NOW,
        **changed,
    }


def corrected(incident, **changed):
    incident.correct(
        **{
            "reason": "Verkeerd geklikt.",
            "kinds": incident.kinds,
            "place": incident.place,
            "moment": incident.moment,
            "happened_at": incident.happened_at,
            "group_id": incident.group_id,
            "unknown_persons": incident.unknown_persons,
            "account": incident.account,
            "now": NOW,
            **changed,
        }
    )


def test_a_report_is_one_event_with_everything_in_it():
    group = uuid4()
    incident = Incident.report(**facts(place="playground", moment="big_break", group_id=group, confidential=True))
    (event,) = incident.collect_events()
    assert event.kinds == ("quarrel",)
    assert (event.place, event.moment, event.group_id, event.confidential) == ("playground", "big_break", group, True)
    assert event.involved == (Involvement(NOOR, "involved"), Involvement(SEM, "involved"))


def test_the_time_is_kept_to_the_minute():
    assert Incident.report(**facts()).happened_at == datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


def test_the_same_kind_twice_counts_once():
    assert Incident.report(**facts(kinds=["quarrel", "threat", "quarrel"])).kinds == ("quarrel", "threat")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kinds": []}, "Kies wat er gebeurd is."),
        ({"account": "  \n "}, "Schrijf op wat je zag of hoorde."),
        ({"involved": []}, "Kies wie erbij waren, of kies dat je het niet weet."),
        ({"happened_at": NOW + timedelta(minutes=1)}, "Dit tijdstip moet nog komen. Kies wanneer het gebeurde."),
        ({"happened_at": NOW - timedelta(days=11 * 366)}, "Dit is meer dan 10 jaar geleden. Kijk of de datum klopt."),
        ({"involved": [Involvement(NOOR, "perpetrator")]}, "Deze rol bestaat niet. Kies een rol uit de lijst."),
        ({"involved": [Involvement(NOOR, "victim")] * 2}, "Deze persoon heeft deze rol al."),
    ],
)
def test_an_incomplete_or_impossible_report_is_refused(wrong, sentence):
    with pytest.raises(Refused, match=sentence):
        Incident.report(**facts(**wrong))


def test_nobody_known_is_enough():
    assert Incident.report(**facts(involved=[], unknown_persons=True)).involved == ()


def test_a_time_in_this_very_minute_is_not_to_come():
    later_in_this_minute = NOW + timedelta(seconds=20)
    assert Incident.report(**facts(happened_at=later_in_this_minute)).happened_at < NOW


def test_a_child_can_have_two_parts():
    both = [Involvement(NOOR, "victim"), Involvement(NOOR, "defender")]
    assert Incident.report(**facts(involved=both)).involved == tuple(both)


def test_a_correction_carries_the_new_facts_and_only_new_words():
    incident = Incident.report(**facts())
    corrected(incident, kinds=["threat"], place="gym")
    event = incident.collect_events()[-1]
    assert (event.kinds, event.place, event.account) == (("threat",), "gym", None)
    assert (incident.kinds, incident.place, incident.corrections) == (("threat",), "gym", 1)
    corrected(incident, account="Sem trok aan de jas van Noor.")
    assert incident.account == "Sem trok aan de jas van Noor."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, "Je hebt niets veranderd"),
        ({"place": "gym", "reason": " "}, "waarom je dit verbetert"),
        ({"kinds": []}, "Kies wat er gebeurd is"),
        ({"account": ""}, "wat je zag of hoorde"),
        ({"happened_at": NOW + timedelta(days=1)}, "moet nog komen"),
    ],
)
def test_an_empty_or_impossible_correction_is_refused(change, sentence):
    incident = Incident.report(**facts())
    with pytest.raises(Refused, match=sentence):
        corrected(incident, **change)
    assert len(incident.collect_events()) == 1


def test_the_same_moment_in_another_zone_is_no_change():
    incident = Incident.report(**facts())
    with pytest.raises(Refused, match="niets veranderd"):
        corrected(incident, happened_at=incident.happened_at.astimezone(timezone(timedelta(hours=1))))


def test_a_correction_cannot_leave_nobody():
    incident = Incident.report(**facts(involved=[], unknown_persons=True))
    with pytest.raises(Refused, match="Kies wie erbij waren"):
        corrected(incident, unknown_persons=False)


def test_parts_are_added_changed_and_withdrawn():
    incident = Incident.report(**facts())
    incident.involve(UUID(int=3), "witness")
    incident.change_role(SEM, "involved", "alleged_perpetrator")
    incident.withdraw(NOOR, "involved", "Noor was ziek.")
    assert incident.involved == (Involvement(SEM, "alleged_perpetrator"), Involvement(UUID(int=3), "witness"))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda i: i.involve(NOOR, "involved"), "heeft deze rol al"),
        (lambda i: i.involve(NOOR, "dader"), "bestaat niet"),
        (lambda i: i.change_role(NOOR, "victim", "witness"), "staat niet met deze rol"),
        (lambda i: i.change_role(NOOR, "involved", "involved"), "heeft deze rol al"),
        (lambda i: i.change_role(NOOR, "involved", "dader"), "bestaat niet"),
        (lambda i: i.withdraw(NOOR, "involved", " "), "waarom deze persoon"),
        (lambda i: i.withdraw(UUID(int=9), "involved", "Vergissing."), "staat niet met deze rol"),
        (lambda i: i.assess(5), "van 1 tot en met 4"),
        (lambda i: i.assess(0), "van 1 tot en met 4"),
        (lambda i: i.note("   "), "wat je wilt toevoegen"),
        (lambda i: i.set_confidential(False, "Omdat."), "staat al zo"),
        (lambda i: i.set_confidential(True, " "), "waarom je dit verandert"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_no_event(act, sentence):
    incident = Incident.report(**facts())
    with pytest.raises(Refused, match=sentence):
        act(incident)
    assert len(incident.collect_events()) == 1


def test_the_last_person_is_not_withdrawn_while_nobody_is_unknown():
    incident = Incident.report(**facts(involved=[Involvement(NOOR, "involved")]))
    with pytest.raises(Refused, match="Er moet iemand overblijven"):
        incident.withdraw(NOOR, "involved", "Vergissing.")


def test_changing_to_a_part_the_person_also_has_is_refused():
    incident = Incident.report(**facts(involved=[Involvement(NOOR, "victim"), Involvement(NOOR, "witness")]))
    with pytest.raises(Refused, match="heeft deze rol al"):
        incident.change_role(NOOR, "victim", "witness")


def test_the_same_severity_twice_is_refused():
    incident = Incident.report(**facts())
    incident.assess(3, "Er was een dokter nodig.")
    with pytest.raises(Refused, match="staat er al"):
        incident.assess(3)
    incident.assess(2)
    assert incident.severity == 2


def test_an_empty_reason_for_a_severity_is_no_reason():
    incident = Incident.report(**facts())
    incident.assess(1, "")
    assert incident.collect_events()[-1].reason is None


def test_it_becomes_confidential_and_open_again():
    incident = Incident.report(**facts())
    incident.set_confidential(True, "Ouders willen het zo.")
    incident.set_confidential(False, "Dat hoeft niet meer.")
    assert incident.confidential is False


def test_what_is_stored_of_a_person_is_encrypted():
    from events.log.kinds import registry

    personal = {kind.name: kind.personal for kind in registry if kind.aggregate is Incident}
    assert personal == {
        "incidents.incident.Reported": ("account",),
        "incidents.incident.Corrected": ("account", "reason"),
        "incidents.incident.InvolvementAdded": (),
        "incidents.incident.InvolvementChanged": (),
        "incidents.incident.InvolvementWithdrawn": ("reason",),
        "incidents.incident.SeverityAssessed": ("reason",),
        "incidents.incident.Shared": ("reason",),
        "incidents.incident.ShareWithdrawn": (),
        "incidents.incident.NoteAdded": ("text",),
        "incidents.incident.NoteWithdrawn": (),
        "incidents.incident.NotePutBack": (),
        "incidents.incident.ConfidentialityChanged": ("reason",),
        "incidents.incident.FollowUpPromised": ("text",),
        "incidents.incident.FollowUpKept": ("outcome",),
        "incidents.incident.FollowUpWaived": ("reason",),
        "incidents.incident.FollowUpMoved": ("reason",),
        "incidents.incident.ParentsInformed": ("remark",),
        "incidents.incident.ClosingProposed": ("conclusion", "nothing_needed"),
        "incidents.incident.Closed": ("conclusion", "nothing_needed"),
        "incidents.incident.Reopened": ("reason",),
        "incidents.incident.GrewFromSignal": (),
    }
