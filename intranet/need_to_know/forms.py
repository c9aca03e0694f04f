"""The form with which one cell of the table is changed: first looked at, then recorded."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from intranet.api import Form
from intranet.incidents.forms import LONGEST_REASON, words
from intranet.need_to_know.kinds import RELATIONS

_gone = _l("Deze keuze bestaat niet meer. Kies opnieuw.")


class CellForm(Form):
    """In which cases a duty reads, and why. `seen` is the choice of which the effect was shown."""

    relations = SelectMultipleField(
        _l("Wat mag deze taak lezen?"),
        choices=[],
        description=_l("Kies niets: dan leest deze taak alleen wat vastligt."),
        invalid_choice_message=lambda _number: str(_gone),
    )
    reason = words(
        _l("Waarom verander je dit?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom je dit verandert."),
        description=_l("De reden staat bij de geschiedenis van deze tabel."),
    )
    seen = HiddenField()

    def offer(self, relations: Iterable[str]) -> None:
        """Let somebody choose from these cases."""
        self.relations.choices = [SelectChoice(each, str(RELATIONS.get(each, each)).capitalize()) for each in relations]

    @property
    def chosen(self) -> str:
        """The choice as one word, to see whether it is the one of which the effect was shown."""
        return " ".join(sorted(self.relations.data or ())) or "-"

    @property
    def has_seen(self) -> bool:
        """Whether the effect of this very choice was shown."""
        return bool(self.seen.data == self.chosen)
