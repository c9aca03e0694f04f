"""The rules of sharing: with whom, until when, why; the same for an incident, a signal and a case."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from events.case import Case
from events.incident import Incident
from events.involvement import Involvement
from events.log.errors import Refused
from events.sharing import Sharing
from events.signal import Signal

NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
TODAY = NOW.date()
NOOR, BAS, LED_BY = UUID(int=1), UUID(int=2), UUID(int=3)
WHY = "Hij begeleidt haar in de pauze."


def records(*people: UUID) -> list[Sharing]:
    """Return a record of each kind in which these people are."""
    parts = [Involvement(each, "witness") for each in people]
    return [
        Incident.report(kinds=["quarrel"], happened_at=NOW, account="Om de bal.", involved=parts, now=NOW),
        Signal.record(kind="concern", happened_at=NOW, account="Is stil.", people=people, now=NOW),
        Case.open(
            kind="bullying", signs=["repeated"], concern="Mag niet meedoen.", leader=LED_BY,
            involved=[Involvement(NOOR, "victim"), *parts],
        ),
    ]  # fmt: skip


def share(record: Sharing, person: UUID = BAS, days: int = 0, why: str = WHY) -> None:
    record.share(person, until=TODAY + timedelta(days=days), reason=why, today=TODAY)


@pytest.mark.parametrize("record", records(NOOR), ids=lambda record: record.log_name)
def test_it_ends_on_a_day_within_three_months_and_says_why(record: Sharing) -> None:
    for days, sentence in ((-1, "al geweest"), (93, "drie maanden")):
        with pytest.raises(Refused, match=sentence):
            share(record, days=days)
    with pytest.raises(Refused, match="waarom je collega"):
        share(record, why="  ")
    share(record)
    with pytest.raises(Refused, match="al lezen tot die dag"):
        share(record)
    share(record, days=92)
    assert record.shared_with == {BAS: TODAY + timedelta(days=92)}
    assert [each.reason for each in record.pending_events if isinstance(each, Sharing.Shared)] == [WHY, WHY]
    record.withdraw_share(BAS)
    assert record.shared_with == {}
    with pytest.raises(Refused, match="niet met deze collega gedeeld"):
        record.withdraw_share(BAS)


@pytest.mark.parametrize("record", records(NOOR, BAS), ids=lambda record: record.log_name)
def test_it_is_never_for_who_is_in_it_in_whatever_part(record: Sharing) -> None:
    with pytest.raises(Refused, match="over wie het gaat of die erbij was"):
        share(record)


def test_a_signal_that_was_shared_before_it_was_asked_why_has_no_reason() -> None:
    state: dict[str, Any] = {"person_id": BAS, "until": TODAY}
    Signal.Shared.upcast_v1_v2(state)
    assert state == {"person_id": BAS, "until": TODAY, "reason": None}


def test_why_it_was_shared_is_encrypted() -> None:
    from events.log.kinds import registry

    personal = {kind.name: kind.personal for kind in registry if kind.name.endswith((".Shared", ".ShareWithdrawn"))}
    for kind in ("incidents.incident", "signals.signal", "cases.case"):
        assert personal[f"{kind}.Shared"] == ("reason",)
        assert personal[f"{kind}.ShareWithdrawn"] == ()
