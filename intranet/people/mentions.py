"""People named in free text: stored as tokens, shown by name to who may know them, as long as the person exists."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, Protocol
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from markupsafe import Markup, escape

from intranet.access import allowed
from intranet.people.roster import Name, Roster, fold, roster

TOKEN = re.compile(r"\[\[p:([0-9a-f]{32})\]\]")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_AFTER_NAME = r"(?![^\W_])"
# A given name that is also a common word is a name only when the family name follows.
COMMON_WORDS = frozenset({"dag", "juni", "lente", "puck", "roos", "ster", "storm", "wolf"})


class Viewer(Protocol):
    """Who reads: the school they are in and what they may."""

    school_id: UUID
    duties: Iterable[str]


class Found(NamedTuple):
    """A name that stands in a text as plain words, and the people it can be."""

    text: str
    people: list[Name]


def token(person_id: UUID) -> str:
    """Return what stands for a person in stored text."""
    return f"[[p:{person_id.hex}]]"


def mentioned_in(text: str) -> list[UUID]:
    """Return the people a stored text names, each once, in order."""
    return list(dict.fromkeys(UUID(found) for found in TOKEN.findall(text)))


def to_tokens(text: str, school_id: UUID, chosen: Iterable[str] = ()) -> str:
    """Turn `@Noor van der Berg` into a token.

    `chosen` are the values that the field posted, `"<id> <label>"`: what somebody picked from the list. A full name
    that was typed without picking counts when only one person here has it.
    """
    if "@" not in text:
        return text
    people = roster(school_id)
    for value in chosen:
        text = _put_chosen(text, value, people)
    by_name: dict[str, list[Name]] = defaultdict(list)
    for name in people.present():
        by_name[name.full].append(name)
    for full in sorted(by_name, key=len, reverse=True):
        if len(by_name[full]) == 1 and " " in full and f"@{full}" in text:
            text = _named(full).sub(token(by_name[full][0].person_id), text)
    return text


def to_html(text: str, viewer: Viewer) -> Markup:
    """Return stored text as HTML: everything escaped, tokens as names that lead to the person's page."""
    people = roster(viewer.school_id)
    knows = allowed("people.read", list(viewer.duties))
    parts, end = [], 0
    for found in TOKEN.finditer(text):
        parts.append(_lines(text[end : found.start()]))
        parts.append(_shown(people.get(UUID(found[1])), knows))
        end = found.end()
    return Markup("").join([*parts, _lines(text[end:])])


def to_editable(text: str, school_id: UUID) -> tuple[str, list[dict[str, str]]]:
    """Return stored text with `@` names for a form, and who they are (dicts `id` and `label`) for the field."""
    people, mentioned = roster(school_id), {}

    def written(found: re.Match[str]) -> str:
        name = people.get(UUID(found[1]))
        if name is None:
            return found[0]
        mentioned[found[1]] = name.full
        return f"@{name.full}"

    return TOKEN.sub(written, text), [{"id": hexed, "label": label} for hexed, label in mentioned.items()]


def names_in(text: str, school_id: UUID) -> list[Found]:
    """Return the names of people here that stand in a text as plain words: suggestions, nothing is changed."""
    people = roster(school_id).present()
    by_full = {fold(name.full): name for name in people if name.full != name.given}
    by_given: dict[str, list[Name]] = defaultdict(list)
    for name in people:
        by_given[fold(name.given)].append(name)
    found: dict[str, list[Name]] = {}
    plain = TOKEN.sub(" . ", text)
    folded = fold(plain)
    for full, name in by_full.items():
        if re.search(rf"(?<![^\W_@]){re.escape(full)}{_AFTER_NAME}", folded):
            found.setdefault(name.full, []).append(name)
            folded = folded.replace(full, " . ")
    said = {word for word in _WORD.findall(plain) if word[0].isupper() and word.casefold() not in COMMON_WORDS}
    for word in sorted(said):
        if fold(word) in by_given and re.search(rf"(?<![^\W_]){re.escape(fold(word))}{_AFTER_NAME}", folded):
            found.setdefault(word, by_given[fold(word)])
    return [Found(words, names) for words, names in found.items()]


def _put_chosen(text: str, value: str, people: Roster) -> str:
    hexed, _space, label = value.partition(" ")
    try:
        person_id = UUID(hexed)
    except ValueError:
        return text
    if person_id not in people or not label:
        return text
    return _named(label).sub(token(person_id), text, count=1)


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"@{re.escape(name)}{_AFTER_NAME}")


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


def _shown(name: Name | None, knows: bool) -> Markup:
    if name is None or not knows:
        return Markup('<span class="mention">{}</span>').format(_("iemand"))
    if "people.person" not in current_app.view_functions:
        return Markup('<span class="mention">{}</span>').format(name.full)
    address = url_for("people.person", person_id=name.person_id)
    return Markup('<a class="mention" href="{}">{}</a>').format(address, name.full)
