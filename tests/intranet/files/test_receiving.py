"""What is sent is looked at by its content: made anew without what stood beside it, or refused with a sentence."""

from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image
from PIL.ImageCms import ImageCmsProfile, createProfile

from intranet.files.pictures import CHAIN, LARGEST_PROFILE, LONGEST_SIDE, SMALL_SIDE, small
from intranet.files.receiving import received
from intranet.uploads import UnreadableFile
from tests.intranet.files.made_files import MARKER, bomb, pdf, photo, profile_of_inks, telling_photo


@pytest.fixture(autouse=True)
def sentences(app):
    """Sentences are said in the language of somebody who asks."""
    with app.test_request_context():
        yield


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def test_a_photo_is_made_anew_upright_and_tells_nothing_of_where_it_was_taken() -> None:
    sent = telling_photo()
    read = received(sent)
    assert sent.count(MARKER.encode()) == 3
    assert read.original == sent
    (page,) = read.pages
    assert MARKER.encode() not in page
    assert b"Exif" not in page
    image = opened(page)
    assert image.size == (480, 640)
    assert not image.getexif()
    assert not {"exif", "comment", "icc_profile"} & image.info.keys()
    above = image.getpixel((240, 20))
    assert above[0] > 150 > above[2]


@pytest.mark.filterwarnings("ignore::UserWarning")  # of Pillow, about these notes; the site goes on too
def test_what_a_camera_noted_wrongly_takes_no_photo_away() -> None:
    """Each note beside the photo in each kind that notes have, also in those that do not fit it."""
    sent = telling_photo((16, 12))
    start = sent.index(b"Exif\0\0") + 6
    order = {b"II": "little", b"MM": "big"}[sent[start : start + 2]]
    first = start + int.from_bytes(sent[start + 4 : start + 8], order)
    notes = int.from_bytes(sent[first : first + 2], order)
    for note in range(notes):
        of_kind = first + 2 + 12 * note + 2
        for kind in range(14):
            odd = sent[:of_kind] + kind.to_bytes(2, order) + sent[of_kind + 2 :]
            assert opened(received(odd).pages[0]).size in ((12, 16), (16, 12)), (note, kind)


def test_a_grey_scan_in_fine_steps_keeps_its_greys() -> None:
    row = b"\x00\x40" * 10 + b"\x00\xc0" * 10
    written = BytesIO()
    Image.frombytes("I;16", (20, 10), row * 10).save(written, "PNG")
    page = opened(received(written.getvalue()).pages[0])
    assert [page.getpixel((at, 5))[0] // 16 for at in (3, 17)] == [4, 12]


def test_a_photo_for_a_press_is_seen_through_its_own_profile() -> None:
    """Ink that the profile says is red, and that without it would be blue."""
    red = inked(profile_of_inks())
    assert [red[0] > 150 > red[at] for at in (1, 2)] == [True, True]


UNUSABLE = {
    "none": None,
    "cut off": profile_of_inks()[:600],
    "of another kind of picture": ImageCmsProfile(createProfile("sRGB")).tobytes(),
    "a chain of steps": profile_of_inks(CHAIN),
    "larger than any": profile_of_inks() + bytes(LARGEST_PROFILE),
    "noise": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_a_profile_that_is_of_no_use_takes_no_photo_away(what: str) -> None:
    blue = inked(UNUSABLE[what])
    assert [blue[2] > 150 > blue[at] for at in (0, 1)] == [True, True]


def inked(profile: bytes | None) -> tuple[int, ...]:
    """Return the colour in which a photo of cyan and magenta ink is shown."""
    written = BytesIO()
    Image.new("CMYK", (16, 12), (255, 255, 0, 0)).save(written, "JPEG", icc_profile=profile)
    return opened(received(written.getvalue()).pages[0]).getpixel((8, 6))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_each_form_of_photo_becomes_a_jpeg_of_at_most_so_many_pixels(form: str) -> None:
    read = received(photo((3000, 600), form))
    assert (read.kind, read.original_type) == ("photo", form.lower())
    assert opened(read.pages[0]).format == "JPEG"
    assert max(opened(read.pages[0]).size) == LONGEST_SIDE
    assert max(opened(small(read.pages[0])).size) == SMALL_SIDE


def test_a_picture_that_one_can_see_through_is_put_on_white() -> None:
    image, written = Image.new("RGBA", (20, 20), (0, 0, 0, 0)), BytesIO()
    image.save(written, "PNG")
    assert min(opened(received(written.getvalue()).pages[0]).getpixel((10, 10))) > 245


def test_a_scan_is_shown_as_pictures_of_its_pages_and_never_as_itself() -> None:
    sent = pdf(2)
    read = received(sent)
    assert (read.kind, read.original, read.original_type) == ("scan", sent, "pdf")
    assert [opened(page).format for page in read.pages] == ["JPEG", "JPEG"]
    assert all(b"JavaScript" not in page for page in read.pages)


REFUSED = {
    "nothing": (b"", "leeg"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "Dit soort bestand"),
    "html": (b"<!doctype html><script>alert(1)</script>", "Dit soort bestand"),
    "program": (b"MZ" + bytes(500), "Dit soort bestand"),
    "gif": (photo(form="GIF"), "Dit soort bestand"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "HEIC"),
    "cut off": (photo()[:400], "niet heel"),
    "only a beginning": (b"\xff\xd8\xff" + bytes(500), "niet heel"),
    "another inside": (b"\xff\xd8\xff" + pdf(), "niet heel"),
    "bomb": (bomb(), "beeldpunten"),
    "smaller bomb": (bomb(6000, 6000), "beeldpunten"),
    "very large bomb": (bomb(200_000, 200_000), "beeldpunten"),
    "too large": (b"\xff\xd8\xff" + bytes(20 * 1024 * 1024), "20 MB"),
    "broken pdf": (b"%PDF-1.4\n" + bytes(500), "niet te lezen"),
    "pdf without pages": (pdf(0), "niet te lezen"),
    "something before a pdf": (b"HTTP/1.1 200 OK\r\n\r\n" + pdf(), "opnieuw als PDF"),
    "a web page before a pdf": (b"<script>alert(1)</script>" + pdf(), "opnieuw als PDF"),
    "a pdf far in": (bytes(1024) + pdf(), "Dit soort bestand"),
    "long pdf": (pdf(21), "20 pagina"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_photo_or_scan_is_refused_with_a_sentence(what: str) -> None:
    content, words = REFUSED[what]
    with pytest.raises(UnreadableFile, match=words):
        received(content)


def test_a_photo_with_a_web_page_behind_it_is_only_a_photo() -> None:
    read = received(photo() + b"<script>alert(1)</script>")
    assert b"script" not in read.pages[0]


def test_damage_anywhere_is_a_sentence_or_a_picture_never_a_fault() -> None:
    whole = photo((64, 48))
    for place in range(3, len(whole), 7):
        damaged = whole[:place] + bytes([whole[place] ^ 0x5A]) + whole[place + 1 :]
        with suppress(UnreadableFile):
            assert opened(received(damaged).pages[0]).format == "JPEG"
