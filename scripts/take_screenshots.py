"""Take the pictures in the documentation from the practice school, on one day of its history: always the same pictures.

`make screenshots` takes all of them; with names (`patterns-big5`) only those.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import time_machine
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser.conftest import ARGUMENTS, CHROMIUM, Live, serving  # noqa: E402
from tests.practice import MEMBERS, practice_school_of_today  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
DAY = "2026-11-27 10:00+01:00"
DESKTOP, PHONE = (1024, 720), (360, 720)
TALL, TALL_PHONE = (1024, 1180), (360, 1180)
BOARD = (1600, 900)
PRESSED = (
    "[data-team='2'] .take",
    "[data-team='1'] .compliment",
    "[data-team='4'] .compliment",
    "[data-team='5'] .take",
)
"""What was pressed on the board before its picture was taken."""
GAP, PAPER = 24, "#ffffff"
COLOURS = 128
LARGEST = 150_000


class Look(NamedTuple):
    """A page as somebody sees it; `link` is the beginning of an address that is followed first, where it has an id.

    `below` is the end of one that is followed from there; `board` opens on a board what is played there.
    """

    who: str
    path: str
    size: tuple[int, int] = DESKTOP
    link: str = ""
    below: str = ""
    board: bool = False


PICTURES = {
    "start": [Look("marijke", "/"), Look("fatima", "/incidents/new", PHONE)],
    "patterns-big5": [
        Look("hanneke", "/patterns/", TALL),
        Look("hanneke", "/patterns/?source=both", TALL_PHONE),
    ],
    "patterns-rules": [Look("hanneke", "/patterns/rules"), Look("hanneke", "/patterns/measures", PHONE)],
    "kanjertraining-planning": [
        Look("esther", "/kanjertraining/"),
        Look("fatima", "/kanjertraining/", PHONE, "/kanjertraining/groups/"),
    ],
    "taakspel-group": [
        Look("fatima", "/taakspel/"),
        Look("fatima", "/taakspel/", PHONE, "/taakspel/groups/"),
    ],
    "taakspel-progress": [
        Look("hanneke", "/taakspel/coverage", TALL),
        Look("fatima", "/taakspel/", TALL_PHONE, "/taakspel/groups/", "/progress"),
    ],
    "taakspel-board": [Look("fatima", "/taakspel/", BOARD, "/taakspel/groups/", "", board=True)],
    "kanjertraining-year": [
        Look("marijke", "/kanjertraining/", (1280, 1180), "/kanjertraining/groups/"),
        Look("marijke", "/kanjertraining/coordinator", TALL_PHONE),
    ],
}


def main(names: list[str]) -> int:
    """Take the pictures with these names, or all."""
    if unknown := set(names) - PICTURES.keys():
        print(f"There is no picture {', '.join(sorted(unknown))}. There are: {', '.join(PICTURES)}.")
        return 1
    if CHROMIUM is None:
        print("There is no Chromium here: apt install chromium-headless-shell, or CHROMIUM=path.")
        return 1
    with at_school() as live, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name in names or PICTURES:
            size = save(side_by_side([taken(browser, live, look) for look in PICTURES[name]]), name)
            print(f"{name}: {size // 1000} kB")
        browser.close()
    return 0


@contextmanager
def at_school() -> Iterator[Live]:
    """Serve the practice school as it is on the day of the pictures."""
    with (
        time_machine.travel(DAY, tick=True),
        TemporaryDirectory() as folder,
        practice_school_of_today(Path(folder) / "school") as app,
        serving(app) as live,
    ):
        yield live


def taken(browser: Browser, live: Live, look: Look) -> Image.Image:
    """Return a page as a picture."""
    width, height = look.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=live.url, locale="nl-NL", has_touch=width < DESKTOP[0]
    )
    page = context.new_page()
    page.goto("/login")
    member = MEMBERS[look.who]
    page.get_by_role("button", name=re.compile(f"{member.given} {member.family}")).first.click()
    page.goto(look.path)
    if look.link:
        page.locator(f'main a[href^="{look.link}"]').first.click()
    if look.below:
        page.locator(f'main a[href$="{look.below}"]').first.click()
    if look.board:
        page.locator('main a[href^="/taakspel/games/"]').first.click()
        page = played_on_a_board(page)
    page.wait_for_load_state("networkidle" if not look.board else "load")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    for each in {context, page.context}:
        each.close()
    return picture


def played_on_a_board(phone: Page) -> Page:
    """Open the game of a phone on a board, in a browser where nobody is signed in, and play a little."""
    phone.get_by_role("button", name="Open het bord").click()
    code = phone.locator(".board-code").inner_text()
    assert phone.context.browser is not None
    board = phone.context.browser.new_context(
        viewport=phone.viewport_size, base_url=phone.url.split("/taakspel")[0], locale="nl-NL"
    ).new_page()
    board.goto("/screen")
    board.get_by_label("Code").fill(code)
    board.get_by_role("button", name="Open het bord").click()
    board.get_by_role("button", name="Start het spel").click()
    for place in PRESSED:
        board.locator(place).click()
    return board


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures beside each other on white."""
    width = sum(each.width for each in pictures) + GAP * (len(pictures) - 1)
    whole, left = Image.new("RGB", (width, max(each.height for each in pictures)), PAPER), 0
    for each in pictures:
        whole.paste(each, (left, 0))
        left += each.width + GAP
    return whole


def save(picture: Image.Image, name: str) -> int:
    """Write a picture with few colours and return its size in bytes. Raises `ValueError` when it is too large."""
    to = FOLDER / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(to, optimize=True)
    if (size := to.stat().st_size) > LARGEST:
        raise ValueError(f"{to.name} has {size} bytes, more than {LARGEST}.")
    return size


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
