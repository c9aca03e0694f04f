"""A stored file: readable with its key only, part of the proof, there exactly when its event is, gone once erased."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log.aggregate import ERASED, Aggregate, Code, Personal, event
from events.log.blobs import BlobLost, BlobRef, drop_blobs, put_blob, read_blob
from events.log.context import acting
from events.log.erasure import erase
from events.log.errors import Refused
from events.log.store import Log
from events.log.tables import blob
from events.log.tables import event as event_table
from tests.events.log.lost_property import FoundItem, found
from verifier.copies import open_copy
from verifier.examine import examine
from verifier.notes import Checkpoint
from verifier.sentences import verdict_sentence

PICTURE = b"a picture of a red coat " * 4000


class Picture(Aggregate):
    """A picture of a found item: its words and its file stand under the key of the item."""

    log_name = "lost_property.picture"

    @event("Taken")
    def __init__(self, *, dossier_id: UUID, kind: Code, files: tuple[BlobRef, ...], shows: Personal):
        self.dossier_id, self.kind, self.files, self.shows = dossier_id, kind, files, shows

    @event("Removed")
    def remove(self, *, destroyed: tuple[Code, ...]):
        self.files = ()


def take(log: Log, item: UUID, content: bytes = PICTURE) -> Picture:
    with log.unit_of_work():
        picture = Picture(dossier_id=item, kind="photo", files=(put_blob(log, item, content),), shows="De jas van Noor")
        log.save(picture)
    return picture


class Bunch(Aggregate):
    """Keys that were found, whose event has a field by the name of the one that says what was erased."""

    log_name = "lost_property.bunch"

    @event("TurnedUp")
    def __init__(self, *, keys: tuple[Code, ...]):
        self.keys = keys


@pytest.fixture
def item(log: Log, school: UUID) -> UUID:
    with acting(school=school):
        coat = found()
        log.save(coat)
    return coat.id


def test_a_file_is_read_back_with_the_key_of_its_dossier_only(log: Log, school: UUID, item: UUID) -> None:
    with acting(school=school):
        picture = take(log, item)
        kept = log.get(Picture, picture.id)
    assert read_blob(log, school, item, kept.files[0]) == PICTURE
    assert kept.files[0].size == len(PICTURE)
    with pytest.raises(BlobLost):
        read_blob(log, school, uuid4(), kept.files[0])
    with pytest.raises(BlobLost):
        read_blob(log, uuid4(), item, kept.files[0])


def test_no_byte_of_it_stands_readable_in_the_database(log: Log, school: UUID, item: UUID) -> None:
    with acting(school=school):
        take(log, item)
    with log.read() as connection:
        stored = connection.scalars(sa.select(blob.c.content)).one()
    assert b"red coat" not in stored
    assert stored[1:17].hex() == _refs(log)[0].key


def _refs(log: Log) -> list[BlobRef]:
    with log.read() as connection:
        rows = connection.execute(sa.select(event_table.c.school, event_table.c.stream, event_table.c.name)).all()
    mine = next(row for row in rows if row.name == "lost_property.picture.Taken")
    with acting(school=mine.school):
        return list(log.get(Picture, mine.stream).files)


def test_words_about_it_stand_under_the_key_of_the_dossier(log: Log, school: UUID, item: UUID, tmp_path: Path) -> None:
    with acting(school=school):
        picture = take(log, item)
        erase(
            log, [item], ground="retention_ended", requester="school", decider=uuid4(),
            erased_list=tmp_path / "erased.txt",
        )  # fmt: skip
        kept = log.get(Picture, picture.id)
        assert kept.shows == log.get(FoundItem, item).what == ERASED
        assert read_blob(log, school, item, kept.files[0]) is None
        with log.read() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(blob)) == 0
        with pytest.raises(Refused), log.unit_of_work():
            put_blob(log, item, PICTURE)


def test_without_its_event_there_is_no_file(log: Log, school: UUID, item: UUID) -> None:
    def stumble() -> None:
        with log.unit_of_work():
            put_blob(log, item, PICTURE)
            raise ZeroDivisionError

    with acting(school=school), pytest.raises(ZeroDivisionError):
        stumble()
    with log.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(blob)) == 0
    with pytest.raises(RuntimeError):
        put_blob(log, item, PICTURE)


def test_a_stored_file_is_never_changed_or_replaced(log: Log, school: UUID, item: UUID) -> None:
    with acting(school=school):
        take(log, item)
    attempts = ["UPDATE blob SET content = payload FROM event", "UPDATE blob SET key_id = 'x'"]
    if log.write_engine.dialect.name == "sqlite":
        attempts.append("INSERT OR REPLACE INTO blob SELECT school, name, key_id, CAST('x' AS BLOB) FROM blob")
    else:
        attempts.append("TRUNCATE blob")
    with log.read() as connection:
        before = connection.execute(sa.select(blob)).all()
    for statement in attempts:
        with pytest.raises(sa.exc.DBAPIError), log.write_engine.begin() as connection:
            connection.execute(sa.text(statement))
    with log.read() as connection:
        assert connection.execute(sa.select(blob)).all() == before


def sentence(log: Log, school: UUID, url: str) -> str:
    with log.read() as connection:
        frontier = log.head(school)
        known = [Checkpoint(school.bytes, frontier.size, frontier.root())]
        connection.rollback()
    with open_copy(url) as copy:
        verdict = examine(url, copy, known)
    assert verdict_sentence(verdict, "en")
    return verdict_sentence(verdict, "nl")


@pytest.fixture
def url(log: Log, database_url: str) -> str:
    return database_url


def tamper(log: Log, statement: str) -> None:
    """Do what somebody does who owns the database: without the triggers."""
    with log.write_engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(sa.text("DROP TRIGGER blob_no_update"))
        else:
            connection.execute(sa.text("DROP TRIGGER blob_no_change ON blob"))
            connection.execute(sa.text("GRANT UPDATE ON blob TO CURRENT_USER"))
        connection.execute(sa.text(statement))


def test_the_verifier_misses_a_file_that_is_gone(log: Log, school: UUID, item: UUID, url: str) -> None:
    with acting(school=school):
        take(log, item)
        assert sentence(log, school, url).startswith("Gelijk: de 2 ")
        tamper(log, "DELETE FROM blob")
    assert sentence(log, school, url) == "Niet gelijk: het bestand van de gebeurtenis op positie 2 is weg."


def test_the_verifier_sees_a_file_that_was_changed(log: Log, school: UUID, item: UUID, url: str) -> None:
    with acting(school=school):
        take(log, item)
        take(log, item)
    tamper(log, "UPDATE blob SET content = (SELECT payload FROM event WHERE position = 1)")
    assert sentence(log, school, url) == (
        "Niet gelijk: 2 bestanden zijn veranderd, het eerste van de gebeurtenis op positie 2."
    )


def test_keys_in_an_event_that_erases_nothing_excuse_no_file(log: Log, school: UUID, item: UUID, url: str) -> None:
    with acting(school=school):
        picture = take(log, item)
        log.save(Bunch(keys=(picture.files[0].key,)))
        tamper(log, "DELETE FROM blob")
    assert sentence(log, school, url) == "Niet gelijk: het bestand van de gebeurtenis op positie 2 is weg."


def test_a_table_of_files_that_is_gone_hides_nothing(log: Log, school: UUID, item: UUID, url: str) -> None:
    with acting(school=school):
        take(log, item)
    with log.write_engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE blob"))
    assert "is weg" in sentence(log, school, url)


def test_a_file_that_an_event_erased_or_removed_is_rightly_gone(
    log: Log, school: UUID, item: UUID, url: str, tmp_path: Path
) -> None:
    with acting(school=school):
        kept = take(log, item)
        other = found("Een sjaal")
        log.save(other)
        take(log, other.id)
        picture = log.get(Picture, kept.id)
        with log.unit_of_work() as unit:
            drop_blobs(unit, [each.blob for each in picture.files])
            picture.remove(destroyed=tuple(each.blob for each in picture.files))
            log.save(picture)
        erase(
            log, [other.id], ground="retention_ended", requester="school", decider=uuid4(),
            erased_list=tmp_path / "erased.txt",
        )  # fmt: skip
    with log.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(blob)) == 0
    assert sentence(log, school, url).startswith("Gelijk")
