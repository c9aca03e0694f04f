"""The forms of the body map."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from intranet.api import DayField, Form, has_been
from intranet.body_map.places import BACK, FRONT, KINDS, PLACES, SIDE_LABELS, SIZES
from intranet.incidents.forms import LONGEST_REASON, words

_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


def _choices(labels: dict) -> list[SelectChoice]:
    return [SelectChoice(code, label) for code, label in labels.items()]


class MarkForm(Form):
    """What was seen, where, when and on whom."""

    person = SelectField(_l("Bij wie?"), choices=[], default="", invalid_choice_message=_gone)
    place = RadioField(
        _l("Waar op het lichaam?"),
        choices=_choices({code: place.label for code, place in PLACES.items()}),
        validators=[InputRequired(_l("Kies de plek op het lichaam."))],
        description=_l("Wijs aan in de tekening, of kies uit de lijst. Links is links van het kind."),
        invalid_choice_message=_gone,
    )
    kind = RadioField(
        _l("Wat zag je?"),
        choices=_choices(KINDS),
        validators=[InputRequired(_l("Kies wat je zag."))],
        invalid_choice_message=_gone,
    )
    size = RadioField(
        _l("Hoe groot?"),
        choices=_choices(SIZES),
        validators=[Optional()],
        default="",
        validate_choice=True,
        invalid_choice_message=_gone,
    )
    remark = words(
        _l("Kleur, vorm, en wat het kind erover zei"),
        LONGEST_REASON,
        description=_l("Schrijf de woorden van het kind letterlijk op. Vul zelf niets in."),
    )
    seen_on = DayField(_l("Op welke dag zag je het?"), [InputRequired(_l("Kies de dag waarop het was.")), has_been])

    def offer(self, people: dict[UUID, str]) -> None:
        """Let somebody choose from the people in the record."""
        nobody = SelectChoice("", _l("Niet bekend"))
        self.person.choices = [*(SelectChoice(each.hex, name) for each, name in people.items()), nobody]

    @property
    def sides(self) -> list[tuple[str, object, list]]:
        """The list of places, side by side."""
        return [
            (side, SIDE_LABELS[side], [each for each in self.place if PLACES[each.data].side == side])
            for side in (FRONT, BACK)
        ]


class WithdrawMarkForm(Form):
    """Why a mark is taken back."""

    withdrawal = words(
        _l("Waarom haal je deze plek weg?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom je dit weghaalt.")
    )
