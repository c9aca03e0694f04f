"""Everything that can be posted, told as one story: each form filled in and sent in an order in which it is valid.

A page that takes a post and is not in the story fails the contracts. Text fields that a step does not fill in itself
get a text of their own. `tell` lets a contract do something just before and after each step.
"""

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import walk_packages
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from wtforms import FileField, StringField
from wtforms.fields.core import UnboundField

from intranet.forms import NOT_VALUES, Form
from tests.contracts.board import SIGNED_OUT, Board

PREFIX = "zqvxkw"
"""How every text of the story begins: it stands in no other text of the product."""

# A text field that holds nothing about a person, and why.
NOT_PERSONAL = {
    ("schools.SchoolForm", "brin"): "the number of a school in the public registers",
    ("incidents.CorrectForm", "corrections"): "how often it was corrected before",
    ("incidents.RoleForm", "person"): "an id",
    ("staff_matters.StaffMatterForm", "asked"): "that the form for the board was shown",
    ("incidents.RoleForm", "was"): "a word of a fixed list",
    ("incidents.WithdrawForm", "person"): "an id",
    ("incidents.WithdrawForm", "was"): "a word of a fixed list",
    ("incidents.ConfidentialForm", "confidential"): "yes or no",
    ("cases.SeriousForm", "serious"): "yes or no",
    ("people.ConfirmImportForm", "shown"): "a fingerprint of the plan",
    ("accounts.CodeForm", "code"): "digits that are good once",
    ("emergency.OpenForm", "code"): "digits that are good once",
    ("emergency.EndForm", "access"): "an id",
    ("need_to_know.CellForm", "seen"): "words of a fixed list",
    ("screens.ScreenForm", "code"): "a code that opens a screen for minutes",
}

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """One post: who sends it where, what stands in it besides texts, and what comes of it."""

    rule: str
    who: str
    given: Callable[["Story"], Values] = lambda story: {}
    texts: tuple[str, ...] = ()
    shapes: Values = field(default_factory=dict)
    answer: int = 303
    then: Callable[["Story", TestResponse], None] = lambda story, answer: None
    writes_when_refused: bool = False
    shows_closed: bool = False
    """The page that comes back shows a closed record: without a recorded reading it does not come."""


class Story:
    """A telling: what was filled in where, which forms were read, and what was answered."""

    def __init__(self, board: Board, wording: Callable[[str], str] = str):
        self.board = board
        self.wording = wording
        self.markers: dict[tuple[str, str], str] = {}
        self.forms: dict[str, type[Form]] = {}
        self.form: Form | None = None
        self.known: Values = {}
        self.answers: list[TestResponse] = []
        self.asked: list[str] = []
        self._clients: dict[str, FlaskClient] = {}

    def client(self, who: str) -> FlaskClient:
        """Return the browser of a role, or of somebody who signs in during the story."""
        if who not in self._clients:
            signed_in = who in self.board.accounts
            self._clients[who] = self.board.client(who if signed_in else SIGNED_OUT)
        return self._clients[who]

    def mark(self, where: str, name: str) -> str:
        """Return the text that stands in a field in this story and nowhere else."""
        number = len(self.markers)
        letters = "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))
        return self.markers.setdefault((where, name), f"{PREFIX}{letters}q")

    def text(self, where: str, name: str, shape: str | None = None) -> str:
        """Return what is typed in a field."""
        marker = self.mark(where, name)
        return self.wording(marker) if shape is None else shape.format(marker)

    def path(self, rule: str) -> str:
        """Fill in an address with what the story knows."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(self.known[found[1]]), rule)

    def values(self, step: Step) -> Values:
        """Return what is posted in a step; the form's own texts are added when it is seen which form it is."""
        values = {name: value(self) if callable(value) else value for name, value in step.given(self).items()}
        fields = self._texts_of(step, values)
        return {**values, **{name: self.text(where, name, step.shapes.get(name)) for where, name in fields}}

    def _texts_of(self, step: Step, values: Values) -> list[tuple[str, str]]:
        """Return the text fields that the step leaves to the story: post it empty once, and see which form looks."""
        found = [(step.rule, name) for name in step.texts]
        seen: list[Form] = []
        self.client(step.who)
        with self._seeing(seen), self.board.full_disk():
            self.send(step, {**values, "once": "once"})
        self.form = seen[0] if seen else None
        for form in seen:
            self.forms.setdefault(name_of(type(form)), type(form))
            found += [
                (name_of(type(form)), each.short_name)
                for each in form
                if isinstance(each, StringField | FileField) and is_text(form, each) and each.name not in values
            ]
        return list(dict.fromkeys(found))

    @contextmanager
    def _seeing(self, seen: list[Form]) -> Iterator[None]:
        def submitted(form: Form) -> bool:
            seen.append(form)
            return False

        with patch.object(Form, "submitted", submitted):
            yield

    def send(self, step: Step, values: Values) -> TestResponse:
        """Post a step with these values."""
        files = {name: (io.BytesIO(value), "bestand") for name, value in values.items() if isinstance(value, bytes)}
        kind = {"content_type": "multipart/form-data"} if files else {}
        return self.client(step.who).post(self.path(step.rule), data={**values, **files}, buffered=True, **kind)

    def forgive(self) -> None:
        """Let everybody try again who tried too often."""
        from intranet.accounts.rate_limits import rate_limit

        with self.board.log.write_engine.begin() as connection:
            connection.execute(rate_limit.delete())

    def tell(
        self,
        steps: Iterable[Step],
        before: Callable[[Step, Values], None] = lambda *_: None,
        after: Callable[[Step], None] = lambda _: None,
    ) -> "Story":
        """Post every step."""
        for step in steps:
            values = self.values(step)
            before(step, values)
            self.forgive()
            answer = self.send(step, {"once": uuid4().hex, **values})
            assert answer.status_code == step.answer, (step.rule, answer.status_code, sentence_of(answer))
            self.answers.append(answer)
            step.then(self, answer)
            after(step)
        return self


def sentence_of(answer: TestResponse) -> str:
    """Return what a page says, for a failure that one can read."""
    main = answer.text.partition("<main")[2] or answer.text
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())[:600]


def name_of(form: type[Form]) -> str:
    """Return what a form is called here: with its feature, because many features have a form of the same name."""
    return f"{form.__module__.split('.')[-2]}.{form.__name__}"


def names_of(form: type[Form]) -> list[str]:
    """Return the name of a form, and of those it is made from."""
    return [name_of(each) for each in form.__mro__ if issubclass(each, Form)]


def texts_of(form: type[Form]) -> list[str]:
    """Return the names of a form's fields that can hold words about a person."""
    return [
        name
        for name in dir(form)
        if isinstance(unbound := getattr(form, name), UnboundField)
        and issubclass(unbound.field_class, StringField | FileField)
        and name not in NOT_VALUES
        and not any((each, name) in NOT_PERSONAL for each in names_of(form))
    ]


def is_text(form: Form, each: Any) -> bool:
    """Tell whether a field of a form can hold words about a person."""
    return each.name not in NOT_VALUES and (name_of(type(form)), each.short_name) not in NOT_PERSONAL


def form_classes() -> list[type[Form]]:
    """Return every form of the product and its plugins, wherever it is defined."""
    for name in ("intranet", "plugins"):
        for module in walk_packages(import_module(name).__path__, f"{name}."):
            import_module(module.name)
    ours = ("intranet.", "plugins.", "outside_")
    every = (each for each in _subclasses(Form) if each.__module__.startswith(ours))
    # Python may keep the forms of a plugin that another test installed and took away.
    return [each for each in every if each.__module__ in sys.modules]


def _subclasses(parent: type) -> Iterable[type]:
    for each in parent.__subclasses__():
        yield each
        yield from _subclasses(each)
