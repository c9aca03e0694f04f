"""Forms of the review: a period that was gone through, and buttons that need no field."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from intranet.api import DayField, Form
from intranet.people.today import today


class ReviewForm(Form):
    """The days that somebody went through, and what struck them."""

    first_day = DayField(_l("Eerste dag"), [InputRequired(_l("Kies de eerste dag."))])
    last_day = DayField(_l("Laatste dag"), [InputRequired(_l("Kies de laatste dag."))])
    remark = TextAreaField(
        _l("Wat viel je op?"),
        [Optional(), Length(max=2000, message=_l("Maak dit korter: hooguit 2000 tekens."))],
        description=_l("Deze tekst wordt versleuteld bewaard."),
    )

    def validate_first_day(self, field: Any) -> None:
        """Refuse a year that was mistyped: each of its days would be counted on every page."""
        if field.data is not None and field.data.year < today().year - 10:
            raise ValidationError(_l("Kijk of het jaar klopt."))

    def validate_last_day(self, field: Any) -> None:
        """Refuse days that make no period, at the field they are about."""
        if field.data is None or self.first_day.data is None:
            return
        if field.data < self.first_day.data:
            raise ValidationError(_l("De laatste dag ligt voor de eerste dag. Draai ze om."))
        if field.data > today():
            raise ValidationError(_l("Deze dag moet nog komen. Kies een dag tot en met vandaag."))
