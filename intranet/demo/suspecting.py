"""One suspicion about a member of staff at the practice school: its reporter and the director see it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from intranet.api import acting, today
from intranet.demo.telling import ZONE, Place
from intranet.staff_matters import commands

REPORTER, NAMED, BOARD = "wilma", "gert", "marijke"
WORDS = (
    "Een leerling vertelde dat Gert berichtjes stuurt over dingen buiten school. De leerling vond dat niet fijn. "
    "Ik heb geluisterd en niet verder gevraagd. Meer weet ik niet."
)
ADVICE = "Leg vast wat de leerling zei. Vraag niet verder. Neem vandaag een besluit over contact met de leerling."
AGREED = "Gert stuurt geen berichten meer aan leerlingen en werkt niet met deze groep."


def plan_staff_matter(place: Place, last: date) -> None:
    """Let it be told a week before the end of the history, and let the board begin with the steps of the law."""
    told_on = last - timedelta(days=7)
    moment = datetime.combine(told_on, time(15, 40), ZONE)
    matters = []

    def tell() -> None:
        pupil = place.pupils["5a"][-1]
        matters.append(
            commands.report_staff_matter(account=WORDS, named=[place.staff[NAMED]], pupils=[pupil], happened_on=told_on)
        )

    _as(place, REPORTER, moment, tell)
    for hours, step in (
        (1, lambda: commands.confirm_receipt(matters[0])),
        (2, lambda: commands.consult_inspector(matters[0], today(), ADVICE)),
        (3, lambda: commands.take_measure(matters[0], "no_contact", today(), AGREED)),
    ):
        _as(place, BOARD, moment + timedelta(hours=hours), step)


def _as(place: Place, who: str, moment: datetime, action: Callable[[], None]) -> None:
    def act() -> None:
        with acting(school=place.school, actor=place.staff[who]):
            action()

    place.plan(moment, act)
