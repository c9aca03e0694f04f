"""What waits when the history of the practice school ends: two late promises that climbed, and mail about them."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from events.involvement import Involvement
from intranet.api import acting, db, log
from intranet.calendar.days import SchoolCalendar
from intranet.demo.following import climbing
from intranet.follow_up.commands import promise_follow_up
from intranet.incidents import commands
from intranet.notices import postbox
from intranet.notices.sending import send_all
from intranet.people.mentions import token
from intranet.people.today import school_zone
from intranet.schools.events import CLIMBING

if TYPE_CHECKING:
    from intranet.demo.telling import Place

TOLD = (
    "{b} vertelde dat {a} en een groepje steeds de schriften van {b} weglegt. {a} zegt dat het een grap is. "
    "Ik heb gezegd dat het stopt."
)
PROMISED = (
    ("supervision", "wilma", CLIMBING.director, "Meekijken als de groep van lokaal wisselt."),
    ("group_talk", "karim", CLIMBING.coordinator, "Praten over wat een grap is, en voor wie."),
)
"""What was promised and by whom, and so many school days late that it also waits for the director or a coordinator."""
NIGHT, MORNING = time(3), time(8, 5)
LONGEST_HOLIDAY = timedelta(days=60)


def plan_waiting(place: "Place", calendar: SchoolCalendar, last: date) -> None:
    """Plan the promises that nobody keeps, and what a server does: let them climb at night, mail in the morning."""
    days = calendar.school_days(last - LONGEST_HOLIDAY, last)
    place.plan(_at(days[-3 - CLIMBING.director], time(15, 20)), _telling(place, days))
    place.plan(_at(days[-1], NIGHT), climbing(place))
    place.plan(_at(days[-1], MORNING), mail)


def mail() -> None:
    """Send what is due, as a server does every five minutes: at the practice school it goes into the postbox."""
    # What this session read before is of an earlier moment of the history.
    db.session.rollback()
    send_all(by=postbox.put)
    db.session.rollback()


def _telling(place: "Place", days: Sequence[date]) -> Callable[[], None]:
    def tell() -> None:
        one, other = place.pupils["5a"][:2]
        with acting(school=place.school, actor=place.staff["karim"]):
            incident = commands.report_incident(
                kinds=("exclusion",),
                happened_at=_at(days[-3 - CLIMBING.director], time(11)),
                account=TOLD.format(a=token(one), b=token(other)),
                place="classroom",
                moment="lesson",
                group_id=place.groups["5a"],
                involved=[Involvement(one, "alleged_perpetrator"), Involvement(other, "victim")],
            )
        with acting(school=place.school, actor=place.staff["hanneke"]), log.unit_of_work():
            for kind, owner, late, text in PROMISED:
                due = days[-1 - late]
                promise_follow_up(incident, kind=kind, owner=place.staff[owner], due_on=due, text=text)

    return tell


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, school_zone())
