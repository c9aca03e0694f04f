"""Reads the lessons of a programme from a file of the school; every row that cannot be used gets a sentence.

The first row names the columns, in any order. `les` must be there.

    les         how the lesson is called
    groep       year groups (5, or 5/6) or a class group (5a); may be left out when the form says for whom it is
    nummer      the order; left out, the order of the rows
    datum       the day on which the school wants it
    materiaal   the unit of the material
    thema       themes of the school, with a + between
"""

import re
from collections import defaultdict
from datetime import date
from uuid import UUID, uuid4

import msgspec
from flask_babel import gettext as _

from intranet.api import (
    Refused,
    SchoolYear,
    UnreadableFile,
    Uploads,
    current_school,
    log,
    read_day,
    read_table,
    roster,
    school_calendar,
)

from . import reading
from .events import MOST_TOPICS, YEAR_GROUPS, Programme, Topic
from .words import FREE_LABELS, groups_in_words

MAX_BYTES = 2_000_000
MOST_ROWS = 500
LONGEST_TITLE = 120
COLUMNS = {
    "les": ("les", "titel", "onderwerp", "lesson", "title"),
    "groep": ("groep", "jaargroep", "klas", "group"),
    "nummer": ("nummer", "nr", "volgorde", "number"),
    "datum": ("datum", "dag", "date", "day"),
    "materiaal": ("materiaal", "leskern", "material"),
    "thema": ("thema", "themas", "thema's", "theme"),
}


class FileTopic(msgspec.Struct, frozen=True):
    """A lesson that stands in the file."""

    number: int
    title: str
    material: str | None
    themes: tuple[UUID, ...]
    day: date | None


class FileProgramme(msgspec.Struct, frozen=True):
    """The lessons in the file for the same year groups."""

    year_groups: tuple[str, ...]
    topics: tuple[FileTopic, ...]


class LessonFile(msgspec.Struct, frozen=True):
    """One read file: what can be taken over, and in a sentence for each row what cannot."""

    school_year: int
    programmes: tuple[FileProgramme, ...]
    wrong: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


uploads = Uploads("kanjertraining.lessons", LessonFile)


class _Bad(ValueError):
    """A row that cannot be used; the sentence says why and repeats nothing of what stands there."""


def parse(content: bytes, year: SchoolYear, usual_groups: tuple[str, ...]) -> LessonFile:
    """Read a file. Raises `UnreadableFile` for one that is no table, has no lessons, or far too many."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("Dit bestand is groter dan 2 MB, dus we lezen het niet."))
    too_many = _("In dit bestand staan meer dan 500 lessen. Dat is te veel.")
    table = read_table(content, COLUMNS, needed=("les",), most=MOST_ROWS, too_many=too_many)
    reader = _Rows(year, usual_groups)
    found: dict[tuple[str, ...], list[FileTopic]] = defaultdict(list)
    wrong = []
    for number, cells in table.rows:
        try:
            groups, topic = reader.read(cells)
            if len(found[groups]) >= MOST_TOPICS:
                raise _Bad(_("een programma heeft hoogstens 60 lessen."))
        except _Bad as bad:
            wrong.append(_("Rij %(number)s: %(why)s", number=number, why=bad))
        else:
            found[groups].append(topic)
    if not any(found.values()) and not wrong:
        raise UnreadableFile(_("In dit bestand staan geen lessen."))
    programmes = tuple(FileProgramme(groups, tuple(topics)) for groups, topics in sorted(found.items()) if topics)
    return LessonFile(year.begins, programmes, tuple(wrong), table.unknown)


class _Rows:
    """Reads rows of one school, one after another."""

    def __init__(self, year: SchoolYear, usual_groups: tuple[str, ...]):
        self.year, self.usual_groups = year, usual_groups
        self.calendar = school_calendar()
        self.groups = {group.name.casefold(): group for group in roster(current_school()).groups.values()}
        self.themes = {text.casefold(): theme for theme, text in reading.themes().items()}
        self._numbers: dict[tuple[str, ...], int] = defaultdict(int)

    def read(self, cells: dict[str, str]) -> tuple[tuple[str, ...], FileTopic]:
        if not cells["les"]:
            raise _Bad(_("schrijf op hoe de les heet."))
        if len(cells["les"]) > LONGEST_TITLE:
            raise _Bad(_("de naam van de les is te lang."))
        groups = self._groups(cells["groep"])
        number = self._number(cells["nummer"], groups)
        topic = FileTopic(
            number, cells["les"], cells["materiaal"] or None, self._themes(cells["thema"]), self._day(cells["datum"])
        )
        self._numbers[groups] = number
        return groups, topic

    def _groups(self, text: str) -> tuple[str, ...]:
        if not text:
            if not self.usual_groups:
                raise _Bad(_("vul een groep in."))
            return self.usual_groups
        name = text.casefold().removeprefix("groep").strip()
        known = self.groups.get(name) or self.groups.get(text.casefold())
        if known is not None:
            if not known.open:
                raise _Bad(_("deze groep is er niet meer."))
            if known.year_groups and set(known.year_groups) <= set(YEAR_GROUPS):
                return tuple(sorted(known.year_groups))
        years = re.split(r"\s*[/+,&-]\s*", name)
        if not set(years) <= set(YEAR_GROUPS):
            raise _Bad(_("deze groep kennen we niet. Vul een jaargroep in, zoals 5, of een groep van jullie school."))
        return tuple(sorted(set(years)))

    def _number(self, text: str, groups: tuple[str, ...]) -> int:
        if not text:
            return self._numbers[groups] + 1
        if not re.fullmatch(r"[1-9]\d{0,2}", text):
            raise _Bad(_("het nummer is geen getal vanaf 1."))
        return int(text)

    def _themes(self, text: str) -> tuple[UUID, ...]:
        names = [part.strip().casefold() for part in text.split("+") if part.strip()]
        if not set(names) <= self.themes.keys():
            raise _Bad(_("dit thema kennen we niet. Zet het eerst bij Afspraken en thema’s."))
        return tuple(sorted({self.themes[name] for name in names}))

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        day = read_day(text)
        if day is None:
            raise _Bad(_("de datum is geen datum, zoals 8-9-2026."))
        if SchoolYear.of(day) != self.year:
            raise _Bad(_("de datum valt niet in schooljaar %(year)s.", year=self.year))
        if not self.calendar.is_school_day(day):
            kind = self.calendar.free_kind(day)
            if kind is None:
                raise _Bad(_("op deze dag is er geen school."))
            raise _Bad(_("op deze dag is er geen school: %(why)s.", why=FREE_LABELS[kind]))
        return day


def take_over(read: LessonFile, upload_id: UUID) -> int:
    """Make programmes of what was read, all or none, and return how many; the upload goes in the same transaction."""
    if not read.programmes:
        raise Refused(_("In dit bestand staat geen les die we kunnen overnemen."))
    with log.unit_of_work() as work:
        log.save(*[_programme(each, read.school_year) for each in read.programmes])
        uploads.taken_over(work, upload_id)
    return len(read.programmes)


def _programme(read: FileProgramme, school_year: int) -> Programme:
    title = _("Lessen voor %(groups)s", groups=groups_in_words(read.year_groups))
    programme = Programme.draw(title=title, school_year=school_year, year_groups=read.year_groups)
    for each in read.topics:
        programme.add(uuid4(), Topic(each.number, each.title, each.material, each.themes, each.day))
    return programme
