"""Turns the texts of one EDEXML element into a pupil, a member of staff or a group, in whatever way it was written."""

import re
from collections import Counter, defaultdict
from datetime import date

from flask_babel import gettext as _

from intranet.people.roster_file import (
    MAX_GROUPS,
    MAX_NAME,
    MAX_PUPILS,
    MAX_STAFF,
    FileGroup,
    FilePupil,
    FileSchool,
    FileStaff,
    RosterFile,
    UnreadableFile,
    check_people,
    first_filled,
    once_per_key,
)

Fields = dict[str, list[str]]

PRIMARY_YEARS = tuple("12345678")
YEAR_GROUPS = frozenset((*PRIMARY_YEARS, "0", "11", "12", "13", "14", "15", "16", "S", "V", "N", "B", "D"))
SCHOOL_YEAR = re.compile(r"^([12]\d{3})\s*[-/]\s*([12]\d{3})$")
VERSION = re.compile(r"^[0-9][0-9.]{0,7}$")
BRIN = re.compile(r"^(\d{2}[A-Z]{2})(\d{2})?$")
ROLES = frozenset(
    (
        "ADJ",
        "ADM",
        "CON",
        "DIR",
        "ICT",
        "IB",
        "KLA",
        "LRK",
        "LOS",
        "LOC",
        "OWA",
        "OUD",
        "RT",
        "SMW",
        "STA",
        "VAK",
        "TAL",
    )
)


class RosterBuilder:
    """Collects records while the file is read and puts them together at its end."""

    def __init__(self) -> None:
        self.school = FileSchool()
        self.version: str | None = None
        self.groups: list[FileGroup] = []
        self.pupils: list[FilePupil] = []
        self.staff: list[FileStaff] = []
        self.staff_listed = False
        self.without_key: Counter[str] = Counter()

    def add(self, kind: str, fields: Fields) -> None:
        """Add one record. Raises `UnreadableFile` when there are more people than a school has."""
        if kind == "school":
            version = _first(fields, "xsdversie")
            self.school, self.version = read_school(fields), version if VERSION.match(version or "") else None
        elif kind in ("groep", "samengestelde_groep"):
            self._add_group(fields, compound=kind == "samengestelde_groep")
        else:
            self._add_person(kind, fields)

    def _add_group(self, fields: Fields, *, compound: bool) -> None:
        group = read_group(fields, compound=compound)
        if group:
            self.groups.append(group)
        if len(self.groups) > MAX_GROUPS:
            raise UnreadableFile(_("In dit bestand staan meer dan 500 groepen; dat is te veel voor één school."))

    def _add_person(self, kind: str, fields: Fields) -> None:
        person = read_pupil(fields) if kind == "leerling" else read_staff(fields)
        if person is None:
            self.without_key[kind] += 1
        elif isinstance(person, FilePupil):
            self.pupils.append(person)
        else:
            self.staff.append(person)
        if len(self.pupils) > MAX_PUPILS or len(self.staff) > MAX_STAFF:
            raise UnreadableFile(_("In dit bestand staan meer dan 5.000 leerlingen; dat is te veel voor één school."))

    def finish(self, *, dropped: dict[str, int], unknown: dict[str, int]) -> RosterFile:
        """Return the whole roster. Raises `UnreadableFile` when nobody is in it or a key stands for two people."""
        check_people(self.pupils, self.staff)
        pupils = once_per_key(self.pupils)
        groups = merge_groups(self.groups, pupils)
        known = {key for group in groups for key in group.keys}
        return RosterFile(
            format=f"EDEXML {self.version}" if self.version else "EDEXML",
            school=self.school,
            groups=tuple(groups),
            pupils=tuple(pupils),
            staff=tuple(once_per_key(self.staff)) if self.staff_listed else None,
            dropped=dropped,
            unknown=unknown,
            remarks=tuple(self._remarks(pupils, known)),
        )

    def _remarks(self, pupils: list[FilePupil], known: set[str]) -> list[str]:
        remarks = []
        if self.without_key.total():
            remarks.append(
                _("%(count)s personen zonder sleutel of naam slaan we over.", count=self.without_key.total())
            )
        lost = sum(1 for pupil in pupils if pupil.group_key and pupil.group_key not in known)
        if lost:
            remarks.append(_("Bij %(count)s leerlingen staat een groep die niet in het bestand voorkomt.", count=lost))
        if not self.staff_listed:
            remarks.append(_("Er staan geen medewerkers in dit bestand; zij blijven zoals ze zijn."))
        return remarks


def read_school(fields: Fields) -> FileSchool:
    """Return the school; a school year after the schema's closed list is a school year too."""
    year = SCHOOL_YEAR.match(_first(fields, "schooljaar") or "")
    brin = BRIN.match((_first(fields, "brincode") or "").upper().replace(" ", ""))
    branch = _first(fields, "dependancecode") or (brin[2] if brin else None)
    return FileSchool(
        brin=brin[1] if brin else None,
        branch=branch if branch and branch != "00" else None,
        key=_first(fields, "schoolkey"),
        school_year=f"{year[1]}-{year[2]}" if year and int(year[2]) == int(year[1]) + 1 else None,
        reference_date=read_date(_first(fields, "peildatum")),
    )


def read_group(fields: Fields, *, compound: bool) -> FileGroup | None:
    """Return the group, or None when it has neither key nor name."""
    name = _first(fields, "naam")
    key = first_filled(*fields["key"], name)
    if key is None:
        return None
    years = read_year_groups(fields.get("jaargroep", [])) or ([] if compound else years_in_name(name or key))
    return FileGroup(keys=(key,), name=(name or key)[:64], year_groups=_ordered(years), compound=compound)


def read_year_groups(texts: list[str]) -> list[str]:
    """Return the year groups in texts such as "5", "1/2", "1-2", "1 en 2" or "3+4"; C (combination) says none."""
    years = [part.upper().lstrip("0") or "0" for text in texts for part in re.split(r"[^0-9A-Za-z]+|en", text) if part]
    return [year for year in years if year in YEAR_GROUPS]


def years_in_name(name: str) -> list[str]:
    """Return the year groups that a name such as "1/2a", "groep 5b" or "3-4-5" tells."""
    found = re.match(
        r"^(?:(?:groep|gr\.?|klas)\s*)?((?:[1-8]\s*[-/+&,]\s*)*[1-8])\s*[a-z]?(?![0-9])", name, re.IGNORECASE
    )
    return re.findall(r"[1-8]", found[1]) if found else []


def read_pupil(fields: Fields) -> FilePupil | None:
    """Return the pupil, or None when there is no key or no name at all."""
    key, name = first_filled(*fields["key"]), read_name(fields)
    if key is None or name is None:
        return None
    year = _first(fields, "jaargroep")
    years = read_year_groups([year]) if year else []
    return FilePupil(
        key=key,
        given_name=name[0],
        infix=name[1],
        family_name=name[2],
        year_group=years[0] if years else None,
        group_key=_first(fields, "groep"),
        left_on=read_date(_first(fields, "uitstroomdatum")),
        historic=(year or "").upper() == "H",
    )


def read_staff(fields: Fields) -> FileStaff | None:
    """Return the member of staff, or None when there is no key or no name at all."""
    key, name = first_filled(*fields["key"]), read_name(fields)
    if key is None or name is None:
        return None
    roles = dict.fromkeys(role.upper() for role in fields.get("rol", []) if role.upper() in ROLES)
    return FileStaff(
        key=key,
        given_name=name[0],
        infix=name[1],
        family_name=name[2],
        roles=tuple(roles),
        group_keys=tuple(dict.fromkeys(fields.get("groep", []))),
    )


def read_name(fields: Fields) -> tuple[str, str | None, str | None] | None:
    """Return given name, infix, family name; initials stand in for a given name, a family name never does."""
    family, infix = _first(fields, "achternaam"), _first(fields, "voorvoegsel")
    given = first_filled(_first(fields, "roepnaam"), _first(fields, "voornamen"), _initials(fields))
    if given is None and family is None:
        return None
    if given is None:
        return " ".join(part for part in (infix, family) if part)[:MAX_NAME], None, None
    return given[:MAX_NAME], (infix or "")[:20] or None, (family or "")[:MAX_NAME] or None


def _initials(fields: Fields) -> str | None:
    letters = _first(fields, "voorletters-1")
    return "".join(f"{letter}." for letter in letters if letter.isalpha()) if letters else None


def read_date(text: str | None) -> date | None:
    """Return the day of an xs:date or xs:dateTime, None when it is not one."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def merge_groups(groups: list[FileGroup], pupils: list[FilePupil]) -> list[FileGroup]:
    """Make one group of a combination group that is written once per year group, and fill in years from its pupils."""
    merged: list[FileGroup] = []
    for group in groups:
        twin = next((at for at, other in enumerate(merged) if _is_same_class(other, group)), None)
        if twin is None:
            merged.append(group)
        else:
            merged[twin] = _joined(merged[twin], group)
    years: dict[str, set[str]] = defaultdict(set)
    for pupil in pupils:
        if pupil.group_key and pupil.year_group and not pupil.historic:
            years[pupil.group_key].add(pupil.year_group)
    return [_with_years(group, set().union(*(years[key] for key in group.keys))) for group in merged]


def _is_same_class(one: FileGroup, other: FileGroup) -> bool:
    if one.compound != other.compound:
        return False
    return bool(set(one.keys) & set(other.keys)) or (
        one.name.casefold() == other.name.casefold()
        and not one.compound
        and bool(one.year_groups)
        and not set(one.year_groups) & set(other.year_groups)
    )


def _joined(one: FileGroup, other: FileGroup) -> FileGroup:
    return FileGroup(
        keys=tuple(dict.fromkeys(one.keys + other.keys)),
        name=one.name,
        year_groups=_ordered((*one.year_groups, *other.year_groups)),
        compound=one.compound,
    )


def _with_years(group: FileGroup, years: set[str]) -> FileGroup:
    if group.year_groups or not years:
        return group
    return FileGroup(keys=group.keys, name=group.name, year_groups=_ordered(years), compound=group.compound)


def _ordered(years) -> tuple[str, ...]:
    return tuple(sorted(set(years), key=lambda year: (not year.isdigit(), year.zfill(2))))


def _first(fields: Fields, name: str) -> str | None:
    return first_filled(*fields.get(name, ()))
