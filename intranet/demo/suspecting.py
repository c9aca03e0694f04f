"""Two suspicions about staff at the practice school: one that the board handles, one whose closing it has asked."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from intranet.api import acting, today
from intranet.demo.telling import ZONE, Place
from intranet.staff_matters import commands

BOARD = "marijke"
TOLD_AT = time(14, 40)
Step = tuple[int, time, Callable[[UUID], object]]
"""How many school days after it was told the board does something with it, at what time, and what."""

WORDS = (
    "Een leerling vertelde dat Gert berichtjes stuurt over dingen buiten school. De leerling vond dat niet fijn. "
    "Ik heb geluisterd en niet verder gevraagd. Meer weet ik niet."
)
ADVICE = "Leg vast wat de leerling zei. Vraag niet verder. Neem vandaag een besluit over contact met de leerling."
AGREED = "Gert stuurt geen berichten meer aan leerlingen en werkt niet met deze groep."

HANDLED: tuple[Step, ...] = (
    (0, time(15, 40), commands.confirm_receipt),
    (0, time(16, 20), lambda matter: commands.consult_inspector(matter, today(), ADVICE)),
    (0, time(17), lambda matter: commands.take_measure(matter, "no_contact", today(), AGREED)),
)

TRAINEE = "de stagiair die dit najaar op dinsdag in groep 5/6b was"
WORDS_ABOUT_TRAINEE = (
    "Drie leerlingen vertelden dat de stagiair hen volgt op sociale media. De stagiair geeft hun foto's een hartje. "
    "Een van hen zei: «Ik wil dat eigenlijk niet.» Over berichtjes vertelden zij niets."
)
ADVICE_ABOUT_TRAINEE = (
    "Dit past niet bij de gedragscode. Een aanwijzing voor een seksueel misdrijf hoor ik niet. "
    "Spreek de stagiair aan, vertel het de ouders en vraag na een paar weken hoe het gaat."
)
REASONS = (
    "De ouders keken de telefoons van hun kinderen na en zagen geen berichtjes. "
    "De vertrouwensinspecteur hoort ook geen aanwijzing voor een seksueel misdrijf."
)
AGREED_WITH_TRAINEE = "De stagiair volgt geen leerlingen meer en las de gedragscode. De opleiding weet het ook."
TOLD_PARENTS = "De ouders van de drie leerlingen zijn gebeld. Zij zijn het eens met de afspraak."
CLOSING = "Ik vroeg het na bij de leerlingen en hun ouders: niemand wordt nog gevolgd. De stage is klaar."

TO_CLOSE: tuple[Step, ...] = (
    (0, time(16), commands.confirm_receipt),
    (1, time(9, 30), lambda matter: commands.consult_inspector(matter, today(), ADVICE_ABOUT_TRAINEE)),
    (1, time(15, 15), lambda matter: commands.take_measure(matter, "other", today(), AGREED_WITH_TRAINEE)),
    (2, time(15, 45), lambda matter: commands.inform_people(matter, "parents", today(), TOLD_PARENTS)),
    (3, time(16), lambda matter: commands.judge_suspicion(matter, False, REASONS, today())),
    (17, time(16, 30), lambda matter: commands.close_matter(matter, CLOSING)),
)
"""From the last step on, who oversees the board can read it and answers: close it too, or not."""


def plan_staff_matters(place: Place, days: Sequence[date]) -> None:
    """Let one be told a week before the end of these school days, and another four weeks before it."""
    _plan(
        place,
        days[-6:],
        "wilma",
        HANDLED,
        lambda: commands.report_staff_matter(
            account=WORDS, named=[place.staff["gert"]], pupils=[place.pupils["5a"][-1]], happened_on=today()
        ),
    )
    _plan(
        place,
        days[-20:],
        "annemiek",
        TO_CLOSE,
        lambda: commands.report_staff_matter(
            account=WORDS_ABOUT_TRAINEE, named_otherwise=TRAINEE, pupils=place.pupils["5/6b"][-3:]
        ),
    )


def _plan(
    place: Place, days: Sequence[date], reporter: str, steps: tuple[Step, ...], report: Callable[[], UUID]
) -> None:
    matters: list[UUID] = []
    _as(place, reporter, days[0], TOLD_AT, lambda: matters.append(report()))
    for later, at, step in steps:
        _as(place, BOARD, days[later], at, lambda step=step: step(matters[0]))


def _as(place: Place, who: str, day: date, at: time, action: Callable[[], object]) -> None:
    def act() -> None:
        with acting(school=place.school, actor=place.staff[who]):
            action()

    place.plan(datetime.combine(day, at, ZONE), act)
