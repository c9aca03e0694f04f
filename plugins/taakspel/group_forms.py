"""What people fill in around the games of a group: an observation, what was agreed, and the reward of a week."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from intranet.api import DayField, Form, today

from . import choices
from .forms import options_of
from .group_events import MOST_BREACHES, MOST_LOOKS

_pick_day = _l("Kies een dag.")


class PlanObservationForm(Form):
    day = DayField(_l("Op welke dag?"), [InputRequired(_pick_day)])
    moment = RadioField(
        _l("Wanneer kijk je?"),
        [InputRequired(_l("Kies of je kijkt vóór of na het spelen."))],
        choices=options_of(choices.MOMENTS),
        description=_l("Vóór het spelen is: voordat de groep Taakspel kent. Zo zie je wat het spel doet."),
    )


class ObservationForm(Form):
    day = DayField(_l("Op welke dag keek je?"), [InputRequired(_pick_day)])
    lesson = RadioField(_l("Welke les?"), [InputRequired(_l("Kies een les."))], choices=options_of(choices.LESSONS))
    looks = IntegerField(
        _l("Hoe vaak keek je?"),
        [InputRequired(_l("Vul in hoe vaak je keek.")), NumberRange(1, MOST_LOOKS, _l("Kijk 1 tot en met 120 keer."))],
        description=_l("Kijk bijvoorbeeld elke minuut één keer rond."),
    )
    on_task = IntegerField(
        _l("Hoe vaak was de groep aan het werk?"),
        [
            InputRequired(_l("Vul in hoe vaak de groep aan het werk was.")),
            NumberRange(0, MOST_LOOKS, _l("De groep werkte hoogstens zo vaak als je keek.")),
        ],
    )
    breaches = IntegerField(
        _l("Hoe vaak zag je dat een regel niet werd gehouden?"),
        [
            InputRequired(_l("Vul in hoe vaak dat was. Nul mag ook.")),
            NumberRange(0, MOST_BREACHES, _l("Tel 0 tot en met 500 keer.")),
        ],
        description=_l("Tel de hele groep samen. Wie het was, schrijf je nergens op."),
    )

    def validate_day(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Deze dag komt nog. Vul in wat je zag als je gekeken hebt."))

    def validate_on_task(self, field: Any) -> None:
        if field.data is not None and self.looks.data is not None and field.data > self.looks.data:
            raise ValidationError(_("De groep werkte hoogstens zo vaak als je keek."))


class ConsultationForm(Form):
    day = DayField(_l("Op welke dag?"), [InputRequired(_pick_day)])
    phase = RadioField(
        _l("In welke fase is de groep?"), [InputRequired(_l("Kies een fase."))], choices=options_of(choices.PHASES)
    )
    agreements = TextAreaField(
        _l("Wat spraken jullie af?"),
        [
            InputRequired(_l("Schrijf op wat jullie afspraken.")),
            Length(max=2000, message=_l("Dit is te lang. Kort het in.")),
        ],
        description=_l("Over hoe jullie spelen. Zet hier geen namen van kinderen."),
    )
    look_back_on = DayField(_l("Wanneer kijken jullie terug?"), [Optional()])

    def validate_day(self, field: Any) -> None:
        if field.data and field.data > today():
            raise ValidationError(_("Deze dag komt nog. Leg een consultatie vast als die geweest is."))

    def validate_look_back_on(self, field: Any) -> None:
        if field.data and self.day.data and field.data <= self.day.data:
            raise ValidationError(_("Kijk terug op een dag na de consultatie."))


class KeptForm(Form):
    kept = RadioField(
        _l("Wat kwam er van de afspraken?"),
        [InputRequired(_l("Kies wat er van de afspraken kwam."))],
        choices=options_of(choices.KEPT),
    )


class WeekForm(Form):
    reward = RadioField(
        _l("Welke weekbeloning spreken jullie af?"),
        [InputRequired(_l("Kies een weekbeloning uit de lijst."))],
        choices=options_of(choices.WEEK_REWARDS),
        description=_l("Elk team dat alle spellen van de week wint, krijgt die."),
    )
