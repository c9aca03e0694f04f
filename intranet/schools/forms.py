"""The form of a school's own settings."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, Regexp, ValidationError

from intranet.api import Form
from intranet.schools.events import LATEST_CLIMB, LONGEST_CASE_TERM, REGIONS

REGION_NAMES = {"noord": _l("Noord"), "midden": _l("Midden"), "zuid": _l("Zuid")}


class SchoolForm(Form):
    """What a school is called, and where it belongs."""

    name = StringField(
        _l("Naam van de school"),
        [DataRequired(_l("Vul een naam in.")), Length(max=120, message=_l("Dit is te lang."))],
    )
    brin = StringField(
        _l("BRIN"),
        [
            Optional(),
            Regexp(r"^\d{2}[A-Za-z]{2}$", message=_l("Een BRIN is twee cijfers en twee letters, zoals 99ZZ.")),
        ],
        description=_l("Het nummer van je school. Zo weigeren we een bestand van een andere school."),
    )
    holiday_region = RadioField(
        _l("Vakantieregio"),
        [Optional()],
        choices=[SelectChoice(region, REGION_NAMES[region]) for region in REGIONS],
    )


def _school_days(label: Any) -> IntegerField:
    wrong = _l("Kies 1 tot en met 40 schooldagen.")
    return IntegerField(label, [InputRequired(wrong), NumberRange(1, LATEST_CLIMB, wrong)])


class ClimbingForm(Form):
    """After how many school days a broken promise climbs."""

    coordinator = _school_days(_l("Na hoeveel schooldagen naar de coördinator?"))
    director = _school_days(_l("Na hoeveel schooldagen naar de directeur?"))

    def validate_director(self, field: Any) -> None:
        """Refuse a director who would hear it before the coordinator."""
        if field.data is not None and self.coordinator.data is not None and field.data < self.coordinator.data:
            raise ValidationError(_l("De coördinator komt eerst. Kies hier evenveel dagen of meer."))


class CaseTermForm(Form):
    """After how many weeks a case is evaluated."""

    weeks = IntegerField(
        _l("Na hoeveel weken kijk je terug?"),
        [
            InputRequired(_l("Kies 1 tot en met 26 weken.")),
            NumberRange(1, LONGEST_CASE_TERM, _l("Kies 1 tot en met 26 weken.")),
        ],
    )
