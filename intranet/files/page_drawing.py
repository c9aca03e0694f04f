"""Draws the pages of a PDF as pictures: a program of its own, so that a file made to break it breaks nothing else.

PDF on standard input; on standard output, for each page, its length in 4 bytes and a JPEG. It opens nothing else.
"""

import resource
import sys
from io import BytesIO

import pypdfium2
from PIL import Image

LONGEST_SIDE = 1600
MOST_PAGES = 20
MEMORY = 1024 * 1024 * 1024
SECONDS = 20
LOCKED, TOO_MANY_PAGES, UNREADABLE = 3, 4, 5


def main() -> int:
    """Read, draw, write; returns what the process ends with."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else UNREADABLE
    if len(document) == 0:
        return UNREADABLE
    if len(document) > MOST_PAGES:
        return TOO_MANY_PAGES
    for page in document:
        picture = _drawn(page)
        sys.stdout.buffer.write(len(picture).to_bytes(4, "big") + picture)
    return 0


def _drawn(page: pypdfium2.PdfPage) -> bytes:
    scale = LONGEST_SIDE / max(*page.get_size(), 1)
    # No forms are drawn and no annotations acted on: what is wanted is what a printer would show.
    bitmap = page.render(scale=min(scale, 4), may_draw_forms=False)
    written = BytesIO()
    image: Image.Image = bitmap.to_pil().convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    image.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    sys.exit(main())
