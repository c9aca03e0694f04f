"""Who could read a record at a moment, by the duties, groups and table of then, and who opened it until then."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from events.log.tables import event
from intranet.access import STAFF, with_changes
from intranet.accounts.known_people import duties_by_person
from intranet.api import current_school, db
from intranet.incidents.readable import Reader
from intranet.looked_at import looked_at, present
from intranet.people.colleagues import staff_of
from intranet.people.duties import every_duty
from intranet.schools.directory import need_to_know_of

from .grounds import in_words
from .reach import Reach, grounds_of, reaches
from .readers import readers_of


def kind_of(stream: UUID) -> str | None:
    """Return what a record is called in the log; None for what the viewer may not know of, or is not asked this."""
    with present():
        first = select(event.c.name).where(event.c.school == current_school(), event.c.stream == stream).limit(1)
        name = db.session.scalar(first)
        kind = name.rpartition(".")[0] if name else None
        if kind is None or grounds_of(kind) is None:
            return None
        reach = reaches(db.session.connection(), current_school(), [(kind, stream)])[stream]
    return None if reach is Reach.HIDDEN else kind


def page(kind: str, stream: UUID) -> dict[str, Any]:
    """Return who could read it at the moment that is looked at, each with the ground, and who opened it until then."""
    school = current_school()
    past = looked_at()
    there = db.session.scalar(
        select(event.c.position).where(event.c.school == school, event.c.stream == stream).limit(1)
    )
    reach = reaches(db.session.connection(), school, [(kind, stream)])[stream]
    with with_changes(need_to_know_of(school)):
        rows = list(_rows(kind, stream, school, reach))
    return {
        "rows": rows,
        "there": there is not None,
        "moment": past.moment.words if past and past.moment else _("nu"),
        "asked": past.moment.at.strftime("%Y-%m-%dT%H:%M") if past and past.moment else "",
        "readers": readers_of(db.session.connection(), school, stream),
    }


def _rows(kind: str, stream: UUID, school: UUID, reach: Reach) -> Iterator[list[str]]:
    grounds = grounds_of(kind)
    if grounds is None:
        return
    titles, held_by, staff = every_duty(), duties_by_person(school), staff_of(school)
    found = grounds(
        stream, [Reader(name.person_id, held_by.get(name.person_id, frozenset()), school) for name in staff]
    )
    for name in staff:
        if name.person_id in found:
            ground, duties = found[name.person_id], held_by.get(name.person_id, frozenset()) - {STAFF}
            held = ", ".join(str(title) for code, title in titles.items() if code in duties)
            yield [name.full, str(in_words(ground, reach)).capitalize(), held or _("geen taken")]
