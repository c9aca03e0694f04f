"""The form with which a record is shared."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from intranet.api import DayField, Form
from intranet.incidents.forms import LONGEST_REASON, words

_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


class ShareForm(Form):
    """A colleague who may read it, until which day, and why."""

    colleague = SelectField(
        _l("Met wie deel je dit?"), [InputRequired(_l("Kies een collega."))], choices=[], invalid_choice_message=_gone
    )
    until = DayField(
        _l("Tot en met"),
        [InputRequired(_l("Kies tot wanneer je collega dit mag lezen."))],
        description=_l("Daarna ziet je collega dit niet meer. Hooguit drie maanden."),
    )
    reason = words(
        _l("Waarom moet je collega dit lezen?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom je collega dit moet lezen."),
        description=_l("Iedereen die dit mag lezen, ziet je reden."),
    )

    def offer(self, colleagues: Mapping[UUID, str]) -> None:
        """Let somebody choose from these people."""
        self.colleague.choices = [
            SelectChoice("", _("Kies een collega")),
            *(SelectChoice(person.hex, name) for person, name in colleagues.items()),
        ]
