"""The bullying cases of the practice school: one that ended well, one that began again, one to look back in now."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from events.case import Case
from events.frozen import frozen
from events.involvement import Involvement
from intranet.api import acting, log, today
from intranet.cases import commands
from intranet.demo.illustrating import hang_agreements
from intranet.follow_up.commands import inform_parents, keep_follow_up, promise_follow_up
from intranet.incidents.projections import involved, kinds, register
from intranet.people.mentions import token
from intranet.sharing.commands import share_record

if TYPE_CHECKING:
    from intranet.demo.telling import Place

ZONE = ZoneInfo("Europe/Amsterdam")
WEEK = timedelta(days=7)
MOST_GATHERED = 4


@frozen
class Told:
    """A case as it is told: in which group, how many weeks ago it began, in which words, and how it goes on."""

    group: str
    weeks_ago: int
    concern: str
    goal: str
    well: bool
    again: bool = False


CASES = (
    Told(
        "5a",
        62,
        "Sinds de zomer mag {a} bij niets meedoen. {b} zegt dat het spel vol is, en anderen zeggen {b} na.",
        "{a} heeft elke pauze iemand om mee te spelen en durft dat zelf te zeggen.",
        well=True,
    ),
    Told(
        "7a",
        34,
        "Over {a} gaan berichten rond in de groepsapp. In de klas lacht {b} als {a} een beurt krijgt.",
        "Niemand stuurt nog iets over {a} rond. {a} komt weer met plezier naar school.",
        well=True,
        again=True,
    ),
    Told(
        "6a",
        8,
        "De tas van {a} ligt steeds in de prullenbak. {b} kijkt toe en lacht. {a} gaat vaak naar de wc.",
        "{a} loopt zonder angst door de gang. Wie lacht, weet wat dat doet.",
        well=False,
    ),
)


def plan_cases(place: "Place", last: date) -> None:
    """Plan the cases, each so long before the last day that is told."""
    for told in CASES:
        day = last - told.weeks_ago * WEEK
        thursday = day - timedelta(days=(day.weekday() - 3) % 7)
        place.plan(_afternoon(thursday), _opening(place, told, last))


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, time(15, 5), ZONE)


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _opening(place: "Place", told: Told, last: date) -> Callable[[], None]:
    def begin() -> None:
        esther, teacher = place.staff["esther"], place.teachers[told.group][0]
        with acting(school=place.school, actor=esther):
            parts, records = _known(place, told.group)
            names = {"a": token(parts[0].person_id), "b": token(parts[1].person_id)}
            case = commands.open_case(
                kind="bullying",
                signs=["repeated", "on_purpose", "unequal_power"],
                concern=told.concern.format(**names),
                involved=parts,
                leader=esther,
                group_id=place.groups[told.group],
                gathering=[("incidents.incident", each) for each in records],
            )
            commands.add_participant(case, teacher)
            why = "Henk loopt in de pauze buiten. Hij moet weten op wie hij let."
            share_record(case, place.staff["henk"], until=today() + 10 * WEEK, reason=why)
            day = today()
            look_back = day + 6 * WEEK if told.well else _weekday(last + timedelta(days=2))
            commands.make_plan(case, goal=told.goal.format(**names), evaluate_on=look_back)
            promised = _promise(case, esther, teacher, parts, day)
            for child in dict.fromkeys(part.person_id for part in parts[:2]):
                inform_parents(case, person_id=child, by=teacher, on=day, how="talk")
        place.plan(_afternoon(day + WEEK), _going_on(place, case, promised, 5 if told.well else 1, told, names, last))

    return begin


def _promise(case: UUID, esther: UUID, teacher: UUID, parts: list[Involvement], day: date) -> list[UUID]:
    soon = day + timedelta(days=4)
    victim, other = parts[0].person_id, parts[1].person_id
    promise_follow_up(case, kind="supervision", owner=teacher, due_on=soon, text="Iemand loopt mee in elke pauze.")
    promise_follow_up(case, kind="consequence_talk", owner=esther, due_on=soon, person_id=other)
    promise_follow_up(case, kind="group_talk", owner=teacher, due_on=soon, text="Wat kun je doen als je het ziet?")
    promise_follow_up(
        case, kind="contact_moment", owner=esther, due_on=day + WEEK, person_id=victim, repeats=5,
        text="Elke week even samen, op een plek die het kind kiest.",
    )  # fmt: skip
    return [each.id for each in log.get(Case, case).follow_ups]


def _going_on(
    place: "Place", case: UUID, promised: list[UUID], times: int, told: Told, names: dict[str, str], last: date
) -> Callable[[], None]:
    *once, contact = promised

    def keep() -> None:
        day, teacher = today(), place.teachers[told.group][0]
        with acting(school=place.school, actor=teacher):
            for each in once:
                keep_follow_up(case, each, outcome="Gedaan. Het was een goed gesprek.", on=day)
            if once and not told.well:
                hang_agreements(case, teacher)
        with acting(school=place.school, actor=place.staff["esther"]):
            again = not told.well or times > 1
            words = "{a} vertelde uit zichzelf hoe het ging. Een stap vooruit.".format(**names)
            keep_follow_up(case, contact, outcome=words, on=day, again=again)
        later = _afternoon(day + WEEK)
        if told.well and times > 1:
            place.plan(later, _going_on(place, case, [contact], times - 1, told, names, last))
        elif not told.well and day + WEEK <= last:
            place.plan(later, _going_on(place, case, [contact], 1, told, names, last))
        elif told.well:
            place.plan(later, _looking_back(place, case, told, last))

    return keep


def _looking_back(place: "Place", case: UUID, told: Told, last: date) -> Callable[[], None]:
    def look_back() -> None:
        day, known = today(), _stands(place, case)
        with acting(school=place.school, actor=place.staff["esther"]):
            for child in known.victims:
                commands.hear(
                    case, voice="pupil", view="well", on=day, person_id=child,
                    words="'Ik doe weer mee. Als het niet lukt, kom ik naar juf Esther.'",
                )  # fmt: skip
                commands.hear(case, voice="parents", view="well", on=day, person_id=child, words="Thuis gaat het goed.")
            commands.hear(case, voice="teacher", view="well", on=day, words="Ik zie geen kind meer alleen staan.")
            commands.evaluate(case, outcome="well", conclusion="Het is rustig. We blijven kijken.", on=day)
            commands.close_case(case, conclusion="Zes weken gebeurde er niets. Iedereen weet bij wie hij terecht kan.")
        if told.again:
            place.plan(_afternoon(day + 9 * WEEK), _beginning_again(place, case, last))

    return look_back


def _beginning_again(place: "Place", case: UUID, last: date) -> Callable[[], None]:
    def begin_again() -> None:
        with acting(school=place.school, actor=place.staff["esther"]):
            reason = "Er gaat weer een bewerkte foto rond. Het kind kwam er zelf mee."
            commands.reopen_case(case, reason=reason, evaluate_on=_weekday(last + 3 * WEEK))

    return begin_again


def _stands(place: "Place", case: UUID) -> Case:
    with acting(school=place.school):
        return log.get(Case, case)


def _known(place: "Place", group: str) -> tuple[list[Involvement], list[UUID]]:
    """Return who are in it, first who bears it, and the incidents in which that showed."""
    with log.read() as connection:
        mine = (register.c.school == place.school, register.c.class_group == place.groups[group])
        kind = kinds.c.kind.in_(("bullying_suspected", "exclusion", "cyberbullying_suspected", "verbal_aggression"))
        query = select(register.c.incident).where(
            *mine, kinds.c.school == register.c.school, kinds.c.incident == register.c.incident, kind
        )
        found = connection.scalars(query.distinct().order_by(register.c.happened_at.desc())).all()
        parts = {
            each: connection.execute(
                select(involved.c.person, involved.c.role).where(involved.c.incident == each)
            ).all()
            for each in found
        }
    here = place.pupils[group]
    for each in found:
        roles = {role: person for person, role in parts[each]}
        if {"victim", "alleged_perpetrator"} <= roles.keys() and roles["victim"] in here:
            victim = roles["victim"]
            told = [Involvement(victim, "victim"), Involvement(roles["alleged_perpetrator"], "alleged_perpetrator")]
            told += [Involvement(person, role) for role, person in roles.items() if role in ("follower", "witness")]
            return told, [other for other in found if (victim, "victim") in map(tuple, parts[other])][:MOST_GATHERED]
    return [Involvement(here[0], "victim"), Involvement(here[1], "alleged_perpetrator")], []
