"""The languages of the product: the catalogs of the core and of its plugins, as one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.core import get_global
from babel.dates import format_datetime
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, get_locale

LANGUAGES = ("nl", "en")
"""Dutch is the language of the sources; English the first catalog."""
NEVER_SAID = (
    "all_currencies", "likely_subtags", "territory_aliases", "territory_currencies", "territory_languages",
    "territory_zones", "windows_zone_mapping",
)  # fmt: skip
"""What Babel reads of the whole world to say a date: megabytes of countries and currencies that no page names."""


class Catalogs(Domain):
    """Several catalogs in one. Flask-Babel 4.0.0 takes plural rules from any, also from one that does not exist."""

    def get_translations(self) -> NullTranslations:
        """Return the sentences of this request's language, with the plural rules of a catalog that has them."""
        language = str(get_locale())
        if language not in self.cache:
            merged = Translations()
            for folder, domain in zip(self.translation_directories, self.domain, strict=True):
                found = Translations.load(folder, [language], domain)
                if isinstance(found, Translations):
                    merged.merge(found)
                    merged.plural = found.plural
            self.cache[language] = merged
        return self.cache[language]


def register(app: Flask, catalogs: Sequence[tuple[Path, str]]) -> None:
    """Speak the language of who asks. `catalogs` are folders of translations, each with its domain."""
    folders = [str(folder) for folder, _domain in catalogs]
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    app.config["BABEL_DEFAULT_TIMEZONE"] = app.config["TIME_ZONE"]
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    app.config["BABEL_DOMAIN"] = ";".join(domain for _folder, domain in catalogs)
    babel = Babel(app, locale_selector=_language)
    babel.domain_instance = Catalogs(folders, app.config["BABEL_DOMAIN"])


def read_ahead() -> None:
    """Read the names of days and months, so that the workers share them: each would keep megabytes of its own."""
    for names in NEVER_SAID:
        get_global(names).clear()
    format_datetime(datetime.now(UTC), "EEEE d MMMM y HH:mm", locale=LANGUAGES[0])


def _language() -> str:
    if not has_request_context():
        return "nl"
    chosen = request.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES, "nl") or "nl"
