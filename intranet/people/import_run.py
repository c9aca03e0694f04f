"""Carries out an import plan: every record it touches, saved together."""

from uuid import UUID

from intranet.api import Aggregate, current_school, log
from intranet.people.events import Person
from intranet.people.import_plan import ImportPlan, Registration
from intranet.people.known import known_people
from intranet.people.register import teachers_of
from intranet.people.roster_file import RosterFile
from intranet.people.today import today
from intranet.schools.events import ClassGroup, School


def apply(plan: ImportPlan, roster: RosterFile) -> None:
    """Do what a plan says, in one save; call it inside the unit of work in which the plan was made."""
    run = _Run(plan)
    run.change_groups()
    run.register()
    run.change_people()
    run.change_teachers()
    run.close_groups()
    log.save(run.note(roster), *run.changed.values())


class _Run:
    """The records an import touches, each read once."""

    def __init__(self, plan: ImportPlan):
        self.plan = plan
        self.day = today()
        self.changed: dict[UUID, Aggregate] = {}
        self.groups: dict[str, UUID] = dict(plan.groups.known)
        self.people = {each.source: each.person_id for each in known_people(current_school()) if each.source}
        self.people.update({source: person_id for person_id, source in plan.matched})

    def change_groups(self) -> None:
        for new in self.plan.groups.formed:
            group = ClassGroup(name=new.name, year_groups=new.year_groups, sources=new.sources)
            self.changed[group.id] = group
            self.groups[new.sources[0]] = group.id
        for wanted in self.plan.groups.changed:
            group = self._group(wanted.group_id)
            if wanted.reopened:
                group.reopen()
            group.rename(name=wanted.name)
            group.change_year_groups(year_groups=wanted.year_groups)
            if set(wanted.sources) != set(group.sources):
                group.match_sources(sources=wanted.sources)

    def register(self) -> None:
        for new in self.plan.registered:
            person = self._new_person(new)
            for duty in new.duties:
                person.assign_duty(duty=duty, since=self.day)
            self.changed[person.id] = person
            self.people[new.source] = person.id

    def change_people(self) -> None:
        for person_id, source in self.plan.matched:
            self._person(person_id).match_source(source=source)
        for person_id in self.plan.returned:
            self._person(person_id).come_back(on=self.day)
        for renaming in self.plan.renamed:
            given_name, infix, family_name = renaming.name
            self._person(renaming.person_id).rename(given_name=given_name, infix=infix, family_name=family_name)
        for move in self.plan.moved:
            group_id = self._group_id(move.group)
            self._person(move.person_id).move(group_id=group_id, year_group=move.year_group, on=self.day)
        for leaving in self.plan.left:
            self._person(leaving.person_id).leave(on=leaving.on)

    def change_teachers(self) -> None:
        sources = {person_id: source for source, person_id in self.people.items()}
        gone = {leaving.person_id for leaving in self.plan.left}
        for group_id, teachers in teachers_of(current_school()).items():
            for person_id in gone.intersection(teachers):
                self._group(group_id).remove_teacher(person_id)
        for group_source, listed in self.plan.teaching.items():
            group = self._group(self.groups[group_source])
            for person_id in [each for each in group.teachers if sources.get(each, "") in self.plan.listed_staff]:
                if sources[person_id] not in listed:
                    group.remove_teacher(person_id)
            for source in listed:
                group.add_teacher(self.people[source])

    def close_groups(self) -> None:
        for group_id in self.plan.groups.closed:
            self._group(group_id).close(on=self.day)

    def note(self, roster: RosterFile) -> School:
        """Record on the school that a roster was taken over, and how much it changed."""
        school = log.get(School, current_school())
        groups = self.plan.groups
        school.note_import(
            format=roster.format.lower().replace(" ", "-"),
            school_year=roster.school.school_year,
            reference_date=roster.school.reference_date,
            groups=len(groups.formed) + len(groups.changed) + len(groups.closed),
            **{name: self.plan.counts[name] for name in ("registered", "renamed", "moved", "left", "returned")},
        )
        return school

    def _new_person(self, new: Registration) -> Person:
        given_name, infix, family_name = new.name
        return Person(
            kind=new.kind,
            given_name=given_name,
            infix=infix,
            family_name=family_name,
            source=new.source,
            group_id=self._group_id(new.group),
            year_group=new.year_group,
            happened_on=self.day,
        )

    def _group_id(self, source: str | None) -> UUID | None:
        if source is None:
            return None
        # A group that the file does not name goes under its own id.
        return self.groups.get(source) or UUID(source)

    def _person(self, person_id: UUID) -> Person:
        if person_id not in self.changed:
            self.changed[person_id] = log.get(Person, person_id)
        return self.changed[person_id]  # type: ignore[return-value]

    def _group(self, group_id: UUID) -> ClassGroup:
        if group_id not in self.changed:
            self.changed[group_id] = log.get(ClassGroup, group_id)
        return self.changed[group_id]  # type: ignore[return-value]
