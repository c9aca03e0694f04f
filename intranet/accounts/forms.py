"""The forms of signing in, of one's own account, and of letting colleagues in."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp, ValidationError

from intranet.accounts import credentials, passwords
from intranet.accounts.events import DISABLED_BECAUSE
from intranet.api import Form

ADDRESS = r"^[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]+$"


class SignInForm(Form):
    address = StringField(
        _l("E-mailadres"), [InputRequired(_l("Vul je e-mailadres in.")), Length(max=254, message=_l("Dit is te lang."))]
    )
    password = PasswordField(_l("Wachtwoord"), [InputRequired(_l("Vul je wachtwoord in."))])


class CodeForm(Form):
    code = StringField(
        _l("Code"), [InputRequired(_l("Vul de code in.")), Length(max=40, message=_l("Dit is te lang."))]
    )


class PasswordAgainForm(Form):
    password = PasswordField(_l("Wachtwoord"), [InputRequired(_l("Vul je wachtwoord in."))])


class NewPasswordForm(Form):
    """A new password; `words` are those of the school and the person, which make a poor one."""

    password = PasswordField(
        _l("Nieuw wachtwoord"),
        [InputRequired(_l("Kies een wachtwoord."))],
        description=_l("Minstens 8 tekens. 15 of meer is beter, bijvoorbeeld vier woorden."),
    )
    again = PasswordField(_l("Nog een keer"), [InputRequired(_l("Vul het wachtwoord nog een keer in."))])

    def __init__(self, words=(), **kwargs):
        super().__init__(**kwargs)
        self._words = tuple(words)

    def validate_password(self, field):
        objection = passwords.objection(field.data or "", self._words)
        if objection:
            raise ValidationError(objection)

    def validate_again(self, field):
        if field.data != self.password.data:
            raise ValidationError(_l("De twee wachtwoorden zijn niet gelijk. Typ ze allebei opnieuw."))


class ChangePasswordForm(NewPasswordForm):
    old = PasswordField(_l("Wachtwoord van nu"), [InputRequired(_l("Vul je wachtwoord van nu in."))])


class PreferencesForm(Form):
    theme = RadioField(
        _l("Kleuren van het scherm"),
        choices=[
            SelectChoice("auto", _l("Zelfde als apparaat")),
            SelectChoice("light", _l("Licht")),
            SelectChoice("dark", _l("Donker")),
        ],
        validators=[InputRequired(_l("Kies een van de drie."))],
    )
    language = RadioField(
        _l("Taal"),
        choices=[SelectChoice("nl", "Nederlands"), SelectChoice("en", "English")],
        validators=[InputRequired(_l("Kies een taal."))],
    )
    shortcuts = BooleanField(
        _l("Sneltoetsen aan"), description=_l("Met / zoek je. Met twee keer Esc maak je het scherm leeg.")
    )


class InviteForm(Form):
    person = SelectField(_l("Wie mag er in?"), [InputRequired(_l("Kies een collega."))])
    address = StringField(
        _l("E-mailadres van het werk"),
        [
            InputRequired(_l("Vul het e-mailadres in.")),
            Length(max=254, message=_l("Dit is te lang.")),
            Regexp(ADDRESS, message=_l("Dit lijkt geen e-mailadres. Kijk of er een @ en een punt in staan.")),
        ],
        description=_l("Hiermee logt je collega in. We sturen geen mail."),
    )

    def validate_address(self, field):
        if field.data and credentials.find(credentials.login_hash(field.data)) is not None:
            raise ValidationError(_l("Er is al een account met dit e-mailadres."))


REASONS = {
    "left_school": _l("Werkt hier niet meer"),
    "lost_device": _l("Apparaat kwijt of gestolen"),
    "suspicion": _l("Vermoeden van misbruik"),
    "other": _l("Iets anders"),
}


class DisableForm(Form):
    reason = RadioField(
        _l("Waarom?"),
        choices=[SelectChoice(code, REASONS[code]) for code in DISABLED_BECAUSE],
        validators=[InputRequired(_l("Kies waarom."))],
    )


class SwitchForm(Form):
    school = SelectField(_l("School"), [InputRequired(_l("Kies een school."))])
