"""What the practice school did with patterns: measures that were looked at again, and rules that warned."""

from datetime import date, timedelta
from typing import Any

from intranet.api import DemoSchool, DemoStory

from . import commands, quiet, reading
from .events import ADJUST, GROUP, PUPIL_ANY, SIGNAL

HANDLED = (
    "Met de leerkracht gesproken. We zetten de kinderen deze week niet bij elkaar.",
    "Alle kinderen apart gehoord. Er is een afspraak voor in de pauze.",
    "Bekeken met het team. Het waren losse voorvallen, we letten er twee weken op.",
    "De ouders gebeld en samen een plan gemaakt. Vrijdag praten we weer.",
    "In de groep besproken wat je doet als iemand stop zegt.",
)
FRIDAY = 5


def history(school: DemoSchool) -> list[DemoStory]:
    """Return the stories: measures of each year, one that still runs; rules that were too eager, stayed, or are new."""
    tales = (_playground, _changing, _running, _from_incident, _quiet, _too_eager, _staying, _signals, _newest)
    return [tale(school) for tale in tales]


def _playground(school: DemoSchool) -> DemoStory:
    """A measure that helped after it was made smaller."""
    days, coordinator = school.days(school.years[0]), school.staff("care_coordinator")[0]
    owner = school.teachers("7a")[0]
    yield school.at(days[60], 15, 45)
    with school.acting_as(coordinator):
        measure = commands.propose_measure(
            text="In de grote pauze is er elke week een spel met vaste afspraken. Er staan twee pleinwachten.",
            pattern={"place": "playground", "moment": "big_break"},
            owner_id=owner,
            evaluate_on=days[90],
        )
    yield school.at(days[90], 15, 30)
    with school.acting_as(owner):
        commands.evaluate_measure(
            measure,
            outcome="partly",
            conclusion="Op de dagen met een spel gaat het goed. Op andere dagen is er nog ruzie over de bal.",
            next_on=days[125],
        )
    yield school.at(days[125], 15, 30)
    with school.acting_as(owner):
        commands.evaluate_measure(
            measure,
            outcome="works",
            conclusion="Het spel is er nu elke dag. Kinderen zetten het zelf klaar.",
            next_on=None,
        )


def _changing(school: DemoSchool) -> DemoStory:
    """A measure that did not help, and was ended."""
    days, coordinator = school.days(school.years[1]), school.staff("care_coordinator")[0]
    owner = school.teachers("6a")[0]
    yield school.at(days[40], 16)
    with school.acting_as(coordinator):
        measure = commands.propose_measure(
            text="Voor de gymles gaan de kinderen in twee rijen naar de kleedkamer.",
            pattern={"place": "changing_room"},
            owner_id=owner,
            evaluate_on=days[75],
        )
    yield school.at(days[76], 8, 10)
    with school.acting_as(owner):
        commands.evaluate_measure(
            measure,
            outcome="does_not",
            conclusion="Twee rijen maken het wachten langer. We kiezen iets anders: de leerkracht staat bij de deur.",
            next_on=None,
        )


def _running(school: DemoSchool) -> DemoStory:
    """A measure that is still to be looked at."""
    proposed = school.days()[-12]
    yield school.at(proposed, 15, 50)
    with school.acting_as(school.staff("care_coordinator")[0]):
        commands.propose_measure(
            text="Na de pauze wacht elke groep op een eigen plek tot de leerkracht er is.",
            pattern={"place": "hallway"},
            owner_id=school.staff("care_coordinator")[0],
            evaluate_on=school.last + timedelta(weeks=3),
        )


def _from_incident(school: DemoSchool) -> DemoStory:
    """A measure that came from one incident, adjusted once by who sees to it."""
    days, coordinator = school.days(school.years[1]), school.staff("care_coordinator")[0]
    owner, asked = school.teachers("6a")[0], days[22]
    yield school.at(asked, 16, 10)
    with school.acting_as(coordinator):
        found = [each for each in reading.happenings(days[4], asked, closed=()) if each.group == school.groups["6a"]]
        if not found:
            return
        measure = commands.propose_measure(
            text="Na de pauze praten we vijf minuten over hoe het ging. Pas daarna begint de les.",
            pattern={"group": school.groups["6a"].hex},
            owner_id=owner,
            evaluate_on=days[36],
            record=("incidents.incident", found[-1].id),
        )
    yield school.at(days[36], 15, 40)
    with school.acting_as(owner):
        commands.evaluate_measure(
            measure,
            outcome=ADJUST,
            conclusion="Vijf minuten is te kort als er echt iets was. We nemen er dan tien en praten daarna apart.",
            next_on=school.last + timedelta(weeks=2),
        )


def _quiet(school: DemoSchool) -> DemoStory:
    """Fridays on which the teacher of the youngest looked, found nothing to record, and said so."""
    teacher, group = school.teachers("1/2b")[0], school.groups["1/2b"]
    for friday in (day for day in school.days()[-45:] if day.isoweekday() == FRIDAY):
        yield school.at(friday, 15, 25)
        monday = friday - timedelta(days=4)
        with school.acting_as(teacher):
            happened = reading.happenings(monday, friday, closed=reading.EVERY)
            if all(each.group != group for each in happened):
                looked = school.draw.sample(("breaks", "class", "pupils", "team"), 2)
                quiet.decide_quiet_week(group_id=group, monday=monday, looked=looked)


def _too_eager(school: DemoSchool) -> DemoStory:
    """A rule over groups that warned too often, and was switched off with that reason."""
    days, director = school.days(school.years[0]), school.staff("head_teacher")[0]
    yield school.at(days[100], 13)
    with school.acting_as(director):
        rule = commands.switch_on_rule(who=GROUP, kinds=(), times=2, days=15)
    yield school.at(days[135], 13)
    with school.acting_as(director):
        for given in reading.warnings(of_rule=rule):
            commands.handle_warning(rule, given.warning, school.draw.choice(HANDLED))
        commands.switch_off_rule(rule, "Deze regel waarschuwt te vaak. We lezen het daardoor niet meer goed.")


def _staying(school: DemoSchool) -> DemoStory:
    """A rule over pupils that stays on."""
    return _answered(school, school.days(school.years[1])[10], who=PUPIL_ANY, kinds=(), times=3, days=20)


def _signals(school: DemoSchool) -> DemoStory:
    """A rule over what is noticed: a child of whom several people say something."""
    begun = school.days(school.years[1])[60]
    return _answered(school, begun, who=PUPIL_ANY, kinds=(), times=2, days=60, source=SIGNAL)


def _answered(school: DemoSchool, begun: date, **rule: Any) -> DemoStory:
    """A rule that is on since a day; the care coordinator looks at what it says on Fridays."""
    coordinator = school.staff("care_coordinator")[0]
    yield school.at(begun, 14)
    with school.acting_as(coordinator):
        rule_id = commands.switch_on_rule(**rule)
    for friday in (day for day in school.days() if day > begun and day.isoweekday() == FRIDAY):
        yield school.at(friday, 14)
        with school.acting_as(coordinator):
            for given in reading.warnings(of_rule=rule_id):
                if not given.handled:
                    commands.handle_warning(rule_id, given.warning, school.draw.choice(HANDLED))


def _newest(school: DemoSchool) -> DemoStory:
    """A rule over groups of the last weeks, whose warnings still wait."""
    yield school.at(school.days()[-30], 14)
    with school.acting_as(school.staff("care_coordinator")[0]):
        commands.switch_on_rule(who=GROUP, kinds=(), times=3, days=15)
