"""Taking over a roster: read, kept sealed until somebody confirms, then applied in one transaction."""

import hashlib
from uuid import UUID

import msgspec
from flask_babel import gettext as _

from intranet.api import Refused, current_school, log
from intranet.people import import_run
from intranet.people.import_plan import ImportPlan, make_plan
from intranet.people.known import known_groups, known_people, source_hash
from intranet.people.roster_file import RosterFile
from intranet.people.today import today
from intranet.schools.events import School
from intranet.uploads import Uploads

uploads = Uploads("people.roster", RosterFile)


class ChangedSincePreview(Refused):
    """What confirming would do is no longer what was shown; nothing was changed."""


def read_roster(content: bytes) -> RosterFile:
    """Read EDEXML or CSV, whichever the file is. Raises `UnreadableFile`."""
    from intranet.people import edexml, roster_csv  # not at the start: readers of XML, for what is done once a year

    start = content[:200].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return (edexml if start.lstrip(b"\0 \t\r\n").startswith(b"<") or len(content) == 0 else roster_csv).parse(content)


def plan_import(roster: RosterFile) -> ImportPlan:
    """Return what taking over a file would change in the acting school. Raises `Refused` for another school's file."""
    school_id = current_school()
    _refuse_other_school(roster, log.get(School, school_id))
    return make_plan(roster, known_people(school_id), known_groups(school_id), source_hash(school_id), today())


def is_older_than_last(roster: RosterFile) -> bool:
    """Tell whether a file is of before the roster that was taken over last."""
    year, day = log.get(School, current_school()).roster_of
    if year and roster.school.school_year and roster.school.school_year != year:
        return roster.school.school_year < year
    return bool(day and roster.school.reference_date and roster.school.reference_date < day)


def fingerprint(plan: ImportPlan) -> str:
    """Return what tells two plans apart, so that what is confirmed is what was shown."""
    return hashlib.sha256(msgspec.json.encode(plan, order="deterministic")).hexdigest()


def import_roster(
    roster: RosterFile, *, shown: str | None = None, many_leave: bool = False, upload_id: UUID | None = None
) -> ImportPlan:
    """Take over a file in the acting school, all or nothing, and return what changed.

    `shown` is the fingerprint of the plan that somebody confirmed; `many_leave` says that they know how many leave.
    Raises `Refused`, `ChangedSincePreview`. A plan without changes records nothing.
    """
    with log.unit_of_work() as work:
        plan = plan_import(roster)
        if shown is not None and shown != fingerprint(plan):
            raise ChangedSincePreview(
                _("Er is intussen iets veranderd. Er is niets overgenomen. Bekijk het overzicht nog een keer.")
            )
        if plan.many_leave and not many_leave:
            raise Refused(_("Er gaan erg veel mensen van school. Er is niets overgenomen. Zet eerst het vinkje."))
        if not plan.is_empty:
            import_run.apply(plan, roster)
        if upload_id is not None:
            uploads.taken_over(work, upload_id)
    return plan


def _refuse_other_school(roster: RosterFile, school: School) -> None:
    theirs, ours = roster.school.brin, school.brin
    if theirs and ours and theirs.casefold() != ours.casefold():
        raise Refused(
            _(
                "Dit bestand hoort bij BRIN %(theirs)s, maar deze school heeft BRIN %(ours)s. Er is niets veranderd.",
                theirs=theirs,
                ours=ours.upper(),
            )
        )
