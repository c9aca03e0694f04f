"""What taking over a roster would change: compares a file with who is known, and changes nothing itself."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

import msgspec

from events.log.personal import ERASED
from intranet.people.events import PUPIL, STAFF
from intranet.people.group_plan import GroupChanges, KnownGroup, plan_groups
from intranet.people.person_matching import KnownPerson, NameParts, PersonMatcher, name_of
from intranet.people.roster_file import FilePupil, FileStaff, RosterFile

SourceOf = Callable[[str, str], str]

# What the administration calls somebody → the duty that comes with the import, or that somebody must assign by hand:
# a file from another system never gives access to confidential records.
GIVEN = {"LRK": "teacher", "VAK": "teacher", "OWA": "teaching_assistant", "KLA": "teaching_assistant",
         "LOS": "teaching_assistant", "ADM": "support_staff", "CON": "support_staff", "ICT": "support_staff",
         "RT": "support_staff", "SMW": "support_staff"}  # fmt: skip
SUGGESTED = {"IB": "care_coordinator", "DIR": "head_teacher", "ADJ": "management_team", "LOC": "management_team"}
PARENT_ROLE = "OUD"

# A file of one group instead of the whole school would let everybody else leave; above this share somebody must say so.
MANY_LEAVERS = 10
MANY_LEAVERS_SHARE = 0.25


class Registration(msgspec.Struct, frozen=True):
    """Somebody new; `group` is the source of their class group, `teaches` those of the groups they teach."""

    kind: str
    name: NameParts
    source: str
    group: str | None = None
    year_group: str | None = None
    duties: tuple[str, ...] = ()


class Renaming(msgspec.Struct, frozen=True):
    person_id: UUID
    was: NameParts
    name: NameParts


class Move(msgspec.Struct, frozen=True):
    """A pupil who goes to another group or year; `group` is the group's source, None for no group."""

    person_id: UUID
    group: str | None
    year_group: str | None


class Leaving(msgspec.Struct, frozen=True):
    person_id: UUID
    on: date


class ImportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that confirming an import does. Sources stand for people and groups that may not exist yet."""

    groups: GroupChanges
    registered: tuple[Registration, ...]
    renamed: tuple[Renaming, ...]
    matched: tuple[tuple[UUID, str], ...]
    moved: tuple[Move, ...]
    left: tuple[Leaving, ...]
    returned: tuple[UUID, ...]
    teaching: dict[str, tuple[str, ...]]
    listed_staff: frozenset[str]
    suggested_duties: tuple[tuple[str, str], ...]
    many_leave: bool
    erased: int
    parents: int

    @property
    def is_empty(self) -> bool:
        """Whether confirming would change nothing."""
        changes = (self.registered, self.renamed, self.matched, self.moved, self.left, self.returned, self.teaching)
        return not any(changes) and self.groups.is_empty

    @property
    def counts(self) -> Counter[str]:
        """How many people each kind of change concerns."""
        names = ("registered", "renamed", "moved", "left", "returned")
        return Counter({name: len(getattr(self, name)) for name in names})


def make_plan(
    file: RosterFile,
    people: Iterable[KnownPerson],
    groups: Iterable[KnownGroup],
    source_of: SourceOf,
    today: date,
) -> ImportPlan:
    """Compare a file with who is known. `source_of(kind, key)` is the keyed hash of a key in the administration."""
    people, groups = list(people), list(groups)
    planner = _Planner(file, people, groups, source_of, today)
    planner.pupils()
    planner.staff()
    return planner.plan(people)


class _Planner:
    """Collects the changes while it walks through the file once."""

    def __init__(self, file: RosterFile, people, groups, source_of: SourceOf, today: date):
        self.file, self.today, self.source_of = file, today, source_of
        self.by_kind = {kind: PersonMatcher([each for each in people if each.kind == kind]) for kind in (PUPIL, STAFF)}
        self.known_groups: list[KnownGroup] = groups
        self.tells_groups = any(pupil.group_key for pupil in file.pupils)
        self.group_plan, self.group_of_key = plan_groups(file, groups, source_of)
        self.group_of_id = {group.group_id: group for group in groups}
        self.source_of_id = {found: source for source, found in self.group_plan.known.items()}
        self.registered: list[Registration] = []
        self.renamed: list[Renaming] = []
        self.matched: list[tuple[UUID, str]] = []
        self.moved: list[Move] = []
        self.left: list[Leaving] = []
        self.returned: list[UUID] = []
        self.teaches: dict[str, set[str]] = defaultdict(set)
        self.listed_staff: dict[str, UUID | None] = {}
        self.suggested: list[tuple[str, str]] = []
        self.erased = self.parents = 0

    def pupils(self) -> None:
        here = [pupil for pupil in self.file.pupils if not pupil.has_left(self.today)]
        for pupil in self.file.pupils:
            source = self.source_of(PUPIL, pupil.key)
            known = self.by_kind[PUPIL].take(source, name_of(pupil), self.file.pupils)
            if pupil.has_left(self.today):
                if known and known.here:
                    self.left.append(Leaving(known.person_id, min(pupil.left_on or self.today, self.today)))
                continue
            group, year = self._place(pupil, known)
            if known is None:
                self.registered.append(Registration(PUPIL, name_of(pupil), source, group, year))
            elif self._keep(known, source, pupil) and (group, year) != self._place_of(known):
                self.moved.append(Move(known.person_id, group, year))
        if here:
            self._let_go(PUPIL)

    def staff(self) -> None:
        if self.file.staff is None:
            return
        for member in self.file.staff:
            if PARENT_ROLE in member.roles:
                self.parents += 1
                continue
            source = self.source_of(STAFF, member.key)
            known = self.by_kind[STAFF].take(source, name_of(member), self.file.staff)
            if known is not None and not self._keep(known, source, member):
                continue
            self.listed_staff[source] = known.person_id if known else None
            self.suggested += [(source, SUGGESTED[role]) for role in member.roles if role in SUGGESTED]
            if known is None:
                duties = dict.fromkeys(GIVEN[role] for role in member.roles if role in GIVEN)
                if not member.roles and member.group_keys:
                    duties = {"teacher": None}
                self.registered.append(Registration(STAFF, name_of(member), source, duties=tuple(duties)))
            for key in member.group_keys:
                if key in self.group_of_key:
                    self.teaches[self.group_of_key[key]].add(source)
        if self.file.staff:
            self._let_go(STAFF)

    def plan(self, people: list[KnownPerson]) -> ImportPlan:
        leaving = {each.person_id for each in self.left}
        imported = [each for each in people if each.here and each.source]
        many = len(leaving) > MANY_LEAVERS and len(leaving) > MANY_LEAVERS_SHARE * len(imported)
        return ImportPlan(
            groups=self.group_plan.closing(self._groups_in_use(people, leaving)),
            registered=tuple(self.registered),
            renamed=tuple(self.renamed),
            matched=tuple(self.matched),
            moved=tuple(self.moved),
            left=tuple(self.left),
            returned=tuple(self.returned),
            teaching=self._teaching(),
            listed_staff=frozenset(self.listed_staff),
            suggested_duties=tuple(self.suggested),
            many_leave=many,
            erased=self.erased,
            parents=self.parents,
        )

    def _keep(self, known: KnownPerson, source: str, person: FilePupil | FileStaff) -> bool:
        """Note what changes about somebody known; False when nothing may be added because they were erased."""
        if known.name[0] is ERASED:
            self.erased += 1
            return False
        if known.source is None:
            self.matched.append((known.person_id, source))
        if not known.here:
            self.returned.append(known.person_id)
        if known.name != name_of(person):
            self.renamed.append(Renaming(known.person_id, known.name, name_of(person)))
        return True

    def _place(self, pupil: FilePupil, known: KnownPerson | None) -> tuple[str | None, str | None]:
        """Return group and year of a pupil; a group that the file does not explain leaves them where they are.

        So does a file that tells of nobody in which group they are.
        """
        group = self.group_of_key.get(pupil.group_key or "")
        if group is None and known and (pupil.group_key or not self.tells_groups):
            stays_in, year = self._place_of(known)
            return stays_in, pupil.year_group.lower() if pupil.year_group else year
        years = self.group_plan.years.get(group or "", ())
        if pupil.year_group:
            return group, pupil.year_group.lower()
        if len(years) == 1:
            return group, years[0]
        return group, known.year_group if known and known.year_group in years else None

    def _place_of(self, known: KnownPerson) -> tuple[str | None, str | None]:
        if known.group_id is None:
            return None, known.year_group
        return self.source_of_id.get(known.group_id, known.group_id.hex), known.year_group

    def _let_go(self, kind: str) -> None:
        for known in self.by_kind[kind].rest():
            if known.source and known.here:
                self.left.append(Leaving(known.person_id, self.today))

    def _groups_in_use(self, people: list[KnownPerson], leaving: set[UUID]) -> set[UUID]:
        """Return the known groups that still have a pupil when all is done."""
        moved = {move.person_id: move.group for move in self.moved}
        id_of = {group.hex: group for group in self.group_of_id} | self.group_plan.known
        used = {id_of[source] for source in (each.group for each in self.registered) if source in id_of}
        for person in people:
            if person.person_id in moved:
                source = moved[person.person_id]
                used |= {id_of[source]} if source in id_of else set()
            elif person.here and person.person_id not in leaving and person.group_id:
                used.add(person.group_id)
        return used

    def _teaching(self) -> dict[str, tuple[str, ...]]:
        """Return the listed staff of every group whose listed staff changes; teachers joined by hand are left alone."""
        if self.file.staff is None or not self.teaches:
            return {}
        id_of = self.group_plan.known
        source_of_staff = {person: source for source, person in self.listed_staff.items() if person}
        changed = {}
        for source in sorted({*self.teaches, *id_of}):
            now = self.group_of_id[id_of[source]].teachers if source in id_of else frozenset()
            listed_now = {source_of_staff[person] for person in now if person in source_of_staff}
            if listed_now != self.teaches.get(source, set()):
                changed[source] = tuple(sorted(self.teaches.get(source, set())))
        return changed
