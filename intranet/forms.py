"""The form every feature builds on: protected against forgery, accepted once, kept when it is refused."""

import secrets
from typing import Any

from flask import g, request
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField
from wtforms.fields.core import UnboundField
from wtforms.fields.simple import StringField
from wtforms.meta import DefaultMeta
from wtforms.validators import ValidationError

from intranet.people.today import today

NOT_VALUES = frozenset({"csrf_token", "once"})
SECRETS = frozenset({"password", "again", "old", "code"})
"""Names of fields whose value never goes back into a page, nor what was filled in beside them."""


def _clean(value: Any) -> Any:
    """Drop what no person types and PostgreSQL refuses; keep line breaks."""
    return value.replace("\x00", "").replace("\r\n", "\n").strip() if isinstance(value, str) else value


class Form(FlaskForm):
    """A form with a key made when it was shown: whatever number of times it is sent, it is recorded once."""

    once = HiddenField(default=lambda: secrets.token_urlsafe(18))

    class Meta(FlaskForm.Meta):
        @property
        def locales(self) -> list[str]:
            """The language of who fills it in, for the sentences of the form library."""
            return [str(get_locale() or "nl")]

        def get_translations(self, form: Any) -> Any:
            """Read those sentences once for a language; Flask-WTF reads them from its files in every request."""
            return DefaultMeta.get_translations(self, form)

        def bind_field(self, form: Any, unbound_field: UnboundField, options: dict[str, Any]) -> Any:
            """Clean every text field before its own filters run."""
            if issubclass(unbound_field.field_class, StringField):
                options = {**options, "filters": (_clean, *unbound_field.kwargs.get("filters", ()))}
                unbound_field = UnboundField(
                    unbound_field.field_class,
                    *unbound_field.args,
                    name=unbound_field.name,
                    **{key: value for key, value in unbound_field.kwargs.items() if key != "filters"},
                )
            return super().bind_field(form, unbound_field, options)

    def process(self, formdata: Any = None, obj: Any = None, data: Any = None, **more: Any) -> None:
        """Fill the fields; once a form is sent, what stood there before no longer stands in for what was left out."""
        formdata = self.meta.wrap_formdata(self, formdata)
        if formdata:
            super().process(formdata)
        else:
            super().process(formdata, obj, data, **more)

    def submitted(self) -> bool:
        """Tell whether a valid form was posted; a refused one comes back with everything in it (422)."""
        if request.method != "POST":
            return False
        if self.validate():
            return True
        g.form_refused = True
        return False

    @property
    def values(self) -> dict[str, Any]:
        """Return what was filled in, by field name."""
        return {name: value for name, value in self.data.items() if name not in NOT_VALUES}


class ButtonForm(Form):
    """One button that changes something."""


YEARS = range(1900, 2200)
"""The years of a school; what is counted from a day in any other ends outside the calendar."""
_no_year = _l("Kijk of het jaar klopt.")
_no_date = _l("Vul een datum in, bijvoorbeeld 1-8-2026.")


class DayField(DateField):
    """A day; the browser sends 2026-08-01, people without a date picker type 1-8-2026."""

    def __init__(self, label: Any, validators: Any = None, **options: Any):
        super().__init__(label, validators, format=["%Y-%m-%d", "%d-%m-%Y"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            raise ValueError(_no_date) from None
        if self.data is not None and self.data.year not in YEARS:
            raise ValueError(_no_year)


def has_been(_form: Any, field: DayField) -> None:
    """Refuse a day that has yet to come: nobody saw, did or heard anything tomorrow. A check for a list of checks."""
    if field.data is not None and field.data > today():
        raise ValidationError(_("Die dag moet nog komen."))


def is_to_come(_form: Any, field: DayField) -> None:
    """Refuse today and what was before: you look back later. A check for a list of checks."""
    if field.data is not None and field.data <= today():
        raise ValidationError(_("Kies een dag die nog komt."))


def sent_values() -> list[tuple[str, str]]:
    """Return the posted form as it came, fit to be sent once more; empty when it holds a secret, a file or no key."""
    if command_key() is None or request.files or _holds_secret():
        return []
    return list(request.form.items(multi=True))


def typed_texts() -> list[str]:
    """Return the longer texts of the posted form, for whoever wants to copy what they wrote."""
    if _holds_secret():
        return []
    # An id that was chosen is as long, but has no spaces; who was named with @ stands in the text itself.
    return [
        text
        for name, text in request.form.items()
        if len(text) > 20 and " " in text and name not in NOT_VALUES and not name.endswith("-mention")
    ]


def _holds_secret() -> bool:
    return not SECRETS.isdisjoint(request.form)


def command_key() -> str | None:
    """Return the key of the posted form, None when the request carries none."""
    key = request.form.get("once") if request.method == "POST" else None
    return key if key and len(key) <= 64 else None
