"""What people fill in about the rules of a law: which count, what was reported, and the yearly evaluation."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from intranet.api import DayField, Form, SchoolYear, has_been, today
from intranet.incidents.forms import LONGEST_REASON, LONGEST_TEXT, words
from intranet.incidents.kinds import SEVERITY_LABELS, kind_of
from intranet.law.events import LONGEST_NOTICE, SOURCES
from intranet.law.rule_sets import Rules, RuleSet

TRY, ON = "try", "on"
MONTHS = range(8, 13)
_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")

SOURCE_LABELS = {
    "incidents": _l("Incidenten"),
    "signals": _l("Signalen"),
    "complaints": _l("Klachten"),
    "pupil_monitor": _l("De monitor onder leerlingen"),
    "staff_survey": _l("Wat medewerkers vinden"),
    "council": _l("De MR"),
    "pupil_council": _l("De leerlingenraad"),
}


class RulesForm(Form):
    """Which rules count and from when; `step` tells whether somebody looks first or switches on."""

    # Not a hidden field: the button that is pressed says it, and what stands before it in the form would win.
    step = RadioField(choices=[SelectChoice(each) for each in (TRY, ON)], default=TRY, invalid_choice_message=_gone)
    since = DayField(_l("Vanaf welke dag gelden ze?"), [InputRequired(_l("Kies vanaf welke dag."))])
    always_serious = SelectMultipleField(_l("Altijd ernstig"), validate_choice=True)
    serious_from = RadioField(
        _l("De andere: ernstig vanaf"),
        [InputRequired(_l("Kies vanaf welke ernst."))],
        choices=[SelectChoice(str(level), label) for level, label in SEVERITY_LABELS.items()],
    )
    notice_days = IntegerField(
        _l("Melden binnen hoeveel schooldagen?"),
        [
            InputRequired(_l("Kies 1 tot en met 20 schooldagen.")),
            NumberRange(1, LONGEST_NOTICE, _l("Kies 1 tot en met 20 schooldagen.")),
        ],
    )
    evaluation_month = SelectField(
        _l("Evaluatie klaar in"),
        choices=[
            SelectChoice(str(month), label)
            for month, label in zip(
                MONTHS, (_l("augustus"), _l("september"), _l("oktober"), _l("november"), _l("december")), strict=True
            )
        ],
        invalid_choice_message=_gone,
    )
    reason = TextAreaField(
        _l("Waarom?"),
        [Length(max=LONGEST_REASON, message=_l("Dit is te lang. Kort het in tot %(max)d tekens.", max=LONGEST_REASON))],
    )

    def offer(self, rule_set: RuleSet) -> None:
        """Let somebody choose from the kinds that the rule set names."""
        self.always_serious.choices = [SelectChoice(code, kind_of(code).label) for code in rule_set.categories]

    def validate_since(self, field: DayField) -> None:
        """Refuse a year that was mistyped."""
        if field.data is not None and abs((field.data - today()).days) > 3_660:
            raise ValidationError(_("Kijk of het jaar klopt."))

    def validate_reason(self, field: Any) -> None:
        """Looking needs no reason; switching on does."""
        if self.step.data == ON and not (field.data or "").strip():
            raise ValidationError(_("Schrijf kort op waarom je dit doet."))

    @property
    def rules(self) -> Rules:
        """The rules as they were chosen."""
        return Rules(
            frozenset(self.always_serious.data or ()),
            int(self.serious_from.data),
            self.notice_days.data,
            int(self.evaluation_month.data),
        )


class OffForm(Form):
    """Why the rules count no longer."""

    stopping = words(_l("Waarom?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom je dit doet."))


class NoticeForm(Form):
    """When the inspectorate was told."""

    sent_on = DayField(_l("Op welke dag gemeld?"), [InputRequired(_l("Kies op welke dag.")), has_been])
    remark = words(_l("Wat wil je erbij bewaren?"), LONGEST_REASON)


class EvaluationForm(Form):
    """The evaluation of a school year."""

    begins = SelectField(_l("Over welk schooljaar?"), choices=[], invalid_choice_message=_gone)
    sources = SelectMultipleField(
        _l("Waarop baseren jullie je?"),
        [InputRequired(_l("Kies waarop jullie je baseren."))],
        choices=[SelectChoice(code, SOURCE_LABELS[code]) for code in SOURCES],
    )
    conclusions = words(_l("Wat concluderen jullie?"), LONGEST_TEXT, needed=_l("Schrijf op wat jullie concluderen."))
    measures = words(_l("Wat gaan jullie anders doen?"), LONGEST_TEXT)
    council_on = DayField(_l("Besproken met de MR op"), [Optional(), has_been])
    board_on = DayField(_l("Vastgesteld door het bestuur op"), [Optional(), has_been])

    def offer(self, waiting: Iterable[SchoolYear]) -> None:
        """Let somebody choose from this school year, the one before, and those that wait for an evaluation."""
        year = SchoolYear.of(today())
        years = sorted({year.previous, year, *waiting})
        self.begins.choices = [SelectChoice(str(each.begins), str(each)) for each in years]
