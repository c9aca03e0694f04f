"""Loads the practice school: board, people, groups, accounts, and then its history, with the people's own commands."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID, uuid4

from events.frozen import frozen
from events.log.clock import told_at
from intranet.accounts.commands import open_account
from intranet.activation.commands import enable_plugin
from intranet.api import acting, log
from intranet.calendar import commands as calendar_commands
from intranet.calendar.days import SchoolCalendar, SchoolYear
from intranet.demo.calendar import calendar_of, free_days
from intranet.demo.cast import BOARD, BRIN, GROUPS, NEWCOMER, SCHOOL, STAFF, Member, pupils
from intranet.demo.gathering import plan_cases
from intranet.demo.guarding import plan_guarding
from intranet.demo.handing_out import plan_handed_out
from intranet.demo.history import DemoSchool, Histories
from intranet.demo.reviewing import plan_reviews
from intranet.demo.signalling import plan_open_signals, plan_signals
from intranet.demo.suspecting import plan_staff_matters
from intranet.demo.telling import Place, at_noon, tell
from intranet.demo.waiting import plan_waiting
from intranet.people import commands as people
from intranet.people.today import school_zone, today
from intranet.plugin_manager import installed
from intranet.schools import commands as schools

SEED = 20260817
Progress = Callable[[str, int, int], None]


@frozen
class Loaded:
    """The practice school that was loaded; `broken` says which plugins could not tell their history to the end."""

    school: UUID
    broken: tuple[str, ...]


def load(progress: Progress) -> Loaded:
    """Load everything up to and with yesterday. `progress` gets what, done, of all."""
    draw = Random(SEED)
    last = today() - timedelta(days=1)
    years = range(SchoolYear.of(last).begins - 2, SchoolYear.of(last).begins + 1)
    first = date(years[0], 8, 17)
    board, school = uuid4(), uuid4()
    with told_at(at_noon(first)):
        schools.found_board(BOARD, board_id=board)
        schools.open_school(board, SCHOOL, brin=BRIN, school_id=school)
        place = _people(board, school, draw, progress)
        _plugins(place)
        _calendar(place, years[0] - 1)
        _calendar(place, years[0])
        days_open = calendar_of(years)
        histories = _histories(place, first, last, days_open)
    plan_reviews(place, years, at_noon(first), last)
    plan_cases(place, last)
    plan_guarding(place, last)
    lately = days_open.school_days(last - timedelta(days=150), last)
    plan_staff_matters(place, lately)
    plan_handed_out(place, lately)
    plan_open_signals(place, lately)
    plan_waiting(place, days_open, last)
    for year in years:
        begins = date(year, 8, 25)
        if begins > last:
            break
        if year > first.year:
            place.until(at_noon(begins))
            _move_up(place, begins, draw, progress)
        if year == years[-1]:
            _newcomer(board, place, begins)
        with told_at(at_noon(begins)):
            _calendar(place, year + 1)
        ends = min(date(year + 1, 7, 10), last)
        days = days_open.school_days(begins, ends)
        plan_signals(place, days, Random(f"{SEED} signals {year}"))
        for number, _day in enumerate(tell(place, days, draw), 1):
            progress(f"schooljaar {year}-{year + 1}", number, len(days))
    place.until(datetime.combine(last, time.max, school_zone()))
    return Loaded(school, tuple(histories.broken))


def _people(board: UUID, school: UUID, draw: Random, progress: Progress) -> Place:
    place = Place(school, {}, {}, {}, {})
    with acting(school=school), log.unit_of_work():
        for name, year_groups, _count in GROUPS:
            place.groups[name] = schools.form_group(name, year_groups)
            place.teachers[name] = []
        _staff(place)
    with acting(school=board), log.unit_of_work():
        for number, member in enumerate(STAFF, 1):
            _account(board, place, member)
            progress("medewerkers", number, len(STAFF))
    names = pupils(draw)
    for number, (name, year_groups, count) in enumerate(GROUPS, 1):
        with acting(school=school), log.unit_of_work():
            place.pupils[name] = [_pupil(place, name, draw.choice(year_groups), names) for _ in range(count)]
        progress("groepen", number, len(GROUPS))
    return place


def _plugins(place: Place) -> None:
    """Switch on whatever is installed: who tries the practice school wants to see it."""
    with acting(school=place.school, actor=place.staff["marijke"]), log.unit_of_work():
        for plugin in installed():
            if not plugin.manifest.always_enabled:
                enable_plugin(plugin.name, "We proberen alles uit.")


def _histories(place: Place, first: date, last: date, calendar: SchoolCalendar) -> Histories:
    """Let every plugin of the school tell its history from the first day on, with a draw of its own."""
    histories, plugins = Histories(place), installed()
    on = plugins.enabled_for(place.school)
    for plugin in plugins:
        tells = plugins.implementation(plugin, "demo_history")
        if plugin.name in on and tells is not None:
            draw = Random(f"{SEED} {plugin.name}")
            histories.ask(plugin, tells.function, DemoSchool(place.school, first, last, calendar, draw, place))
    return histories


def _calendar(place: Place, begins: int) -> None:
    """Enter the free days that begin in a school year; they are known a year ahead."""
    with acting(school=place.school, actor=place.staff["dennis"]), log.unit_of_work():
        for title, days in free_days(SchoolYear(begins)):
            calendar_commands.add_free_days(title=title, kind=days.kind, first=days.first, last=days.last)


def _staff(place: Place) -> None:
    for member in STAFF:
        _comes_to_work(place, member)
        for group in member.groups:
            place.teachers[group].append(place.staff[member.key])


def _comes_to_work(place: Place, member: Member) -> None:
    person = people.register_person(kind="staff", given_name=member.given, family_name=member.family)
    place.staff[member.key] = person
    for duty in member.duties:
        people.assign_duty(person, duty)
    for group in member.groups:
        schools.add_teacher(place.groups[group], person)


def _account(board: UUID, place: Place, member: Member) -> None:
    open_account(board, person_id=place.staff[member.key], works_at=place.school, address=member.address)


def _newcomer(board: UUID, place: Place, day: date) -> None:
    """Let somebody begin with the school year; who is new records nothing yet, so the history stays as it was."""
    with told_at(at_noon(day)):
        with acting(school=place.school), log.unit_of_work():
            _comes_to_work(place, NEWCOMER)
        with acting(school=board), log.unit_of_work():
            _account(board, place, NEWCOMER)


def _pupil(place: Place, group: str, year_group: str, names) -> UUID:
    given, infix, family = next(names)
    person = people.register_person(
        kind="pupil",
        given_name=given,
        infix=infix,
        family_name=family,
        group_id=place.groups[group],
        year_group=year_group,
    )
    place.year_group[person] = year_group
    return person


def _move_up(place: Place, day: date, draw: Random, progress: Progress) -> None:
    """Begin a school year: who was in year 8 leaves, everybody moves up, and the youngest come in."""
    everybody = [person for here in place.pupils.values() for person in here]
    homes: dict[str, list[str]] = {}
    for name, year_groups, _count in GROUPS:
        for year_group in year_groups:
            homes.setdefault(year_group, []).append(name)
    with told_at(at_noon(day)), acting(school=place.school), log.unit_of_work():
        place.pupils = {name: [] for name in place.groups}
        for number, person in enumerate(everybody, 1):
            _one_year_on(place, person, homes, day)
            progress(f"nieuw schooljaar {day.year}", number, len(everybody))
        names = pupils(Random(SEED + day.year))
        for number in range(220 - sum(map(len, place.pupils.values()))):
            group = homes["1"][number % len(homes["1"])]
            place.pupils[group].append(_pupil(place, group, "1", names))


def _one_year_on(place: Place, person: UUID, homes: dict[str, list[str]], day: date) -> None:
    year_group = str(int(place.year_group[person]) + 1)
    if year_group == "9":
        people.let_go(person, on=day)
        return
    place.year_group[person] = year_group
    group = min(homes[year_group], key=lambda name: len(place.pupils[name]))
    place.pupils[group].append(person)
    people.move_to_group(person, place.groups[group], year_group=year_group, on=day)
