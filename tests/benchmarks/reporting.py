"""A report from post to redirect, against the baseline's and against one raw durable insert."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy.engine import make_url

from tests.benchmarks import crud_app, product
from tests.benchmarks.databases import SQLITE, Database
from tests.benchmarks.figures import Figure, milliseconds, ratio
from tests.benchmarks.product import Product, filled_in, signed_cookie
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import in_turns
from tests.benchmarks.visitor import Visitor

QUESTION = (
    "One post of the form by somebody who is signed in: session, CSRF token, validation, event, leaf, data key, "
    "tables, redirect. The baseline is the same form in an ordinary Flask application "
    "(`tests/benchmarks/crud_app.py`): rows, no log, nothing encrypted. The raw insert is one row in a transaction "
    "of its own, without any framework."
)
TARGET = 1.5


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Post reports in turns with the baseline and the raw insert."""
    with (
        product.product(on, "report", sizes.pupils_in_a_group) as school,
        plain(on, school) as baseline,
        raw_insert(on) as insert,
    ):
        visitor = school.visitor()
        times = in_turns(
            {
                "report": lambda: visitor.request("/incidents/new", school.report()),
                "baseline": lambda: baseline.request("/incidents/new", _form(school)),
                "insert": lambda: insert,
            },
            sizes.rounds,
        )
    report, crud, row = times["report"], times["baseline"], times["insert"]
    yield ratio("report ÷ baseline, median", on.kind, report.median, crud.median, TARGET)
    yield ratio("report ÷ baseline, 95th percentile", on.kind, report.p95, crud.p95)
    yield ratio("report ÷ raw durable insert, median", on.kind, report.median, row.median)
    yield milliseconds("report, median", on.kind, report.median)
    yield milliseconds("baseline, median", on.kind, crud.median)
    yield milliseconds("raw durable insert, median", on.kind, row.median)


def _form(school: Product) -> dict[str, str | list[str]]:
    group = school.groups["6a"]
    return filled_in(group, school.pupils[group][:2])


@contextmanager
def plain(on: Database, school: Product) -> Iterator[Visitor]:
    """The baseline with the same people and groups, and somebody signed in."""
    app = crud_app.create_app(on.new("baseline"))
    user = uuid4()
    with app.app_context():
        db = crud_app.db
        db.session.add(crud_app.User(id=user, name="Teacher"))
        db.session.add_all(crud_app.Group(id=group, name=name) for name, group in school.groups.items())
        db.session.flush()
        for group, pupils in school.pupils.items():
            db.session.add_all(crud_app.Person(id=pupil, name="Noor", group_id=group) for pupil in pupils)
        db.session.commit()
    visitor = Visitor(app, signed_cookie(app, str(user)))
    visitor.open_form("/incidents/new")
    yield visitor
    with app.app_context():
        crud_app.db.engine.dispose()


@contextmanager
def raw_insert(on: Database) -> Iterator[Callable[[], object]]:
    """One row with the words of a report, committed to disk, through the driver alone."""
    url = on.new("raw")
    columns = "(id TEXT PRIMARY KEY, happened_at BIGINT, account TEXT)"
    words = filled_in(UUID(int=0), [])["account"]
    connection: Any
    if on.kind == SQLITE:
        connection = sqlite.connect(make_url(url).database, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        insert = "INSERT INTO report VALUES (?, ?, ?)"
    else:
        connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
        insert = "INSERT INTO report VALUES (%s, %s, %s)"
    connection.execute(f"CREATE TABLE report {columns}")
    yield lambda: connection.execute(insert, (uuid4().hex, time.time_ns(), words))
    connection.close()
