"""The forms about a file in a dossier."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms.validators import ValidationError

from intranet.api import Form
from intranet.files.receiving import LONGEST, MOST_FILES, Received, received
from intranet.incidents.forms import LONGEST_REASON, words
from intranet.uploads import UnreadableFile

ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
"""JPEG by name: a phone that is asked for that makes it of a photo in another form."""


class AddFilesForm(Form):
    """Photos and scans; reading them is part of checking the form, so a refusal stands at the field."""

    files = MultipleFileField(
        _l("Kies foto’s of scans"),
        description=_l("Hoogstens 10 tegelijk, samen 20 MB. Foto (JPEG, PNG, WebP) of PDF."),
    )
    shows = words(
        _l("Wat is er te zien?"),
        LONGEST_REASON,
        needed=_l("Schrijf op wat er te zien is."),
        description=_l("Voor wie de foto niet kan zien. Schrijf wat je ziet, niet wat je denkt."),
    )
    received: list[Received]

    def validate_files(self, field: Any) -> None:
        """Look at each file by its content."""
        sent = field.data or []
        if not sent:
            raise ValidationError(_("Kies een foto of scan."))
        if len(sent) > MOST_FILES:
            raise ValidationError(_("Kies hoogstens 10 bestanden tegelijk."))
        self.received = []
        for number, file in enumerate(sent, 1):
            try:
                self.received.append(received(file.stream.read(LONGEST + 1)))
            except UnreadableFile as refused:
                which = _("Bestand %(number)d: ", number=number) if len(sent) > 1 else ""
                raise ValidationError(f"{which}{refused.sentence}") from None


class DescribeForm(Form):
    """What can be seen, in other words."""

    shows = words(_l("Wat is er te zien?"), LONGEST_REASON, needed=_l("Schrijf op wat er te zien is."))


class RemoveFileForm(Form):
    """Why a file is taken away."""

    removal = words(_l("Waarom haal je dit weg?"), LONGEST_REASON, needed=_l("Schrijf kort op waarom je dit weghaalt."))


class OriginalForm(Form):
    """Why somebody needs what was sent."""

    purpose = words(
        _l("Waarom heb je het origineel nodig?"),
        LONGEST_REASON,
        needed=_l("Schrijf kort op waarom je het origineel nodig hebt."),
    )
