"""What people fill in about an item."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from intranet.api import DayField, Form, current_school, has_been, roster
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from .events import PLACES

PLACE_NAMES = {
    "classroom": _l("in de klas"),
    "corridor": _l("op de gang"),
    "playground": _l("op het plein"),
    "gym": _l("in de gymzaal"),
    "elsewhere": _l("ergens anders"),
}


class RecordForm(Form):
    what = StringField(
        _l("Wat is het?"),
        [DataRequired(_l("Schrijf op wat het is.")), Length(max=200, message=_l("Maak het korter."))],
        description=_l("Bijvoorbeeld: een blauwe jas met een gat in de mouw."),
    )
    place = RadioField(
        _l("Waar was het?"),
        [InputRequired(_l("Kies een plek."))],
        choices=[SelectChoice(place, PLACE_NAMES[place]) for place in PLACES],
    )
    found_on = DayField(_l("Wanneer?"), [InputRequired(_l("Vul een dag in.")), has_been])


class HandBackForm(Form):
    person = SelectField(_l("Van wie is het?"), [InputRequired(_l("Kies een leerling."))])

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.person.choices = [SelectChoice("", _l("Kies een leerling"))]
        for pupil in roster(current_school()).present("pupil"):
            self.person.choices.append(SelectChoice(pupil.person_id.hex, f"{pupil.full} ({pupil.group or '–'})"))

    @property
    def person_id(self) -> UUID:
        return UUID(self.person.data)


class SettingsForm(Form):
    keep_weeks = IntegerField(
        _l("Hoeveel weken bewaren jullie iets?"),
        [InputRequired(_l("Vul een aantal weken in.")), NumberRange(1, 52, _l("Kies 1 tot en met 52 weken."))],
        default=8,
    )
