"""The checks of the browser tests find what they are made to find: a check that cannot fail proves nothing."""

import pytest
from flask import Flask

from tests.browser.crawling import crawl, faults_of

PAGE = """<!doctype html><html lang="nl"><head><title>Proef</title></head>
<body><main><h1>Proef</h1>{}</main></body></html>"""
PAGES = {
    "sound": "<p>Niets mis.</p>",
    "unlabelled": "<input type='text'>",
    "wide": "<div style='width: 500px'>breed</div>",
    "broken": "<script>throw new Error('stuk')</script>",
    "missing": "<img src='/nowhere.png' alt='weg'>",
}


@pytest.fixture
def app() -> Flask:
    app = Flask("frame")
    app.add_url_rule("/<name>", "show", lambda name: PAGE.format(PAGES[name]) if name in PAGES else ("", 404))
    app.add_url_rule("/favicon.ico", "icon", lambda: ("", 204))
    return app


def test_a_sound_page_passes(page, assert_accessible, assert_no_sideways_scroll):
    page.goto("/sound")
    assert_accessible(page)
    assert_no_sideways_scroll(page)


def test_axe_finds_a_field_without_a_label(page, assert_accessible):
    page.goto("/unlabelled")
    with pytest.raises(AssertionError, match="label"):
        assert_accessible(page)


def test_what_sticks_out_is_found(page, assert_no_sideways_scroll):
    page.goto("/wide")
    assert_no_sideways_scroll(page, 640)
    with pytest.raises(AssertionError, match="wide on a screen of 320"):
        assert_no_sideways_scroll(page)


@pytest.mark.parametrize(("name", "error"), [("broken", "stuk"), ("missing", "404")])
def test_an_error_in_the_browser_is_noticed(page, clean_console, expected_console, name, error):
    page.goto(f"/{name}")
    assert any(error in met for met in clean_console)
    expected_console.append(error)


WHOLE = (
    '<!doctype html><html lang="nl"><head><title>Proef · Geborgen</title></head><body><h1>Proef</h1>{}</body></html>'
)


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("<p style='color: red'>rood</p>", "style"),
        ("<button onclick='go()'>ga</button>", "onclick"),
        ("<div hx-on:click='go()'></div>", "hx-on:click"),
        ("<img src='https://elsewhere.example/a.png' alt=''>", "elsewhere.example"),
        ("<link rel='stylesheet' href='//elsewhere.example/a.css'>", "elsewhere.example"),
        ("<form action='https://elsewhere.example/'></form>", "elsewhere.example"),
        ("<h1>Nog een</h1>", "2 × <h1>"),
    ],
)
def test_what_the_policy_refuses_is_found_without_a_browser(written, fault):
    assert faults_of(WHOLE.format("<a href='https://wetten.overheid.nl/'>de wet</a>")) == []
    (found,) = faults_of(WHOLE.format(written))
    assert fault in found


def test_a_page_is_found_by_a_link_and_once_for_each_view(app):
    app.add_url_rule("/", "home", lambda: "<a href='/sound'></a><a href='/unlabelled#here'></a><a href='/'></a>")
    assert [page.path for page in crawl(app, app.test_client(), ["/broken"])] == ["/broken", "/"]
