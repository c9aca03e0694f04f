"""Reads EDEXML 1.0.3, 2.0 and 2.1: an allow-list of elements; everything else is dropped unread or counted as unknown.

The official schema is not used to refuse files: its list of school years ends in 2024-2025, and real exports differ
from it. What may be known about a pupil is the "smalle set" of the UWLR standard, without the birth date.
"""

from collections import Counter
from typing import NamedTuple

from flask_babel import gettext as _

from intranet.people.edexml_records import RosterBuilder
from intranet.people.roster_file import MAX_KEY, RosterFile, UnreadableFile, clean_text
from intranet.people.safe_xml import GuardedHandler, read_xml

TEXT = "text"
_NAME = dict.fromkeys(("achternaam", "voorvoegsel", "voornamen", "voorletters-1", "roepnaam"), TEXT)

# Where we are → which child → what it is there: a text that is read, or a place with children of its own.
READ: dict[str, dict[str, str]] = {
    "": {"EDEX": "EDEX"},
    "EDEX": {"school": "school", "groepen": "groepen", "leerlingen": "leerlingen", "leerkrachten": "leerkrachten"},
    "school": dict.fromkeys(("schooljaar", "peildatum", "brincode", "dependancecode", "schoolkey", "xsdversie"), TEXT),
    "groepen": {"groep": "groep", "samengestelde_groep": "samengestelde_groep"},
    "groep": {"naam": TEXT, "jaargroep": TEXT, "jaargroepen": "jaargroepen"},
    "samengestelde_groep": {"naam": TEXT, "jaargroep": TEXT},
    "jaargroepen": {"jaargroep": TEXT},
    "leerlingen": {"leerling": "leerling"},
    "leerling": _NAME | {"jaargroep": TEXT, "groep": "ref", "groepen": "home_list", "uitstroomdatum": TEXT},
    "leerkrachten": {"leerkracht": "leerkracht"},
    "leerkracht": _NAME | {"rol": TEXT, "groepen": "ref_list", "groep": "ref"},
    "ref_list": {"groep": "ref", "samengestelde_groep": "ref"},
    "home_list": {"groep": "ref"},
    "ref": {"rol": TEXT},
}
RECORDS = frozenset({"school", "groep", "samengestelde_groep", "leerling", "leerkracht"})

# Technical parts of the schema that say nothing about a person and that we need not mention.
QUIET = frozenset(
    {"mutatiedatum", "aanmaakdatum", "auteur", "commentaar", "omschrijving", "vestigingen", "vestiging",
     "instellingsnummer", "samengestelde_groepen", "rolomschrijving"}
)  # fmt: skip

# Never stored and never logged: Wabb art. 10 (BSN), WPO art. 178a (PGN), AVG art. 9 and art. 5(1)(c).
DROPPED = (
    "bsn", "sofi", "onderwijsnummer", "rijksregister", "pgn", "eckid", "etnic", "land", "nationalit", "gewicht",
    "geboorte", "geslacht", "postcode", "postnummer", "straat", "huisnummer", "woonplaats", "adres", "telefoon",
    "mobiel", "email", "foto", "gebruikersnaam", "instroomdatum", "start_ondw",
)  # fmt: skip
MOST_UNKNOWN_NAMES = 30


class Frame(NamedTuple):
    """An open element: what it is, and which record its texts belong to."""

    place: str
    fields: dict[str, list[str]]


def parse(content: bytes) -> RosterFile:
    """Read an EDEXML file. Raises `UnreadableFile` with one sentence; no other error, whatever the bytes."""
    handler = EdexmlHandler()
    read_xml(content, handler)
    return handler.builder.finish(dropped=dict(handler.dropped), unknown=dict(handler.unknown))


class EdexmlHandler(GuardedHandler):
    """Walks the file along `READ`; steps over whole subtrees that are not in it."""

    def __init__(self) -> None:
        super().__init__()
        self.builder = RosterBuilder()
        self.dropped: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()
        self._open: list[Frame] = [Frame("", {})]
        self._text: list[str] | None = None
        self._text_length = 0

    def opened(self, name: str, attributes) -> None:
        place, fields = self._open[-1]
        kind = READ[place].get(name) if place in READ else None
        if kind is None:
            self._step_over(name)
            return
        if kind in RECORDS:
            fields = {"key": [clean_text(attributes.get("key", ""), MAX_KEY)]}
        self._note_attributes(name, attributes)
        if kind == "ref":
            fields = fields if "groep" in fields else _with_list(fields, "groep")
            if attributes.get("key"):
                fields["groep"].append(clean_text(attributes["key"], MAX_KEY))
        self._open.append(Frame(kind, fields))
        self._text, self._text_length = ([], 0) if kind in (TEXT, "ref") else (None, 0)

    def said(self, text: str) -> None:
        if self._text is not None and self._text_length < 2 * MAX_KEY:
            self._text.append(text)
            self._text_length += len(text)

    def closed(self, name: str) -> None:
        kind, fields = self._open.pop()
        text = clean_text("".join(self._text), MAX_KEY) if self._text is not None else ""
        self._text = None
        if kind == TEXT and text:
            _with_list(fields, name)[name].append(text)
        elif kind == "ref" and text:
            fields["groep"].append(text)
        elif kind in RECORDS:
            self.builder.add(kind, fields)
        elif kind == "leerkrachten":
            self.builder.staff_listed = True

    def _step_over(self, name: str) -> None:
        if self.depth == 1:
            raise UnreadableFile(_("Dit is wel XML, maar geen EDEXML-bestand uit een leerlingadministratie."))
        self.skip()
        self._note(name)

    def _note_attributes(self, name: str, attributes) -> None:
        for attribute in attributes.getNames():
            if attribute != "key" and not attribute.startswith(("xsi:", "xmlns")):
                self._note(attribute if attribute.lower().startswith(DROPPED) else f"{name}@{attribute}")

    def _note(self, name: str) -> None:
        if name.lower().startswith(DROPPED):
            self.dropped[name[:64]] += 1
        elif name not in QUIET:
            known = name[:64] in self.unknown or len(self.unknown) < MOST_UNKNOWN_NAMES
            self.unknown[name[:64] if known else "…"] += 1


def _with_list(fields: dict[str, list[str]], name: str) -> dict[str, list[str]]:
    fields.setdefault(name, [])
    return fields
