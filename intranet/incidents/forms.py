"""The forms about an incident: recording it, correcting it, adding to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from events.log import clock
from intranet.api import DayField, Form, current_school
from intranet.incidents.fields import USUAL_ROLE, ClockField, PeopleField, PersonField, person_id
from intranet.incidents.kinds import (
    ANOTHER_TIME,
    JUST_NOW,
    MAIN,
    MOMENTS,
    OFFERED,
    OTHER,
    PLACES,
    ROLE_LABELS,
    SEVERITY_LABELS,
    moment_of,
)  # fmt: skip
from intranet.people.events import STAFF
from intranet.people.roster import roster
from intranet.people.today import school_zone

LONGEST_TEXT = 10_000
LONGEST_REASON = 1_000
SOON = timedelta(minutes=45)
SUSPECTED = "alleged_perpetrator"
_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


def _gone_many(_number: int) -> str:
    return str(_gone)


def now_at_school() -> datetime:
    """Return the moment it is, in the zone of the school."""
    return clock.now().astimezone(school_zone())


def words(label: Any, longest: int, needed: Any = None, **options: Any) -> TextAreaField:
    """Return a text field; `needed` is the sentence when it is empty, None when it may be."""
    too_long = _l("Dit is te lang. Kort het in tot %(max)d tekens.", max=longest)
    checks = [DataRequired(needed)] if needed is not None else [Optional()]
    return TextAreaField(label, [*checks, Length(max=longest, message=too_long)], **options)


class OfGroup(Form):
    """In which group something happened."""

    group = SelectField(_l("Groep"), choices=[], default="", invalid_choice_message=_gone)

    def offer_groups(self, groups: dict[UUID, str]) -> None:
        """Let somebody choose from these groups, or from none."""
        none = SelectChoice("", _("Geen groep"))
        self.group.choices = [none, *(SelectChoice(group.hex, name) for group, name in groups.items())]

    @property
    def group_id(self) -> UUID | None:
        return person_id(self.group.data)


class WhatAndWhere(OfGroup):
    """What happened, where and in which group: asked when recording and when correcting."""

    kinds = SelectMultipleField(
        _l("Wat is er gebeurd?"),
        choices=[SelectChoice(kind.code, kind.label) for kind in OFFERED if MAIN in kind.marks],
        invalid_choice_message=_gone_many,
    )
    more_kinds = SelectMultipleField(
        _l("Wat was het dan?"),
        choices=[SelectChoice(kind.code, kind.label) for kind in OFFERED if MAIN not in kind.marks],
        invalid_choice_message=_gone_many,
    )
    place = RadioField(
        _l("Waar?"),
        choices=[SelectChoice(place.code, place.label) for place in PLACES],
        validators=[Optional()],
        invalid_choice_message=_gone,
    )
    account = words(
        _l("Wat zag of hoorde je?"),
        LONGEST_TEXT,
        needed=_l("Schrijf op wat je zag of hoorde."),
        description=_l("Feiten, de woorden van het kind, en wat je deed. Met @ noem je iemand."),
    )
    unknown_persons = BooleanField(_l("Ik weet niet wie het waren"))

    def validate_kinds(self, field: SelectMultipleField) -> None:
        """At least one kind; nothing is preselected, because that would colour the figures."""
        if not self.chosen_kinds:
            raise ValidationError(_("Kies wat er gebeurd is."))

    @property
    def chosen_kinds(self) -> list[str]:
        """The kinds; "something else" only when nothing else was said."""
        chosen = [*(self.kinds.data or ()), *(self.more_kinds.data or ())]
        return [kind for kind in chosen if kind != OTHER] or ([OTHER] if OTHER in chosen else [])


class WhenItHappened(Form):
    """When something happened: just now, a part of this day, or another day and time."""

    moment = RadioField(
        _l("Wanneer?"),
        choices=[
            SelectChoice(JUST_NOW, _l("Zojuist")),
            *(SelectChoice(moment.code, moment.label) for moment in MOMENTS),
            SelectChoice(ANOTHER_TIME, _l("Andere dag of tijd")),
        ],
        default=JUST_NOW,
        invalid_choice_message=_gone,
    )
    happened_on = DayField(_l("Dag"), [Optional()])
    happened_time = ClockField(_l("Tijd"), [Optional()])

    def validate(self, extra_validators: Any = None) -> bool:
        """Also find out when it happened; the sentence stands at the field that has to change."""
        valid = super().validate(extra_validators)
        if not self.moment.errors and not self.happened_on.errors and not self.happened_time.errors:
            return self._find_time(now_at_school()) and valid
        return False

    def _find_time(self, now: datetime) -> bool:
        if self.moment.data == ANOTHER_TIME:
            return self._find_chosen_time(now)
        self.happened_at = now
        moment = moment_of(self.moment.data)
        if moment is None:
            return True
        begins = datetime.combine(now.date(), moment.begins, now.tzinfo)
        if begins - now > SOON:
            return _wrong(self.moment, _("Dat moment komt vandaag nog. Kies een andere dag of tijd."))
        self.happened_at = min(begins, now)
        return True

    def _find_chosen_time(self, now: datetime) -> bool:
        day, hour = self.happened_on.data, self.happened_time.data
        if day is None:
            return _wrong(self.happened_on, _("Kies de dag waarop het gebeurde."))
        if hour is None:
            return _wrong(self.happened_time, _("Vul in hoe laat het was. Ongeveer is goed."))
        if not now.year - 10 <= day.year <= now.year:
            return _wrong(self.happened_on, _("Kijk of het jaar klopt."))
        self.happened_at = datetime.combine(day, hour, now.tzinfo)
        if self.happened_at > now:
            return _wrong(self.happened_on, _("Dit tijdstip moet nog komen. Kies wanneer het gebeurde."))
        return True

    @property
    def moment_code(self) -> str | None:
        """The part of the day, None when only the time is known."""
        return self.moment.data if moment_of(self.moment.data) else None


class ReportForm(WhatAndWhere, WhenItHappened):
    """One page on a phone: kind, somebody or nobody known, and one sentence are enough."""

    mentions: Sequence[str] = ()

    people = PeopleField(_l("Wie waren erbij?"), description=_l("Typ twee letters van de naam."))
    confidential = BooleanField(
        _l("Dit is vertrouwelijk"), description=_l("Dan ziet jouw groep of team het niet, ook een duo-collega niet.")
    )

    def validate_people(self, field: PeopleField) -> None:
        """Somebody, or the statement that nobody is known."""
        if not field.data and not self.unknown_persons.data:
            raise ValidationError(_("Kies wie erbij waren. Weet je het niet? Zet dan het vinkje aan."))
        refuse_colleague_as_perpetrator(field)


class CorrectForm(WhatAndWhere):
    """Everything that was recorded, to be put right, with why; the first version stays."""

    happened_on = DayField(_l("Dag"), [InputRequired(_l("Kies de dag waarop het gebeurde."))])
    happened_time = ClockField(_l("Tijd"), [InputRequired(_l("Vul in hoe laat het was. Ongeveer is goed."))])
    moment = SelectField(
        _l("Deel van de dag"),
        choices=[SelectChoice("", _l("Onbekend")), *(SelectChoice(moment.code, moment.label) for moment in MOMENTS)],
        default="",
        invalid_choice_message=_gone,
    )
    reason = words(
        _l("Waarom verbeter je dit?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom je dit verbetert."),
        description=_l("Iedereen die dit mag lezen, ziet je reden."),
    )  # fmt: skip
    corrections = HiddenField()

    def validate_happened_on(self, field: DayField) -> None:
        """A day in the last ten years."""
        now = now_at_school()
        if field.data is not None and not now.year - 10 <= field.data.year <= now.year:
            raise ValidationError(_("Kijk of het jaar klopt."))

    @property
    def happened_at(self) -> datetime:
        """When it happened, in the zone of the school."""
        return datetime.combine(self.happened_on.data, self.happened_time.data, school_zone())


class NoteForm(Form):
    """What became known or was done later."""

    text = words(
        _l("Wat wil je toevoegen?"), LONGEST_TEXT, needed=_l("Schrijf op wat je wilt toevoegen."),
        description=_l("Wat je later hoorde, of wat je daarna deed. Met @ noem je iemand."),
    )  # fmt: skip


class SeverityForm(Form):
    """How serious it was, by whoever weighs it for the school."""

    level = RadioField(
        _l("Hoe ernstig was het?"),
        choices=[SelectChoice(str(level), label) for level, label in SEVERITY_LABELS.items()],
        validators=[InputRequired(_l("Kies hoe ernstig het was."))],
        invalid_choice_message=_gone,
    )
    weighing = words(_l("Waarom vind je dat?"), LONGEST_REASON)


class PeopleForm(Form):
    """Others who had a part in it."""

    people = PeopleField(_l("Wie was er ook bij?"), description=_l("Typ twee letters van de naam."))

    def validate_people(self, field: PeopleField) -> None:
        """At least one person."""
        if not field.data:
            raise ValidationError(_("Kies wie er ook bij was."))
        refuse_colleague_as_perpetrator(field)


class RoleForm(Form):
    """Another part for somebody."""

    person = PersonField()
    was = HiddenField(validators=[AnyOf(ROLE_LABELS, message=_gone)])
    role = SelectField(
        _l("Rol"),
        choices=[SelectChoice(code, label) for code, label in ROLE_LABELS.items()],
        invalid_choice_message=_gone,
    )

    def validate_role(self, field: SelectField) -> None:
        """No colleague becomes the alleged perpetrator of an incident."""
        found = person_id(self.person.data)
        _refuse_suspicion(roster(current_school()).get(found) if found else None, field.data)


class WithdrawForm(Form):
    """Taking back that somebody was there."""

    person = PersonField()
    was = HiddenField(validators=[AnyOf(ROLE_LABELS, message=_gone)])
    reason = words(
        _l("Waarom hoort deze persoon er niet bij?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom deze persoon er niet bij hoort."),
    )


class ConfidentialForm(Form):
    """Making a record confidential, or open again; `confidential` is what it is to become."""

    confidential = HiddenField(validators=[AnyOf(("0", "1"), message=_gone)])
    motive = words(
        _l("Waarom verander je wie dit ziet?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom je dit verandert.")
    )


def refuse_colleague_as_perpetrator(field: PeopleField) -> None:
    """Send who suspects somebody in service of the school to the board: a colleague would read it here."""
    for each in field.data:
        found = person_id(each)
        if found is not None:
            _refuse_suspicion(field.names.get(found), field.roles.get(each, USUAL_ROLE))


def _refuse_suspicion(name: Any, role: str) -> None:
    if name is not None and name.kind == STAFF and role == SUSPECTED:
        raise ValidationError(
            _("Gaat een medewerker te ver met een kind? Gebruik dan het vinkje bovenaan ‘Nieuw incident’.")
        )


def _wrong(field: Any, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False
