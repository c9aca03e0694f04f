"""Boards in classrooms that tap once a second each: how long a tap takes, and whether all of them arrive."""

import json
import re
import threading
import time
from collections.abc import Iterator
from copy import copy
from html import unescape
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from events.log.context import acting
from events.log.tables import event
from intranet.activation.commands import enable_plugin
from intranet.people.commands import register_person
from intranet.schools.commands import form_group
from intranet.screens import passes
from plugins.taakspel import commands
from tests.benchmarks import product
from tests.benchmarks.databases import Database
from tests.benchmarks.figures import Figure, milliseconds
from tests.benchmarks.processes import OverSocket, served
from tests.benchmarks.product import Product
from tests.benchmarks.sizes import Sizes
from tests.benchmarks.stopwatch import Times

QUESTION = (
    "{boards} boards play Taakspel at once, on gunicorn with two workers. Each taps once a second for {board_seconds} "
    "seconds, and asks if its game changed when it heard nothing for 0.7 seconds, as the script of the board does. "
    "A tap is timed from sending it to the answer; lost is what is not in the log afterwards. Beside each board a "
    "phone shows the same game: timed from sending a tap to the answer with which the phone knows of it."
)
P95, LOOK, SHOWN = 100, 0.7, 1000


Span = tuple[float, float]


class Board:
    """A board that was opened for one game."""

    def __init__(self, school: Product, address: Path, number: int):
        self.address, self.draw = address, Random(number)
        with school.app.app_context(), acting(school=school.school, actor=school.staff["teacher"]):
            group = form_group(f"bord {number}", ("6",))
            names = {team: name for team, name in enumerate(("stars", "moons", "suns", "waves"), 1)}
            members = {register_person(kind="pupil", given_name=names[team], group_id=group): team for team in names}
            commands.make_teams(group, names=names, members=members)
            self.game = commands.plan_game(
                group, lesson="reading", variant="lesson", phase="extension", rules=("listen",), cards=10, minutes=30,
                reward="music",
            )  # fmt: skip
        with school.app.test_request_context():
            code = passes.new_code(
                board=school.board, school=school.school, endpoint="taakspel.show_board", record=self.game,
                account_id=school.accounts["teacher"], person=school.staff["teacher"],
            )  # fmt: skip
            token, _screen = passes.begin(code)
        serializer = school.app.session_interface.get_signing_serializer(school.app)
        self.cookie = f"{school.app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'screen': token})}"
        self.seconds: list[float] = []
        self.sent: list[UUID] = []
        self.answered: list[Span] = []
        self.etag = ""

    def open(self) -> None:
        """Open the page, keep its token and the cookie that goes with it, and start the game."""
        answer, body = self._ask("GET", "")
        self.cookie = (answer.headers["Set-Cookie"] or self.cookie).partition(";")[0]
        self.token = re.search(r'data-token="([^"]+)"', body)[1]
        self.etag = unescape(re.search(r'data-version="([^"]+)"', body)[1])
        self.tap("start")
        self.seconds.clear()
        self.answered.clear()

    def play(self, until: float) -> None:
        """Tap once a second and look in between, from a moment of its own."""
        time.sleep(self.draw.random())
        tap_at = look_at = time.perf_counter()
        while (now := time.perf_counter()) < until:
            if now >= tap_at:
                tap_at += 1
                self.tap("compliment", self.draw.randint(1, 4))
                # The answer to a tap says what asking would: the script asks that much later.
                look_at = time.perf_counter() + LOOK
            if now >= look_at:
                look_at = now + LOOK
                self.look()
            time.sleep(max(0, min(tap_at, look_at) - time.perf_counter()))

    def look(self) -> None:
        """Ask whether the game changed."""
        self._ask("GET", "/state", headers={"If-None-Match": self.etag})

    def tap(self, kind: str, team: int | None = None) -> None:
        """Send one tap."""
        tap = uuid4()
        body = json.dumps({"taps": [{"id": str(tap), "kind": kind, "team": team}]})
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        begun = time.perf_counter()
        self._ask("POST", "/taps", body, headers)
        answered = time.perf_counter()
        self.seconds.append(answered - begun)
        self.answered.append((begun, answered))
        self.sent.append(tap)

    def _ask(self, method: str, path: str, body: str | None = None, headers: Any = ()) -> tuple[Any, str]:
        connection = OverSocket("localhost")
        connection.path = str(self.address)
        try:
            own = {"Cookie": self.cookie, **dict(headers)}
            connection.request(method, f"/taakspel/board/{self.game}{path}", body, own)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if answer.status not in (200, 304):
            raise RuntimeError(f"{method} {path} answered {answer.status}")
        self.etag = answer.headers["ETag"] or self.etag
        return answer, text


class Phone:
    """A screen beside a board that only asks; `seconds` are from each tap on the board to the answer that showed it."""

    def __init__(self, board: Board):
        self.board, self.asking = board, copy(board)
        self.seconds: list[float] = []

    def look_on(self, until: float) -> None:
        """Ask as often as the script does."""
        time.sleep(Random(self.board.cookie).random() * LOOK)
        while time.perf_counter() < until + 2 * LOOK:
            begun, known = time.perf_counter(), self.asking.etag
            self.asking.look()
            if self.asking.etag != known:
                shown, told = time.perf_counter(), self.board.answered[len(self.seconds) :]
                self.seconds += [shown - sent for sent, answered in told if answered <= begun]
            time.sleep(LOOK)


def measure(on: Database, sizes: Sizes) -> Iterator[Figure]:
    """Let all boards play at once."""
    with product.product(on, "boards", sizes.pupils_in_a_group) as school:
        with school.app.app_context(), acting(school=school.school, actor=school.staff["head"]):
            enable_plugin("taakspel", "Wij gaan dit gebruiken.")
        with served(school) as server:
            boards = [Board(school, server.address, number) for number in range(sizes.boards)]
            for board in boards:
                board.open()
            before, until = server.processor_time(), time.perf_counter() + sizes.board_seconds
            phones = [Phone(board) for board in boards]
            plays = [board.play for board in boards] + [phone.look_on for phone in phones]
            threads = [threading.Thread(target=each, args=(until,)) for each in plays]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            busy = server.processor_time() - before
        times = Times([each for board in boards for each in board.seconds])
        sent = sum(len(board.sent) for board in boards)
        lost = sent - _recorded(school)
        shown = Times([each for phone in phones for each in phone.seconds])
    slow, late = times.p95 * 1000, shown.p95 * 1000
    yield Figure("a tap, 95th percentile", on.kind, f"{slow:.0f} ms", slow, P95, unit=" ms")
    yield Figure(f"lost of {sent} taps", on.kind, str(lost), lost, 0)
    yield Figure("a tap shows on the phone, 95th percentile", on.kind, f"{late:.0f} ms", late, SHOWN, unit=" ms")
    yield milliseconds("a tap, median", on.kind, times.median)
    yield milliseconds(
        "processor time of the server for a tap and what is asked in between", on.kind, busy / len(times.seconds)
    )


def _recorded(school: Product) -> int:
    names = ("taakspel.game.Started", "taakspel.game.ComplimentGiven")
    query = select(func.count()).where(event.c.school == school.school, event.c.name.in_(names))
    with school.log.read_engine.connect() as connection:
        return connection.scalar(query)
