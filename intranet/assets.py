"""Give every static file an address that changes with its content, and send the house style as one small sheet."""

import hashlib
import re
from functools import lru_cache
from os import stat
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for

KEPT_FOR_A_YEAR = "public, max-age=31536000, immutable"
ASKED_EVERY_TIME = "public, no-cache"

HOUSE_STYLE = "css/house.css"
"""The one sheet that every page asks for; it exists only as an address."""
SHEETS = (
    "tokens",
    "base",
    "layout",
    "components",
    "forms",
    "lists",
    "people",
    "charts",
    "utilities",
    "forced",
    "print",
)
"""What any page may use, in this order, each a file in static/css; what one feature shows, its own pages ask for."""


@lru_cache(maxsize=512)
def _content_hash(file: str, _changed_at: int) -> str:
    return _digest(Path(file).read_bytes())


@lru_cache(maxsize=8)
def _joined(files: tuple[str, ...], _changed_at: tuple[int, ...]) -> tuple[str, str]:
    """Return the sheets as one, with its hash."""
    sheet = "".join(squeezed(Path(file).read_text(encoding="utf-8")) for file in files)
    return sheet, _digest(sheet.encode())


@lru_cache(maxsize=8)
def _sheets(static_folder: str) -> tuple[str, ...]:
    return tuple(f"{static_folder}/css/{name}.css" for name in SHEETS)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def squeezed(sheet: str) -> str:
    """Return a style sheet without what only people read: comments, line ends and spaces between its parts."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"\s+", " ", sheet).replace(": ", ":")
    sheet = re.sub(r"(?<![\d.])0(?=\.\d)", "", sheet)
    return re.sub(r" ?([{};,>]) ?", r"\1", sheet).replace(";}", "}").strip()


def house_style(static_folder: str) -> str:
    """Return the style of every page as one sheet."""
    return _house(static_folder)[0]


def _house(static_folder: str) -> tuple[str, str]:
    # Asked for each page, so without objects for paths: making those took longer than asking the disk.
    files = _sheets(static_folder)
    return _joined(files, tuple(stat(file).st_mtime_ns for file in files))


def content_hash(static_folder: str, path: str) -> str:
    """Return the first 12 hex digits of the SHA-256 of a static file. Raises FileNotFoundError."""
    if path == HOUSE_STYLE:
        return _house(static_folder)[1]
    file = f"{static_folder}/{path}"
    return _content_hash(file, stat(file).st_mtime_ns)


def asset_url(path: str, hashed: bool = True, plugin: str | None = None) -> str:
    """The address of a static file, of the core or of a plugin.

    Only files in a folder with a version in its name may go without a hash.
    """
    # A page asks for the same file of icons thirty times.
    known: dict[Any, str] = g.setdefault("asset_urls", {})
    key = path, hashed, plugin
    if key not in known:
        known[key] = _address(path, hashed, plugin)
    return known[key]


def _address(path: str, hashed: bool, plugin: str | None) -> str:
    endpoint = "static" if plugin is None else f"{plugin}.static"
    if not hashed:
        return url_for(endpoint, filename=path)
    folder = current_app.static_folder if plugin is None else current_app.blueprints[plugin].static_folder
    return url_for(endpoint, filename=path, v=content_hash(folder, path))


def asked() -> bool:
    """Tell whether this request asks for a static file, of the core or of a plugin."""
    return (request.endpoint or "").rpartition(".")[2] == "static"


def _send(filename: str) -> Response:
    if filename != HOUSE_STYLE:
        return current_app.send_static_file(filename)
    response = Response(house_style(current_app.static_folder), mimetype="text/css")
    response.add_etag()
    return response.make_conditional(request)


def _let_browsers_keep(response: Response) -> Response:
    if asked() and response.status_code in (200, 206, 304):
        unchanging = "v" in request.args or "/vendor/" in request.path
        response.headers["Cache-Control"] = KEPT_FOR_A_YEAR if unchanging else ASKED_EVERY_TIME
    return response


def register(app: Flask) -> None:
    """Make `asset_url` known to all templates, macros included, and say how static files are sent and kept."""
    app.view_functions["static"] = _send
    app.jinja_env.globals["asset_url"] = asset_url
    app.after_request(_let_browsers_keep)
