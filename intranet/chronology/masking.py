"""Names that do not leave in a file: everybody but the child it is about gets a role, the same one in the whole file.

A suggestion of a name must be likely (`mentions.names_in`); hiding one must miss none, so this finds more: who left,
family names alone, and a name with an ending.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from events.log.personal import ERASED
from intranet.people.mentions import COMMON_WORDS
from intranet.people.roster import Name, Roster, fold
from intranet.search.asked import compared

_MARK = re.compile("\ue000([0-9]+)\ue001")
SOMEBODY = "\ue0000\ue001"
"""What stands for a name that several people have."""
_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("s", "je", "tje", "pje", "etje", "kje", "jes", "tjes")


class Masks:
    """The marks of everybody but `kept`; `role_of` says by what noun somebody is called ("een ander kind")."""

    def __init__(self, people: Roster, kept: UUID | None, role_of: Callable[[Name], str], somebody: str):
        self._role_of, self._somebody = role_of, somebody
        self._everybody = list(people.values())
        self.kept = people.get(kept) if kept else None
        self._labels: dict[str, str] = {}
        self._letters: dict[str, int] = {}
        self._names: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        marks = {name.person_id: f"\ue000{number}\ue001" for number, name in enumerate(self._everybody, 1)}
        hidden = {
            name.person_id: name
            if name.person_id == kept
            else replace(name, given=marks[name.person_id], infix=None, family=None)
            for name in self._everybody
        }
        self.people = Roster(hidden, people.groups, people.moment)
        own = self._ways(self.kept) if self.kept else {}
        found: dict[tuple[str, ...], tuple[str, bool]] = {}
        for name in self._everybody:
            if name.person_id == kept or name.given is ERASED:
                continue
            for words, is_given in self._ways(name).items():
                if words not in own:
                    known = found.get(words, (marks[name.person_id], is_given))
                    mark = known[0] if known[0] == marks[name.person_id] else SOMEBODY
                    found[words] = (mark, known[1] or is_given)
        for words, (mark, is_given) in sorted(found.items(), key=lambda each: -len(each[0])):
            self._names.setdefault(words[0], []).append((words, mark, is_given))

    @staticmethod
    def _ways(name: Name) -> dict[tuple[str, ...], bool]:
        """Return the words by which somebody can be called, with whether they are a given name."""
        given, family = _words(name.given), _words(name.family or "")
        infix = _words(name.infix or "")
        ways = {given: True, (*given, *infix, *family): True, (*given, *family): True}
        ways |= {(word,): True for word in given if len(word) > 2}
        ways |= {(*infix, *family): False, family: False} | {(word,): False for word in family if len(word) > 2}
        return {words: is_given for words, is_given in ways.items() if words}

    def hide(self, text: str) -> str:
        """Return a text with a mark for every name in it."""
        folded, places = compared(text)
        words, parts, end, at = list(_WORD.finditer(folded)), [], 0, 0
        while at < len(words):
            found = self._name_at(words, at, text, places)
            if found is None:
                at += 1
                continue
            mark, many = found
            first, last = places[words[at].start()], places[words[at + many - 1].end() - 1] + 1
            parts += [text[end:first], mark]
            end, at = last, at + many
        return "".join([*parts, text[end:]])

    def _name_at(self, words: list[re.Match[str]], at: int, text: str, places: list[int]) -> tuple[str, int] | None:
        said = words[at][0]
        capital = text[places[words[at].start()]].isupper()
        for stem in (said, *(said.removesuffix(end) for end in _ENDINGS if said.endswith(end))):
            for name, mark, is_given in self._names.get(stem, ()):
                sure = is_given and stem not in COMMON_WORDS
                if not (capital or sure) and len(name) == 1:
                    continue
                if stem != said and len(name) > 1:
                    continue
                rest = [word[0] for word in words[at + 1 : at + len(name)]]
                if (
                    tuple(rest[:-1]) == name[1:-1]
                    and (not rest or _ends(rest[-1], name[-1]))
                    and len(rest) + 1 == len(name)
                ):
                    return mark, len(name)
        return None

    def in_words(self, text: str) -> str:
        """Return a text with a role for every mark; letters go in the order in which people are met."""

        def role(mark: re.Match[str]) -> str:
            label = self._label(mark[1])
            before = text[: mark.start()].rstrip()
            return label[:1].upper() + label[1:] if not before or before[-1] in ".!?" else label

        return _MARK.sub(role, text)

    def _label(self, number: str) -> str:
        if number == "0":
            return self._somebody
        if number not in self._labels:
            noun = self._role_of(self._everybody[int(number) - 1])
            self._letters[noun] = self._letters.get(noun, 0) + 1
            self._labels[number] = f"{noun} ({_letters(self._letters[noun])})"
        return self._labels[number]


def is_masked(text: str) -> bool:
    """Tell whether a text has a mark of somebody."""
    return _MARK.search(text) is not None


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


def _ends(said: str, name: str) -> bool:
    return said == name or (said.startswith(name) and said[len(name) :] in _ENDINGS)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
