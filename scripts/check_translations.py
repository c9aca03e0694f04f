"""Check that every Dutch sentence shown to people is plain (B1) and has its English: run by `make check`.

`--update` writes new sentences into the English catalog, to be translated by hand.
"""

import re
import subprocess
import sys
import tempfile
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

CORE = ("events", "intranet", "templates")
LONGEST_SENTENCE = 18
# Words of offices, not of people; each has an everyday word that says the same.
OFFICE_WORDS = re.compile(
    r"\b(indien|echter|middels|dient te|dienen te|conform|hieromtrent|derhalve|teneinde|inzake|alsmede|reeds|gaarne)\b",
    re.IGNORECASE,
)
# No screen promises to keep something to itself: whoever works at a school may have to tell (WPO art. 4a).
PROMISES = re.compile(
    r"\b(blijft (altijd )?(vertrouwelijk|geheim|anoniem|onder ons|tussen ons)|strikt vertrouwelijk|geheimhouding"
    r"|(volledig|helemaal|altijd) (anoniem|geheim)|anoniem melden|komt niemand te weten"
    r"|(houden|houdt|bewaren|bewaart|behandelen|behandelt|behandeld) [^.!?]*(geheim|vertrouwelijk|voor ons)"
    r"|(vertellen|vertelt|zeggen|zegt) [^.!?]*(niemand|aan niemand|tegen niemand|niet verder)"
    r"|vertrouwelijk behandeld|(niemand|nooit iemand) (hoort|ziet|leest|weet) [^.!?]*(naam|jij|melder))\b",
    re.IGNORECASE,
)
CLASS = re.compile(r"^class (\w+)\((\w+)[,)]", re.MULTILINE)
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n+")


def catalogs() -> dict[Path, list[Path]]:
    """Return each English catalog with the folders whose sentences it holds: one of the core, one of each plugin."""
    found = {_catalog(Path("intranet"), "messages"): [Path(folder) for folder in CORE]}
    for plugin in sorted(path.parent for path in Path("plugins").glob("*/plugin.py")):
        found[_catalog(plugin, plugin.name)] = [plugin]
    return found


def _catalog(folder: Path, domain: str) -> Path:
    return folder / "translations" / "en" / "LC_MESSAGES" / f"{domain}.po"


def extract(folders: list[Path]) -> Catalog:
    """Return every sentence in the sources that is marked for people."""
    with tempfile.NamedTemporaryFile(suffix=".pot") as template:
        command = [Path(sys.executable).parent / "pybabel", "--quiet", "extract", "-F", "babel.cfg"]
        for keyword in ("_l", "_n:1,2", "lazy_gettext", *refusals()):
            command += ["-k", keyword]
        subprocess.run([*command, "-o", template.name, *folders], check=True)
        return read_po(BytesIO(Path(template.name).read_bytes()))


@cache
def refusals() -> tuple[str, ...]:
    """Return the names of the errors that are a sentence for a person: `Refused`, and each that is made from one."""
    sources = [
        path.read_text("utf-8") for folder in ("events", "intranet", "plugins") for path in Path(folder).rglob("*.py")
    ]
    made = [pair for source in sources for pair in CLASS.findall(source)]
    found = ["Refused"]
    # The list grows while it is gone through: with those that are made from what was found just now.
    for each in found:
        found += [name for name, parent in made if parent == each and name not in found]
    return tuple(found)


def texts(message: Message) -> list[str]:
    """Return the singular and plural of a message."""
    return list(message.id) if isinstance(message.id, tuple | list) else [message.id]


def hard_to_read(text: str) -> str | None:
    """Return why a Dutch text is no B1, or None."""
    if found := OFFICE_WORDS.search(text):
        return f"the word {found.group(0)!r}"
    if found := PROMISES.search(text):
        return f"the promise {found.group(0)!r}"
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


def update(file: Path, sources: Catalog, english: Catalog) -> None:
    """Put new sentences into the catalog and drop those that are no longer used."""
    english.update(sources, no_fuzzy_matching=True)
    english.obsolete.clear()
    # A catalog that is marked as a draft is passed over when catalogs are compiled.
    english.fuzzy = False
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as written:
        write_po(written, english, width=120, sort_by_file=True, no_location=True, omit_header=False)


def main() -> int:
    """Check, or update; return the exit code."""
    found, count = [], 0
    for file, folders in catalogs().items():
        sources = extract(folders)
        count += len(sources)
        english = read_po(file.open("rb"), locale="en") if file.exists() else Catalog(locale="en", charset="utf-8")
        if "--update" in sys.argv:
            update(file, sources, english)
        else:
            found += [f"{file}: marked as fuzzy, so it is never compiled"] if english.fuzzy else []
            found += faults(sources, english)
    print("\n".join(found) or f"{count} sentences: plain, and all in English.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
