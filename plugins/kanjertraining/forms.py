"""What people fill in: programmes, a year plan, a lesson, licences, KanVAS windows, agreements and themes."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from intranet.api import (
    DayField,
    Form,
    Name,
    SchoolYear,
    UnreadableFile,
    current_actor,
    current_school,
    has_been,
    roster,
)

from . import lesson_file, reading
from .events import KINDS, OTHER, PREVENTIVE, REASONS, YEAR_GROUPS, Topic
from .planning import EVENLY, PACES
from .school_events import AGREEMENT, LEVELS, WAVES
from .words import KIND_LABELS, LEVEL_LABELS, PACE_LABELS, REASON_LABELS, WAVE_LABELS, WEEKDAYS, weekday_label

LONGEST, LONGEST_LINE = 2_000, 200
_too_long = _l("Dit is te lang. Kort het in.")
_no_names = _l("Zet hier geen namen van kinderen.")
_pick_day = _l("Kies een dag.")


def _choices(labels: dict[str, Any], codes: Iterable[str]) -> list[SelectChoice]:
    return [SelectChoice(code, labels[code]) for code in codes]


def _year_groups(**options: Any) -> SelectMultipleField:
    checks = (
        [InputRequired(_l("Kies voor welke groepen het is."))] if not options.pop("optional", False) else [Optional()]
    )
    labels = [SelectChoice(year, year) for year in YEAR_GROUPS]
    return SelectMultipleField(_l("Voor welke jaargroepen?"), checks, choices=labels, **options)


def _staff_choices(nobody: str | None) -> list[SelectChoice]:
    staff = roster(current_school()).present("staff")
    return ([SelectChoice("", nobody)] if nobody else []) + [
        SelectChoice(each.person_id.hex, each.full) for each in staff
    ]


def id_or_none(text: str | None) -> UUID | None:
    """Return the id that a choice stands for, None for no choice."""
    return UUID(text) if text else None


class _WithTeacher(Form):
    teacher = SelectField(_l("Wie geeft de les?"), [Optional()])

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.teacher.choices = _staff_choices(_("Nog niet gekozen"))

    @property
    def teacher_id(self) -> UUID | None:
        return id_or_none(self.teacher.data)


class ProgrammeForm(Form):
    title = StringField(
        _l("Hoe heet het programma?"),
        [DataRequired(_l("Schrijf op hoe het programma heet.")), Length(max=120, message=_too_long)],
        description=_l("Zoals: kanjerlessen groep 5."),
    )
    year_groups = _year_groups()


class TopicForm(Form):
    number = IntegerField(
        _l("De hoeveelste les?"), [InputRequired(_l("Vul een getal in.")), NumberRange(1, 999, _l("Nummer vanaf 1."))]
    )
    title = StringField(
        _l("Hoe heet de les?"),
        [DataRequired(_l("Schrijf op hoe de les heet.")), Length(max=120, message=_too_long)],
        description=_l("In jullie eigen woorden. Zet hier geen namen van kinderen."),
    )
    material = StringField(
        _l("Welk materiaal?"),
        [Optional(), Length(max=LONGEST_LINE, message=_too_long)],
        description=_l("Zoals het hoofdstuk of het werkblad."),
    )
    themes = SelectMultipleField(_l("Welke thema’s komen aan bod?"), [Optional()])
    day = DayField(
        _l("Op welke dag?"), [Optional()], description=_l("Laat leeg als de dag bij elke groep anders mag zijn.")
    )

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.themes.choices = [SelectChoice(theme.hex, text) for theme, text in reading.themes().items()]

    @property
    def topic(self) -> Topic:
        themes = tuple(sorted(map(UUID, self.themes.data or ())))
        return Topic(self.number.data, self.title.data, self.material.data or None, themes, self.day.data)


class LessonFileForm(Form):
    """A file with lessons; reading it is part of checking the form, so a refusal stands at the field."""

    file = FileField(
        _l("Bestand met de lessen"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("CSV of Excel (.xlsx), hoogstens 2 MB."),
    )
    year_groups = _year_groups(
        optional=True, description=_l("Alleen nodig als er geen kolom met de groep in het bestand staat.")
    )
    read: lesson_file.LessonFile

    def __init__(self, year: SchoolYear, **options: Any):
        super().__init__(**options)
        self.year = year

    def validate_file(self, field: Any) -> None:
        if not field.data:
            return
        groups = tuple(sorted(set(self.year_groups.data or ()) & set(YEAR_GROUPS)))
        try:
            self.read = lesson_file.parse(field.data.stream.read(lesson_file.MAX_BYTES + 1), self.year, groups)
        except UnreadableFile as refused:
            raise ValidationError(refused.sentence) from None


class PlanForm(_WithTeacher):
    source = SelectField(_l("Waar komen de lessen vandaan?"), [InputRequired(_l("Kies een programma."))])
    pace = RadioField(
        _l("Hoe vaak?"),
        [InputRequired(_l("Kies hoe vaak."))],
        choices=_choices(PACE_LABELS, PACES),
        default=EVENLY,
    )
    weekday = RadioField(_l("Op welke dag van de week?"), [InputRequired(_pick_day)], default="2")
    first = DayField(
        _l("Vanaf wanneer?"),
        [InputRequired(_l("Kies vanaf wanneer."))],
        description=_l("Vakanties en studiedagen slaan we over."),
    )

    def __init__(self, sources: list[tuple[str, str]], **options: Any):
        super().__init__(**options)
        self.source.choices = [SelectChoice("", _("Kies een programma")), *(SelectChoice(*each) for each in sources)]
        self.weekday.choices = [SelectChoice(str(number), weekday_label(number)) for number in WEEKDAYS]


class MoveForm(_WithTeacher):
    day = DayField(_l("Naar welke dag?"), [InputRequired(_pick_day)])


class WeekForm(Form):
    """Where a lesson was dropped: the Monday of a week."""

    week = DayField(_l("Naar welke week?"), [InputRequired(_pick_day)])


class RepeatForm(_WithTeacher):
    day = DayField(_l("Op welke dag?"), [InputRequired(_pick_day)])


class ExtraLessonForm(_WithTeacher):
    kind = RadioField(
        _l("Wat voor les?"),
        [InputRequired(_l("Kies wat voor les het is."))],
        choices=_choices(KIND_LABELS, KINDS),
        default=PREVENTIVE,
    )
    topic = SelectField(_l("Welke les uit het programma?"), [Optional()])
    day = DayField(_l("Op welke dag?"), [InputRequired(_pick_day)])

    def __init__(self, topics: list[tuple[str, str]], **options: Any):
        super().__init__(**options)
        self.topic.choices = [
            SelectChoice("", _("Geen les uit het programma")),
            *(SelectChoice(*each) for each in topics),
        ]


class GiveForm(Form):
    day = DayField(_l("Wanneer was de les?"), [InputRequired(_pick_day), has_been])
    given_by = SelectField(_l("Wie gaf de les?"), [InputRequired(_l("Kies wie de les gaf."))])
    agreement = SelectField(_l("Welke kanjerafspraak stond centraal?"), [Optional()])
    themes = SelectMultipleField(_l("Welke thema’s kwamen aan bod?"), [Optional()])
    remark = TextAreaField(
        _l("Wat viel op?"),
        [Optional(), Length(max=LONGEST, message=_too_long)],
        description=_l("Over de groep, niet over één kind. Is er iets met een kind? Leg dan een signaal vast."),
    )

    def __init__(self, **options: Any):
        super().__init__(**options)
        me = current_actor()
        self.given_by.choices = _staff_choices(None)
        if self.given_by.data is None and me is not None:
            self.given_by.data = me.hex
        lines = [(each.hex, text) for each, _number, text in reading.lines(AGREEMENT)]
        self.agreement.choices = [SelectChoice("", _("Geen of meer dan één")), *(SelectChoice(*each) for each in lines)]
        self.themes.choices = [SelectChoice(theme.hex, text) for theme, text in reading.themes().items()]


class SkipForm(Form):
    reason = RadioField(
        _l("Waarom ging de les niet door?"),
        [InputRequired(_l("Kies waarom de les niet doorging."))],
        choices=_choices(REASON_LABELS, REASONS),
    )
    note = TextAreaField(_l("Toelichting"), [Optional(), Length(max=LONGEST, message=_too_long)], description=_no_names)

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.reason.data == OTHER and not (self.note.data or "").strip():
            self.note.errors = [*self.note.errors, _l("Schrijf kort op waarom de les niet doorging.")]
            return False
        return bool(valid)


class LicenceForm(Form):
    level = SelectField(
        _l("Welke licentie?"),
        [InputRequired(_l("Kies welke licentie het is."))],
        choices=_choices(LEVEL_LABELS, LEVELS),
    )
    issued_on = DayField(_l("Gehaald op"), [InputRequired(_pick_day)])
    valid_until = DayField(
        _l("Geldig tot en met"), [InputRequired(_pick_day)], description=_l("Zoals het op het bewijs staat.")
    )
    at_this_school = BooleanField(_l("De licentie staat op naam van deze school"), default=True)
    evidence = StringField(
        _l("Waar ligt het bewijs?"),
        [Optional(), Length(max=LONGEST_LINE, message=_too_long)],
        description=_l("Zoals: personeelsdossier, kast directie."),
    )

    def validate_valid_until(self, field: Any) -> None:
        if field.data and self.issued_on.data and field.data < self.issued_on.data:
            raise ValidationError(_l("De licentie eindigt voor zij begint."))


class NewLicenceForm(LicenceForm):
    person = SelectField(_l("Van wie?"), [InputRequired(_l("Kies een collega."))])

    def __init__(self, **options: Any):
        super().__init__(**options)
        self.person.choices = _staff_choices(_("Kies een collega"))


class WithdrawForm(Form):
    reason = StringField(
        _l("Waarom telt deze licentie niet meer?"),
        [
            DataRequired(_l("Schrijf kort op waarom de licentie niet meer telt.")),
            Length(max=LONGEST_LINE, message=_too_long),
        ],
    )


class WindowForm(Form):
    wave = RadioField(
        _l("Welke afname?"), [InputRequired(_l("Kies welke afname het is."))], choices=_choices(WAVE_LABELS, WAVES)
    )
    year_groups = _year_groups()
    first = DayField(_l("Eerste dag"), [InputRequired(_pick_day)])
    last = DayField(_l("Laatste dag"), [InputRequired(_pick_day)])

    def validate_last(self, field: Any) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("De laatste dag ligt voor de eerste."))


class LineForm(Form):
    text = StringField(
        _l("Hoe zeggen jullie het?"),
        [DataRequired(_l("Schrijf het op.")), Length(max=LONGEST_LINE, message=_too_long)],
    )
    number = IntegerField(
        _l("De hoeveelste in de rij?"),
        [InputRequired(_l("Vul een getal in.")), NumberRange(1, 99, _l("Kies 1 tot en met 99."))],
    )


def first_teacher(staff: list[Name]) -> str | None:
    """Return the choice that stands for the first of these colleagues."""
    return staff[0].person_id.hex if staff else None
