"""Reads a roster as CSV, for schools whose administration exports no EDEXML; every wrong row gets a sentence.

The first row names the columns, in any order, in capitals or not. `;`, `,` and tab are accepted, with or without BOM
and a line before it that names the separator (`sep=;`), in UTF-8 or Windows-1252.

    soort           leerling or medewerker; leerling when the column is left out
    sleutel         the number in the administration; required, it says who is who at the next import
    roepnaam        required
    tussenvoegsel, achternaam
    groep           the class group; a member of staff with several writes 3a + 4a
    jaargroep       1 to 8
    uitstroomdatum  2026-07-10 or 10-7-2026

Other columns are not read; the preview names them.
"""

from collections import Counter

from flask_babel import gettext as _

from intranet.people.edexml import DROPPED
from intranet.people.edexml_records import merge_groups, read_year_groups, years_in_name
from intranet.people.roster_file import (
    MAX_BYTES,
    MAX_GROUPS,
    MAX_KEY,
    MAX_PUPILS,
    MAX_STAFF,
    FileGroup,
    FilePupil,
    FileSchool,
    FileStaff,
    RosterFile,
    UnreadableFile,
    check_people,
    once_per_key,
)
from intranet.table_files.reading import read_day, read_table

COLUMNS = {
    "soort": ("soort", "type", "kind"),
    "sleutel": ("sleutel", "key", "leerlingnummer", "administratienummer", "personeelsnummer", "nummer"),
    "roepnaam": ("roepnaam", "voornaam", "given_name"),
    "tussenvoegsel": ("tussenvoegsel", "voorvoegsel", "infix"),
    "achternaam": ("achternaam", "familienaam", "family_name"),
    "groep": ("groep", "klas", "stamgroep", "groepen", "group"),
    "jaargroep": ("jaargroep", "leerjaar", "year_group"),
    "uitstroomdatum": ("uitstroomdatum", "uitschrijfdatum", "left_on"),
}
KINDS = {
    "": "pupil",
    "leerling": "pupil",
    "pupil": "pupil",
    "medewerker": "staff",
    "leerkracht": "staff",
    "staff": "staff",
}
MOST_ERRORS = 20
MOST_ROWS = 20_000


def parse(content: bytes) -> RosterFile:
    """Read a CSV roster. Raises `UnreadableFile` with the sentences of all wrong rows; no other error."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(_("Dit bestand is groter dan 20 MB, dus we lezen het niet."))
    too_many = _("In dit bestand staan meer dan 5.000 leerlingen; dat is te veel voor één school.")
    table = read_table(
        content, COLUMNS, needed=("sleutel", "roepnaam"), most=MOST_ROWS, too_many=too_many, longest=MAX_KEY
    )
    dropped = Counter(title for title in table.unknown if title.startswith(DROPPED))
    unknown = Counter(title for title in table.unknown if not title.startswith(DROPPED))
    pupils: list[FilePupil] = []
    staff: list[FileStaff] = []
    errors: list[str] = []
    called = _Spelling()
    for number, cells in table.rows:
        errors += _read_row(number, cells, called, pupils, staff)
        if len(pupils) > MAX_PUPILS or len(staff) > MAX_STAFF:
            raise UnreadableFile(too_many)
    if errors:
        more = [_("En nog %(count)s rijen.", count=len(errors) - MOST_ERRORS)] if len(errors) > MOST_ERRORS else []
        said = " ".join(errors[:MOST_ERRORS] + more)
        raise UnreadableFile(said)
    check_people(pupils, staff)
    return RosterFile(
        format="CSV",
        school=FileSchool(),
        groups=tuple(_groups(pupils, staff)),
        pupils=tuple(once_per_key(pupils)),
        staff=tuple(once_per_key(staff)) if staff else None,
        dropped=dict(dropped),
        unknown=dict(unknown),
        remarks=() if staff else (_("Er staan geen medewerkers in dit bestand; zij blijven zoals ze zijn."),),
    )


class _Spelling(dict[str, str]):
    """Groups as they were first written: who types a list writes 3a and 3A for one group."""

    def __call__(self, group: str) -> str:
        return self.setdefault(group.casefold(), group)


def _read_row(
    number: int, cells: dict[str, str], called: _Spelling, pupils: list[FilePupil], staff: list[FileStaff]
) -> list[str]:
    """Add the person of a row, or return what is wrong with it; the sentence never repeats what stands in the row."""
    kind = KINDS.get(cells.get("soort", "").casefold())
    if kind is None:
        return [_("Rij %(number)s: kies als soort leerling of medewerker.", number=number)]
    if not cells["sleutel"]:
        return [_("Rij %(number)s: vul de sleutel in.", number=number)]
    name = {
        "given_name": cells["roepnaam"] or cells.get("achternaam", ""),
        "infix": cells.get("tussenvoegsel", "")[:20] or None,
        "family_name": (cells.get("achternaam") or None) if cells["roepnaam"] else None,
    }
    if not name["given_name"]:
        return [_("Rij %(number)s: vul de roepnaam in.", number=number)]
    if kind == "staff":
        groups = tuple(called(part.strip()) for part in cells.get("groep", "").split("+") if part.strip())
        staff.append(FileStaff(key=cells["sleutel"], group_keys=groups, **name))
        return []
    left = cells.get("uitstroomdatum", "")
    left_on = read_day(left)
    if left and left_on is None:
        return [_("Rij %(number)s: de uitstroomdatum is geen datum.", number=number)]
    years = read_year_groups([cells.get("jaargroep", "")])
    group = called(cells["groep"]) if cells["groep"] else None
    pupils.append(
        FilePupil(
            key=cells["sleutel"], group_key=group, year_group=years[0] if years else None, left_on=left_on, **name
        )
    )
    return []


def _groups(pupils: list[FilePupil], staff: list[FileStaff]) -> list[FileGroup]:
    names = [pupil.group_key for pupil in pupils] + [key for person in staff for key in person.group_keys]
    groups = [
        FileGroup(keys=(name,), name=name[:64], year_groups=tuple(years_in_name(name)))
        for name in dict.fromkeys(name for name in names if name)
    ]
    if len(groups) > MAX_GROUPS:
        raise UnreadableFile(_("In dit bestand staan meer dan 500 groepen; dat is te veel voor één school."))
    return merge_groups(groups, pupils)
