"""Check that every Dutch sentence shown to people is plain (B1) and has its English: run by `make check`.

`--update` writes new sentences into the English catalog, to be translated by hand.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

CATALOG = Path("intranet/translations/en/LC_MESSAGES/messages.po")
LONGEST_SENTENCE = 18
# Words of offices, not of people; each has an everyday word that says the same.
OFFICE_WORDS = re.compile(
    r"\b(indien|echter|middels|dient te|dienen te|conform|hieromtrent|derhalve|teneinde|inzake|alsmede|reeds|gaarne)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")


def extract() -> Catalog:
    """Return every sentence in the sources that is marked for people."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        command = [
            "pybabel",
            "--quiet",
            "extract",
            "-F",
            "babel.cfg",
            "-k",
            "_l",
            "-k",
            "_n:1,2",
            "-k",
            "lazy_gettext",
            "-k",
            "Refused",
        ]
        subprocess.run([Path(sys.executable).parent / command[0], *command[1:], "-o", template.name, "."], check=True)
        return read_po(Path(template.name).open("rb"))


def texts(message: Message) -> list[str]:
    """Return the singular and plural of a message."""
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def hard_to_read(text: str) -> str | None:
    """Return why a Dutch text is no B1, or None."""
    if found := OFFICE_WORDS.search(text):
        return f"the word {found.group(0)!r}"
    longest = max((len(part.split()) for part in SENTENCE_END.split(text)), default=0)
    return f"a sentence of {longest} words" if longest > LONGEST_SENTENCE else None


def faults(sources: Catalog, english: Catalog) -> list[str]:
    """Return what is wrong, one line each."""
    found = []
    for message in sources:
        if not message.id:
            continue
        place = ":".join(str(part) for part in (message.locations or [("?", 0)])[0])
        found += [f"{place}: {why}: {text!r}" for text in texts(message) if (why := hard_to_read(text))]
        translated = english.get(message.id, message.context)
        if translated is None:
            found.append(f"{place}: not in the English catalog: {texts(message)[0]!r}")
        elif translated.fuzzy or not all(
            translated.string if isinstance(translated.string, tuple) else [translated.string]
        ):
            found.append(f"{place}: no English yet: {texts(message)[0]!r}")
        elif errors := list(translated.check(english)):
            found.append(f"{place}: {errors[0]}: {texts(message)[0]!r}")
    return found


def update(sources: Catalog, english: Catalog) -> None:
    """Put new sentences into the catalog and drop those that are no longer used."""
    english.update(sources, no_fuzzy_matching=True)
    english.obsolete.clear()
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    with CATALOG.open("wb") as file:
        write_po(file, english, width=120, sort_by_file=True, no_location=True, omit_header=False)


def main() -> int:
    """Check, or update; return the exit code."""
    sources = extract()
    english = read_po(CATALOG.open("rb"), locale="en") if CATALOG.exists() else Catalog(locale="en", charset="utf-8")
    if "--update" in sys.argv:
        update(sources, english)
        return 0
    found = faults(sources, english)
    print("\n".join(found) or f"{len(sources)} sentences: plain, and all in English.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
