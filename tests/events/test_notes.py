"""The rules of notes: one is taken back and put back by its number, and what was said stays in the events."""

from datetime import date, timedelta

import pytest

from events.incident import Incident
from events.log import clock
from events.log.errors import Refused
from events.staff_matter import StaffMatter


def incident():
    happened = clock.now() - timedelta(hours=1)
    return Incident.report(kinds=["quarrel"], happened_at=happened, account="Ze duwden.", unknown_persons=True)


def matter():
    today = date(2026, 11, 20)
    return StaffMatter.report(account="Te ver.", addressee="executive_director", unknown=True, today=today)


@pytest.fixture(params=[incident, matter], ids=["incident", "matter"])
def record(request):
    return request.param()


def names(record):
    return [type(event).__name__ for event in record.collect_events()]


def test_a_note_is_taken_back_and_put_back_as_often_as_needed(record):
    first, second = record.note("Moeder gebeld."), record.note("Vader gebeld.")
    assert (first, second) == (2, 3)
    record.withdraw_note(first)
    assert record.withdrawn_notes == {first}
    record.put_note_back(first)
    assert record.withdrawn_notes == set()
    record.withdraw_note(first)
    assert (record.notes, record.withdrawn_notes) == ({first, second}, {first})
    assert names(record)[3:] == ["NoteWithdrawn", "NotePutBack", "NoteWithdrawn"]


def test_what_was_replayed_stands_as_it_was_saved(record):
    note = record.note("Moeder gebeld.")
    record.withdraw_note(note)
    again = None
    for event in record.collect_events():
        again = event.mutate(again)
    assert (again.notes, again.withdrawn_notes) == ({note}, {note})


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda record, note: record.withdraw_note(1), "hoort hier niet bij"),
        (lambda record, note: record.withdraw_note(note + 1), "hoort hier niet bij"),
        (lambda record, note: (record.withdraw_note(note), record.withdraw_note(note)), "al ingetrokken"),
        (lambda record, note: record.put_note_back(note), "niet ingetrokken"),
        (lambda record, note: record.put_note_back(1), "niet ingetrokken"),
        (lambda record, note: record.note(" "), "wat je wilt toevoegen"),
    ],
)
def test_what_makes_no_sense_is_refused(record, act, sentence):
    note = record.note("Moeder gebeld.")
    with pytest.raises(Refused, match=sentence):
        act(record, note)


def test_a_closed_matter_takes_no_note_and_loses_none():
    closed, today = matter(), date(2026, 11, 20)
    note, gone = closed.note("Moeder gebeld."), closed.note("Verkeerde melding.")
    closed.withdraw_note(gone)
    closed.judge(reasonable=False, reasons="Zo besloten.", on=today, today=today)
    by = closed.id
    assert closed.close(by=by, reason="Klaar.", second_exists=True) is False
    assert closed.closing_asked_by == by
    closed.put_note_back(gone)
    assert closed.closing_asked_by is None, "who reads along has to look again"
    assert closed.close(by=by, reason="Klaar.", second_exists=False)
    for act in (
        lambda: closed.withdraw_note(note),
        lambda: closed.put_note_back(gone),
        lambda: closed.note("Nog iets."),
    ):
        with pytest.raises(Refused, match="afgesloten"):
            act()
