"""What people fill in: how to divide a group, its teams, a game, and how it went."""

import re
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from intranet.api import Form, Name

from . import choices
from .balancing import MUCH, NONE, NOTICED, SOME
from .events import FEWEST_TEAMS, MOST_CARDS, MOST_MINUTES, MOST_RULES, MOST_TEAMS
from .playing import BUTTON

NOTICED_LABELS = {MUCH: _l("vaak"), SOME: _l("soms"), NONE: _l("bijna nooit")}


def options_of(words: dict[str, Any]) -> list[SelectChoice]:
    """Return what can be chosen from a list of codes and their words."""
    return [SelectChoice(code, label) for code, label in words.items()]


class DivideForm(Form):
    """How many teams, and beside it what was noticed of each pupil: that is used here and kept nowhere."""

    number = IntegerField(
        _l("Hoeveel teams?"),
        [
            InputRequired(_l("Vul in hoeveel teams.")),
            NumberRange(FEWEST_TEAMS, MOST_TEAMS, _l("Kies 2 tot en met 8 teams.")),
        ],
        description=_l("Vier of vijf leerlingen in een team werkt het best."),
    )

    def noticed(self, pupils: list[Name]) -> dict[UUID, str]:
        """Return what was noticed of each pupil; nothing chosen counts as almost never."""
        said = {pupil.person_id: request.form.get(pupil.person_id.hex, NONE) for pupil in pupils}
        return {pupil: each if each in NOTICED else NONE for pupil, each in said.items()}


class TeamsForm(Form):
    """Which pupil is in which team, and which name each team chose."""

    def members(self, pupils: list[Name]) -> dict[UUID, int]:
        """Return the number of the team that was chosen for each pupil; 0 is no team."""
        said = {pupil.person_id: request.form.get(pupil.person_id.hex, "0") for pupil in pupils}
        return {pupil: int(each) for pupil, each in said.items() if each.isdigit() and len(each) == 1 and each != "0"}

    def names(self) -> dict[int, str]:
        """Return the name that was chosen for each team, by number."""
        chosen = {number: request.form.get(f"name-{number}") for number in range(1, MOST_TEAMS + 2)}
        return {number: name for number, name in chosen.items() if name}


class GameForm(Form):
    """A game in a lesson; on the playground there is no lesson to choose, and other rules fit."""

    lesson = RadioField(
        _l("Welke les?"),
        [InputRequired(_l("Kies een les."))],
        choices=options_of({code: label for code, label in choices.LESSONS.items() if code != choices.BREAK}),
    )
    phase = RadioField(_l("Welke fase?"), [InputRequired(_l("Kies een fase."))], choices=options_of(choices.PHASES))
    rules = SelectMultipleField(
        _l("Welke regels?"),
        [InputRequired(_l("Kies 1 tot en met 3 regels."))],
        choices=options_of(choices.RULES),
        description=_l("Hoogstens drie. Bedenk ze samen met de groep: wat wil je zien?"),
    )
    minutes = IntegerField(
        _l("Hoeveel minuten?"),
        [
            InputRequired(_l("Vul in hoeveel minuten.")),
            NumberRange(1, MOST_MINUTES, _l("Een spel duurt 1 tot en met 240 minuten.")),
        ],
    )
    cards = IntegerField(
        _l("Hoeveel kaarten krijgt elk team?"),
        [
            InputRequired(_l("Vul in hoeveel kaarten.")),
            NumberRange(1, MOST_CARDS, _l("Geef elk team 1 tot en met 10 kaarten.")),
        ],
        default=4,
    )
    reward = RadioField(
        _l("Welke beloning spreken jullie af?"),
        [InputRequired(_l("Spreek vooraf een beloning af."))],
        choices=options_of(choices.REWARDS),
        description=_l("Klein, en meteen na het spel. Elk team met een kaart over krijgt die."),
    )

    def __init__(self, variant: str, **usual: Any):
        super().__init__(**usual)
        self.variant = variant
        if variant == choices.PLAYGROUND:
            del self.lesson
            fitting = {code: label for code, label in choices.RULES.items() if code in choices.PLAYGROUND_RULES}
            self.rules.choices = options_of(fitting)

    @property
    def agreed(self) -> dict[str, Any]:
        """Return all that was agreed on."""
        lesson = {"lesson": choices.BREAK} if self.variant == choices.PLAYGROUND else {}
        return {**self.values, **lesson, "variant": self.variant, "rules": tuple(self.rules.data)}

    def validate_rules(self, field: Any) -> None:
        if len(field.data or ()) > MOST_RULES:
            raise ValidationError(_("Kies 1 tot en met 3 regels."))


class PressForm(Form):
    """One button of a game; which one stands on the button itself."""

    button: re.Match[str]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also find out which button it is; a page that stood open for long can have another."""
        said = BUTTON.fullmatch(request.form.get("pressed", ""))
        if said is None:
            self.form_errors.append(_("Deze knop is er niet. Kies een knop die nu op deze pagina staat."))
            return False
        self.button = said
        return super().validate(extra_validators)


class EvaluationForm(Form):
    went = RadioField(_l("Hoe ging het?"), [InputRequired(_l("Kies hoe het ging."))], choices=options_of(choices.WENT))
    reward_given = BooleanField(_l("De beloning is gegeven"), default=True)
    note = TextAreaField(
        _l("Wat neem je mee naar het volgende spel?"),
        [Optional(), Length(max=500, message=_l("Dit is te lang. Kort het in."))],
        description=_l("Eén zin over de groep. Zet hier geen namen van kinderen."),
    )
