"""The lines of a file as plain text in pieces: a sentence that might still tell who somebody is waits for a choice."""

import hashlib
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from events.frozen import frozen
from intranet.chronology.kinds import BODY
from intranet.chronology.levels import PARENTS
from intranet.chronology.line import Line, Part
from intranet.chronology.lines import FIRST_WORDS
from intranet.chronology.masking import Masks, is_masked
from intranet.chronology.subjects import PERSON, About
from intranet.people.roster import fold

KEEP, STRIKE = "keep", "strike"
_SENTENCE = re.compile(r"[^.!?\n]+[.!?…’”\"]*|\n")
_WORD = re.compile(r"[^\W_]+")
_RELATIONS = frozenset(
    "broer broertje zus zusje moeder vader mama papa oma opa tante oom nicht neef juf meester mevrouw meneer "
    "mijnheer buurman buurvrouw buurjongen buurmeisje vriend vriendin vriendje vriendinnetje tweeling "
    "stiefvader stiefmoeder".split()
)
_BEGINNINGS = frozenset(
    "aan al alle als bij daar daarna dan dat de deze die dit door een eerst er geen haar het hier hij hun "
    "iedereen iemand ik in is je kind kinderen later leerling maar met mijn na niemand niet nu of om onder ons "
    "ook op ouders over samen school sinds soms te tijdens toen tot tussen uit van vandaag vanaf veel voor "
    "waar wat we wij ze zij zijn".split()
)
"""Words with which a sentence begins and that are nobody's name; any other first word might be one."""
WITHIN = frozenset({"GrewFromSignal", "Shared", "ShareWithdrawn", "RecordGathered", "RecordTakenOut", "OriginalOpened"})
"""What the school arranges among its own people, and what leads to who told something: never for parents."""
BYSTANDERS = frozenset({"witness", "defender"})
"""Whoever saw what happened to a child is not in what leaves about that child, and neither is who reported it."""


@frozen
class Piece:
    """One sentence, with the key by which it is chosen. `doubtful` waits for a choice by hand."""

    key: str
    text: str
    doubtful: bool


@frozen
class Told:
    """One line as it can leave."""

    line: Line
    title: str
    pieces: tuple[Piece, ...]
    parts: str
    actor: str
    badge: str


def plain(text: Any) -> str:
    """Return safe HTML or text as plain text, line breaks kept."""
    if not text:
        return ""
    if not hasattr(text, "__html__"):
        return str(text)
    return unescape(re.sub(r"<[^>]*>", "", str(text).replace("<br>", "\n")))


def may_leave(line: Line, level: str, about: About) -> bool:
    """Tell whether a line is for this reader: of one child never who saw it, and for parents nothing of others."""
    # The body of another child, or of a child that nobody named, is for no reader of this one's file either.
    hidden = line.sort == BODY or not BYSTANDERS.isdisjoint(line.roles)
    if about.kind == PERSON and line.about != about.id and hidden:
        return False
    return level != PARENTS or (line.event not in WITHIN and line.about in (None, about.id))


def parts_to_tell(line: Line, level: str, about: About) -> tuple[Part, ...]:
    """Return who were in it, as far as this reader may know."""
    if about.kind != PERSON:
        return line.parts
    return tuple(
        (person, role)
        for person, role in line.parts
        if person == about.id or (level != PARENTS and role not in BYSTANDERS)
    )


def told(line: Line, level: str, about: About, masks: Masks | None, parts: str) -> Told:
    """Return a line as it can leave at a level, with in words who were in it; without masks it leaves as it is."""
    hide = masks.hide if masks else str
    texts = [plain(line.words), *(f"{plain(n)}: {plain(old)} → {plain(new)}" for n, old, new in line.changes)]
    sentences = [found for text in texts for found in _SENTENCE.findall(hide(text)) if found.strip()]
    title = hide(plain(line.title))
    where = hide(plain(line.where))
    pieces = [
        Piece(_key(line, number, text), text.strip(), masks is not None and _doubtful(text, masks))
        for number, text in enumerate(sentences)
    ]
    badge = hide(_badge(line))
    nameless = level == PARENTS or (about.kind == PERSON and line.event in FIRST_WORDS)
    actor = "" if nameless else hide(line.actor or "")
    return Told(line, f"{title} ({where})" if where else title, tuple(pieces), hide(parts), actor, badge)


def chosen(lines: list[Told], form: Mapping[str, str]) -> tuple[set[str], list[str]]:
    """Return the keys of what is struck out, and of what still waits for a choice."""
    struck, waiting = set(), []
    for line in lines:
        for piece in line.pieces:
            choice = form.get(f"piece-{piece.key}")
            if choice == STRIKE:
                struck.add(piece.key)
            elif piece.doubtful and choice != KEEP:
                waiting.append(piece.key)
    return struck, waiting


def _key(line: Line, number: int, text: str) -> str:
    # The text is in the key: what changed meanwhile was not looked at, and waits again.
    said = hashlib.sha256(f"{line.position}/{line.at}/{number}/{text}".encode()).hexdigest()[:12]
    return f"{line.position or 0}-{number}-{said}"


def _doubtful(text: str, masks: Masks) -> bool:
    if is_masked(text) or "@" in text or re.search(r"\d{4}", text):
        return True
    words = _WORD.findall(text)
    own = {fold(word) for word in _WORD.findall(masks.kept.full)} if masks.kept else set()
    if any(fold(word) in _RELATIONS for word in words):
        return True
    return any(
        word[0].isupper() and fold(word) not in own and not (first and fold(word) in _BEGINNINGS)
        for first, word in zip([True, *[False] * len(words)], words, strict=False)
    )


def _badge(line: Line) -> str:
    """Return the text of what stands beside a title, such as how serious it is."""
    return plain(line.badge[0] if isinstance(line.badge, tuple) else line.badge)
