"""The forms of the calendar: free days, the school week, and taking over an iCal file."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from intranet.api import DayField, Form, today
from intranet.calendar.days import HOLIDAY, OTHER, STUDY_DAY
from intranet.calendar.ical_file import MAX_BYTES, MAX_TITLE, CalendarFile, Found, parse
from intranet.uploads import UnreadableFile

KIND_LABELS = {HOLIDAY: _l("Vakantie"), STUDY_DAY: _l("Studiedag"), OTHER: _l("Andere vrije dag")}
WEEKDAY_LABELS = {
    1: _l("Maandag"),
    2: _l("Dinsdag"),
    3: _l("Woensdag"),
    4: _l("Donderdag"),
    5: _l("Vrijdag"),
    6: _l("Zaterdag"),
    7: _l("Zondag"),
}
LEAVE_OUT = ""


class FreeDaysForm(Form):
    title = StringField(
        _l("Hoe heet het?"),
        [
            DataRequired(_l("Schrijf hoe deze vrije dagen heten.")),
            Length(max=MAX_TITLE, message=_l("Dit is te lang.")),
        ],
        description=_l("Zoals herfstvakantie of studiedag. Zet hier geen namen van mensen."),
    )
    kind = RadioField(
        _l("Wat is het?"),
        [InputRequired(_l("Kies wat het is."))],
        choices=[SelectChoice(kind, label) for kind, label in KIND_LABELS.items()],
    )
    first = DayField(_l("Eerste vrije dag"), [InputRequired(_l("Kies de eerste vrije dag."))])
    last = DayField(_l("Laatste vrije dag"), [Optional()], description=_l("Laat leeg als het één dag is."))

    def validate_last(self, field: Any) -> None:
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_l("De laatste vrije dag ligt voor de eerste."))

    @property
    def values(self) -> dict[str, Any]:
        """Return the free days; one day is its own last day."""
        values = super().values
        return values | {"last": values["last"] or values["first"]}


class SchoolWeekForm(Form):
    weekdays = SelectMultipleField(
        _l("Op welke dagen is er les?"),
        [InputRequired(_l("Kies op welke dagen er les is."))],
        coerce=int,
        choices=[SelectChoice(number, label) for number, label in WEEKDAY_LABELS.items()],
    )
    since = DayField(
        _l("Vanaf welke dag?"),
        [InputRequired(_l("Kies vanaf welke dag."))],
        description=_l("Voor de dagen ervoor blijft de oude schoolweek tellen."),
    )


class CalendarUploadForm(Form):
    """An iCal file; reading it is part of checking the form, so a refusal stands at the field."""

    file = FileField(
        _l("Kalender van je school"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("Een iCal-bestand. Dat eindigt op .ics. Hoogstens 1 MB."),
    )
    read: CalendarFile

    def validate_file(self, field: Any) -> None:
        if not field.data:
            return
        try:
            self.read = parse(field.data.stream.read(MAX_BYTES + 1), today())
        except UnreadableFile as refused:
            raise ValidationError(refused.sentence) from None


def take_over_form(found: dict[int, Found]) -> Form:
    """Return a form with one choice for each of the numbered days: what kind it is, or that it stays out."""
    choices = [SelectChoice(LEAVE_OUT, _l("Niet overnemen"))]
    choices += [SelectChoice(kind, label) for kind, label in KIND_LABELS.items()]
    fields = {
        f"kind{number}": SelectField(each.title, choices=choices, default=each.kind or LEAVE_OUT)
        for number, each in found.items()
    }
    return type("TakeOverForm", (Form,), fields)()
