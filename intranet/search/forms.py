"""The search box."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from intranet.api import Form


class SearchForm(Form):
    q = StringField(
        _l("Zoek op naam of woord"),
        [
            DataRequired(_l("Typ wat je zoekt.")),
            Length(min=2, max=100, message=_l("Typ 2 tot 100 tekens.")),
        ],
    )
