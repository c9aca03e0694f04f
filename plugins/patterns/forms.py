"""What people fill in: a measure, its evaluation, a quiet week, a rule, and what was done with a warning."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from intranet.api import DayField, Form, current_actor, current_school, incident_words, is_to_come, roster

from . import reading
from .events import ADJUST, IN_A_SIGNAL, INCIDENT, MOST_DAYS, MOST_TIMES, PUPIL_VICTIM, SIGNAL, SOURCES, WHO
from .words import LOOKED_LABELS, NOTICED, OUTCOME_LABELS, SOURCE_LABELS, WHO_LABELS

LONGEST = 2_000
_too_long = _l("Dit is te lang. Kort het in.")


def _words(label: Any, needed: Any, description: Any = None) -> TextAreaField:
    checks = [DataRequired(needed), Length(max=LONGEST, message=_too_long)]
    return TextAreaField(label, checks, description=description or "")


class MeasureForm(Form):
    text = _words(
        _l("Wat gaan jullie doen?"),
        _l("Schrijf op wat jullie gaan doen."),
        _l("Eén ding, zo klein dat je het morgen kunt doen. Zet hier geen namen van kinderen."),
    )
    group = SelectField(_l("Voor welke groep?"), [Optional()], description=_l("Dan zie je hier ook de cijfers ervan."))
    owner_id = SelectField(_l("Wie let erop?"), [InputRequired(_l("Kies wie erop let."))])
    evaluate_on = DayField(
        _l("Wanneer kijken jullie of het werkt?"),
        [InputRequired(_l("Kies wanneer jullie kijken of het werkt.")), is_to_come],
    )

    def __init__(self, *, of_record: bool = False, **options: Any):
        super().__init__(**options)
        people = roster(current_school())
        staff = people.present("staff")
        self.group.choices = [SelectChoice("", _("De hele school"))]
        self.group.choices += [
            SelectChoice(each.group_id.hex, each.name) for each in people.groups.values() if each.open
        ]
        if not of_record:
            # A pattern says itself what it is about.
            del self.group
        if self.owner_id.data is None:
            self.owner_id.data = current_actor().hex if current_actor() else None
        self.owner_id.choices = [SelectChoice(each.person_id.hex, each.full) for each in staff]


class EvaluationForm(Form):
    outcome = RadioField(
        _l("Werkt het?"),
        [InputRequired(_l("Kies of de maatregel werkt."))],
        choices=[SelectChoice(code, label) for code, label in OUTCOME_LABELS.items()],
    )
    conclusion = _words(_l("Waaraan zie je dat?"), _l("Schrijf kort op waaraan jullie dat zien."))
    next_on = DayField(
        _l("Wanneer kijken jullie weer?"),
        [Optional(), is_to_come],
        description=_l("Laat leeg als de maatregel klaar is."),
    )

    def validate_outcome(self, field: Any) -> None:
        if field.data == ADJUST and not self.next_on.data:
            raise ValidationError(_("Kies onderaan ook wanneer jullie kijken of het nu wel werkt."))


class QuietWeekForm(Form):
    group = SelectField(_l("Over wie gaat het?"), choices=[])
    monday = RadioField(_l("Welke week?"), [InputRequired(_l("Kies welke week."))], choices=[])
    looked = SelectMultipleField(
        _l("Hoe keken jullie?"),
        [DataRequired(_l("Kies hoe jullie keken."))],
        choices=[SelectChoice(code, label) for code, label in LOOKED_LABELS.items()],
    )

    def offer(self, groups: Iterable[tuple[str, str]], weeks: Iterable[tuple[str, str]]) -> None:
        """Let somebody choose from these groups and weeks."""
        self.group.choices = [SelectChoice(code, label) for code, label in groups]
        self.monday.choices = [SelectChoice(code, label) for code, label in weeks]


class RuleForm(Form):
    source = RadioField(
        _l("Wat telt mee?"),
        [InputRequired(_l("Kies wat de regel telt."))],
        choices=[SelectChoice(code, SOURCE_LABELS[code]) for code in SOURCES],
        default=INCIDENT,
    )
    who = RadioField(
        _l("Waarschuw als"),
        [InputRequired(_l("Kies waarover de regel gaat."))],
        choices=[SelectChoice(code, WHO_LABELS[code]) for code in WHO],
        default=PUPIL_VICTIM,
    )
    kinds = SelectMultipleField(
        _l("Bij wat?"),
        [Optional()],
        choices=[
            SelectChoice(each.code, each.label)
            for each in incident_words.KINDS
            if incident_words.STAFF_MATTER not in each.marks
        ]
        + [SelectChoice(code, label) for code, label in NOTICED.items()],
        description=_l("Kies niets: dan telt alles."),
    )
    times = IntegerField(
        _l("Hoe vaak?"),
        [
            InputRequired(_l("Vul in hoe vaak.")),
            NumberRange(2, MOST_TIMES, _l("Kies een aantal van 2 tot en met 20.")),
        ],
        default=3,
    )
    days = IntegerField(
        _l("In hoeveel schooldagen?"),
        [
            InputRequired(_l("Vul in hoeveel schooldagen.")),
            NumberRange(1, MOST_DAYS, _l("Kies 1 tot en met 60 schooldagen.")),
        ],
        default=10,
    )

    def __init__(self, **options: Any):
        super().__init__(**options)
        if not reading.reads_all(SIGNAL):
            # Whom a signal is about is not told to who may not read it, by a warning neither.
            del self.source

    def validate_source(self, field: Any) -> None:
        if field.data != INCIDENT and self.who.data not in IN_A_SIGNAL:
            raise ValidationError(_("In een signaal staat geen plek en geen rol. Kies dan incidenten."))

    @property
    def counted(self) -> str:
        """What the rule counts: for who may not read every signal, incidents."""
        return INCIDENT if self.source is None else str(self.source.data)


class SwitchOffForm(Form):
    reason = _words(_l("Waarom zet je deze regel uit?"), _l("Schrijf kort op waarom je de regel uitzet."))


class HandleForm(Form):
    note = _words(
        _l("Wat deden jullie?"),
        _l("Schrijf kort op wat jullie deden."),
        _l("Zoals: besproken met de leerkracht, gesprek gepland."),
    )
