"""Making a picture anew: upright, not too large, and without anything but what can be seen."""

import struct
from io import BytesIO

from flask_babel import gettext as _
from PIL import ExifTags, Image, ImageCms

from intranet.uploads import UnreadableFile

LONGEST_SIDE = 2000
SMALL_SIDE = 320
MOST_PIXELS = {"JPEG": 64_000_000, "MPO": 64_000_000, "PNG": 24_000_000, "WEBP": 24_000_000}
"""A JPEG can be read at a fraction of its size; the others only whole, so a small file could fill the memory."""

LARGEST_PROFILE = 4_000_000
"""Of presses, with all their tables, they are at most some 3 MB; what is larger was made to cost memory."""
CHAIN = b"mpet"
"""How a profile says that it calculates in as many steps as it likes, each in 8 bytes: of 4 MB, it takes minutes."""

TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What puts a picture upright, for each way in which a camera says it was held."""
_SRGB = ImageCms.createProfile("sRGB")


def made_anew(content: bytes) -> bytes:
    """Return a photo as a new JPEG: what a camera wrote beside it (place, moment, preview) is not in it.

    Raises `UnreadableFile` with a sentence for what is no whole photo, and for one that is too large.
    """
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as image:
            _refuse_too_large(image)
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            image.load()
            return _written(_upright(image), 85)
    except UnreadableFile:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnreadableFile(_too_large()) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, IndexError, KeyError, TypeError):
        # Which of these a damaged picture gives differs for each place where it is damaged.
        raise UnreadableFile(_("Deze foto is niet heel of niet te lezen. Maak of kies een andere.")) from None


def small(picture: bytes) -> bytes:
    """Return a small version of a picture that we made."""
    with Image.open(BytesIO(picture), formats=("JPEG",)) as image:
        image.draft("RGB", (SMALL_SIDE * 2, SMALL_SIDE * 2))
        image.thumbnail((SMALL_SIDE, SMALL_SIDE))
        return _written(image.convert("RGB"), 78)


def _refuse_too_large(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS.get(image.format or "", 0):
        raise UnreadableFile(_too_large())


def _too_large() -> str:
    return _("Deze foto heeft te veel beeldpunten. Maak hem kleiner en kies hem opnieuw.")


def _upright(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    turn = TURNED.get(_orientation(image))
    turned = image.transpose(turn) if turn is not None else image
    if turned.mode.startswith("I"):
        # Of 65,536 greys; as they are, all but the darkest would be white.
        turned = turned.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if turned.mode in ("RGBA", "LA", "PA") or "transparency" in turned.info:
        turned = turned.convert("RGBA")
        paper = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(paper, turned)
    if turned.mode != "CMYK":
        turned = turned.convert("RGB")
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return _in_usual_colours(turned, profile).convert("RGB")


def _orientation(image: Image.Image) -> int | None:
    """Return how the camera was held, None for a picture that does not say so in a way that can be read.

    Only this is read, and nothing written: what else a camera noted may be as wrong as it likes.
    """
    try:
        held = image.getexif().get(ExifTags.Base.Orientation)
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, AttributeError, struct.error):
        return None
    return held if isinstance(held, int) else None


def _in_usual_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return it in sRGB: the colour of a bruise must be the one that was photographed.

    As it is with a profile that is of no use: none, not whole, of another kind of picture, or made to do harm.
    """
    if not profile or len(profile) > LARGEST_PROFILE or CHAIN in profile:
        return image
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        changed = ImageCms.profileToProfile(image, own, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return changed or image


def _written(image: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    # A new image of the pixels alone: an image that was opened carries along what stood in its file.
    bare = Image.new("RGB", image.size)
    bare.paste(image)
    bare.save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()
