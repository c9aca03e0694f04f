"""What the colleagues of the practice school notice: good things, small worries, and what comes of each."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from events.frozen import frozen
from events.involvement import Involvement
from events.signal import THE_WRITER, Signal
from intranet.api import acting, log, school_calendar, school_zone, today
from intranet.people.mentions import token
from intranet.sharing.commands import share_record
from intranet.signals import commands
from intranet.signals.kinds import CONCERN, OBSERVATION

if TYPE_CHECKING:
    from intranet.demo.telling import Place

A_DAY = 0.28
"""Signals a school day: about one a week and a half for each group in a year."""


@frozen
class Noticed:
    """Something that can be noticed; `{a}` in the words is the child it is about, when it is about one."""

    words: tuple[str, ...]
    kind: str = OBSERVATION
    positive: bool = False
    source: str = THE_WRITER
    on_behalf_of: str | None = None
    bullying: bool = False
    home_signs: bool = False
    weight: int = 4
    becomes: str | None = None
    """The kind of incident that it may turn out to be."""


NOTICED = (
    Noticed((
        "{a} hielp uit zichzelf een kleuter met de jas.",
        "{a} vroeg of een nieuw kind mee wilde doen met tikkertje.",
        "{a} loste een ruzie in de kring op door te vragen wat de ander wilde.",
        "{a} durfde vandaag voor de klas te vertellen. De groep was stil en klapte daarna.",
    ), positive=True, weight=9),
    Noticed((
        "{a} speelt deze week steeds alleen. Als ik vraag waarom, haalt {a} de schouders op.",
        "{a} zegt sinds maandag bijna niets in de kring.",
        "{a} gaat vaak naar het toilet als we naar buiten gaan.",
    ), weight=7),
    Noticed((
        "{a} is al een paar weken moe en valt bijna in slaap bij rekenen.",
        "{a} heeft de laatste tijd vaak geen brood mee.",
        "{a} huilt snel en wil na school niet naar de opvang.",
    ), kind=CONCERN, weight=6),
    Noticed((
        "{a} mag van drie kinderen niet meedoen, zeggen andere kinderen. {a} vindt het zelf heel erg.",
    ), bullying=True, weight=3),
    Noticed((
        "De pleinwacht zag dat {a} steeds naar het hek wordt gestuurd als het spel begint.",
    ), source="playground_patrol", on_behalf_of="Pleinwacht van groep 7 en 8", weight=3, becomes="exclusion"),
    Noticed((
        "Bij de fietsenrekken wordt geduwd als de school uitgaat. Het gaat om de grotere kinderen.",
    ), source="class_parent", on_behalf_of="Klassenouder", weight=2),
    Noticed((
        "In de MR werd verteld dat kinderen de hoek achter de gymzaal niet fijn vinden.",
    ), source="council_member", on_behalf_of="Lid van de MR", weight=1),
    Noticed((
        "{a} schrok toen ik mijn hand uitstak. {a} zei: 'Thuis moet ik heel stil zijn.'",
    ), kind=CONCERN, home_signs=True, weight=1),
)  # fmt: skip


@frozen
class StillOpen:
    """Something that is still looked at when the history ends: so many school days ago, in a group, by whom."""

    days: int
    group: str
    writer: str
    what: Noticed
    talk: str = ""
    question: str = ""
    shared: str = ""


STILL_OPEN = (
    StillOpen(
        8,
        "3/4b",
        "nadia",
        Noticed(("{a} is al weken moe en stil. {a} zegt dat er 's avonds veel lawaai is.",), kind=CONCERN),
        talk="Gebeld met de ouders van {a}. De baby slaapt slecht. Zij willen graag meedenken.",
        question="Wat helpt {a} om overdag uit te rusten, en wie denkt thuis mee?",
    ),
    StillOpen(
        3,
        "5a",
        "wilma",
        Noticed(
            ("{a} wil na school niet weg. {a} zegt: 'Ik weet nooit hoe het is als ik thuiskom.'",),
            kind=CONCERN,
            home_signs=True,
        ),
        shared="Dit gaat over thuis. Kijk jij vandaag met mij naar stap 1 van de meldcode?",
    ),
    StillOpen(
        2,
        "8a",
        "marijke",
        Noticed(
            ("Ouders vertelden dat er bij de poort wordt gescholden als groep 8 naar buiten komt.",),
            source="parents_council",
            on_behalf_of="Iris van Duinen",
        ),
    ),
)


TALKS = (
    ("pupil", "{a} vertelde dat het weer goed gaat. We spraken af dat {a} bij mij komt als het terugkomt."),
    ("parents", "Gebeld met de ouders van {a}. Zij zien thuis hetzelfde en willen volgende week langskomen."),
    ("colleague", "Met de leerkracht gekeken wat {a} helpt. We kijken twee weken mee in de pauze."),
)
CLOSINGS = (
    "Er is gepraat en het gaat beter.",
    "Bekeken met de leerkracht. Er is nu niets extra's nodig.",
    "Hoort bij iets dat al bekend is. De ouders weten het.",
)


def plan_signals(place: "Place", days: Sequence[date], draw: Random) -> None:
    """Plan what is noticed on these school days."""
    for day in days:
        if draw.random() < A_DAY:
            moment = datetime.combine(day, time(draw.randrange(9, 16), 10), school_zone())
            place.plan(moment, _noticing(place, moment, draw))


def plan_open_signals(place: "Place", days: Sequence[date]) -> None:
    """Plan what is still open at the end of these school days: at the support team, about home, and new."""
    for each in STILL_OPEN:
        moment = datetime.combine(days[-each.days], time(14, 50), school_zone())
        place.plan(moment, _telling_what_stays_open(place, each, moment))


def _telling_what_stays_open(place: "Place", open_one: StillOpen, moment: datetime) -> Callable[[], None]:
    def tell() -> None:
        what = open_one.what
        child = place.pupils[open_one.group][-2] if "{a}" in what.words[0] else None
        with acting(school=place.school, actor=place.staff[open_one.writer]):
            signal = _record(what, what.words[0], child, place.groups[open_one.group], moment - timedelta(minutes=20))
        place.plan(moment + timedelta(hours=2), lambda: _look(place, open_one, signal, child))

    return tell


def _look(place: "Place", open_one: StillOpen, signal: UUID, child: UUID | None) -> None:
    with acting(school=place.school, actor=place.staff["hanneke"]):
        if open_one.talk:
            commands.record_talk(signal, "parents", _about(open_one.talk, child))
        if open_one.question:
            commands.take_to_support_team(signal, _about(open_one.question, child))
        if open_one.shared:
            until = today() + timedelta(days=28)
            share_record(signal, place.staff["esther"], until=until, reason=open_one.shared)


def _noticing(place: "Place", moment: datetime, draw: Random) -> Callable[[], None]:
    def notice() -> None:
        what = draw.choices(NOTICED, weights=[each.weight for each in NOTICED])[0]
        words = draw.choice(what.words)
        group = draw.choice(list(place.groups))
        child = draw.choice(place.pupils[group]) if "{a}" in words else None
        writer = draw.choice(place.teachers[group] or [place.staff["hanneke"]])
        with acting(school=place.school, actor=writer):
            happened = moment - timedelta(minutes=draw.choice((5, 15, 40)))
            signal = _record(what, words, child, place.groups[group], happened)
        if not what.positive:
            with acting(school=place.school):
                day = school_calendar().after(moment.date(), draw.randrange(1, 6))
            later = datetime.combine(day, time(draw.randrange(10, 17), 20), school_zone())
            place.plan(later, _looking(place, signal, what, child, group, draw))

    return notice


def _record(what: Noticed, words: str, child: UUID | None, group: UUID, happened: datetime) -> UUID:
    return commands.record_signal(
        kind=what.kind,
        account=_about(words, child),
        happened_at=happened,
        positive=what.positive,
        source=what.source,
        on_behalf_of=what.on_behalf_of,
        people=[child] if child else [],
        group_id=group,
        bullying=what.bullying,
        home_signs=what.home_signs,
    )


def _looking(
    place: "Place", signal: UUID, what: Noticed, child: UUID | None, group: str, draw: Random
) -> Callable[[], None]:
    def look() -> None:
        with acting(school=place.school, actor=place.staff["hanneke"]):
            if what.becomes and child and draw.random() < 0.5:
                _become_incident(signal, what, child, place.groups[group])
                return
            if child:
                partner, words = draw.choice(TALKS)
                commands.record_talk(signal, partner, _about(words, child))
            if what.bullying or what.home_signs:
                why = (
                    "Het lijkt op pesten. Wil jij meekijken?" if what.bullying else "Dit gaat over thuis. Lees jij mee?"
                )
                until = today() + timedelta(days=28)
                share_record(signal, place.staff["esther"], until=until, reason=why)
            elif what.kind == CONCERN and draw.random() < 0.3:
                commands.take_to_support_team(signal, "Wat kan de groep doen, en wat vragen we van thuis?")
            elif draw.random() < 0.8:
                commands.close_signal(signal, draw.choice(CLOSINGS))
                return
            day = school_calendar().after(today(), 20)
        place.plan(datetime.combine(day, time(15, 30), school_zone()), _closing(place, signal, draw.choice(CLOSINGS)))

    return look


def _closing(place: "Place", signal: UUID, words: str) -> Callable[[], None]:
    def close() -> None:
        with acting(school=place.school, actor=place.staff["hanneke"]):
            commands.close_signal(signal, words)

    return close


def _become_incident(signal: UUID, what: Noticed, child: UUID, group: UUID) -> None:
    commands.make_incident(
        signal,
        kinds=(what.becomes,),
        happened_at=log.get(Signal, signal).happened_at,
        account=_about("Uit het signaal bleek dat {a} al een paar keer buiten het spel werd gezet.", child),
        place="playground",
        group_id=group,
        involved=[Involvement(child, "victim")],
    )


def _about(words: str, child: UUID | None) -> str:
    return words.format(a=token(child)) if child else words
