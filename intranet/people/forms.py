"""The forms about people: finding, registering, duties, groups, and taking over a roster."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from intranet.api import DayField, Form
from intranet.people.edexml_records import PRIMARY_YEARS
from intranet.people.events import PARENT, PUPIL, STAFF
from intranet.people.imports import read_roster
from intranet.people.roster import GroupName, Name
from intranet.people.roster_file import MAX_BYTES, RosterFile, UnreadableFile

KIND_NAMES = {PUPIL: _l("leerling"), STAFF: _l("medewerker"), PARENT: _l("ouder of verzorger")}
_too_long = _l("Dit is te lang.")
_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


def name_field(label: Any, needed: Any = None, longest: int = 200) -> StringField:
    """Return a field for a part of a name; `needed` is the sentence when it is empty, None when it may be."""
    return StringField(label, [DataRequired(needed) if needed else Optional(), Length(max=longest, message=_too_long)])


class FindForm(Form):
    """A name is searched with a post: an address with a child's name in it stays in histories and server logs."""

    q = SearchField(_l("Zoek een naam"), [Length(max=100, message=_too_long)])


class NameForm(Form):
    given_name = name_field(_l("Roepnaam"), _l("Vul een voornaam in."))
    infix = name_field(_l("Tussenvoegsel"), longest=20)
    family_name = name_field(_l("Achternaam"))


class PersonForm(NameForm):
    kind = RadioField(
        _l("Wie is het?"),
        [InputRequired(_l("Kies wie het is."))],
        choices=[SelectChoice(kind, name) for kind, name in KIND_NAMES.items()],
    )
    group = SelectField(_l("Groep"), [Optional()], description=_l("Alleen voor een leerling."))
    year_group = SelectField(_l("Jaargroep"), [Optional()])

    def __init__(self, groups: Iterable[GroupName], **options: Any):
        super().__init__(**options)
        _offer_groups(self, groups)


class MoveForm(Form):
    group = SelectField(_l("Groep"), [Optional()])
    year_group = SelectField(_l("Jaargroep"), [Optional()])

    def __init__(self, groups: Iterable[GroupName], **options: Any):
        super().__init__(**options)
        _offer_groups(self, groups)


def _offer_groups(form: Any, groups: Iterable[GroupName]) -> None:
    form.group.choices = [SelectChoice("", _l("Geen groep"))]
    form.group.choices += [SelectChoice(group.group_id.hex, group.name) for group in groups if group.open]
    form.year_group.choices = [SelectChoice("", _l("Weet ik niet"))]
    form.year_group.choices += [SelectChoice(year, _l("groep %(year)s", year=year)) for year in PRIMARY_YEARS]


class DutyForm(Form):
    person = SelectField(_l("Wie?"), [InputRequired(_l("Kies een persoon."))])
    duty = SelectField(_l("Welke taak?"), [InputRequired(_l("Kies een taak."))])
    since = DayField(_l("Vanaf"), [InputRequired(_l("Vul de dag in waarop de taak begint."))])
    until = DayField(_l("Tot en met"), [Optional()])

    def __init__(self, people: Iterable[Name], duties: Mapping[str, Any], **options: Any):
        super().__init__(**options)
        self.person.choices = [SelectChoice("", _l("Kies een persoon"))]
        self.person.choices += [SelectChoice(name.person_id.hex, name.full) for name in people]
        self.duty.choices = [SelectChoice("", _l("Kies een taak"))]
        self.duty.choices += [SelectChoice(code, name) for code, name in duties.items()]

    def validate_until(self, field: Any) -> None:
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(_l("De einddatum ligt voor de begindatum."))


class EndDutyForm(Form):
    until = DayField(_l("Laatste dag"), [InputRequired(_l("Vul de laatste dag van de taak in."))])


class GroupForm(Form):
    name = name_field(_l("Naam van de groep"), _l("Vul een naam in."), longest=64)
    year_groups = SelectMultipleField(
        _l("Jaargroepen"),
        choices=[SelectChoice(year, year) for year in PRIMARY_YEARS],
        description=_l("Kies er meer dan één voor een combinatiegroep."),
    )


class TeacherForm(Form):
    person = SelectField(_l("Leerkracht of assistent"), [InputRequired(_l("Kies een persoon."))])

    def __init__(self, people: Iterable[Name], **options: Any):
        super().__init__(**options)
        self.person.choices = [SelectChoice("", _l("Kies een persoon"))]
        self.person.choices += [SelectChoice(name.person_id.hex, name.full) for name in people]


class UploadForm(Form):
    """A file to take over; reading it is part of checking the form, so a refusal stands at the field."""

    file = FileField(
        _l("Bestand uit je leerlingadministratie"),
        [FileRequired(_l("Kies een bestand."))],
        description=_l("EDEXML 1.0.3, 2.0 of 2.1, of CSV. Hoogstens 20 MB."),
    )
    roster: RosterFile

    def validate_file(self, field: Any) -> None:
        if not field.data:
            return
        try:
            self.roster = read_roster(field.data.stream.read(MAX_BYTES + 1))
        except UnreadableFile as refused:
            raise ValidationError(refused.sentence) from None


class ConfirmImportForm(Form):
    shown = HiddenField(validators=[Regexp(r"^[0-9a-f]{64}$", message=_gone)])
    many_leave = BooleanField(_l("Ja, al deze mensen zijn van school"))


def uuid_or_none(text: str | None) -> UUID | None:
    """Return the id that a choice stands for, None for "no choice"."""
    return UUID(text) if text else None
