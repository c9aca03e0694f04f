"""When the database fails, people get a sentence that is true, and what they filled in comes back to be sent again."""

import re
from html import unescape

import pytest
import sqlalchemy as sa
from wtforms import PasswordField
from wtforms.fields.core import UnboundField

from events.log.errors import LogUnavailable
from tests.intranet.incidents.small_school import SmallSchool

WORDS = "Ze trokken <allebei> aan de bal."
INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def small_school(app) -> SmallSchool:
    return SmallSchool(app)


def away(*_, **__) -> None:
    raise sa.exc.OperationalError("SELECT", {}, Exception("server closed the connection"))


def full(*_, **__) -> None:
    raise LogUnavailable("The database cannot write now.")


def broken_at_commit(*_, **__) -> None:
    raise LogUnavailable("The database cannot write now.", unsure=True)


def test_what_could_not_be_saved_comes_back_and_is_sent_again_by_one_button(small_school, monkeypatch) -> None:
    teacher = small_school.client("fatima")
    with monkeypatch.context() as failing:
        failing.setattr("events.log.store.Log.save", full)
        noor = f"{small_school.people['noor']} Noor van der Berg"
        answer = teacher.report(account=WORDS, kinds=["quarrel", "other"], **{"account-mention": noor})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"
    assert "Er is nu niets opgeslagen." in answer.text
    assert f">{WORDS}<".replace("<allebei>", "&lt;allebei&gt;") in answer.text
    assert answer.text.count("<textarea") == 1
    again = [(name, unescape(value)) for name, value in INPUT.findall(answer.text)]
    assert [value for name, value in again if name == "kinds"] == ["quarrel", "other"]
    form: dict[str, list[str]] = {}
    for name, value in again:
        form.setdefault(name, []).append(value)
    assert teacher.client.post("/incidents/new", data=form).status_code == 303
    assert teacher.client.post("/incidents/new", data=form).status_code == 303
    [row] = small_school.incidents()
    assert str(small_school.incident(row.incident).account) == WORDS


@pytest.mark.parametrize(
    ("place", "failure"),
    [("events.log.store.Log.save", broken_at_commit), ("intranet.incidents.commands.report_incident", away)],
)
def test_whoever_may_have_been_heard_is_not_told_that_nothing_was_saved(
    small_school, monkeypatch, place, failure
) -> None:
    teacher = small_school.client("fatima")
    with monkeypatch.context() as failing:
        failing.setattr(place, failure)
        answer = teacher.report(account=WORDS)
    assert answer.status_code == 503
    assert "niets opgeslagen" not in answer.text
    assert "We weten niet zeker of dit is opgeslagen." in answer.text
    assert "Het wordt nooit dubbel opgeslagen." in answer.text


def test_the_page_needs_nothing_of_the_database(small_school, monkeypatch) -> None:
    teacher = small_school.client("fatima")
    monkeypatch.setattr("intranet.accounts.sessions.read", away)
    monkeypatch.setattr("intranet.accounts.signed_in.duties_of", away)
    for path in ("/", "/incidents/", "/nowhere"):
        answer = teacher.get(path)
        assert answer.status_code == 503
        assert "Geborgen kan nu niet bij de gegevens." in answer.text
        assert "<form" not in answer.text


def test_a_second_failure_while_the_first_is_explained_is_still_a_sentence(small_school, monkeypatch) -> None:
    monkeypatch.setitem(small_school.app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("intranet.failures._recorded_before", away)
    answer = small_school.client("fatima").get("/incidents/new?draft=nobodys-draft")
    assert answer.status_code == 503
    assert "Wat er al stond, is er nog." in answer.text


def test_no_password_comes_back_in_a_page(small_school, monkeypatch) -> None:
    browser = small_school.client("fatima").school.app.test_client()
    page = browser.get("/login").text
    hidden = dict(re.findall(r'name="(csrf_token|once)"[^>]*value="([^"]+)"', page))
    monkeypatch.setattr("intranet.accounts.signing_in.seconds_to_wait", full)
    secret = "een heel lang geheim dat niemand raadt"
    answer = browser.post("/login", data={**hidden, "address": "fatima@school.example", "password": secret})
    assert answer.status_code == 503
    assert secret not in answer.text
    assert "fatima" not in answer.text
    assert "Ga daarna terug" in answer.text


def test_every_secret_field_is_known_by_its_name(app) -> None:
    from intranet.accounts.forms import CodeForm
    from intranet.forms import SECRETS, Form

    def below(kind: type) -> set[type]:
        return {kind}.union(*(below(each) for each in kind.__subclasses__()))

    fields = {(name, field.field_class) for kind in below(Form) for name, field in _unbound(kind)}
    codes = {name for name, _ in _unbound(CodeForm)} - {"once"}
    assert {name for name, kind in fields if issubclass(kind, PasswordField)} | codes == SECRETS


def _unbound(kind: type) -> list[tuple[str, UnboundField]]:
    return [(name, getattr(kind, name)) for name in dir(kind) if isinstance(getattr(kind, name), UnboundField)]
