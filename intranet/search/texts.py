"""The words of a school, decrypted, in the memory of a process: what a search goes through and no table has."""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from events.log.aggregate import ERASED
from events.log.kinds import EventKind
from events.log.mapper import STREAM
from events.log.recorder import columns_with_ids
from events.log.tables import key_use
from events.notes import Noted
from intranet.database import log
from intranet.looked_at import memory
from intranet.people.mentions import mentioned_in
from intranet.people.roster import fold

AT_ONCE = 500
Kinds = dict[type, EventKind]
_CACHE = "geborgen.texts"
_keys_of = select(key_use.c.key_id).where(
    key_use.c.school == bindparam("of_school"), key_use.c.owner.in_(bindparam("owners", expanding=True))
)
_one_at_a_time = threading.Lock()


@dataclass(slots=True)
class Record:
    """What stands written in one record: the texts, the same as they are compared, and whom they name."""

    texts: list[str] = field(default_factory=list)
    folded: str = ""
    named: set[UUID] = field(default_factory=set)

    def add(self, texts: Iterable[str]) -> None:
        """Take in the words of one more event."""
        for text in texts:
            self.texts.append(text)
            self.folded += "\n" + fold(text)
            self.named.update(mentioned_in(text))


@dataclass(slots=True)
class Texts:
    """The records of a school, of some kinds, up to a position; true as long as no key was destroyed."""

    generation: str
    position: int = 0
    records: dict[UUID, Record] = field(default_factory=dict)


def texts_of(school: UUID, kind: type) -> dict[UUID, Record]:
    """Return the words of every record of a kind, fresh up to the last event; only what may be read may be shown."""
    kept: dict[tuple[UUID, type], Texts] = memory().setdefault(_CACHE, {})
    kinds = _with_words(kind)
    with _one_at_a_time:
        generation = log.key_store.generation
        known = kept.get((school, kind))
        if known is None or known.generation != generation:
            # A key was destroyed: what it opened may be in memory no longer.
            known = kept[school, kind] = Texts(generation)
        for event, texts in _written(school, kinds, known.position):
            if isinstance(event, Noted.NoteWithdrawn | Noted.NotePutBack):
                # What was withdrawn may be in memory no longer either, so the record is read again.
                again = _read_again(event.originator_id, event.originator_version, kinds)
                known.records[event.originator_id] = again
            else:
                known.records.setdefault(event.originator_id, Record()).add(texts)
            known.position = event.position
        return known.records


def _with_words(kind: type) -> Kinds:
    """Return the events of a kind of record that hold words, and those that take words back or put them back."""
    about_notes = Noted.NoteWithdrawn, Noted.NotePutBack
    return {
        each.event_class: each
        for each in log.registry
        if each.aggregate is kind and (each.personal or issubclass(each.event_class, about_notes))
    }


def _written(school: UUID, kinds: Kinds, after: int) -> Iterator[tuple[Any, list[str]]]:
    names = [each.name for each in kinds.values()]
    while rows := log.rows.select_rows(school, after=after, until=None, at_most=AT_ONCE, names=names):
        columns = columns_with_ids(rows)
        # All keys of a page in a few statements: one each would be most of the time.
        with log.read() as connection:
            owners = {"of_school": school, "owners": list(set(columns[STREAM]))}
            log.key_store.open_many(connection.scalars(_keys_of, owners))
        for event in log.kinds_mapper.decode_columns(columns, readable=True):
            after = event.position
            yield event, _words_of(event, kinds)


def _words_of(event: Any, kinds: Kinds) -> list[str]:
    known = kinds.get(type(event))
    found = (getattr(event, each) for each in known.personal) if known else ()
    return [text for text in found if text is not None and text is not ERASED]


def _read_again(record_id: UUID, version: int, kinds: Kinds) -> Record:
    """Return the words that stood in a record at a version."""
    withdrawn, record = log.get(Noted, record_id, version=version).withdrawn_notes, Record()
    for event in log.events.get(record_id, lte=version):
        if event.originator_version not in withdrawn:
            record.add(_words_of(event, kinds))
    return record


def starting(word: str) -> re.Pattern[str]:
    """Return what finds a folded word at the beginning of a word in folded text."""
    return re.compile(rf"(?<![^\W_]){re.escape(word)}")
