"""The form that asks for whom a chronology is, why, and how much of it goes along."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from intranet.chronology.levels import FOR_LEVEL, LEVELS, RECIPIENTS, levels_for
from intranet.chronology.subjects import About
from intranet.forms import Form


class HandOutForm(Form):
    # The form is sent twice: to see what leaves, and to let it leave. Each file is one of its own.
    once = None
    level = RadioField(_l("Hoeveel staat erin?"), [InputRequired(_l("Kies hoeveel erin staat."))])
    recipient = SelectField(
        _l("Voor wie is het?"),
        [InputRequired(_l("Kies voor wie het is."))],
        choices=[SelectChoice(code, label) for code, label in RECIPIENTS.items()],
    )
    recipient_name = StringField(_l("Wie krijgt het?"), [DataRequired(_l("Vul in wie het krijgt.")), Length(max=120)])
    reason = TextAreaField(
        _l("Waarom geef je dit?"),
        [DataRequired(_l("Schrijf kort op waarom je dit geeft.")), Length(max=500)],
        description=_l("Dit staat voorop en in het logboek. Noem geen ander kind."),
    )
    home = BooleanField(_l("Ook zorgen over thuis"))
    staff = BooleanField(_l("Ook meldingen over een medewerker"))

    def __init__(self, about: About, **options: Any):
        super().__init__(**options)
        self.level.choices = [SelectChoice(code, LEVELS[code]) for code in levels_for(about)]

    def validate_recipient(self, field: SelectField) -> None:
        if self.level.data in FOR_LEVEL and field.data not in FOR_LEVEL[self.level.data]:
            raise ValidationError(_("Deze ontvanger past niet bij wat erin staat. Kies een andere."))
