"""The forms about a signal: writing one down, and what is done with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from events.signal import THE_WRITER
from intranet.api import Form
from intranet.incidents.fields import PeopleField
from intranet.incidents.forms import LONGEST_REASON, LONGEST_TEXT, OfGroup, WhenItHappened, words
from intranet.signals.kinds import (
    BULLYING,
    CHOICES,
    CONCERN,
    HOME,
    MARK_LABELS,
    PARTNER_LABELS,
    POSITIVE,
    SOURCE_LABELS,
)

_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


class SignalForm(OfGroup, WhenItHappened):
    """One page on a phone: what it is and one sentence are enough."""

    mentions: Sequence[str] = ()

    noticed = RadioField(
        _l("Wat is het?"),
        choices=[SelectChoice(choice.code, choice.label) for choice in CHOICES],
        validators=[InputRequired(_l("Kies wat het is."))],
        invalid_choice_message=_gone,
    )
    marks = SelectMultipleField(
        _l("Is het een van deze?"),
        choices=[SelectChoice(code, label) for code, label in MARK_LABELS.items()],
        invalid_choice_message=lambda _number: str(_gone),
    )
    people = PeopleField(
        _l("Over wie gaat het?"), description=_l("Typ twee letters van de naam. Niemand kiezen mag ook.")
    )
    account = words(
        _l("Wat zag of hoorde je?"),
        LONGEST_TEXT,
        needed=_l("Schrijf op wat je zag of hoorde."),
        description=_l("Feiten en de woorden van het kind. Met @ noem je iemand."),
    )
    source = SelectField(
        _l("Wie zag of hoorde het?"),
        choices=[SelectChoice(code, label) for code, label in SOURCE_LABELS.items()],
        default=THE_WRITER,
        invalid_choice_message=_gone,
    )
    on_behalf_of = StringField(
        _l("Naam van wie het zag"),
        [Optional(), Length(max=200, message=_l("Dit is te lang. Kort het in tot %(max)d tekens.", max=200))],
        description=_l("Alleen als die persoon dat goed vindt."),
    )

    def validate_marks(self, field: SelectMultipleField) -> None:
        """What goes well is no suspicion."""
        if field.data and self.noticed.data == POSITIVE:
            raise ValidationError(_("Iets moois is geen zorg. Kies een van de twee."))

    def validate_on_behalf_of(self, field: StringField) -> None:
        """Beside what the writer saw there is nobody else's name."""
        if field.data and self.source.data == THE_WRITER:
            raise ValidationError(_("Zag je het zelf? Dan hoort er geen andere naam bij."))

    @property
    def facts(self) -> dict[str, Any]:
        """Return what a valid form says, without its words; the part of the day is only a way to choose the time."""
        marks = self.marks.data or ()
        positive = self.noticed.data == POSITIVE
        return {
            "kind": CONCERN if self.noticed.data == CONCERN else "observation",
            "positive": positive,
            "source": self.source.data,
            "on_behalf_of": self.on_behalf_of.data or None,
            "people": [UUID(each) for each in self.people.data],
            "group_id": self.group_id,
            "happened_at": self.happened_at,
            "bullying": BULLYING in marks,
            "home_signs": HOME in marks,
        }


class TalkForm(Form):
    """With whom somebody talked, and what came of it."""

    partner = RadioField(
        _l("Met wie?"),
        choices=[SelectChoice(code, label) for code, label in PARTNER_LABELS.items()],
        validators=[InputRequired(_l("Kies met wie er gepraat is."))],
        invalid_choice_message=_gone,
    )
    talk = words(
        _l("Wat is er besproken?"), LONGEST_TEXT, needed=_l("Schrijf kort op wat er besproken is."),
        description=_l("Met @ noem je iemand."),
    )  # fmt: skip


class SupportTeamForm(Form):
    """What the support team is asked."""

    question = words(
        _l("Wat vraag je aan het ondersteuningsteam?"),
        LONGEST_REASON,
        needed=_l("Schrijf op wat je aan het ondersteuningsteam vraagt."),
    )


class EscalateForm(Form):
    """Why the director has to know."""

    escalation = words(
        _l("Waarom moet de directeur dit weten?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom de directeur dit moet weten."),
        description=_l("De directeur leest dit signaal dan mee."),
    )


class CloseSignalForm(Form):
    """Why it is done."""

    closing = words(
        _l("Waarom is dit klaar?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom dit signaal klaar is."),
        description=_l("Wie het meldde, leest dat het klaar is. Je reden leest die niet."),
    )


class ReopenSignalForm(Form):
    """Why it is opened again."""

    reopening = words(
        _l("Waarom moet dit weer open?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom dit signaal weer open moet."),
    )
