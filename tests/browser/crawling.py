"""Finding the pages of a school by following links, and the faults that can be seen without a browser."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import combinations_with_replacement
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

FETCHES = {"src", "srcset", "poster", "data", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-delete"}
"""Attributes by which a page loads or sends something; a link may lead away, these may not."""
MOMENT = {"op", "klok"}
"""The same page at another moment is made of the same parts."""


@dataclass(frozen=True)
class Found:
    """A page that somebody can come to."""

    path: str
    endpoint: str
    html: str


class _Reader(HTMLParser):
    def __init__(self, html: str):
        super().__init__()
        self.links: list[str] = []
        self.frame: set[tuple[str, ...]] = set()
        self.content: set[tuple[str, ...]] = set()
        self.parts = self.frame
        self.faults: list[str] = []
        self.headings = 0
        self.feed(html)

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self.parts = self.frame

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self.parts = self.content
        self.parts.add((tag, *sorted(given.get("class", "").split())))
        self.headings += tag == "h1"
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        for name, value in given.items():
            loads = name in FETCHES or (name == "href" and tag not in {"a", "area"})
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or name.startswith("hx-on"):
                self.faults.append(f"<{tag} {name}=…>")
            elif loads and re.match(r"(?:[a-z]+:)?//|javascript:", value):
                self.faults.append(f"<{tag} {name}={value}>")


def parts_of(page: Found) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return which kinds of parts a page is made of: of what all pages share, and of what its view shows."""
    read = _Reader(page.html)
    return read.frame, {(page.endpoint, *part) for part in read.content}


def faults_of(html: str) -> list[str]:
    """Return what its policy would refuse, what it would load from another machine, and what every page has."""
    read = _Reader(html)
    faults = list(read.faults)
    if read.headings != 1:
        faults.append(f"{read.headings} × <h1>")
    if not re.search(r'<html lang="[a-z]{2}"', html) or not re.search(r"<title>[^<]+ · Geborgen</title>", html):
        faults.append("no language or no title")
    return faults


def crawl(app: Flask, client: FlaskClient, seeds: Iterable[str] = ()) -> Iterator[Found]:
    """Open the seeds, the start page or where it leads, and by links each view, with each two names of its query."""
    waiting, sown, seen = [*seeds, "/"], [*seeds, "/"], set()
    while waiting:
        path = waiting.pop(0)
        kind = _kind(app, path)
        if kind is None:
            continue
        # Five things to choose from make 32 addresses of one view: what goes wrong, goes wrong between two of them.
        endpoint, names = kind
        together = {(endpoint, *pair) for pair in combinations_with_replacement(sorted(names), 2)} | {(endpoint,)}
        if together <= seen and path not in sown:
            continue
        seen |= together
        if path in sown:
            sown.remove(path)
        answer = client.get(path)
        if answer.status_code in {301, 302, 303}:
            waiting.extend(filter(None, [_inside(answer.location)]))
            continue
        if not answer.content_type.startswith("text/html"):
            continue
        assert answer.status_code == 200, f"{path} answers {answer.status_code}"
        html = answer.get_data(as_text=True)
        yield Found(path, endpoint, html)
        # A page of the past leads to pages of the past, which show no way to what can only be done now.
        if not _names_in(path) & MOMENT:
            waiting.extend(_inside(link) for link in _Reader(html).links if _inside(link))


def _kind(app: Flask, path: str) -> tuple[str, frozenset[str]] | None:
    address = urlsplit(path)
    try:
        endpoint, _arguments = app.url_map.bind("localhost").match(address.path, method="GET")
    except HTTPException:
        return None
    return str(endpoint), _names_in(path) - MOMENT


def _names_in(path: str) -> frozenset[str]:
    return frozenset(name for name, _value in parse_qsl(urlsplit(path).query))


def _inside(link: str) -> str:
    address = urlsplit(link)
    return "" if address.scheme or address.netloc or not address.path else link.partition("#")[0]
