"""Opens the page of signing in once before there are workers, so that they share what its first time leaves behind."""

from flask import Flask

from events.log.context import only_reading
from intranet.database import db

FIRST_PAGE = "/login"


def rehearse(app: Flask) -> None:
    """Open the page that everybody meets first, for nobody.

    Python writes into code what it learns while it runs, and memory that a process writes is its own from then on:
    what is learned before the fork, the workers share. No page about people: what it reads would stay in the main
    process, and in each worker that is copied from it, also after it was erased.
    """
    with only_reading(), app.test_request_context(FIRST_PAGE):
        app.full_dispatch_request()
    _let_go(app)


def _let_go(app: Flask) -> None:
    """Close what is open, because it is not for the workers.

    SQLite remembers per process which locks it holds, and a fork copies what it remembers but not the locks. A worker
    that believes it holds them is overlooked by whoever closes the database last, and writes in a journal that is gone.
    """
    log = app.extensions["geborgen.log"]
    with app.app_context():
        for engine in (db.engine, log.write_engine, log.read_engine, log.key_store.engine):
            engine.dispose()
