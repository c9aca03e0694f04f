"""The one field of a screen: the code that opens it."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from intranet.api import Form


class ScreenForm(Form):
    code = StringField(
        _l("Code"),
        [
            DataRequired(_l("Typ de code die op je eigen scherm staat.")),
            Length(max=20, message=_l("Deze code is te lang.")),
        ],
        description=_l("Acht letters en cijfers. Hoofdletters maken niet uit."),
    )
