"""The forms about a suspicion of staff: telling the board, and the steps that the board records."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from intranet.api import DayField, Form, has_been, today
from intranet.incidents.fields import PeopleField
from intranet.incidents.forms import LONGEST_REASON, LONGEST_TEXT, words
from intranet.staff_matters.commands import ABOUT_YOURSELF
from intranet.staff_matters.kinds import INFORMED_LABELS, MEASURE_LABELS

_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")
_when = _l("Kies de dag.")


class StaffMatterForm(Form):
    """What somebody saw or heard, and about whom; it goes to the board."""

    mentions: tuple[str, ...] = ()

    asked = HiddenField(default="1")
    named = PeopleField(
        _l("Om welke medewerker gaat het?"),
        description=_l("Typ twee letters van de naam. Wie je hier kiest, ziet deze melding niet."),
    )
    named_otherwise = StringField(
        _l("Staat die persoon er niet bij?"),
        [Optional(), Length(max=200, message=_l("Dit is te lang. Kort het in tot %(max)d tekens.", max=200))],
        description=_l("Bijvoorbeeld een vrijwilliger of stagiair. Schrijf op wie je bedoelt."),
    )
    unknown = BooleanField(_l("Ik weet niet om wie het gaat"))
    pupils = PeopleField(_l("Om welke leerling?"), description=_l("Typ twee letters van de naam. Mag leeg blijven."))
    happened_on = DayField(
        _l("Wanneer?"), [Optional(), has_been], description=_l("Weet je het niet, of was het vaker? Laat dit dan leeg.")
    )
    account = words(
        _l("Wat zag of hoorde je?"),
        LONGEST_TEXT,
        needed=_l("Schrijf op wat je zag of hoorde."),
        description=_l("Feiten en de woorden van het kind. Vraag het kind niet verder uit."),
    )

    def validate_named(self, field: PeopleField) -> None:
        """Somebody, or the statement that nobody is known."""
        if not field.data and not self.named_otherwise.data and not self.unknown.data:
            raise ValidationError(_("Kies om wie het gaat, of zet het vinkje dat je het niet weet."))
        if current_user.person_id.hex in field.data:
            raise ValidationError(ABOUT_YOURSELF)

    @property
    def facts(self) -> dict[str, Any]:
        """Return what a valid form says, without its words."""
        return {
            "named": [UUID(each) for each in self.named.data],
            "named_otherwise": self.named_otherwise.data or "",
            "unknown": self.unknown.data,
            "pupils": [UUID(each) for each in self.pupils.data],
            "happened_on": self.happened_on.data,
        }


class AddForm(Form):
    """What became known later."""

    text = words(_l("Wat wil je toevoegen?"), LONGEST_TEXT, needed=_l("Schrijf op wat je wilt toevoegen."))


class NameForm(Form):
    """Other members of staff whom it is about."""

    people = PeopleField(
        _l("Om wie gaat het ook?"),
        description=_l("Wie je kiest, ziet deze melding vanaf nu niet meer. Dat wordt vastgelegd."),
    )

    def validate_people(self, field: PeopleField) -> None:
        """At least one person."""
        if not field.data:
            raise ValidationError(_("Kies om wie het ook gaat."))


class StepForm(Form):
    """A step of the law has the day on which it was taken."""

    on = DayField(_l("Wanneer?"), [InputRequired(_when), has_been], default=lambda: today())


class InspectorForm(StepForm):
    """What the confidential inspector advised."""

    advice = words(
        _l("Wat was het advies?"), LONGEST_TEXT, needed=_l("Schrijf op wat de vertrouwensinspecteur adviseerde.")
    )


class JudgementForm(StepForm):
    """What the board decided; nothing is chosen beforehand."""

    reasonable = RadioField(
        _l("Is er een redelijk vermoeden?"),
        choices=[
            SelectChoice("yes", _l("Ja, er is een redelijk vermoeden")),
            SelectChoice("no", _l("Nee, het bestuur ziet geen redelijk vermoeden")),
        ],
        validators=[InputRequired(_l("Kies wat het bestuur besluit."))],
        invalid_choice_message=_gone,
    )
    reasons = words(
        _l("Waarom besluit het bestuur dit?"), LONGEST_TEXT, needed=_l("Schrijf op waarom het bestuur dit besluit.")
    )


class InformedForm(StepForm):
    """Who of those involved was told."""

    who = RadioField(
        _l("Wie is geïnformeerd?"),
        choices=[SelectChoice(code, label) for code, label in INFORMED_LABELS.items()],
        validators=[InputRequired(_l("Kies wie je hebt geïnformeerd."))],
        invalid_choice_message=_gone,
    )
    remark = words(_l("Wat is er gezegd?"), LONGEST_REASON)


class PoliceForm(StepForm):
    """Where a report to the police was made."""

    where = words(
        _l("Bij welke politie?"),
        LONGEST_REASON,
        needed=_l("Schrijf op bij welke politie de aangifte is gedaan."),
        description=_l("Noem ook het nummer van de aangifte, als je dat hebt."),
    )


class MeasureForm(StepForm):
    """What the board does meanwhile."""

    measure = RadioField(
        _l("Wat doet het bestuur?"),
        choices=[SelectChoice(code, label) for code, label in MEASURE_LABELS.items()],
        validators=[InputRequired(_l("Kies wat het bestuur doet."))],
        invalid_choice_message=_gone,
    )
    agreed = words(_l("Wat is er afgesproken?"), LONGEST_REASON, needed=_l("Schrijf kort op wat er is afgesproken."))


class CloseMatterForm(Form):
    """Why it is done."""

    closing = words(_l("Waarom is dit klaar?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom dit klaar is."))


class ReopenMatterForm(Form):
    """Why it is opened again."""

    reopening = words(
        _l("Waarom moet dit weer open?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom dit weer open moet.")
    )
