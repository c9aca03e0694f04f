"""A mail as it leaves the building: which kinds of things are new and a link, no name, no word of a record."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from flask import current_app
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intranet.notices.kinds import CLIMBED, CLOSING, MENTIONED, PROMISED, SHARED, SIGNAL_STATE, TEAM

LANGUAGES = ("nl", "en")
NOWHERE = "https://geborgen.example"
"""Where people find Geborgen in an example, and at the practice school: without an address no mail leaves."""
IN_MAIL = {
    MENTIONED: _l("Iemand noemt je"),
    PROMISED: _l("Er staat een afspraak op jouw naam"),
    CLIMBED: _l("Iets van een collega wacht nu ook op jou"),
    SHARED: _l("Iemand deelt iets met jou"),
    SIGNAL_STATE: _l("Er is iets gedaan met wat jij schreef"),
    CLOSING: _l("Er wordt om jouw oordeel gevraagd"),
    TEAM: _l("Je doet ergens aan mee"),
}
"""What mail says of a kind. Of any other, also one of a plugin, it says no more than that there is something."""


def compose(address: str, rows: Sequence[Any], *, urgent: bool, whose: str, since: datetime) -> EmailMessage:
    """Return the message about these notices, the same each time that it is made.

    `whose` tells apart whose mail it is, and `since` is when it could go: its date (RFC 5322, 3.6.1).
    """
    message = EmailMessage()
    message["To"] = address
    message["From"] = current_app.config["MAIL_FROM"]
    domain = current_app.config["MAIL_FROM"].rpartition("@")[2] or "localhost"
    same = f"{whose} {urgent} {max(row.position for row in rows)}"
    message["Message-ID"] = f"<{hashlib.sha256(same.encode()).hexdigest()[:32]}@{domain}>"
    message["Date"] = since
    message["Auto-Submitted"] = "auto-generated"
    parts = [_in_language(language, rows, urgent) for language in LANGUAGES]
    message["Subject"] = parts[0][0]
    message.set_content("\n\n---\n\n".join(text for _subject, text in parts))
    return message


def _in_language(language: str, rows: Sequence[Any], urgent: bool) -> tuple[str, str]:
    with force_locale(language):
        subject = _("Geborgen: er staat iets dringends klaar") if urgent else _("Geborgen: er staat iets voor je klaar")
        link = (current_app.config["SITE_URL"] or NOWHERE).rstrip("/") + "/notices/"
        lines = [_("Log in om het te lezen:"), link, ""]
        if urgent:
            lines.append(_("Dit bericht komt meteen, omdat het bij jouw taak hoort."))
        else:
            counted = Counter(str(IN_MAIL.get(row.kind, _("Er is iets nieuws"))) for row in rows)
            lines += [
                ngettext("- %(what)s", "- %(what)s (%(num)d keer)", many, what=what) for what, many in counted.items()
            ]
            lines += ["", _("Op deze pagina kies je wat je per mail krijgt:"), f"{link}mail"]
        return subject, "\n".join(map(str, lines))
