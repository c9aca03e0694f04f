"""The catalogs of the core and of plugins speak as one, each language with its own plural rules."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import force_locale, ngettext

from intranet import languages


def write(folder: Path, language: str, domain: str, *messages: tuple) -> None:
    catalog = Catalog(locale=language)
    for message, translated in messages:
        catalog.add(message, translated)
    file = folder / language / "LC_MESSAGES" / f"{domain}.mo"
    file.parent.mkdir(parents=True)
    with file.open("wb") as compiled:
        write_mo(compiled, catalog)


POINTS = ("%(num)d punt", "%(num)d punten")


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An app whose core speaks Polish and whose plugin does not."""
    write(tmp_path / "core", "pl", "messages", (POINTS, ("%(num)d punkt", "%(num)d punkty", "%(num)d punktów")))
    write(tmp_path / "plugin", "en", "shelf", ("Plank", "Shelf"))
    app = Flask("test")
    app.config["TIME_ZONE"] = "Europe/Amsterdam"
    languages.register(app, [(tmp_path / "core", "messages"), (tmp_path / "plugin", "shelf")])
    return app


@pytest.mark.parametrize(("number", "said"), [(1, "1 punkt"), (3, "3 punkty"), (5, "5 punktów"), (22, "22 punkty")])
def test_a_plugin_without_a_language_does_not_spoil_its_plurals(app: Flask, number: int, said: str):
    with app.test_request_context(), force_locale("pl"):
        assert ngettext(*POINTS, number) == said


def test_sentences_of_a_plugin_are_translated(app: Flask):
    from flask_babel import gettext

    with app.test_request_context(), force_locale("en"):
        assert gettext("Plank") == "Shelf"


def test_dutch_is_what_stands_in_the_sources(app: Flask):
    from flask_babel import gettext

    with app.test_request_context():
        assert gettext("Plank") == "Plank"
        assert ngettext(*POINTS, 2) == "2 punten"
