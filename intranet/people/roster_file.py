"""What a school's administration exports, reduced to what this product may know: names, groups, who left."""

import unicodedata
from collections.abc import Iterable
from datetime import date

import msgspec
from flask_babel import gettext as _

from intranet.uploads import UnreadableFile

MAX_BYTES = 20_000_000
MAX_PUPILS = 5_000
MAX_STAFF = 2_000
MAX_GROUPS = 500
MAX_NAME = 200
MAX_KEY = 256


class FileSchool(msgspec.Struct, frozen=True, kw_only=True):
    """The school that the file says it is about; every part may be absent."""

    brin: str | None = None
    branch: str | None = None
    key: str | None = None
    school_year: str | None = None
    reference_date: date | None = None


class FileGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A class group; a combination group that is written as two groups of one name has two keys."""

    keys: tuple[str, ...]
    name: str
    year_groups: tuple[str, ...] = ()
    compound: bool = False


class FilePupil(msgspec.Struct, frozen=True, kw_only=True):
    """A pupil as the administration knows them, without anything this product may not hold."""

    key: str
    given_name: str
    infix: str | None = None
    family_name: str | None = None
    year_group: str | None = None
    group_key: str | None = None
    left_on: date | None = None
    historic: bool = False

    def has_left(self, on: date) -> bool:
        """Tell whether the pupil is gone on a day: marked historic, or the leaving date has come."""
        return self.historic or (self.left_on is not None and self.left_on <= on)


class FileStaff(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff with the groups they teach and the role codes the administration gave them."""

    key: str
    given_name: str
    infix: str | None = None
    family_name: str | None = None
    roles: tuple[str, ...] = ()
    group_keys: tuple[str, ...] = ()


class RosterFile(msgspec.Struct, frozen=True, kw_only=True):
    """One read file. `dropped` and `unknown` count by element name only, never by content."""

    format: str
    school: FileSchool
    groups: tuple[FileGroup, ...]
    pupils: tuple[FilePupil, ...]
    staff: tuple[FileStaff, ...] | None
    dropped: dict[str, int]
    unknown: dict[str, int]
    remarks: tuple[str, ...] = ()


def clean_text(text: str, longest: int = MAX_NAME) -> str:
    """Return text in one normal form: composed, single spaces, no control or direction characters, not too long."""
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(
            " " if character.isspace() else character
            for character in composed
            if character.isspace() or not unicodedata.category(character).startswith("C")
        )
    return " ".join(composed.split())[:longest].strip()


def first_filled(*texts: str | None) -> str | None:
    """Return the first text that says something."""
    return next((text for text in texts if text), None)


def check_people(pupils: Iterable[FilePupil], staff: Iterable[FileStaff]) -> None:
    """Refuse a file without pupils, or one in which a key stands for two different people."""
    pupils = list(pupils)
    if not pupils:
        raise UnreadableFile(_("In dit bestand staan geen leerlingen; kies de export met leerlingen."))
    for people in (pupils, list(staff)):
        named: dict[str, tuple[str, str | None, str | None]] = {}
        for person in people:
            name = (person.given_name, person.infix, person.family_name)
            if named.setdefault(person.key, name) != name:
                raise UnreadableFile(
                    _("In dit bestand hebben twee personen dezelfde sleutel; laat de beheerder de export nakijken.")
                )


def once_per_key(people: Iterable[FilePupil | FileStaff]) -> list:
    """Return people once per key: some systems write somebody again for every group.

    A pupil is in the first of these; a member of staff teaches all of them.
    """
    once: dict[str, FilePupil | FileStaff] = {}
    for person in people:
        first = once.setdefault(person.key, person)
        if isinstance(first, FileStaff) and isinstance(person, FileStaff):
            once[person.key] = msgspec.structs.replace(
                first,
                roles=tuple(dict.fromkeys(first.roles + person.roles)),
                group_keys=tuple(dict.fromkeys(first.group_keys + person.group_keys)),
            )
    return list(once.values())
