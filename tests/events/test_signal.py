"""The rules of a signal: what is refused, who may be told until when, and that closing is never silent."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from events.incident import Incident
from events.involvement import Involvement
from events.log.errors import Refused
from events.signal import Signal

NOW = datetime(2026, 11, 23, 10, 42, 31, tzinfo=UTC)
TODAY = date(2026, 11, 23)
NOOR, BAS = UUID(int=1), UUID(int=2)


def a_signal(**changed):
    facts = {"kind": "concern", "account": "Noor is stil.", "happened_at": NOW, "people": [NOOR], "now": NOW}
    return Signal.record(**{**facts, **changed})


def test_a_signal_is_one_event_with_everything_in_it():
    signal = a_signal(source="playground_patrol", on_behalf_of=" Daan uit 8a ", people=[NOOR, NOOR], home_signs=True)
    (event,) = signal.collect_events()
    assert (event.kind, event.source, event.on_behalf_of) == ("concern", "playground_patrol", "Daan uit 8a")
    assert (event.people, event.home_signs, event.positive) == ((NOOR,), True, False)
    assert event.happened_at == datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


def test_nobody_has_to_be_named():
    assert a_signal(people=[]).people == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"account": "  "}, "Schrijf op wat je zag"),
        ({"kind": "rumour"}, "bestaat niet meer"),
        ({"source": "neighbour"}, "bestaat niet meer"),
        ({"positive": True}, "Iets moois is geen zorg"),
        ({"kind": "observation", "positive": True, "bullying": True}, "Iets moois is geen zorg"),
        ({"kind": "observation", "positive": True, "home_signs": True}, "Iets moois is geen zorg"),
        ({"on_behalf_of": "Daan"}, "Zag je het zelf?"),
        ({"happened_at": NOW + timedelta(minutes=2)}, "moet nog komen"),
        ({"happened_at": NOW - timedelta(days=3700)}, "meer dan 10 jaar"),
    ],
)
def test_what_cannot_be_is_refused(changed, sentence):
    with pytest.raises(Refused, match=sentence):
        a_signal(**changed)


DONE_WITH_IT = {
    "talk": lambda signal: signal.talk("parents", "Ze zien het ook."),
    "share": lambda signal: signal.share(BAS, until=TODAY, reason="Hij begeleidt haar.", today=TODAY),
    "support_team": lambda signal: signal.take_to_support_team("Wat kunnen wij doen?"),
    "escalate": lambda signal: signal.escalate("Het gaat niet over."),
    "incident": lambda signal: signal.become_incident(UUID(int=9)),
    "close": lambda signal: signal.close("Het gaat weer goed."),
}


@pytest.mark.parametrize("done", DONE_WITH_IT)
def test_a_closed_signal_is_opened_before_anything_is_done(done):
    signal = a_signal()
    signal.close("Het gaat weer goed.")
    with pytest.raises(Refused, match="Open het eerst weer"):
        DONE_WITH_IT[done](signal)
    signal.reopen("Het begint opnieuw.")
    DONE_WITH_IT[done](signal)


@pytest.mark.parametrize(
    "said_nothing",
    [
        lambda signal: signal.talk("pupil", " "),
        lambda signal: signal.talk("neighbour", "Gepraat."),
        lambda signal: signal.take_to_support_team(""),
        lambda signal: signal.escalate(" "),
        lambda signal: signal.close(""),
        lambda signal: signal.reopen("Zomaar."),
    ],
)
def test_nothing_is_done_without_saying_why_or_how(said_nothing):
    signal = a_signal()
    signal.collect_events()
    with pytest.raises(Refused):
        said_nothing(signal)
    assert signal.collect_events() == []


def test_what_happens_once_is_refused_twice():
    signal = a_signal()
    signal.escalate("Het gaat niet over.")
    signal.become_incident(UUID(int=9))
    for again in (lambda: signal.escalate("Nog eens."), lambda: signal.become_incident(UUID(int=8))):
        with pytest.raises(Refused, match=r"al (bij|een)"):
            again()
    with pytest.raises(Refused, match="geen incident"):
        a_signal(kind="observation", positive=True).become_incident(UUID(int=9))
    signal.close("Klaar.")
    with pytest.raises(Refused, match="waarom dit signaal weer open"):
        signal.reopen(" ")


def test_an_incident_says_from_which_signals_it_grew():
    incident = Incident.report(
        kinds=["quarrel"], happened_at=NOW, account="Om de bal.", involved=[Involvement(NOOR, "involved")], now=NOW
    )
    incident.grow_from(UUID(int=3))
    incident.grow_from(UUID(int=4))
    assert incident.signals == (UUID(int=3), UUID(int=4))


def test_what_is_stored_of_a_person_is_encrypted():
    from events.log.kinds import registry

    personal = {kind.name: kind.personal for kind in registry if kind.aggregate is Signal}
    assert personal == {
        "signals.signal.Recorded": ("on_behalf_of", "account"),
        "signals.signal.TalkHeld": ("words",),
        "signals.signal.Shared": ("reason",),
        "signals.signal.ShareWithdrawn": (),
        "signals.signal.TakenToSupportTeam": ("question",),
        "signals.signal.Escalated": ("reason",),
        "signals.signal.BecameIncident": (),
        "signals.signal.Closed": ("reason",),
        "signals.signal.Reopened": ("reason",),
    }
