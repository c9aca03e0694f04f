"""Waits for what a plugin says, however busy the machine is: no test depends on how quick it is by accident."""

from collections.abc import Iterator

import pytest

from intranet import hook_calls


@pytest.fixture(scope="module", autouse=True)
def patient() -> Iterator[None]:
    """Give plugins a minute to answer. What happens to one that is late has tests of its own, with other limits."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hook_calls, "DEADLINE", 60)
        yield
