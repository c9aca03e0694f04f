"""Reading XML from outside: no DTD, no entities, and a limit on size, depth and number of parts."""

import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser
from flask_babel import gettext as _

from intranet.people.roster_file import MAX_BYTES, UnreadableFile

MAX_DEPTH = 20
# 5,000 pupils with every element of the schema, 2,000 staff with their groups, and room for a vendor's additions.
MAX_ELEMENTS = 200_000
MAX_ATTRIBUTES = 120_000
MAX_ATTRIBUTES_OF_ONE = 20
# Expat hands over every line end and every character reference by itself.
MAX_PIECES_OF_TEXT = 1_000_000

_ENCODINGS = {
    "utf-8": "utf-8-sig", "utf8": "utf-8-sig", "us-ascii": "utf-8-sig", "ascii": "utf-8-sig",
    "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "windows-1252": "cp1252", "cp1252": "cp1252",
    "iso-8859-15": "iso-8859-15",
}  # fmt: skip
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


class TooComplex(UnreadableFile):
    """More depth or more parts than any school's export has."""

    def __init__(self) -> None:
        super().__init__(
            _("Dit bestand zit ingewikkelder in elkaar dan een export van een school, dus we lezen het niet.")
        )


class GuardedHandler(ContentHandler):
    """Watches depth while the parser reads, so that a hostile file stops halfway; a subclass reads what it needs.

    `skip()` inside `opened` steps over the whole element.
    """

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self._skipped_at = 0

    def startElement(self, name: str, attrs) -> None:  # noqa: N802 - named by xml.sax
        self.depth += 1
        if self.depth > MAX_DEPTH or len(attrs) > MAX_ATTRIBUTES_OF_ONE:
            raise TooComplex
        if not self._skipped_at:
            self.opened(name.rpartition(":")[2], attrs)

    def endElement(self, name: str) -> None:  # noqa: N802 - named by xml.sax
        if not self._skipped_at:
            self.closed(name.rpartition(":")[2])
        elif self._skipped_at == self.depth:
            self._skipped_at = 0
        self.depth -= 1

    def characters(self, content: str) -> None:
        if not self._skipped_at:
            self.said(content)

    def skip(self) -> None:
        """Step over the element that has just opened, with all that is in it."""
        self._skipped_at = self.depth

    def opened(self, name: str, attributes) -> None:
        """An element starts; `name` is without namespace prefix."""

    def closed(self, name: str) -> None:
        """An element that was not skipped ends."""

    def said(self, text: str) -> None:
        """A piece of text stands in the element that is open."""


def read_xml(content: bytes, handler: GuardedHandler) -> None:
    """Feed a file to a handler. Raises `UnreadableFile` with one sentence for everything that is not harmless XML."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("Dit bestand is groter dan 20 MB, dus we lezen het niet."))
    text = _decoded(content)
    _check_amounts(text)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(handler)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException:
        raise UnreadableFile(
            _("In dit bestand staan verwijzingen die hier niet horen, dus we lezen het niet.")
        ) from None
    except (SAXException, ValueError, LookupError):
        # The parser's own message quotes the file, and a file may hold a number that must not reach a log.
        raise UnreadableFile(_("Dit bestand is beschadigd of is geen XML, dus we kunnen het niet lezen.")) from None


def _check_amounts(text: str) -> None:
    """Count before parsing: counting 20 MB takes milliseconds, letting the parser find out takes seconds."""
    if text.count("<") - text.count("</") > MAX_ELEMENTS or text.count("</") > MAX_ELEMENTS:
        raise TooComplex
    if text.count("=") > MAX_ATTRIBUTES or text.count("\n") + text.count("\r") + text.count("&") > MAX_PIECES_OF_TEXT:
        raise TooComplex


def _decoded(content: bytes) -> str:
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf")[:400])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif content.startswith(b"<\x00"):
        encoding = "utf-16-le"
    elif content.startswith(b"\x00<"):
        encoding = "utf-16-be"
    else:
        encoding = _ENCODINGS.get(declared[1].decode().lower() if declared else "utf-8", "")
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        raise UnreadableFile(
            _("De tekens in dit bestand kunnen we niet lezen; maak de export opnieuw met tekenset UTF-8.")
        ) from None
