"""What somebody sent, looked at by its content and never by its name: a photo, a scan, or a sentence why not."""

import logging
import subprocess
import sys
from pathlib import Path

from flask_babel import gettext as _

from events.frozen import frozen
from intranet.files.events import PHOTO, SCAN
from intranet.uploads import UnreadableFile

MOST_FILES = 10
LONGEST = 20 * 1024 * 1024
DRAWER = Path(__file__).with_name("page_drawing.py")
FURTHEST_START = 1024
"""How far into a file readers look for the start of a PDF; we take none but at its first byte.

What can stand before it makes one file two things: a web page, a program or an archive to who looks at its first bytes,
as a mail filter or a browser, and a PDF to who opens it. The original leaves as it came, so it must be one thing.
"""
PATIENCE = 30
LOCKED, TOO_MANY_PAGES = 3, 4
"""With what that program ends; it is not imported, so that PDFium is in no process of ours."""

# At its most talkative Pillow writes what a camera noted, the place included, in the log of the program. Said here
# and not where it is used: it is imported late, and another may have it at work before.
logging.getLogger("PIL").setLevel(logging.INFO)

_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"heif", b"avif", b"avis")


@frozen
class Received:
    """A file that was read: what is shown of it, and what was sent."""

    kind: str
    pages: tuple[bytes, ...]
    original: bytes
    original_type: str


def received(content: bytes) -> Received:
    """Return what was sent, ready to be stored. Raises `UnreadableFile` with a sentence for the person."""
    if not content:
        raise UnreadableFile(_("Dit bestand is leeg."))
    if len(content) > LONGEST:
        raise UnreadableFile(_("Dit bestand is groter dan 20 MB. Maak het kleiner."))
    if content.startswith(b"%PDF-"):
        return Received(SCAN, tuple(drawn_pages(content)), content, "pdf")
    picture = _picture_type(content)
    if picture is None and b"%PDF-" in content[:FURTHEST_START]:
        raise UnreadableFile(
            _("In dit bestand staat iets voor het begin van de PDF. Open het, bewaar het opnieuw als PDF en kies dat.")
        )
    if picture is None:
        raise UnreadableFile(_("Dit soort bestand kan niet. Kies een foto (JPEG, PNG of WebP) of een PDF."))
    from intranet.files.pictures import made_anew  # not at the start: Pillow is megabytes in every worker

    return Received(PHOTO, (made_anew(content),), content, picture)


def _picture_type(content: bytes) -> str | None:
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        raise UnreadableFile(
            _("Dit is een HEIC-foto. Zet je camera op ‘Meest compatibel’, of bewaar de foto eerst als JPEG.")
        )
    return None


def drawn_pages(content: bytes) -> list[bytes]:
    """Return the pages of a PDF as pictures, drawn in another process. Raises `UnreadableFile`."""
    try:
        # -I: nothing of our environment goes along, and nothing is looked for beside the program.
        done = subprocess.run(
            [sys.executable, "-I", str(DRAWER)],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_("Deze PDF is te ingewikkeld. Maak een foto van de pagina’s.")) from None
    if done.returncode == LOCKED:
        raise UnreadableFile(_("Op deze PDF zit een wachtwoord. Haal dat er eerst af."))
    if done.returncode == TOO_MANY_PAGES:
        raise UnreadableFile(_("Een PDF mag hoogstens 20 pagina’s hebben. Kies alleen de pagina’s die nodig zijn."))
    pages = _pages_in(done.stdout) if done.returncode == 0 else []
    if not pages:
        raise UnreadableFile(_("Deze PDF is niet te lezen. Maak een foto van de pagina’s."))
    return pages


def _pages_in(output: bytes) -> list[bytes]:
    pages = []
    while output:
        length = int.from_bytes(output[:4], "big")
        pages.append(output[4 : 4 + length])
        output = output[4 + length :]
    return pages
