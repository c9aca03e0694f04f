"""Fields that the form library does not have: people with their part, and a time in plain words."""

from collections.abc import Mapping
from datetime import time
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms import HiddenField, SelectMultipleField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice

from events.involvement import ROLES, Involvement

USUAL_ROLE = ROLES[0]
MOST_PEOPLE = 60


class PeopleField(SelectMultipleField):
    """People, each with a part. Posts `<name>=<id>` for each, and `<name>-role-<id>=<code>`.

    Set `names` (id to name) before validating: whoever is not in it does not exist for this form.
    """

    def __init__(self, *arguments: Any, **options: Any):
        super().__init__(*arguments, choices=[], coerce=str, **options)
        self.roles: dict[str, str] = {}
        self.names: Mapping[UUID, Any] = {}

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        """Take the parts along with the people."""
        super().process(formdata, *arguments, **options)
        self.data = list(dict.fromkeys(self.data or ()))
        if formdata:
            self.roles = {each: formdata.get(f"{self.name}-role-{each}") or USUAL_ROLE for each in self.data}

    def offer(self, people: Mapping[UUID, str]) -> None:
        """List people to choose from where there is no script: the own group."""
        self.choices = [SelectChoice(person.hex, label) for person, label in people.items()]

    def pre_validate(self, form: Any) -> None:
        """Refuse who is not at this school and a part that does not exist."""
        if len(self.data) > MOST_PEOPLE:
            raise ValidationError(_("Kies niet meer dan 60 mensen."))
        for each in self.data:
            if person_id(each) not in self.names:
                raise ValidationError(_("Iemand die je koos staat niet in de lijst. Kies opnieuw."))
            if self.roles.get(each, USUAL_ROLE) not in ROLES:
                raise ValidationError(_("Een rol die je koos bestaat niet. Kies opnieuw."))

    @property
    def involved(self) -> tuple[Involvement, ...]:
        """The people and their parts; call it when the form is valid."""
        return tuple(Involvement(UUID(each), self.roles.get(each, USUAL_ROLE)) for each in self.data)

    @property
    def selected(self) -> list[dict[str, str]]:
        """Those chosen, for the picker; who does not exist is left out."""
        return [
            {"id": each, "label": name.full, "detail": name.group or "", "role": self.roles.get(each, USUAL_ROLE)}
            for each in self.data
            if (name := self.names.get(person_id(each))) is not None
        ]


class PersonField(HiddenField):
    """The id of one person; what is no id gets a sentence."""

    def pre_validate(self, form: Any) -> None:
        """Refuse what no page of ours sends."""
        if person_id(self.data) is None:
            raise ValidationError(_("Iemand die je koos staat niet in de lijst. Kies opnieuw."))


def person_id(text: str | None) -> UUID | None:
    """Return the id written in a form or an address, None when it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


class ClockField(TimeField):
    """A time of day; what is no time gets a sentence."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read `10:42`."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = time.fromisoformat(valuelist[0].strip()).replace(tzinfo=None)
        except ValueError:
            raise ValueError(_("Dit is geen tijd. Schrijf uren en minuten, zoals 10:15.")) from None
