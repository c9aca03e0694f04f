"""Commands that work while people do take the processor only when nobody else wants it."""

import os
import sys

import pytest
from flask import Flask

from intranet import cli


@pytest.mark.parametrize(
    ("arguments", "from_flask", "last"),
    [
        (["intranet", "rebuild"], "true", True),
        (["intranet", "upgrade"], "true", True),
        (["intranet", "serve"], "true", False),
        (["intranet", "rebuild"], "", False),
    ],
)
def test_who_goes_first(arguments: list[str], from_flask: str, last: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    monkeypatch.setattr(os, "nice", given.append)
    monkeypatch.setattr(sys, "argv", ["flask", *arguments])
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", from_flask)
    cli.register(Flask("site"))
    assert given == ([cli.LAST_IN_LINE] if last else [])
