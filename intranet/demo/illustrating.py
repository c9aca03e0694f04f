"""Photos and marks of the practice school: pictures drawn here, of nothing that ever happened."""

from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from math import cos, sin
from typing import TYPE_CHECKING
from uuid import UUID

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from intranet.api import acting, today
from intranet.body_map.commands import note_mark
from intranet.files.commands import add_files
from intranet.files.receiving import received
from intranet.incidents import commands
from intranet.notes.commands import withdraw_note
from intranet.people.mentions import token
from intranet.sharing.commands import share_record

if TYPE_CHECKING:
    from intranet.demo.telling import Place

SIZE = (1200, 900)
MARKS = {
    "schaafwond": ("graze", "front_right_knee", "coin", "Rood, met zand erin. ‘Het prikt,’ zei het kind."),
    "Bult op het voorhoofd": ("bump", "front_face", "coin", "Boven het rechteroog, gekoeld."),
    "viel op de pols": ("swelling", "front_left_lower_arm", "", "Doet pijn bij draaien."),
    "tegen het been": ("redness", "front_left_lower_leg", "palm", ""),
}
"""What a story says, and what its teacher then points at: kind, place, size and words."""


def illustrate(incident: UUID, told: str, victim: UUID | None, day: date, writer: UUID) -> None:
    """Point at what a story tells of a body, and add a photo where there would be one."""
    seen = next((mark for words, mark in MARKS.items() if words in told), None)
    if seen is None:
        return
    kind, where, size, words = seen
    note_mark(record_id=incident, person_id=victim, place=where, kind=kind, size=size, words=words, seen_on=day)
    if kind == "graze":
        _photo(incident, writer, scraped_knee(), "Een knie met een rode schaafwond, zo groot als een euro.")


def plan_broken_window(place: "Place", moment: datetime) -> None:
    """Plan to tell of a ball through a window, with its photo."""
    place.plan(moment, lambda: _tell_broken_window(place, moment))


def _tell_broken_window(place: "Place", moment: datetime) -> None:
    writer = place.staff["fatima"]
    with acting(school=place.school, actor=writer):
        incident = commands.report_incident(
            kinds=("vandalism",),
            happened_at=moment,
            account="De bal ging door de ruit van het fietsenhok. Niemand stond in de buurt. Er komt hout voor.",
            place="playground",
            moment="big_break",
            unknown_persons=True,
        )
        shows = "Een ruit van het fietsenhok met een gat in het midden. Er lopen barsten naar de hoeken."
        _photo(incident, writer, broken_window(), shows)
    place.plan(moment + timedelta(hours=2), lambda: _share(place, incident))
    place.plan(moment + timedelta(minutes=150), lambda: _note_here_by_mistake(place, incident, moment))
    place.plan(moment + timedelta(hours=3), lambda: _ask(place, incident))


def _share(place: "Place", incident: UUID) -> None:
    with acting(school=place.school, actor=place.staff["hanneke"]):
        until = today() + timedelta(days=21)
        share_record(incident, place.staff["henk"], until=until, reason="Henk laat de ruit maken.")


def _ask(place: "Place", incident: UUID) -> None:
    """Let two colleagues name each other in what they write: it waits for each of them."""
    fatima, hanneke = place.staff["fatima"], place.staff["hanneke"]
    with acting(school=place.school, actor=hanneke):
        commands.add_note(incident, f"{token(fatima)}, weet jij wie daar voetbalde? Ik vraag het ook in de bovenbouw.")
    with acting(school=place.school, actor=fatima):
        commands.add_note(incident, f"{token(hanneke)}, ik vraag het morgen in de kring en schrijf het hier op.")


def _note_here_by_mistake(place: "Place", incident: UUID, moment: datetime) -> None:
    """Let a colleague write what belongs to another child here, and take it back some minutes later."""
    hanneke = place.staff["hanneke"]
    with acting(school=place.school, actor=hanneke):
        note = commands.add_note(incident, "Moeder belde terug over de bult. Het gaat goed, morgen komt hij weer.")
    place.plan(moment + timedelta(minutes=154), lambda: _withdraw(place, incident, note))


def _withdraw(place: "Place", incident: UUID, note: int) -> None:
    with acting(school=place.school, actor=place.staff["hanneke"]):
        withdraw_note(incident, note)


def hang_agreements(case: UUID, writer: UUID) -> None:
    """Put the sheet with what a group agreed in the dossier of its case, as it came from the scanner."""
    shows = "Het blad met de afspraken van de groep. Iedereen zette een krabbel."
    _photo(case, writer, signed_agreements(), shows)


def _photo(record: UUID, writer: UUID, picture: bytes, shows: str) -> None:
    add_files([received(picture)], record_id=record, shows=shows, added_by=writer)


@cache
def scraped_knee() -> bytes:
    """Draw a knee with a graze, as with chalk."""
    image = Image.new("RGB", SIZE, "#7f9a86")
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((380, -80, 820, 500), 190, fill="#d9a98a")
    draw.rounded_rectangle((410, 380, 790, 1100), 170, fill="#d29e7e")
    draw.ellipse((400, 260, 800, 640), fill="#dcae90")
    draw.rectangle((360, -10, 840, 110), fill="#33506b")
    draw.arc((470, 330, 740, 610), 200, 340, fill="#b98566", width=9)
    image = image.filter(ImageFilter.GaussianBlur(7))
    draw = ImageDraw.Draw(image)
    draw.ellipse((510, 400, 690, 540), fill="#c46a58")
    for left, top, right in ((525, 430, 650), (540, 455, 675), (530, 480, 668), (552, 505, 640)):
        draw.line((left, top, right, top + 8), fill="#8f2f2a", width=9)
    for x, y in ((560, 440), (610, 468), (645, 500), (585, 515), (540, 480)):
        draw.ellipse((x, y, x + 9, y + 9), fill="#5d4634")
    return _jpeg(image.filter(ImageFilter.GaussianBlur(3)))


@cache
def broken_window() -> bytes:
    """Draw a window with a hole and cracks."""
    image = Image.new("RGB", SIZE, "#8a5a44")
    draw = ImageDraw.Draw(image)
    for row in range(0, 900, 60):
        for column in range(-120, 1200, 160):
            left = column + (80 if row % 120 else 0)
            draw.rectangle((left + 4, row + 4, left + 154, row + 54), fill="#a5694d")
    draw.rectangle((230, 120, 970, 780), fill="#f1eee6")
    draw.rectangle((265, 155, 935, 745), fill="#9fc2cf")
    draw.polygon([(265, 155), (560, 155), (265, 520)], fill="#b6d3dc")
    corners = ((265, 155), (935, 190), (930, 745), (300, 745), (600, 155), (265, 470), (935, 470), (640, 745))
    for corner in corners:
        middle = ((corner[0] + 610) // 2 + 18, (corner[1] + 440) // 2 - 12)
        draw.line((610, 440, *middle, *corner), fill="#f7fbfc", width=5)
    hole = [(545, 420), (575, 372), (618, 388), (668, 366), (690, 425), (662, 470), (676, 512), (612, 498), (560, 515)]
    draw.polygon(hole, fill="#22302f", outline="#f7fbfc", width=5)
    draw.polygon([(470, 700), (540, 668), (575, 720), (500, 735)], fill="#c9e0e7")
    return _jpeg(image.filter(ImageFilter.GaussianBlur(1)))


AGREED = (
    "Iedereen mag meedoen.",
    "Zie je dat iemand alleen staat? Vraag of hij meespeelt.",
    "Lachen doen we met elkaar, niet om elkaar.",
    "Gaat het mis? Dan halen we de juf of meester.",
)


@cache
def signed_agreements() -> bytes:
    """Draw a sheet with the agreements of a group and a scribble of each child, as a scanner makes a PDF of it."""
    image = Image.new("RGB", (840, 1188), "#fbfaf5")
    draw = ImageDraw.Draw(image)
    draw.text((90, 90), "Wat wij afspreken", "#24485c", ImageFont.load_default(52))
    draw.line((90, 165, 560, 160), fill="#d98b3a", width=5)
    for number, line in enumerate(AGREED):
        draw.text((90, 215 + 62 * number), f"{number + 1}.  {line}", "#2b2b2b", ImageFont.load_default(27))
    pens = ("#2d4f9e", "#30343a", "#a23b45", "#2f7d4f", "#7a4a9c")
    for number in range(21):
        _scribble(draw, 90 + number % 3 * 230, 530 + number // 3 * 84, number, pens[number * 3 % len(pens)])
    return _written(image.rotate(0.7, fillcolor="#e9e7df", resample=Image.Resampling.BILINEAR), "PDF", resolution=100)


def _scribble(draw: ImageDraw.ImageDraw, left: int, top: int, number: int, pen: str) -> None:
    """Draw something like a name that nobody can read."""
    swing, loops = 14 + number * 7 % 13, 2 + number % 3
    points = [
        (
            left + step * (1.7 + number % 4 / 5) + 9 * cos(step * loops / 9 + number),
            top + swing * sin(step * loops / 7 + number) * (1 - step / 130) - step * (number % 5 - 2) / 14,
        )
        for step in range(84)
    ]
    draw.line(points, fill=pen, width=3, joint="curve")


def _jpeg(image: Image.Image) -> bytes:
    return _written(image, "JPEG", quality=88)


def _written(image: Image.Image, kind: str, **how: int) -> bytes:
    written = BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()
