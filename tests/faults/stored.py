"""What a school's log holds afterwards: each incident by its words, the order, the tree, and the rows of the pages."""

from collections import Counter
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from events.incident import Incident
from events.log.blobs import read_blob
from events.log.checkpoint import make_checkpoint
from events.log.context import acting
from events.log.merkle import tree_root
from events.log.projection import stale
from events.log.signing import load_signing_key
from events.log.tables import blob, event, log_head
from intranet.files.events import StoredFile
from tests.faults.served import School


def incidents(school: School) -> Counter[tuple[str, UUID]]:
    """Return how often each text was recorded as which incident, after finding the log sound."""
    with school.opened() as app:
        log = app.extensions["geborgen.log"]
        found = Counter(
            (str(fact.account), fact.originator_id)
            for fact in log.history(school.school, readable=True)
            if isinstance(fact, Incident.Reported)
        )
        _require_sound(log, school)
    return found


def photos(school: School) -> Counter[str]:
    """Return how often each photo was added, by what is said of it, after opening each and finding the log sound."""
    with school.opened() as app, acting(school=school.school):
        log = app.extensions["geborgen.log"]
        added = [fact for fact in log.history(school.school, readable=True) if isinstance(fact, StoredFile.Added)]
        named = [ref.blob for fact in added for ref in (*fact.pages, fact.original)]
        with log.read_engine.connect() as connection:
            stored = connection.scalars(sa.select(blob.c.name).where(blob.c.school == school.school)).all()
        assert sorted(stored) == sorted(named), "there are bytes without their event, or an event without its bytes"
        for fact in added:
            for ref in (*fact.pages, fact.original):
                assert len(read_blob(log, school.school, fact.dossier_id, ref) or b"") == ref.size
        _require_sound(log, school)
    return Counter(str(fact.shows) for fact in added)


def _require_sound(log, school: School) -> None:
    signing_key = load_signing_key(Path(school.instance) / "signing-key.pem")
    with log.read_engine.connect() as connection:
        checkpoint = make_checkpoint(connection, school.school, signing_key)
        rows = connection.execute(
            sa.select(event.c.position, event.c.leaf, event.c.recorded_at)
            .where(event.c.school == school.school)
            .order_by(event.c.position)
        ).all()
        size = connection.scalar(sa.select(log_head.c.size).where(log_head.c.school == school.school))
        assert [row.position for row in rows] == list(range(1, size + 1)), "positions are not dense"
        # Over everything at once, beside the head that grew event by event.
        assert checkpoint.root == tree_root([row.leaf for row in rows])
        assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
        assert stale(connection, school.school) == {}
    live = _rows_of_pages(log)
    for projection in log.projector.projections:
        log.rebuild(projection, school.school)
    assert _rows_of_pages(log) == live, "the pages show something else than the log tells"


def _rows_of_pages(log) -> dict[str, list[tuple[object, ...]]]:
    with log.read_engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
            for projection in log.projector.projections
            for table in projection.tables
        }
