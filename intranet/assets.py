"""Give every static file an address that changes with its content, so that browsers may keep it for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

KEPT_FOR_A_YEAR = "public, max-age=31536000, immutable"
ASKED_EVERY_TIME = "public, no-cache"


@lru_cache(maxsize=512)
def _content_hash(file: Path, _changed_at: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def content_hash(static_folder: str, path: str) -> str:
    """Return the first 12 hex digits of the SHA-256 of a static file. Raises FileNotFoundError."""
    file = Path(static_folder) / path
    return _content_hash(file, file.stat().st_mtime_ns)


def asset_url(path: str, hashed: bool = True, plugin: str | None = None) -> str:
    """The address of a static file, of the core or of a plugin.

    Only files in a folder with a version in its name may go without a hash.
    """
    endpoint = "static" if plugin is None else f"{plugin}.static"
    if not hashed:
        return url_for(endpoint, filename=path)
    folder = current_app.static_folder if plugin is None else current_app.blueprints[plugin].static_folder
    return url_for(endpoint, filename=path, v=content_hash(folder, path))


def asked() -> bool:
    """Tell whether this request asks for a static file, of the core or of a plugin."""
    return (request.endpoint or "").rpartition(".")[2] == "static"


def _let_browsers_keep(response: Response) -> Response:
    if asked() and response.status_code in (200, 206, 304):
        unchanging = "v" in request.args or "/vendor/" in request.path
        response.headers["Cache-Control"] = KEPT_FOR_A_YEAR if unchanging else ASKED_EVERY_TIME
    return response


def register(app: Flask) -> None:
    """Make `asset_url` known to all templates, macros included, and set how long browsers keep static files."""
    app.jinja_env.globals["asset_url"] = asset_url
    app.after_request(_let_browsers_keep)
