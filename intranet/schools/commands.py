"""What somebody can do with boards, schools and class groups. One function, one intention, one save."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from flask_babel import gettext as _

from intranet.api import Refused, acting, current_school, log, roster
from intranet.people.colleagues import refuse_no_colleague
from intranet.schools.events import Board, ClassGroup, School


def found_board(name: str, *, board_id: UUID | None = None, actor: UUID | None = None) -> UUID:
    """Found a board with a log of its own and return its id, which is also the school id of that log."""
    with acting(school=board_id or uuid4(), actor=actor):
        board = Board(name=name)
        log.save(board)
    return board.id


def open_school(
    board_id: UUID, name: str, *, brin: str | None = None, school_id: UUID | None = None, actor: UUID | None = None
) -> UUID:
    """Open a school of a board and return its id, which is the id of its log."""
    with acting(school=school_id or uuid4(), actor=actor):
        school = School(board_id=board_id, name=name, brin=brin.lower() if brin else None)
        log.save(school)
    return school.id


def change_school(school_id: UUID, *, name: str, brin: str | None, holiday_region: str | None) -> None:
    """Change the name and the settings of the school that is acted in."""
    school = log.get(School, school_id)
    school.rename(name=name)
    school.change_settings(brin=brin.lower() if brin else None, holiday_region=holiday_region or None)
    log.save(school)


def change_climbing(school_id: UUID, *, coordinator: int, director: int) -> None:
    """Say after how many school days a broken promise also waits for a coordinator, and for the director."""
    school = log.get(School, school_id)
    school.change_climbing(coordinator=coordinator, director=director)
    log.save(school)


def change_case_term(school_id: UUID, weeks: int) -> None:
    """Say how many weeks after a plan was made a case is evaluated."""
    school = log.get(School, school_id)
    school.change_case_term(weeks)
    log.save(school)


def form_group(name: str, year_groups: Iterable[str] = (), *, sources: Iterable[str] = ()) -> UUID:
    """Form a class group and return its id."""
    group = ClassGroup(name=name, year_groups=tuple(year_groups), sources=tuple(sources))
    log.save(group)
    return group.id


def change_group(group_id: UUID, *, name: str, year_groups: Iterable[str]) -> None:
    """Give a group another name or other year groups."""
    group = log.get(ClassGroup, group_id)
    group.rename(name=name)
    group.change_year_groups(year_groups=tuple(year_groups))
    log.save(group)


def add_teacher(group_id: UUID, person_id: UUID) -> None:
    """Let a member of staff teach a group. Raises `Refused` for who does not work here: it opens records."""
    refuse_no_colleague(person_id)
    group = log.get(ClassGroup, group_id)
    group.add_teacher(person_id)
    log.save(group)


def remove_teacher(group_id: UUID, person_id: UUID) -> None:
    """Let a member of staff no longer teach a group."""
    group = log.get(ClassGroup, group_id)
    group.remove_teacher(person_id)
    log.save(group)


def close_group(group_id: UUID, *, on: date) -> None:
    """End a group on a day. Raises `Refused` while there are pupils in it: they would be in no group."""
    group = log.get(ClassGroup, group_id)
    if roster(current_school()).in_group(group_id):
        raise Refused(_("Er zitten nog leerlingen in deze groep. Geef hen eerst een andere groep."))
    group.close(on=on)
    log.save(group)
