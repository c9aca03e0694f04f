"""What every test may ask for: a made-up school that uses the plugin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from intranet.testing import School, made_up_school


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """A school of eight colleagues and three pupils that enabled the plugin."""
    with made_up_school(tmp_path, enabled=["plugin_name"]) as school:
        yield school
