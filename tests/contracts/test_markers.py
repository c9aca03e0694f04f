"""What is typed anywhere in the product stands readable in no file, log, header or address.

The whole story is told three times: as it is; with encryption switched off, which finds every text and so proves the
search; and once more to see that what was typed is shown as it was typed, never run.
"""

import base64
import logging
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from events.log import cipher
from intranet.pdf import can_make_pdf
from tests.conftest import skip_or_fail
from tests.contracts.board import Board
from tests.contracts.running import running
from tests.contracts.steps import STEPS
from tests.contracts.story import PREFIX, Step, Story, Values, form_classes, name_of, names_of, texts_of
from tests.contracts.told_feeds import feeds_of, kinds_in, kinds_written_before, told_in
from tests.contracts.told_mail import letters_of, told_of
from tests.contracts.watching import Plain, Watch, files_opened

NEVER_KEPT = {
    ("accounts.SignInForm", "password"): "only its hash is kept",
    ("accounts.NewPasswordForm", "password"): "only its hash is kept",
    ("accounts.NewPasswordForm", "again"): "only its hash is kept",
    ("accounts.ChangePasswordForm", "password"): "only its hash is kept",
    ("accounts.ChangePasswordForm", "again"): "only its hash is kept",
    ("accounts.ChangePasswordForm", "old"): "only its hash is kept",
    ("accounts.PasswordAgainForm", "password"): "compared with a hash",
    ("emergency.OpenForm", "password"): "compared with a hash",
    ("people.FindForm", "q"): "searching keeps nothing",
    ("search.SearchForm", "q"): "searching keeps nothing",
    ("/incidents/people", "q"): "searching keeps nothing",
    ("/incidents/audience", "account"): "only asks who would see it",
    ("/signals/audience", "account"): "only asks who would see it",
    ("/staff-matters/audience", "account"): "only asks who would see it",
    ("/staff-matters/colleagues", "q"): "searching keeps nothing",
    ("/account/sessions/end", "session"): "no session is called like this",
}
"""Texts that no file holds even without encryption, and why."""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Story, Watch, list[str], list[str]]]:
    """The story as it is, with everything that was logged and opened meanwhile."""
    lines: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    with running(tmp_path_factory.mktemp("sealed"), WTF_CSRF_ENABLED=False) as app:
        root, level = logging.getLogger(), logging.getLogger().level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        story = Story(Board(app))
        watch = Watch(story)
        can_make_pdf()  # looks once for the library, with a file of the compiler's
        with files_opened() as opened:
            story.tell(STEPS, watch.look)
        watch.look()
        root.removeHandler(handler)
        root.setLevel(level)
        yield story, watch, lines, opened


@pytest.fixture(scope="module")
def unsealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Story, Watch]]:
    """The control: the same story with encryption switched off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cipher, "_cipher", lambda _key: Plain())
        with running(tmp_path_factory.mktemp("unsealed"), WTF_CSRF_ENABLED=False) as app:
            story = Story(Board(app))
            watch = Watch(story)
            story.tell(STEPS, watch.look)
            watch.look()
            yield story, watch


def test_every_page_that_takes_a_post_is_in_the_story(told) -> None:
    story = told[0]
    posts = {rule.rule for rule in story.board.app.url_map.iter_rules() if "POST" in rule.methods}
    assert {step.rule for step in STEPS} == posts


def test_every_text_field_of_every_form_is_filled(told) -> None:
    story = told[0]
    filled = {
        (each, name.partition(".")[0])
        for where, name in story.markers
        if where in story.forms
        for each in names_of(story.forms[where])
    }
    missing = {(name_of(each), name) for each in form_classes() for name in texts_of(each)} - filled
    assert missing == set()
    assert {each for kind in story.forms.values() for each in names_of(kind)} >= set(map(name_of, form_classes()))


def test_no_text_stands_readable_in_any_file(told) -> None:
    _story, watch, _lines, _opened = told
    assert watch.kept == set()
    assert watch.forms == set()
    assert watch.read > 1_000_000


def test_no_calendar_is_told_a_name_or_a_word(told) -> None:
    """The feeds of who has most to do, with a control: the title that the home page shows of the same thing."""
    story = told[0]
    feeds = feeds_of(story)
    kinds = {kind for feed in feeds.values() for kind in kinds_in(feed)}
    assert len(kinds) > 3
    assert kinds <= kinds_written_before(story)
    assert {role: found for role, feed in feeds.items() if (found := told_in(story, feed))} == {}
    pupil, incident = story.board.pupils["own"], story.known["incident_id"]
    for planted in (f"{PREFIX}aaaq", f"/incidents/{incident}", f"/people/{pupil}", "Terugkijken in een pestzaak"):
        assert told_in(story, f"SUMMARY:{planted}".encode()), planted


def test_without_encryption_the_same_search_finds_every_text(told, unsealed) -> None:
    story, watch = unsealed
    assert set(story.markers) == set(told[0].markers)
    assert watch.kept == set(story.markers) - set(NEVER_KEPT)
    assert set(NEVER_KEPT) <= set(story.markers)


def test_no_text_is_logged(told) -> None:
    _story, _watch, lines, _opened = told
    assert any("sign_in.done" in line for line in lines)
    assert [line for line in lines if PREFIX in line.lower()] == []


def test_no_text_stands_in_a_header_or_a_cookie(told) -> None:
    story = told[0]
    assert any(answer.location for answer in story.answers)
    for answer in story.answers:
        assert PREFIX not in str(answer.headers).lower()
        for cookie in answer.headers.getlist("Set-Cookie"):
            assert PREFIX.encode() not in opened_cookie(cookie)


def opened_cookie(cookie: str) -> bytes:
    """Return what is in a signed cookie of Flask: anybody can read it."""
    value = cookie.partition("=")[2].partition(";")[0]
    packed, body = value.startswith("."), value.lstrip(".").partition(".")[0]
    try:
        content = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
    except ValueError:
        return value.encode()
    return zlib.decompress(content) if packed else content


def test_no_text_stands_in_an_address(told) -> None:
    story = told[0]
    asked = [rule for answer in story.answers for rule in [answer.request.url]]
    assert [url for url in asked if PREFIX in url] == []
    pages = every_page(story)
    assert sum(page.count(PREFIX) for page in pages.values()) > 50
    for path, page in pages.items():
        addresses = re.findall(r'\b(?:href|action|src|data-url|data-autosave)="([^"]*)"', page)
        assert [each for each in addresses if PREFIX in each and not each.startswith("otpauth:")] == [], path


def every_page(story: Story) -> dict[str, str]:
    """Return the pages that the story's people can open, without what asks for more than the story knows."""
    known, found = {**story.known, **shown_records(story)}, {}
    for rule in story.board.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint.endswith("static") or not rule.arguments <= known.keys():
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: str(known[name[1]]), rule.rule)
        for who in ("head_teacher", "care_coordinator", "executive_director"):
            answer = story.client(who).get(path)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                found[f"{who} {path}"] = answer.text
    return found


def shown_records(story: Story) -> dict[str, Any]:
    known = story.known
    return {"stream": known["incident_id"], "person_id": known["pupil"], "account_id": known["invited"]}


def test_no_file_is_opened_anywhere_else(told) -> None:
    story, _watch, _lines, opened = told
    folder = story.board.app.config["INSTANCE"]
    assert [path for path in opened if path.startswith(folder)]
    elsewhere = [path for path in opened if not path.startswith((folder, "/dev/null"))]
    assert [path for path in elsewhere if FONTS not in path] == []


FONTS = "/weasyprint-"
"""In a folder of this name WeasyPrint unpacks our own fonts, and nothing else."""
NASTY = '{{7*7}}<i"'
GONE_AFTERWARDS = {
    "/incidents/draft/discard": f"/incidents/new?draft={'d' * 20}",
    "/signals/new": f"/signals/new?draft={'e' * 20}",
    "/kanjertraining/lessons/<uuid:lesson_id>/take-back": "/kanjertraining/lessons/<uuid:lesson_id>",
    "/kanjertraining/lessons/<uuid:lesson_id>/repeat": "/kanjertraining/lessons/<uuid:lesson_id>",
    "/school/law/incidents/<uuid:incident_id>/withdraw": "/school/law/incidents/<uuid:incident_id>",
    "/kanjertraining/licences/<uuid:licence_id>/withdraw": "/kanjertraining/licences/<uuid:licence_id>",
}
"""What a step takes away or leads on from, and the page on which it stood."""
SHOWN = re.compile(rf"{PREFIX}[a-z]{{3}}q(?=(.{{0,40}}))")


def test_what_was_typed_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    """On every page, at the end and before each step; the text would show if a template or a browser ran it."""
    with running(tmp_path, WTF_CSRF_ENABLED=False) as app:
        story = Story(Board(app), wording=lambda marker: f"{marker}{NASTY}")
        pages: dict[str, str] = {}

        def open_page(step: Step, _values: Values) -> None:
            answer = story.client(step.who).get(story.path(step.rule))
            if answer.status_code == 200:
                pages[f"before {len(pages)} {step.rule}"] = answer.text
            if step.rule in GONE_AFTERWARDS:
                pages[step.rule] = story.client(step.who).get(story.path(GONE_AFTERWARDS[step.rule])).text

        story.tell(STEPS, open_page)
        pages |= every_page(story)
        pages |= {f"answer {n}": each.text for n, each in enumerate(story.answers) if each.mimetype == "text/html"}
        seen = set()
        for path, page in pages.items():
            for found in SHOWN.finditer(page):
                seen.add(found[0])
                assert not found[1].startswith(("{{7*7}}<", "49")), (path, *found.groups())
        left_out = {where for where, marker in story.markers.items() if marker not in seen}
        # The notebook shows nothing, and the review of the story was taken back.
        # What a camera wrote in a photo is in the sealed original only.
        in_photo = {("files.AddFilesForm", "files.description"), ("files.AddFilesForm", "files.comment")}
        # Why a chronology was given stands on its paper and in the log, on no page.
        on_paper = {("chronology.HandOutForm", "reason")}
        assert left_out - set(NEVER_KEPT) == {
            ("outside_notebook.PageForm", "text"),
            ("audit.ReviewForm", "remark"),
            *in_photo,
            *on_paper,
        }


def test_no_mail_says_a_name_or_a_word(told) -> None:
    story = told[0]
    letters = letters_of(story)
    assert len(letters) > 8
    assert [found for letter in letters if (found := told_of(story, letter))] == []


def test_what_a_mail_must_not_say_is_found(told) -> None:
    """The control: a name, a text, a kind of record and an address of one, each planted."""
    from intranet.people.roster import roster

    story = told[0]
    with story.board.app.app_context():
        name = next(iter(roster(story.board.school).values())).full
    planted = (name, f"{PREFIX}aaaq", "melding over een medewerker", f"/incidents/{story.known['incident_id']}")
    for words in planted:
        assert told_of(story, f"Subject: x\n\nEr is iets nieuws: {words}"), words


def test_paper_is_made_in_memory(told) -> None:
    story = told[0]
    if not can_make_pdf():
        skip_or_fail("No Pango: paper cannot be made here.")
    asked = {"format": "pdf", "names": "with"}
    with files_opened() as opened:
        answer = story.client("care_coordinator").post("/incidents/export", data=asked)
    assert answer.mimetype == "application/pdf"
    elsewhere = [path for path in opened if not path.startswith(story.board.app.config["INSTANCE"])]
    assert [path for path in elsewhere if FONTS not in path] == []


def test_a_large_file_is_held_in_no_other_place(told) -> None:
    """A web server keeps what is sent to it in a file of the system once it is large: that file would be readable."""
    story = told[0]
    folder = story.board.app.config["INSTANCE"]
    rows = "".join(f"leerling;L{number};{PREFIX}aaaq;;{'x' * 150};6a;6\n" for number in range(4500))
    table = f"soort;sleutel;roepnaam;tussenvoegsel;achternaam;groep;jaargroep\n{rows}"
    # Written out here, because the test client makes a temporary file too.
    head = '--part\r\nContent-Disposition: form-data; name="file"; filename="school.csv"\r\n\r\n'
    sent, kind = f"{head}{table}\r\n--part--\r\n".encode(), "multipart/form-data; boundary=part"
    with files_opened() as opened:
        answer = story.client("head_teacher").post("/people/import", data=sent, content_type=kind)
    assert answer.status_code == 303, answer.text
    assert [path for path in opened if not path.startswith(folder)] == []
