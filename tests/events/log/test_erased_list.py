"""The list of erased keys is private, whole after a crash, and refused when somebody spoilt it."""

from datetime import date
from pathlib import Path

import pytest

from events.log.erased_list import ErasedList
from events.log.errors import LogUnavailable, LogUnfit


def test_the_list_is_kept_private_and_each_key_is_on_it_once(listed: Path) -> None:
    kept = ErasedList(listed)
    assert kept.key_ids() == set()
    kept.add({"0" * 32, "1" * 32}, date(2026, 11, 24))
    kept.add({"1" * 32, "2" * 32}, date(2026, 11, 25))
    assert listed.read_text() == "".join(
        f"2026-11-{day} {digit * 32}\n" for day, digit in [(24, "0"), (24, "1"), (25, "2")]
    )
    assert listed.stat().st_mode & 0o777 == 0o600
    assert kept.key_ids() == {"0" * 32, "1" * 32, "2" * 32}


@pytest.mark.parametrize("cut", [1, 10, 32, 43])
def test_a_line_that_a_crash_cut_off_is_written_anew(listed: Path, cut: int) -> None:
    kept = ErasedList(listed)
    kept.add({"0" * 32}, date(2026, 11, 24))
    whole = listed.read_bytes()
    kept.add({"1" * 32}, date(2026, 11, 24))
    listed.write_bytes(listed.read_bytes()[: len(whole) + cut])
    assert kept.key_ids() == {"0" * 32}
    kept.add({"1" * 32}, date(2026, 11, 24))
    assert kept.key_ids() == {"0" * 32, "1" * 32}


def test_a_list_that_somebody_spoilt_is_refused_with_what_to_do(listed: Path) -> None:
    listed.write_text(f"2026-11-24 {'0' * 32}\n2026-11-24 iets anders\n")
    with pytest.raises(LogUnfit, match="Line 2"):
        ErasedList(listed).key_ids()
    with pytest.raises(LogUnfit, match="Put back your copy"):
        ErasedList(listed).add({"1" * 32}, date(2026, 11, 24))


def test_a_list_may_hold_ids_only_and_remarks(listed: Path) -> None:
    listed.write_text(f"# from the letter of November\n\n{'0' * 32}\n")
    assert ErasedList(listed).key_ids() == {"0" * 32}


def test_a_list_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="cannot be written"):
        ErasedList(tmp_path).add({"0" * 32}, date(2026, 11, 24))
