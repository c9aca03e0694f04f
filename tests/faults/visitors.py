"""People who use a served school over HTTP: they log in, open the form, and send it again when the line breaks."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from io import BytesIO
from urllib.parse import urlencode
from uuid import UUID

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.faults.served import PASSWORD, Served

HIDDEN = re.compile(r'name="(csrf_token|once)"[^>]*value="([^"]+)"')
RECORDED = re.compile(r"/incidents/([0-9a-f-]{36})")


class Lost(Exception):
    """The line broke before an answer came: nobody knows what happened."""


@dataclass(frozen=True)
class Answer:
    """What the site said."""

    status: int
    location: str
    text: str

    @property
    def incident(self) -> UUID:
        """The incident that a recorded form leads to."""
        found = RECORDED.search(self.location)
        assert self.status == 303, f"{self.status}: {self.text[-1500:]}"
        assert found, self.location
        return UUID(found[1])

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden values of the form on this page."""
        assert self.status == 200, f"{self.status}: {self.text[-1500:]}"
        return {name: unescape(value) for name, value in HIDDEN.findall(self.text)}


class Visitor:
    """One browser of one person."""

    def __init__(self, site: Served, address: str):
        self.site = site
        self.address = address
        self._cookies = SimpleCookie()

    def ask(
        self,
        method: str,
        path: str,
        form: list[tuple[str, str]] | dict[str, str] | None = None,
        photo: bytes | None = None,
    ) -> Answer:
        """Ask for a page on a line of its own, with a photo if one is given. Raises `Lost` without a whole answer."""
        headers = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in self._cookies.items())}
        body: str | bytes | None = None
        if photo is not None:
            file = FileStorage(BytesIO(photo), "IMG_0001.jpg", content_type="image/jpeg")
            boundary, body = encode_multipart({**dict(form or {}), "files": file})
            headers["Content-Type"] = f"multipart/form-data; boundary={boundary}"
        elif form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        try:
            line.request(method, path, body, headers)
            response = line.getresponse()
            text = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Lost from error
        finally:
            line.close()
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self._cookies.load(cookie)
        return Answer(response.status, response.headers.get("Location", ""), text)

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self.ask("GET", path)

    def shown(self, path: str = "/incidents/new") -> dict[str, str]:
        """Open a page with a form and return its hidden values."""
        return self.get(path).hidden

    def log_in(self) -> "Visitor":
        """Log in with the password."""
        form = {**self.shown("/login"), "address": self.address, "password": PASSWORD}
        answer = self.ask("POST", "/login", form)
        assert answer.status == 303, f"{answer.status}\n{answer.text[-1500:]}"
        return self

    def filled(self, shown: dict[str, str], words: str) -> dict[str, str]:
        """Return the form as somebody fills it in."""
        school = self.site.school
        return {
            **shown,
            "kinds": "quarrel",
            "people": school.pupil.hex,
            "moment": "just_now",
            "place": "playground",
            "group": school.group.hex,
            "account": words,
        }

    def send(self, form: dict[str, str]) -> Answer:
        """Send a filled form once."""
        return self.ask("POST", "/incidents/new", form)


def until_answered(ask: Callable[[], Answer], patience: float = 30) -> Answer:
    """Ask again until an answer comes, as somebody does whose line broke."""
    until = time.monotonic() + patience
    while True:
        try:
            return ask()
        except Lost:
            assert time.monotonic() < until, "the site does not come back"
            time.sleep(0.02)


def logged_in(site: Served, number: int) -> list[Visitor]:
    """Return so many people who are logged in, each with an account of their own."""
    return [Visitor(site, address).log_in() for address in site.school.addresses[:number]]


@dataclass
class Load:
    """What people did at the same time, and whatever stopped one of them."""

    stop: threading.Event = field(default_factory=threading.Event)
    troubles: list[BaseException] = field(default_factory=list)

    def check(self) -> None:
        """Raise the first trouble."""
        if self.troubles:
            raise self.troubles[0]


@contextmanager
def at_work(visitors: list[Visitor], work: Callable[[Visitor, Load], None]) -> Iterator[Load]:
    """Let everybody do `work` in a thread of their own while the block lasts; then ask them to stop and wait."""
    load = Load()

    def run(visitor: Visitor) -> None:
        try:
            work(visitor, load)
        except BaseException as error:  # handed to the test's own thread
            load.troubles.append(error)

    threads = [threading.Thread(target=run, args=(visitor,), name=visitor.address) for visitor in visitors]
    for thread in threads:
        thread.start()
    try:
        yield load
    finally:
        load.stop.set()
        for thread in threads:
            thread.join(90)
    load.check()
    assert not any(thread.is_alive() for thread in threads), "somebody is still waiting for an answer"
