"""The search through files for what was typed: it knows each way of writing, and what changed on a page of a file."""

import base64

import pytest

from tests.contracts.story import PREFIX
from tests.contracts.watching import BLOCK, SEARCHED, changed


@pytest.mark.parametrize("form", sorted(SEARCHED))
def test_the_search_knows_each_way_of_writing(form: str) -> None:
    text = f"Vandaag zei {PREFIX}abcq dat niet."
    ways = {
        "hex": text.encode().hex().encode(),
        **{order: text.encode(order) for order in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-8")},
    }
    for shift in range(3):
        before = "x" * ((shift - text.index(PREFIX)) % 3)
        ways[f"base64+{shift}"] = base64.b64encode((before + text).encode())
    assert SEARCHED[form] in ways[form]


def test_the_search_reads_what_changed_across_the_pages_of_a_file() -> None:
    before = bytes(5 * BLOCK)
    now = bytearray(before)
    now[2 * BLOCK - 3 : 2 * BLOCK + 4] = b"abcdefg"
    assert b"abcdefg" in changed(before, bytes(now))
    assert len(changed(before, bytes(now))) == 4 * BLOCK
    assert changed(before, before) == b""
    assert changed(before, before + b"more") == bytes(BLOCK) + b"more"
