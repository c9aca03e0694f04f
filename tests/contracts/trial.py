"""Sends each step of the story in every wrong way there is, and writes down what was answered otherwise."""

import html
import io
import re
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse
from wtforms import DateField, Field, FileField, SelectFieldBase, StringField, TimeField

from intranet.forms import NOT_VALUES, SECRETS
from tests.contracts.story import Step, Story, Values, is_text, sentence_of
from tests.contracts.undoing import Undone

ACCEPTED = 503
ANSWERS = {200, 204, 303, 400, 404, 405, 409, 413, 422, 429, ACCEPTED}
MIXED = (
    "👩‍👩‍👧 مرحبا بالعالم ıİşŞ ß \u202eomgekeerd\u202c \u200b {{7*7}} {%x%} ${7*7} <script>alert(1)</script>"
    " \"'`><img src=x onerror=alert(1)> ' OR 1=1 -- ../../etc/passwd %s %n \\ \ttab"
)
LONG = "<b>é" * 25_000
TEXTS = {"empty": "", "spaces": " \t ", "nul": "a\0b", "mixed": MIXED, "long": LONG, "lines": "a\r\nb\rc\n\nd"}
DAYS = ("2026-02-30", "morgen", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "20261019T00", "\0", MIXED)
TIMES = ("25:00", "straks", "10:99", "\0", MIXED)
CHOICES = ("er-is-geen-keuze-die-zo-heet", "\0", "00000000-0000-0000-0000-00000000000", MIXED)
ENGLISH = re.compile(r"Not a valid|This field is required|Field (must|cannot)|Invalid (choice|input|value)|CSRF")


class Trial:
    """Sends a step in wrong ways and writes down what was answered otherwise than it should be."""

    def __init__(self, story: Story):
        self.story = story
        self.wrong: list[tuple[Any, ...]] = []
        self.sent = 0
        self.readings = 0
        self.undone = Undone(story)
        self.tried: set[tuple[Any, ...]] = set()

    def of_step(self, step: Step, values: Values) -> None:
        # A step that comes back later in the story is the same form: once is enough.
        if (step.rule, step.who, step.given, step.answer) in self.tried:
            return
        self.tried.add((step.rule, step.who, step.given, step.answer))
        sizes, self.readings = self.story.board.sizes(), 0
        fields = self.fields(values)
        for name in values:
            required = name in fields and bool(fields[name].flags.required)
            if required or not step.writes_when_refused:  # else it would be taken, and the step come too late
                self.send(step, {key: value for key, value in values.items() if key != name}, refused=required, of=name)
        self.texts(step, values, fields)
        for name, field in fields.items():
            for value in self.values_for(field):
                self.send(step, {**values, name: value}, refused=True, of=name)
            self.send(step, {**values, name: [MIXED, values.get(name, "")]}, of=name)
        self.without_token(step, values)
        sizes[self.story.board.school] += self.readings
        if self.story.board.sizes() != sizes:
            self.wrong.append((step.rule, "something was recorded"))

    def fields(self, values: Values) -> dict[str, Field]:
        """Return the fields of the form that the step fills in, by the name under which they are sent."""
        form = self.story.form
        return {} if form is None else {each.name: each for each in form if each.name not in NOT_VALUES}

    def texts(self, step: Step, values: Values, fields: dict[str, Field]) -> None:
        named = {name for name, field in fields.items() if isinstance(field, StringField)} | set(step.texts)
        if not named:
            return
        needed = any(fields[name].flags.required for name in named if name in fields)
        for kind, text in TEXTS.items():
            refused = (kind == "long" and bool(fields)) or (kind in ("empty", "spaces") and needed)
            self.send(step, {**values, **dict.fromkeys(named, text)}, refused=refused, of=kind)
        once = settings(
            max_examples=4, derandomize=True, database=None, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip

        @once
        @given(st.text(max_size=400))
        def whatever(text: str) -> None:
            self.send(step, {**values, **dict.fromkeys(named, text)}, of=text)

        whatever()

    def values_for(self, field: Field) -> tuple[Any, ...]:
        if isinstance(field, SelectFieldBase):
            other = self.story.board.elsewhere
            return (*CHOICES, other["person_id"].hex, other["group_id"].hex, other["account_id"].hex)
        if isinstance(field, DateField):
            return DAYS
        if isinstance(field, TimeField):
            return TIMES
        if isinstance(field, FileField):
            return FILES
        return ()

    def send(self, step: Step, values: Values, *, refused: bool = False, of: str = "") -> None:
        self.sent += 1
        answer = self._post(step, values)
        if refused and step.shows_closed:
            answer = self._with_room(step, values, answer)
        said = (step.rule, of[:60], answer.status_code)
        if answer.status_code not in ANSWERS:
            self.wrong.append((*said, sentence_of(answer)))
        elif refused and not 400 <= answer.status_code < 500:
            self.wrong.append((*said, "was not refused"))
        elif answer.status_code == 422:
            self.check_page(step, values, answer, said)

    def _post(self, step: Step, values: Values) -> TestResponse:
        if step.writes_when_refused:
            self.story.forgive()
            return self._sent(step, values)
        with self.story.board.full_disk():
            return self._sent(step, values)

    def _sent(self, step: Step, values: Values) -> TestResponse:
        sent = MultiDict()
        for name, value in values.items():
            for each in value if isinstance(value, list) else [value]:
                sent.add(name, (io.BytesIO(each), "bestand") if isinstance(each, bytes) else each)
        client, path = self.story.client(step.who), self.story.path(step.rule)
        return client.post(path, data=sent, buffered=True)

    def _with_room(self, step: Step, values: Values, answer: TestResponse) -> TestResponse:
        """Return what a refused form gets where its reading can be recorded; where it cannot, nothing was shown."""
        if answer.status_code != 503:
            self.wrong.append((step.rule, answer.status_code, "shown without a recorded reading"))
        self.readings += 1
        return self._sent(step, values)

    def check_page(self, step: Step, values: Values, answer: TestResponse, said: tuple[Any, ...]) -> None:
        page = answer.text
        if 'class="error"' not in page and "error-summary" not in page:
            self.wrong.append((*said, "no sentence"))
        if found := ENGLISH.search(page):
            self.wrong.append((*said, f"English: {found[0]}"))
        if "<script>alert" in page or "<img src=x" in page or "49 {%" in page:
            self.wrong.append((*said, "typed text was run"))
        if SECRETS.isdisjoint(values):
            shown = html.unescape(page).replace("\r", "")
            for name, field in self.fields(values).items():
                typed = values.get(name)
                if (
                    is_text(self.story.form, field)
                    and isinstance(field, StringField)
                    and isinstance(typed, str)
                    and kept(typed) not in shown
                ):
                    self.wrong.append((*said, f"{name} was not kept"))

    def without_token(self, step: Step, values: Values) -> None:
        app = self.story.board.app
        app.config["WTF_CSRF_ENABLED"] = True
        try:
            answer = self._post(step, values)
        finally:
            app.config["WTF_CSRF_ENABLED"] = False
        if answer.status_code != 400:
            self.wrong.append((step.rule, "without a token", answer.status_code))


def kept(typed: str) -> str:
    """Return what a field makes of what was typed before it looks at it."""
    return typed.replace("\0", "").replace("\r\n", "\n").replace("\r", "").strip()


FILES: tuple[Any, ...] = (
    b"\0\xff\xfe" * 500,
    b"<EDEX><school></EDEX>",
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><EDEX>&b;</EDEX>",
    b"PK\3\4" + b"\0" * 100,
    b"soort;sleutel\n" + "☃;\0;<b>\n".encode() * 50,
    b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:99999999T999999\r\nRRULE:FREQ=SECONDLY\r\n",
    "geen bestand maar tekst",
)
