"""Compiles the translations into what is built; everything else is in setup.cfg."""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithTranslations(build_py):
    """Compiles each catalog beside its source before the package data are collected."""

    def run(self):
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in Path("geborgen_plugin_name", "translations").rglob("*.po"):
            with source.open("rb") as catalog, source.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(catalog, locale=source.parts[-3]))
        super().run()


setup(cmdclass={"build_py": BuildWithTranslations})
