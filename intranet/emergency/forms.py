"""The forms of emergency access: opening it with a reason and proof of who you are, ending it, reviewing it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from intranet.api import Form
from intranet.incidents.forms import LONGEST_REASON, words

from .events import SHORTEST_REASON


class OpenForm(Form):
    """Why somebody has to read this now, and that it is they who ask."""

    reason = words(
        _l("Waarom heb je dit nu nodig?"),
        LONGEST_REASON,
        needed=_l("Schrijf in een hele zin op waarom je dit nu moet lezen."),
        description=_l("De directeur leest dit meteen, en beoordeelt het achteraf."),
    )
    password = PasswordField(_l("Je wachtwoord"), [InputRequired(_l("Vul je wachtwoord in."))])
    code = StringField(
        _l("Code uit je app"), [InputRequired(_l("Vul de code in.")), Length(max=40, message=_l("Dit is te lang."))]
    )

    def __init__(self, *, password: bool, code: bool, **more: Any):
        super().__init__(**more)
        if not password:
            del self.password
        if not code:
            del self.code

    def validate_reason(self, field: Any) -> None:
        """A word is no reason: who reviews it has only this sentence."""
        if field.data and len(field.data) < SHORTEST_REASON:
            raise ValidationError(str(_l("Schrijf in een hele zin op waarom je dit nu moet lezen.")))


class EndForm(Form):
    """Which emergency access ends."""

    access = HiddenField(validators=[InputRequired(_l("Kies welke noodtoegang moet stoppen."))])


class VerdictForm(Form):
    """What somebody else thinks of it afterwards."""

    verdict = RadioField(
        _l("Was dit terecht?"),
        choices=[SelectChoice("justified", _l("Terecht")), SelectChoice("not_justified", _l("Niet terecht"))],
        validators=[InputRequired(_l("Kies of dit terecht was."))],
    )
    remark = words(
        _l("Waarom vind je dat?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom je dit vindt."),
        description=_l("Je collega kan dit lezen."),
    )
