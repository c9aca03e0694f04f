"""Nine ways to tamper, at every row inside a checkpoint, by insiders who forget the leaves and by those who do not."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from events.log.merkle import Frontier
from tests.verifier.log_copy import Event, checkpoint, frontier_of, public_key, some_log, write_copy
from verifier.copies import open_copy
from verifier.differences import Difference
from verifier.examine import Verdict, examine
from verifier.notes import VerifierKey, read_checkpoints

ROWS = some_log(40)
SIGNED = 30
EARLIER = 12
CHECKPOINTS = [checkpoint(ROWS, EARLIER), checkpoint(ROWS, SIGNED)]

Tamper = Callable[[int], list[Event]]


def renumbered(rows: list[Event]) -> list[Event]:
    return [replace(row, position=position) for position, row in enumerate(rows, 1)]


def changed_payload(at: int) -> list[Event]:
    return [replace(row, payload=row.payload[:-1] + b" }") if row.position == at else row for row in ROWS]


def changed_actor(at: int) -> list[Event]:
    return [replace(row, actor=b"somebody else..." if row.position == at else row.actor) for row in ROWS]


def changed_time(at: int) -> list[Event]:
    return [replace(row, recorded_at=row.recorded_at + (row.position == at)) for row in ROWS]


def swapped_rows(at: int) -> list[Event]:
    return renumbered([*ROWS[: at - 1], ROWS[at], ROWS[at - 1], *ROWS[at + 1 :]])


def removed_row(at: int) -> list[Event]:
    return [row for row in ROWS if row.position != at]


def removed_row_with_renumbering(at: int) -> list[Event]:
    return renumbered(removed_row(at))


def inserted_row(at: int) -> list[Event]:
    added = replace(ROWS[at - 1], stream=b"a forged stream.", version=1, payload=b"{}")
    return renumbered([*ROWS[: at - 1], added, *ROWS[at - 1 :]])


def replayed_row(at: int) -> list[Event]:
    return renumbered([*ROWS[: at - 1], ROWS[at - 2], *ROWS[at - 1 :]])


def truncated_tail(at: int) -> list[Event]:
    return ROWS[: at - 1]


# Each kind, and what the verifier must say when the insider left the leaves as they were.
KINDS: dict[Tamper, Callable[[int], Difference]] = {
    changed_payload: lambda at: Difference("changed", at, at, 1),
    changed_actor: lambda at: Difference("changed", at, at, 1),
    changed_time: lambda at: Difference("changed", at, at, 1),
    swapped_rows: lambda at: Difference("changed", at, at + 1, 2),
    removed_row: lambda at: Difference("removed", at, at, 1),
    removed_row_with_renumbering: lambda at: Difference("removed", at, at, 1),
    inserted_row: lambda at: Difference("added", at, at, 1),
    replayed_row: lambda at: Difference("added", at, at, 1),
    truncated_tail: lambda at: Difference("cut_off", at, len(ROWS), len(ROWS) - at + 1),
}
every_kind = pytest.mark.parametrize("tamper", KINDS, ids=lambda tamper: tamper.__name__)


def verdict_on(folder: Path, rows: list[Event], head: Frontier, checkpoints: list[str] = CHECKPOINTS) -> Verdict:
    path = str(write_copy(folder / "copy.db", rows, head))
    signed = [read_checkpoints(note, [VerifierKey.read(public_key())])[0] for note in checkpoints]
    with open_copy(path) as copy:
        return examine(path, copy, signed)


def test_an_untouched_copy_is_equal(tmp_path):
    assert verdict_on(tmp_path, ROWS, frontier_of(ROWS)) == Verdict(SIGNED, len(ROWS) - SIGNED, None)


@every_kind
def test_an_insider_who_forgets_the_leaves_is_found_and_placed(tmp_path, tamper):
    for at in range(2, SIGNED + 1):
        verdict = verdict_on(tmp_path, tamper(at), frontier_of(ROWS))
        assert verdict.difference == KINDS[tamper](at), at


@every_kind
def test_an_insider_who_rewrites_leaves_and_head_is_found(tmp_path, tamper):
    for at in range(2, SIGNED + 1):
        rows = [row.with_own_leaf() for row in tamper(at)]
        difference = verdict_on(tmp_path, rows, frontier_of(rows)).difference
        assert difference is not None, at
        if tamper is removed_row:
            assert difference == Difference("removed", at, at, 1)
        elif difference.kind != "cut_off":
            # What an earlier checkpoint confirms is left out of the interval that is named.
            assert difference.first == (1 if at <= EARLIER else EARLIER + 1), (at, difference)
            assert difference.first <= at <= difference.last <= SIGNED, (at, difference)


@every_kind
def test_one_checkpoint_is_enough_to_find_a_rewrite(tmp_path, tamper):
    for at in (2, 15, SIGNED):
        rows = [row.with_own_leaf() for row in tamper(at)]
        assert verdict_on(tmp_path, rows, frontier_of(rows), CHECKPOINTS[1:]).difference is not None, at


@every_kind
def test_an_insider_who_rewrites_everything_but_the_head_is_found_after_the_checkpoint_too(tmp_path, tamper):
    for at in range(SIGNED + 2, len(ROWS)):
        rows = [row.with_own_leaf() for row in tamper(at)]
        assert verdict_on(tmp_path, rows, frontier_of(ROWS)).difference is not None, at


def test_what_was_never_signed_can_be_rewritten_unseen(tmp_path):
    """The limit of all this, and the proof that the tests above can fail: a full rewrite after the checkpoint."""
    rows = [row.with_own_leaf() for row in changed_payload(SIGNED + 1)]
    assert verdict_on(tmp_path, rows, frontier_of(rows)).difference is None


def test_the_first_event_can_be_tampered_with_as_little(tmp_path):
    for tamper in (changed_payload, changed_actor, changed_time, swapped_rows, removed_row, inserted_row):
        for rows in (tamper(1), [row.with_own_leaf() for row in tamper(1)]):
            assert verdict_on(tmp_path, rows, frontier_of(rows)).difference is not None, tamper


def test_a_removed_version_and_a_repeated_one_are_told_apart_after_a_rewrite(tmp_path):
    at = next(row.position for row in ROWS if row.version == 2 and row.position > EARLIER)
    later = [row for row in ROWS if row.stream == ROWS[at - 1].stream and row.version == 3]
    removed = [row.with_own_leaf() for row in removed_row_with_renumbering(at)]
    assert later, "the made-up log needs a stream that goes on"
    assert verdict_on(tmp_path, removed, frontier_of(removed)).difference.kind == "removed"
    replayed = [row.with_own_leaf() for row in replayed_row(at + 1)]
    assert verdict_on(tmp_path, replayed, frontier_of(replayed)).difference.kind == "added"
