"""The form of a school's own settings."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from intranet.api import Form
from intranet.schools.events import REGIONS

REGION_NAMES = {"noord": _l("Noord"), "midden": _l("Midden"), "zuid": _l("Zuid")}


class SchoolForm(Form):
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
