"""A disk on which nothing can be written for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from flask import Flask


class FullDisk:
    """Lets no write begin while it is on: whoever asks for one gets the page that nothing was saved (503)."""

    def __init__(self, app: Flask):
        self.on = False
        sa.event.listen(app.extensions["geborgen.log"].write_engine, "begin", self._refuse)

    def _refuse(self, _connection: sa.Connection) -> None:
        if self.on:
            raise sa.exc.OperationalError("BEGIN", {}, OSError("No space left on device"))

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.on = True
        try:
            yield
        finally:
            self.on = False
