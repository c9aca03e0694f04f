"""Somebody who is signed in and asks pages of an application the way a WSGI server does, without a network between."""

import re
from collections.abc import Callable, Mapping
from http.cookies import SimpleCookie
from typing import Any

from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
Form = Mapping[str, str | list[str]]


class Visitor:
    """One browser's cookies; `request` prepares a request, and calling what it returns makes it."""

    def __init__(self, app: Flask, cookies: Mapping[str, str]):
        self.app = app
        self.cookies = dict(cookies)
        self.token = ""

    def request(self, path: str, form: Form | None = None, expects: int | None = None) -> Callable[[], str]:
        """Prepare a request. Making it raises unless the status is `expects` (200, or 303 for a form)."""
        expects = expects or (200 if form is None else 303)
        environ = self.environ(path, form)

        def make() -> str:
            body, status, headers = run_wsgi_app(self.app, environ)
            if not status.startswith(str(expects)):
                raise RuntimeError(f"{path} answered {status}: {b''.join(body).decode()[:2000]}")
            for cookie in SimpleCookie("; ".join(headers.getlist("Set-Cookie"))).values():
                self.cookies[cookie.key] = cookie.value
            return b"".join(body).decode()

        return make

    def environ(self, path: str, form: Form | None = None) -> dict[str, Any]:
        """Return what a WSGI server would hand to the application."""
        builder = EnvironBuilder(
            path=path.partition("?")[0],
            query_string=path.partition("?")[2],
            method="GET" if form is None else "POST",
            data=None if form is None else {"csrf_token": self.token, **form},
            headers={"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())},
        )
        return builder.get_environ()

    def open_form(self, path: str) -> None:
        """Open a page with a form and keep its token, which is good for as long as the session lasts."""
        self.token = CSRF.search(self.request(path)())[1]
