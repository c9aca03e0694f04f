"""The forms about a case: opening one, its plan, looking back, and who takes part."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Optional, ValidationError

from events.case_plan import NOT_YET, VICTIM
from intranet.api import DayField, Form, has_been, is_to_come
from intranet.cases.kinds import OUTCOME_LABELS, SIGN_LABELS, VIEW_LABELS
from intranet.incidents.fields import PeopleField, person_id
from intranet.incidents.forms import LONGEST_REASON, LONGEST_TEXT, OfGroup, words

NEW = "new"
_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")
_why = _l("Schrijf kort op waarom je dit verandert.")
_a_day_to_come = InputRequired(_l("Kies een dag die nog komt."))


class OpenForm(OfGroup):
    """What makes it a case, who are in it with which part, and what is going on."""

    signs = SelectMultipleField(
        _l("Wat klopt er?"),
        choices=[SelectChoice(code, label) for code, label in SIGN_LABELS.items()],
        description=_l("Klopt niets hiervan? Dan is het plagen of ruzie. Leg dat vast als incident."),
        invalid_choice_message=lambda _number: str(_gone),
    )
    people = PeopleField(_l("Wie zijn erin betrokken?"), description=_l("Kies bij elk kind wat het in deze zaak doet."))
    concern = words(
        _l("Wat is er aan de hand?"),
        LONGEST_TEXT,
        needed=_l("Schrijf op wat er aan de hand is."),
        description=_l("Feiten, en de woorden van het kind. Met @ noem je iemand."),
    )

    def validate_signs(self, field: SelectMultipleField) -> None:
        """Without any of the signs it is teasing or a quarrel."""
        if not field.data:
            raise ValidationError(
                _("Is het geen van deze drie? Dan is het plagen of ruzie. Leg dat vast als incident.")
            )

    def validate_people(self, field: PeopleField) -> None:
        """A case is for a child who has to bear it."""
        if VICTIM not in field.roles.values():
            raise ValidationError(_("Kies wie het te verduren krijgt."))


class GatherForm(Form):
    """In which case something is gathered: one that is open, or a new one."""

    case = RadioField(
        _l("In welke zaak?"),
        [InputRequired(_l("Kies een zaak."))],
        choices=[],
        invalid_choice_message=_gone,
    )

    def offer(self, cases: Mapping[str, str]) -> None:
        """Let somebody choose from these cases."""
        self.case.choices = [SelectChoice(code, label) for code, label in cases.items()]


class TakeOutForm(Form):
    """Why something does not belong in the case."""

    taking_out = words(
        _l("Waarom hoort dit niet in de zaak?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom dit niet in de zaak hoort."),
    )


class PlanForm(Form):
    """What has to be reached, and when you look back; a day that was chosen moves with a reason, in another form."""

    goal = words(
        _l("Wat willen jullie bereiken?"),
        LONGEST_TEXT,
        needed=_l("Schrijf op wat jullie willen bereiken."),
        description=_l("In gewone woorden, zodat het kind het ook snapt."),
    )
    look_back_on = DayField(_l("Wanneer kijken jullie terug?"), [_a_day_to_come, is_to_come])

    def keep_day(self, chosen: date | None) -> None:
        """Ask for the goal alone when the day was chosen."""
        if chosen is not None:
            self.chosen = chosen
            del self.look_back_on

    @property
    def day(self) -> date:
        """The day on which you look back."""
        day: date = self.look_back_on.data if self.look_back_on else self.chosen
        return day


class ExtendForm(Form):
    """More time, with why."""

    more_time_until = DayField(_l("Wanneer kijken jullie dan terug?"), [_a_day_to_come, is_to_come])
    extension = words(
        _l("Waarom is er meer tijd nodig?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom er meer tijd nodig is."),
    )


class HearForm(Form):
    """How somebody says that it goes; `asked` is a voice, with the child when it is about one: `pupil:<id>`."""

    asked = SelectField(_l("Aan wie vroeg je het?"), choices=[], invalid_choice_message=_gone)
    view = RadioField(
        _l("Hoe gaat het volgens hen?"),
        [InputRequired(_l("Kies hoe het gaat."))],
        choices=[SelectChoice(code, label) for code, label in VIEW_LABELS.items()],
        invalid_choice_message=_gone,
    )
    told = words(
        _l("Wat werd er gezegd?"),
        LONGEST_TEXT,
        needed=_l("Schrijf op wat er gezegd is, of waarom het niet gevraagd is."),
        description=_l("Liefst in hun eigen woorden."),
    )
    heard_on = DayField(_l("Op welke dag?"), [InputRequired(_l("Kies de dag waarop het was.")), has_been])

    def offer(self, asked: Mapping[str, str]) -> None:
        """Let somebody choose whom they asked."""
        self.asked.choices = [SelectChoice(code, label) for code, label in asked.items()]

    @property
    def said(self) -> dict[str, Any]:
        """What was said by whom, as the command takes it."""
        voice, _colon, person = self.asked.data.partition(":")
        return {"voice": voice, "person_id": person_id(person), "view": self.view.data, "on": self.heard_on.data}


class EvaluateForm(Form):
    """What you see together, and when you look back again."""

    outcome = RadioField(
        _l("Hoe gaat het, alles bij elkaar?"),
        [InputRequired(_l("Kies of het goed gaat, of nog niet."))],
        choices=[SelectChoice(code, label) for code, label in OUTCOME_LABELS.items()],
        invalid_choice_message=_gone,
    )
    seen = words(_l("Wat zien jullie samen?"), LONGEST_TEXT, needed=_l("Schrijf kort op wat jullie samen zien."))
    next_on = DayField(
        _l("Wanneer kijken jullie weer terug?"),
        [Optional(), is_to_come],
        description=_l("Gaat het goed en is het klaar? Laat dit dan leeg."),
    )

    def validate(self, *arguments: Any, **options: Any) -> bool:
        """Ask for a next day when it does not go well yet."""
        held = super().validate(*arguments, **options)
        if self.outcome.data == NOT_YET and self.next_on.data is None and not self.next_on.errors:
            self.next_on.errors = [_("Kies wanneer jullie weer terugkijken.")]
            return False
        return held


class ReopenCaseForm(Form):
    """Why a closed case is opened again, and when you look back."""

    begins_again = words(
        _l("Waarom moet het weer open?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom het weer open moet.")
    )
    look_back_again_on = DayField(_l("Wanneer kijken jullie terug?"), [_a_day_to_come, is_to_come])


class ParticipantForm(Form):
    """A colleague who takes part."""

    colleague = SelectField(_l("Wie doet er mee?"), choices=[], invalid_choice_message=_gone)


class LeaderForm(Form):
    """Who leads the case from now on."""

    leader = SelectField(_l("Wie leidt de zaak?"), choices=[], invalid_choice_message=_gone)
    handing_over = words(_l("Waarom draag je het over?"), LONGEST_REASON, needed=_why)


class SeriousForm(Form):
    """Whether it is serious; `serious` is what it is to become."""

    serious = HiddenField(validators=[AnyOf(("0", "1"), message=_gone)])
    weighing = words(_l("Waarom vind je dat?"), LONGEST_REASON, needed=_why)


def people_choices(people: Mapping[UUID, str]) -> list[SelectChoice]:
    """Return people to choose from."""
    return [SelectChoice(each.hex, name) for each, name in people.items()]
