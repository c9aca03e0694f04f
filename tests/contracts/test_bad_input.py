"""Whatever is sent to the product: never a failure of its own, nothing recorded, and the form back with what was typed.

Before each step of the story its form is sent in every wrong way there is, while no write can begin: what was accepted
shows as the page that nothing could be saved (503), what was refused as the form with its sentence (422).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from werkzeug.routing import Rule

from tests.contracts.board import Board
from tests.contracts.running import running
from tests.contracts.steps import STEPS
from tests.contracts.story import Step, Story
from tests.contracts.trial import ANSWERS, MIXED, Trial
from tests.contracts.undoing import CANNOT_BE_UNDONE, UNDOABLE, left_out

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    with running(tmp_path_factory.mktemp("bad"), WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False) as app:
        made = Trial(Story(Board(app)))
        made.story.tell(STEPS, made.of_step, made.undone.look)
        yield made


def test_every_form_survives_every_wrong_way_to_fill_it_in(trial: Trial) -> None:
    assert not trial.wrong, "\n".join(map(repr, trial.wrong))
    assert trial.sent > 900


def test_what_was_done_is_undone_by_the_button_that_says_so(trial: Trial) -> None:
    assert trial.undone.wrong == []
    assert trial.undone.taken == UNDOABLE


def test_every_step_is_undone_by_a_button_or_says_why_not() -> None:
    assert left_out(STEPS) == set()
    known = {rule for rules in CANNOT_BE_UNDONE.values() for rule in rules.split()} | UNDOABLE
    assert known <= {step.rule for step in STEPS}
    assert left_out([Step("/never/heard/of", "teacher")]) == {"/never/heard/of"}


ADDRESS_PARTS = (
    "00000000-0000-0000-0000-000000000000",
    "x",
    "%00",
    "%ff%fe",
    "{{7*7}}",
    "9" * 40,
    "-1",
    "..%2f..",
    "'",
)


def test_no_address_makes_it_fail(trial: Trial) -> None:
    wrong = []
    for rule in trial.story.board.app.url_map.iter_rules():
        for part in ADDRESS_PARTS if rule.arguments else ():
            path = re.sub(r"<[^>]+>", part, rule.rule)
            for method in sorted(rule.methods & {"GET", "POST"}):
                with trial.story.board.full_disk():
                    answer = trial.story.client("executive_director").open(path, method=method, buffered=True)
                if answer.status_code not in ANSWERS:
                    wrong.append((method, path, answer.status_code))
    assert not wrong, wrong


def asked_for() -> list[str]:
    """Return the names of everything that a page reads from its address."""
    sources = (path.read_text() for root in ("intranet", "plugins") for path in (ROOT / root).rglob("*.py"))
    reads = r"""\b(?:args|asked)\.get(?:list)?\(\s*"([\w-]+)"|\bposition_of\("([\w-]+)"\)"""
    return sorted({name for source in sources for pair in re.findall(reads, source) for name in pair if name})


QUERIES = (MIXED, "\0", "-1", "9" * 40, "9999-12-31", "٣", f"1-{UUID(int=0).hex}")


def test_no_question_makes_a_page_fail(trial: Trial) -> None:
    names = asked_for()
    assert {"group", "kind", "before", "after", "draft", "next", "of"} <= set(names)
    wrong = []
    for path in (trial.story.path(rule.rule) for rule in known_rules(trial) if "GET" in rule.methods):
        for value in QUERIES:
            everything = {name: value for name in names if name != "of"}
            for asked in (everything, {"of": "board", "rows": "1", "before": value}):
                answer = trial.story.client("executive_director").get(path, query_string=asked, buffered=True)
                if answer.status_code not in ANSWERS | {302}:
                    wrong.append((path, value[:20], answer.status_code))
                elif "<script>alert" in answer.text or "<img src=x" in answer.text:
                    wrong.append((path, value[:20], "typed text was run"))
    assert not wrong, wrong


def known_rules(trial: Trial) -> list[Rule]:
    """Return the addresses of which the story knows every part."""
    every = trial.story.board.app.url_map.iter_rules()
    return [rule for rule in every if rule.arguments <= trial.story.known.keys() and "static" not in rule.endpoint]


def test_no_other_method_is_taken(trial: Trial) -> None:
    wrong, taken = [], {}
    for rule in trial.story.board.app.url_map.iter_rules():
        taken.setdefault(re.sub(r"<[^>]+>", "<>", rule.rule), set()).update(rule.methods)
    for rule in known_rules(trial):
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"} - taken[re.sub(r"<[^>]+>", "<>", rule.rule)]:
            answer = trial.story.client("executive_director").open(trial.story.path(rule.rule), method=method)
            if answer.status_code != 405 or "<h1>" not in answer.text:
                wrong.append((method, rule.rule, answer.status_code))
    assert not wrong, wrong


def test_too_much_is_refused_before_it_is_read(trial: Trial) -> None:
    client = trial.story.client("head_teacher")
    assert client.post("/people/new", data={"given_name": "x" * 1_200_000}).status_code == 413
    assert client.post("/people/new", data={f"f{number}": "x" for number in range(1200)}).status_code == 413
    large = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="groot.csv"\r\n\r\n' + b"x" * 22 * 1024 * 1024
    )
    assert client.post("/people/import", data=large, content_type="multipart/form-data; boundary=x").status_code == 413


def test_a_body_that_is_no_form_is_no_failure(trial: Trial) -> None:
    for kind in ("application/json", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "x"):
        for body in (b"{", b"--x\r\n\r\n", b"\xff\0", b"a=%zz&&=&%ff=%00"):
            with trial.story.board.full_disk():
                answer = trial.story.client("head_teacher").post("/people/new", data=body, content_type=kind)
            assert answer.status_code in (400, 413, 415, 422), (kind, body)
