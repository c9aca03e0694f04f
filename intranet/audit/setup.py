"""What the review registers once: the pages of its records, and the sentences of the core's features."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask

from intranet.api import record_page

from . import features

# Importing a feature's sentences registers them; by the folder, because a list of names was forgotten twice.
for _each in iter_modules(features.__path__):
    import_module(f"{features.__name__}.{_each.name}")


def setup(app: Flask) -> None:
    """Say where the review's own records are shown."""
    record_page(app, "audit.review", "audit.record", "stream")
    record_page(app, "audit.reading", "audit.record", "stream")
