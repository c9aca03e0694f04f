"""Photos and scans made here, good ones and those that somebody sends to do harm."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image

from events.log.context import acting
from tests.intranet.incidents.small_school import SmallSchool

MARKER = "Kievitstraat 12"


def photo(size: tuple[int, int] = (640, 480), form: str = "JPEG", **more: object) -> bytes:
    """Return a photo, red at the left and blue at the right."""
    image = Image.new("RGB", size, "#2040c0")
    image.paste("#c02020", (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, form, **more)
    return written.getvalue()


def telling_photo(size: tuple[int, int] = (640, 480)) -> bytes:
    """Return a photo that lies on its side and says where, with what and in which words it was taken."""
    words = Image.Exif()
    words[0x0112] = 6
    words[0x010E] = MARKER
    words[0x011A] = 72.0
    words.get_ifd(0x8825)[1] = "N"
    return photo(size, exif=words, comment=MARKER.encode()) + MARKER.encode()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a small PNG of very many pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(1 + width // 8) * 64, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def profile_of_inks(besides: bytes = b"") -> bytes:
    """Return the colour profile of a press whose every ink comes out red, but for its black."""
    # The table of an `mft1`: four inks in, the three of Lab out, two points on each side; see ICC.1, 10.11.
    even = bytes(range(256))
    matrix = struct.pack(">9i", *(0x10000 if at % 4 == 0 else 0 for at in range(9)))
    lut = (
        b"mft1\0\0\0\0"
        + bytes((4, 3, 2, 0))
        + matrix
        + even * 4
        + bytes((136, 208, 195, 0, 128, 128)) * 2**3
        + even * 3
    )
    place = 128 + 4 + 12
    head = struct.pack(
        ">I4sI4s4s4s12s4s4s24x3i48x",
        place + len(lut + besides), b"\0\0\0\0", 0x02400000, b"prtr", b"CMYK", b"Lab ", bytes(12), b"acsp", b"\0\0\0\0",
        0xF6D6, 0x10000, 0xD32D,
    )  # fmt: skip
    return head + struct.pack(">I4sII", 1, b"A2B0", place, len(lut)) + lut + besides


def pdf(pages: int = 1) -> bytes:
    """Return a PDF whose first action is a script."""
    kids = " ".join(f"{number} 0 R" for number in range(4, 4 + pages))
    parts = [
        "<</Type/Catalog/Pages 2 0 R/OpenAction 3 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        "<</S/JavaScript/JS(app.alert('x'))>>",
        *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Resources<<>>>>"] * pages,
    ]
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode()
    start = len(written)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    written += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}".encode()
    return written + f"trailer<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


@contextmanager
def acting_as(school: SmallSchool, given: str) -> Iterator[None]:
    """Do something as somebody, without a page."""
    with school.app.app_context(), acting(school=school.school, actor=school.people[given]):
        yield
