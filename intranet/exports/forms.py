"""The form that asks as what to export a list, and whether with names."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from intranet.exports.events import FORMATS
from intranet.forms import Form

FORMAT_LABELS = {"excel": _l("Excel"), "csv": _l("CSV"), "pdf": _l("PDF")}
WITHOUT, WITH = "without", "with"


class ExportForm(Form):
    # The same shown form may be sent again: somebody wants Excel and then PDF. Each is an export of its own.
    once = None
    format = RadioField(_l("Als wat?"), [InputRequired(_l("Kies als wat je het wilt."))], default="excel")
    names = RadioField(
        _l("Met of zonder namen?"),
        [InputRequired(_l("Kies met of zonder namen."))],
        choices=[SelectChoice(WITHOUT, _l("Zonder namen")), SelectChoice(WITH, _l("Met namen"))],
    )

    def __init__(self, *, paper: bool, names: bool, **options: Any):
        super().__init__(**options)
        if not names:
            del self.names
        self.format.choices = [SelectChoice(each, FORMAT_LABELS[each]) for each in FORMATS if paper or each != "pdf"]
