"""A colleague comes in, and takes care of their own account."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pyotp
from werkzeug.test import TestResponse

from tests.contracts.steps.filling_in import HEAD, taken_out
from tests.contracts.steps.keeping import id_in
from tests.contracts.story import Step, Story, Values
from tests.school_days import today


def _newcomer(story: Story) -> Values:
    from intranet.people.commands import register_person

    with story.board.acting_as("head_teacher"):
        person = register_person(kind="staff", given_name="Yfke")
    story.known["newcomer"] = person
    return {"person": person.hex}


def _emergency_without_code(story: Story) -> Values:
    """The right password with a wrong code: it is refused, with everything in it."""
    from intranet.people.commands import assign_duty

    with story.board.acting_as("head_teacher"):
        assign_duty(story.known["newcomer"], "protection_officer", since=_yesterday())
    story.known["person_id"] = story.board.pupils["own"]
    story.markers["emergency.OpenForm", "password"] = story.markers["accounts.NewPasswordForm", "password"]
    return {"password": story.known["password"], "code": "000000"}


def _yesterday() -> date:
    return today() - timedelta(days=1)


def _no_longer(story: Story, _answer: TestResponse) -> None:
    """Whoever holds that duty could not take their second factor away, which comes later in the story."""
    from intranet.people.commands import end_duty

    with story.board.acting_as("head_teacher"):
        end_duty(story.known["newcomer"], "protection_officer", since=_yesterday(), until=_yesterday())


def _enrol(story: Story) -> Values:
    page = story.client("newcomer").get("/account/second-factor").text
    story.known["secret"] = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    return {"code": pyotp.TOTP(story.known["secret"]).now()}


def _keep_codes(story: Story, answer: TestResponse) -> None:
    story.known["codes"] = re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", answer.text)


def _code(story: Story) -> Values:
    return {"code": story.known["codes"][0]}


def _use_code(story: Story, answer: TestResponse) -> None:
    story.known["codes"].pop(0)


def _password(form: str) -> Callable[[Story], Values]:
    def given(story: Story) -> Values:
        chosen = f"{story.mark(form, 'password')} giraf fietst zelden"
        story.markers[form, "again"] = story.markers[form, "password"]
        old = story.known.get("password")
        story.known["new_password"] = chosen
        values = {"password": chosen, "again": chosen}
        if form == "accounts.ChangePasswordForm":
            story.markers[form, "old"] = story.markers["accounts.NewPasswordForm", "password"]
            values["old"] = old
        return values

    return given


def _keep_password(story: Story, answer: TestResponse) -> None:
    story.known["password"] = story.known["new_password"]


def _sign_in(story: Story) -> Values:
    story.markers["accounts.SignInForm", "password"] = story.markers["accounts.NewPasswordForm", "password"]
    story.markers["accounts.SignInForm", "address"] = story.markers["accounts.InviteForm", "address"]
    return {"address": story.known["address"], "password": story.known["password"]}


def _invited(story: Story, answer: TestResponse) -> None:
    id_in(r"/welcome/([\w-]+)", "token")(story, answer)
    id_in(r"/accounts/([0-9a-f-]{36})", "account_id", UUID)(story, answer)
    story.known["invited"] = story.known["account_id"]
    story.known["address"] = f"{story.markers['accounts.InviteForm', 'address']}@school.example"


def _colleague(story: Story) -> Values:
    story.known["account_id"] = story.board.accounts["support_staff"]
    return {}


STEPS = (
    Step("/accounts/invite", HEAD, _newcomer, shapes={"address": "{}@school.example"}, answer=200, then=_invited),
    taken_out("/accounts/export", HEAD),
    Step("/welcome/<token>", "newcomer", _password("accounts.NewPasswordForm"), then=_keep_password),
    Step("/account/second-factor", "newcomer", _enrol, answer=200, then=_keep_codes, writes_when_refused=True),
    Step("/logout", "newcomer"),
    Step("/login", "newcomer", _sign_in, writes_when_refused=True),
    Step("/login/code", "newcomer", _code, then=_use_code, writes_when_refused=True),
    Step("/account/confirm", "newcomer", _code, then=_use_code, writes_when_refused=True),
    Step("/account/confirm", "teacher", answer=422, writes_when_refused=True),
    Step(
        "/people/<uuid:person_id>/emergency",
        "newcomer",
        _emergency_without_code,
        shapes={"reason": "Nu nodig, want {} wacht."},
        answer=422,
        then=_no_longer,
        writes_when_refused=True,
    ),
    Step("/account/password", "newcomer", _password("accounts.ChangePasswordForm"), writes_when_refused=True),
    Step("/notices/seen", "newcomer"),
    Step("/account/preferences", "newcomer", lambda story: {"theme": "dark", "language": "nl"}),
    Step("/account/agenda", "newcomer", answer=200),
    Step("/account/agenda/withdraw", "newcomer"),
    Step("/account/sessions/end", "newcomer", texts=("session",)),
    Step("/account/school", HEAD, lambda story: {"school": story.board.school.hex}),
    Step("/account/second-factor/remove", "newcomer"),
    Step("/login/as", "somebody", lambda story: {"account": story.board.accounts["dpo"].hex}),
    Step("/accounts/<uuid:account_id>/second-factor/remove", HEAD, _colleague, answer=409),
    Step("/accounts/<uuid:account_id>/link", HEAD, answer=200),
    Step("/accounts/<uuid:account_id>/disable", HEAD, lambda story: {"reason": "left_school"}),
    Step("/accounts/<uuid:account_id>/enable", HEAD, answer=200),
)  # fmt: skip
