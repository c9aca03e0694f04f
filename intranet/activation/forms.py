"""The form with which a plugin is switched."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from intranet.api import Form


class SwitchForm(Form):
    reason = StringField(
        _l("Waarom?"),
        [
            DataRequired(_l("Schrijf kort op waarom je dit doet.")),
            Length(max=300, message=_l("Maak het korter: 300 tekens is genoeg.")),
        ],
        description=_l("De reden staat later in de controle."),
    )
