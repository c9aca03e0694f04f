"""What an import would change, as lists of sentences to look through before confirming."""

from collections import Counter
from typing import NamedTuple

from flask_babel import format_date
from flask_babel import gettext as _

from intranet.people.events import PUPIL
from intranet.people.import_plan import ImportPlan
from intranet.people.person_matching import NameParts
from intranet.people.roster import Roster, fold


class Part(NamedTuple):
    """One kind of change: heading, tone of its badge, lines."""

    title: str
    tone: str
    lines: list[str]


class Preview:
    """Puts names to the ids and sources of a plan."""

    def __init__(self, plan: ImportPlan, everybody: Roster):
        self.plan, self.everybody = plan, everybody
        self.group_names = {each.hex: group.name for each, group in everybody.groups.items()}
        self.group_names |= {new.sources[0]: new.name for new in plan.groups.formed}
        self.group_names |= {source: everybody.groups[each].name for source, each in plan.groups.known.items()}
        self.group_names |= {wanted.sources[0]: wanted.name for wanted in plan.groups.changed}

    @property
    def parts(self) -> list[Part]:
        """Return the changes that there are, the rarest and weightiest first."""
        parts = [
            Part(_("Van school"), "warn", self._left()),
            Part(_("Terug op school"), "info", [self._name(each) for each in self.plan.returned]),
            Part(_("Andere naam"), "info", self._renamed()),
            Part(_("Andere groep"), "info", self._moved()),
            Part(_("Groepen"), "info", self._groups()),
            Part(_("Wie geeft les aan wie"), "quiet", self._teaching()),
            Part(_("Nieuwe medewerkers"), "ok", self._new(staff=True)),
            Part(_("Nieuwe leerlingen"), "ok", self._new(staff=False)),
            Part(_("Gekoppeld aan de administratie"), "quiet", [self._name(each) for each, _s in self.plan.matched]),
        ]
        return [part for part in parts if part.lines]

    def _new(self, *, staff: bool) -> list[str]:
        found = [new for new in self.plan.registered if (new.kind != PUPIL) == staff]
        found.sort(key=lambda new: (fold(self._group(new.group)), _sorted_by(new.name)))
        return [f"{written(new.name)} · {self._group(new.group)}" if new.group else written(new.name) for new in found]

    def _left(self) -> list[str]:
        return [
            _("%(name)s, sinds %(day)s", name=self._name(each.person_id), day=format_date(each.on, "d MMMM y"))
            for each in self.plan.left
        ]

    def _renamed(self) -> list[str]:
        return [
            _("%(was)s wordt %(name)s", was=written(each.was), name=written(each.name)) for each in self.plan.renamed
        ]

    def _moved(self) -> list[str]:
        lines = []
        for move in self.plan.moved:
            name = self.everybody[move.person_id]
            lines.append(
                _(
                    "%(name)s: van %(was)s naar %(group)s",
                    name=name.full,
                    was=_place(name.group, name.year_group),
                    group=_place(self._group(move.group), move.year_group),
                )
            )
        return lines

    def _groups(self) -> list[str]:
        groups = self.plan.groups
        lines = [_("Nieuw: %(name)s", name=new.name) for new in groups.formed]
        for wanted in groups.changed:
            if wanted.was != wanted.name:
                lines.append(_("%(was)s wordt %(name)s", was=wanted.was, name=wanted.name))
            else:
                lines.append(_("Aangepast: %(name)s", name=wanted.name))
        return lines + [_("Stopt: %(name)s", name=self.everybody.groups[each].name) for each in groups.closed]

    def _teaching(self) -> list[str]:
        return sorted(self._group(source) for source in self.plan.teaching)

    def _name(self, person_id) -> str:
        return self.everybody[person_id].full

    def _group(self, source: str | None) -> str:
        return self.group_names.get(source or "", "")


def written(name: NameParts) -> str:
    """Return a name as people write it."""
    return " ".join(part for part in name if part)


def counted(counts: dict[str, int]) -> list[str]:
    """Return names of elements with how often they stood in the file, the most frequent first."""
    return [f"{name} ({count})" for name, count in Counter(counts).most_common()]


def _place(group: str | None, year: str | None) -> str:
    if group and year and year not in group:
        return _("%(group)s (jaar %(year)s)", group=group, year=year)
    return group or _("geen groep")


def _sorted_by(name: NameParts) -> tuple[str, str]:
    return fold(name[2] or name[0]), fold(name[0])
