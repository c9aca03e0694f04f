"""The forms about what follows on an incident."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from events.follow_up import STAGES
from intranet.api import DayField, Form, has_been
from intranet.follow_up.kinds import INFORMED_LABELS, KIND_LABELS, STAGE_LABELS
from intranet.incidents.forms import LONGEST_REASON, words
from intranet.people.forms import uuid_or_none
from intranet.people.today import today

CONTACT, SUSPENSION = "contact_moment", "suspension"
_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


class PromiseForm(Form):
    """Who promises what, for whom, before which day."""

    kind = SelectField(
        _l("Wat spreken jullie af?"),
        choices=[SelectChoice(kind, label, optgroup=STAGE_LABELS[STAGES[kind]]) for kind, label in KIND_LABELS.items()],
        invalid_choice_message=_gone,
    )
    person = SelectField(_l("Voor wie?"), choices=[], default="", invalid_choice_message=_gone)
    owner = SelectField(
        _l("Wie doet het?"),
        choices=[],
        invalid_choice_message=_gone,
        description=_l("Alleen wie dit mag lezen, staat in de lijst."),
    )
    due_on = DayField(_l("Voor welke dag?"), [InputRequired(_l("Kies voor welke dag."))])
    text = words(_l("Wat precies?"), LONGEST_REASON)
    repeats = IntegerField(
        _l("Om de hoeveel schooldagen?"),
        [Optional(), NumberRange(1, 60, _l("Kies 1 tot en met 60 schooldagen."))],
        description=_l("Alleen bij contact houden. Laat leeg als één keer genoeg is."),
    )
    first_day = DayField(_l("Eerste dag van de schorsing"), [Optional()])
    last_day = DayField(_l("Laatste dag van de schorsing"), [Optional()], description=_l("Hooguit een week."))

    def offer(self, people: dict[UUID, str], owners: dict[UUID, str]) -> None:
        """Let somebody choose from who was in it, and from who may read it."""
        self.person.choices = [SelectChoice("", _("Niemand in het bijzonder")), *_choices(people)]
        self.owner.choices = _choices(owners)

    def validate_due_on(self, field: DayField) -> None:
        """A promise is about a day to come."""
        _not_past(field)

    def validate_kind(self, field: SelectField) -> None:
        """A suspension has two days; nothing else has."""
        if field.data == SUSPENSION and not (self.first_day.data and self.last_day.data):
            raise ValidationError(_("Kies de eerste en de laatste dag van de schorsing."))

    @property
    def promised(self) -> dict[str, Any]:
        """What was promised, as the command takes it."""
        suspended = self.kind.data == SUSPENSION
        return {
            "kind": self.kind.data,
            "owner": uuid_or_none(self.owner.data),
            "due_on": self.due_on.data,
            "person_id": uuid_or_none(self.person.data),
            "text": self.text.data or "",
            "repeats": self.repeats.data if self.kind.data == CONTACT else None,
            "first_day": self.first_day.data if suspended else None,
            "last_day": self.last_day.data if suspended else None,
        }


class KeepForm(Form):
    """What came of a promise."""

    outcome = words(_l("Wat kwam eruit?"), LONGEST_REASON, needed=_l("Schrijf kort op wat eruit kwam."))
    done_on = DayField(_l("Op welke dag?"), [InputRequired(_l("Kies de dag waarop het was.")), has_been])
    again = BooleanField(_l("Plan de volgende keer"))


class MoveForm(Form):
    """Another day or another owner."""

    owner = SelectField(_l("Wie doet het?"), choices=[], invalid_choice_message=_gone)
    due_on = DayField(_l("Voor welke dag?"), [InputRequired(_l("Kies voor welke dag."))])
    reason = words(_l("Waarom verandert het?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom je dit verandert."))

    def offer(self, owners: dict[UUID, str], stands: date) -> None:
        """Let somebody choose from who may read it; `stands` is the day for which it was promised."""
        self.owner.choices = _choices(owners)
        self.stands = stands

    def validate_due_on(self, field: DayField) -> None:
        """Another day is one to come; who takes over what is late leaves it late."""
        if field.data is not None and field.data != self.stands:
            _not_past(field)


class WaiveForm(Form):
    """Why a promise need not be kept."""

    waived = words(
        _l("Waarom hoeft het niet meer?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom dit niet meer hoeft.")
    )


class ParentsForm(Form):
    """Whose parents heard it, when and how."""

    child = SelectField(_l("Van wie zijn de ouders?"), choices=[], invalid_choice_message=_gone)
    informed_on = DayField(_l("Op welke dag?"), [InputRequired(_l("Kies de dag waarop het was.")), has_been])
    how = RadioField(
        _l("Hoe hoorden ze het?"),
        choices=[SelectChoice(code, label) for code, label in INFORMED_LABELS.items()],
        validators=[InputRequired(_l("Kies hoe de ouders het hoorden."))],
        invalid_choice_message=_gone,
    )
    remark = words(_l("Wat zeiden ze?"), LONGEST_REASON)

    def offer(self, children: dict[UUID, str]) -> None:
        """Let somebody choose from the pupils who were in it."""
        self.child.choices = _choices(children)


class CloseForm(Form):
    """How it ended; and when nothing was done, why nothing was needed."""

    conclusion = words(_l("Hoe is het afgelopen?"), LONGEST_REASON, needed=_l("Schrijf kort op hoe het is afgelopen."))
    nothing_needed = words(
        _l("Waarom is geen vervolgactie nodig?"),
        LONGEST_REASON,
        description=_l("Alleen als er geen vervolgactie was."),
    )


class ReopenForm(Form):
    """Why a closed incident is opened again."""

    reopening = words(
        _l("Waarom moet het weer open?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom het weer open moet.")
    )


def _not_past(field: DayField) -> None:
    if field.data is not None and field.data < today():
        raise ValidationError(_("Kies vandaag of een dag die nog komt."))


def _choices(names: dict[UUID, str]) -> list[SelectChoice]:
    return [SelectChoice(each.hex, name) for each, name in names.items()]
