"""The headers of every answer, whatever its status."""

from collections.abc import Callable

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from intranet.headers import CONTENT_SECURITY_POLICY

PATHS = {
    200: "/login",
    302: "/account",
    400: "/abort/400",
    401: "/abort/401",
    403: "/abort/403",
    404: "/no-such-page",
    405: "/logout",
    409: "/abort/409",
    413: "/abort/413",
    429: "/abort/429",
    500: "/fail",
    503: "/abort/503",
}


@pytest.fixture
def with_failures(make_app: Callable[..., Flask]) -> Callable[..., FlaskClient]:
    """Make a client of an app that can be made to answer with any status."""

    def make(**settings: object) -> FlaskClient:
        app = make_app(**settings)
        app.add_url_rule("/abort/<int:code>", "stop", lambda code: abort(code))
        app.add_url_rule("/fail", "fail", lambda: 1 / 0)
        return app.test_client()

    return make


def _assert_headers(answer: TestResponse) -> None:
    headers = answer.headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert len(headers.getlist("Content-Security-Policy")) == 1
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("status", PATHS)
def test_every_status_carries_them(with_failures, status: int) -> None:
    answer = with_failures().get(PATHS[status])
    assert answer.status_code == status
    _assert_headers(answer)


def test_a_refused_forgery_carries_them(client: FlaskClient) -> None:
    answer = client.post("/login", data={"address": "x"})
    assert answer.status_code == 400
    _assert_headers(answer)


def test_a_form_that_comes_back_carries_them(app: Flask, client: FlaskClient) -> None:
    answer = client.post("/login", data={"x" * 3: "&" * 3000, "y": "&".join("a" * 2000)})
    assert answer.status_code in (400, 413)
    _assert_headers(answer)


def test_strict_transport_only_where_there_is_https(with_failures) -> None:
    plain, secure = with_failures(), with_failures(HTTPS=True)
    for path in PATHS.values():
        assert "Strict-Transport-Security" not in plain.get(path).headers
        answer = secure.get(path, base_url="https://localhost")
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    for sources in policy.values():
        assert set(sources.split()) <= {"'self'", "'none'", "data:"}
    assert [name for name, sources in policy.items() if "data:" in sources] == ["img-src"]


def test_static_files_may_be_kept_and_still_carry_the_rest(client: FlaskClient) -> None:
    answer = client.get("/static/css/base.css")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    answer.close()
    missing = client.get("/static/css/no-such.css")
    assert missing.status_code == 404
    assert missing.headers["Cache-Control"] == "no-store"


def test_a_download_may_be_stricter_of_its_own(make_app) -> None:
    app = make_app()
    app.add_url_rule("/file", "file", lambda: ("x", {"Content-Security-Policy": "sandbox"}))
    answer = app.test_client().get("/file")
    assert answer.headers.getlist("Content-Security-Policy") == ["sandbox"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
