"""What somebody chooses to get by mail, and when."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from intranet.api import Form
from intranet.notices.delivery import NEVER
from intranet.notices.kinds import KINDS
from intranet.notices.mail import IN_MAIL

HOURS = (7, 8, 12, 16)


class MailForm(Form):
    """The hour of the daily mail, and which kinds are in it. What is urgent belongs to a duty and always comes."""

    hour = RadioField(
        _l("Hoe laat wil je de mail van de dag?"),
        choices=[
            *(SelectChoice(str(hour), f"{hour}.00") for hour in HOURS),
            SelectChoice(str(NEVER), _l("Geen mail van de dag")),
        ],
        validators=[InputRequired(_l("Kies een tijd."))],
    )
    kinds = SelectMultipleField(
        _l("Wat staat erin?"),
        choices=[SelectChoice(code, IN_MAIL[code]) for code in KINDS if code in IN_MAIL],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def switched_off(self) -> str:
        """Return the codes of the kinds that are not wanted."""
        wanted: Any = self.kinds.data or ()
        return " ".join(code for code in IN_MAIL if code not in wanted)
