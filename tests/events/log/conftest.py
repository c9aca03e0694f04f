"""What more than one test of the log may ask for."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from events.log.context import acting
from events.log.erasure import erase
from events.log.keyfile import KeyFile
from events.log.keystore import KeyStore
from events.log.store import Log
from tests.events.log.erasing import DECIDER


@pytest.fixture
def elsewhere(keys_url, key_file, key_store):
    """The same key store as another process has it."""
    store = KeyStore(keys_url, KeyFile(key_file.path))
    yield store
    store.close()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """Where the list of erased keys is kept."""
    return tmp_path / "erased-keys.txt"


@pytest.fixture
def carry_out(log: Log, listed: Path) -> Callable[..., UUID]:
    """Erase owners on the usual ground."""

    def carry_out(*owners: UUID, **otherwise) -> UUID:
        given = {"ground": "retention_ended", "requester": "school", "decider": DECIDER, "erased_list": listed}
        return erase(log, owners, **given | otherwise)

    return carry_out


@pytest.fixture
def acting_here(school: UUID):
    """Act for the school of the test, as somebody."""
    with acting(school=school, actor=uuid4()):
        yield
