"""The words of a school, decrypted, in the memory of a process: what a search goes through and no table has."""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from events.log.aggregate import ERASED
from events.log.mapper import STREAM
from events.log.recorder import with_ids
from events.log.tables import key_use
from intranet.database import log
from intranet.looked_at import memory
from intranet.people.mentions import mentioned_in
from intranet.people.roster import fold

AT_ONCE = 500
_CACHE = "geborgen.texts"
_keys_of = select(key_use.c.key_id).where(
    key_use.c.school == bindparam("of_school"), key_use.c.owner.in_(bindparam("owners", expanding=True))
)
_one_at_a_time = threading.Lock()


@dataclass(slots=True)
class Record:
    """What was ever written in one record: the texts, the same as they are compared, and whom they name."""

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
    names = _with_words(kind)
    with _one_at_a_time:
        generation = log.key_store.generation
        known = kept.get((school, kind))
        if known is None or known.generation != generation:
            # A key was destroyed: what it opened may be in memory no longer.
            known = kept[school, kind] = Texts(generation)
        for event, texts in _written(school, names, known.position):
            known.records.setdefault(event.originator_id, Record()).add(texts)
            known.position = event.position
        return known.records


def _with_words(kind: type) -> dict[str, tuple[str, ...]]:
    """Return the events of a kind of record that hold words, with the fields they are in."""
    return {each.name: each.personal for each in log.registry if each.personal and each.aggregate is kind}


def _written(school: UUID, names: dict[str, tuple[str, ...]], after: int) -> Iterator[tuple[Any, list[str]]]:
    kinds = list(names)
    while rows := with_ids(log.rows.select_rows(school, after=after, until=None, at_most=AT_ONCE, names=kinds)):
        # All keys of a page in a few statements: one each would be most of the time.
        with log.read() as connection:
            owners = {"of_school": school, "owners": list({row[STREAM] for row in rows})}
            log.key_store.open_many(connection.scalars(_keys_of, owners))
        for event in log.kinds_mapper.decode_rows(rows, readable=True):
            after = event.position
            fields = names[log.registry.of_class(type(event)).name]
            found = (getattr(event, each) for each in fields)
            yield event, [text for text in found if text is not None and text is not ERASED]


def starting(word: str) -> re.Pattern[str]:
    """Return what finds a folded word at the beginning of a word in folded text."""
    return re.compile(rf"(?<![^\W_]){re.escape(word)}")
