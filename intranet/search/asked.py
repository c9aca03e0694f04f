"""What somebody asks of the search box: each word, and whom it can mean; matched only against what they may read."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

from flask_babel import gettext as _
from markupsafe import Markup

from events.frozen import frozen
from intranet.people.mentions import TOKEN
from intranet.people.roster import Name, Roster, fold, roster
from intranet.search.texts import Record, starting, texts_of

MOST = 20
"""Results under one heading; whoever sees so many types another letter."""

AROUND = 70
"""Letters of a text before and after what was found."""


@frozen
class Word:
    """One word of the question as it is compared, and the people whose name begins with it."""

    text: str
    people: frozenset[UUID]


class Asked:
    """A question. `Elsewhere` says which records a word means by something else than their words."""

    Elsewhere = Callable[[Word], Collection[UUID]]

    def __init__(self, words: str, school: UUID):
        self.words, self.school = words, school
        self.people: Roster = roster(school)
        self.parts = [Word(each, frozenset(self._called(each))) for each in dict.fromkeys(fold(words).split())]
        self._texts: dict[type, dict[UUID, Record]] = {}

    def persons(self) -> list[Name]:
        """Return who is here and has every word in their name."""
        return self.people.find(self.words)

    def matching(self, kind: type, among: Sequence[UUID], elsewhere: "Asked.Elsewhere") -> list[UUID]:
        """Return which of these records hold every word, in the same order.

        `among` are the ids that the person who asks may read: what they may not read is not even compared.
        """
        texts = self._texts_of(kind)
        left: Iterable[UUID] = among
        for word in self.parts:
            pattern, meant = starting(word.text), elsewhere(word)
            left = [each for each in left if each in meant or _holds(texts.get(each), pattern, word.people)]
        return list(left)

    def excerpt(self, kind: type, record: UUID) -> Markup | None:
        """Return the piece of a record's text in which a word was found, marked; None when it is in none of them."""
        found = self._texts_of(kind).get(record)
        for text in found.texts if found else ():
            shown = TOKEN.sub(self._name_of, text)
            folded, places = compared(shown)
            for word in self.parts:
                if hit := starting(word.text).search(folded):
                    return _around(shown, places[hit.start()], places[hit.end() - 1] + 1)
        return None

    def _texts_of(self, kind: type) -> dict[UUID, Record]:
        """Return the words of every record of a kind as they are when they are first asked for: once for a question."""
        if kind not in self._texts:
            self._texts[kind] = texts_of(self.school, kind)
        return self._texts[kind]

    def _called(self, word: str) -> Iterable[UUID]:
        return (name.person_id for name in self.people.values() if name.starts_with(word))

    def _name_of(self, token: re.Match[str]) -> str:
        name = self.people.get(UUID(token[1]))
        return _("iemand") if name is None else name.full


def _holds(record: Record | None, pattern: re.Pattern[str], people: frozenset[UUID]) -> bool:
    if record is None:
        return False
    return not people.isdisjoint(record.named) or pattern.search(record.folded) is not None


def compared(text: str) -> tuple[str, list[int]]:
    """Return text as it is compared, and for each of its letters where that is in the text."""
    letters = [(letter, place) for place, each in enumerate(text) for letter in fold(each)]
    return "".join(letter for letter, _place in letters), [place for _letter, place in letters]


def _around(text: str, begins: int, ends: int) -> Markup:
    first = max(0, begins - AROUND) and text.rfind(" ", 0, max(1, begins - AROUND)) + 1
    last = len(text) if ends + AROUND >= len(text) else text.find(" ", ends + AROUND)
    last = len(text) if last < 0 else last
    before, after = "…" if first > 0 else "", "…" if last < len(text) else ""
    return Markup("{}{}<mark>{}</mark>{}{}").format(
        before, text[first:begins], text[begins:ends], text[ends:last], after
    )
