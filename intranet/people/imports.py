"""Taking over a roster: read, kept sealed until somebody confirms, then applied in one transaction."""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
from flask_babel import gettext as _
from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text, Uuid, select

from events.log import clock
from events.log.cipher import seal, unseal
from events.log.mapper import to_milliseconds
from events.log.personal import ERASED, SealedValue
from intranet.api import NotFound, Refused, core_tables, current_actor, current_school, log
from intranet.people import edexml, import_run, roster_csv
from intranet.people.import_plan import ImportPlan, make_plan
from intranet.people.known import known_groups, known_people, source_hash
from intranet.people.roster_file import RosterFile
from intranet.people.today import today
from intranet.schools.events import School

KEPT = timedelta(hours=24)

upload = Table(
    "people_upload",
    core_tables,
    Column("upload", Uuid, primary_key=True),
    Column("school", Uuid, nullable=False),
    Column("importer", Uuid, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
"""Read files that wait for somebody to confirm them: sealed under the key of that person, for a day."""


class ChangedSincePreview(Refused):
    """What confirming would do is no longer what was shown; nothing was changed."""


def read_roster(content: bytes) -> RosterFile:
    """Read EDEXML or CSV, whichever the file is. Raises `UnreadableFile`."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return (edexml if start.lstrip(b"\0 \t\r\n").startswith(b"<") or len(content) == 0 else roster_csv).parse(content)


def keep_upload(roster: RosterFile) -> UUID:
    """Keep a read file until it is confirmed and return its id; older uploads of the same person go."""
    school, importer, upload_id = current_school(), _importer(), uuid4()
    with log.unit_of_work() as work:
        mine = (upload.c.school == school) & (upload.c.importer == importer)
        work.execute(upload.delete().where(mine | (upload.c.made_at < _since())))
        key_id, key = log.owned_keys.key_for(importer)
        sealed = seal(key, key_id, importer, 0, f"upload.{upload_id.hex}", msgspec.json.encode(roster).decode())
        row = {"upload": upload_id, "school": school, "importer": importer, "made_at": to_milliseconds(clock.now())}
        work.execute(upload.insert(), row | {"key_id": sealed.k, "nonce": sealed.n, "sealed": sealed.c})
    return upload_id


def kept_upload(upload_id: UUID) -> RosterFile | None:
    """Return a file that the acting person uploaded; None for any other, or when it is taken over or too old."""
    with log.read() as connection:
        row = connection.execute(select(upload).where(*_mine(upload_id), upload.c.made_at >= _since())).first()
    if row is None:
        return None
    key = log.owned_keys.open(row.key_id)
    sealed = SealedValue(row.key_id, row.nonce, row.sealed)
    words = unseal(key, sealed, row.importer, 0, f"upload.{upload_id.hex}")
    return None if words is ERASED else msgspec.json.decode(words, type=RosterFile)


def discard_upload(upload_id: UUID) -> None:
    """Forget an upload of the acting person."""
    with log.unit_of_work(lock=False) as work:
        work.execute(upload.delete().where(*_mine(upload_id)))


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
            work.execute(upload.delete().where(*_mine(upload_id)))
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


def _mine(upload_id: UUID):
    return upload.c.upload == upload_id, upload.c.school == current_school(), upload.c.importer == _importer()


def _importer() -> UUID:
    importer = current_actor()
    if importer is None:
        raise NotFound("An upload belongs to a person.")
    return importer


def _since() -> int:
    return to_milliseconds(clock.now() - KEPT)
