"""Forms somebody has begun: kept on the server, sealed under the author's own key, for seven days."""

import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text, Uuid, bindparam, exists, select

from events.frozen import frozen
from events.log import clock
from events.log.cipher import seal, unseal
from events.log.mapper import from_milliseconds, to_milliseconds
from events.log.personal import ERASED, SealedValue
from events.log.tables import command_key
from events.log.unit_of_work import UnitOfWork
from intranet.api import NotFound, Refused, current_actor, current_school, db, log
from intranet.schema import core_tables

KEPT = timedelta(days=7)
MOST_PER_AUTHOR = 20
LONGEST = 64 * 1024

_form_key = re.compile(r"[A-Za-z0-9_-]{8,64}")

# The id is the key of the shown form: a form that was recorded can never come back as a draft.
draft = Table(
    "draft",
    core_tables,
    Column("form_key", Text, primary_key=True),
    Column("school", Uuid, nullable=False),
    Column("author", Uuid, nullable=False),
    Column("form", Text, nullable=False),
    Column("saved_at", BigInteger, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Index("draft_author", "school", "author"),
)

_mine = (draft.c.school == bindparam("of_school"), draft.c.author == bindparam("of_author"))
_kept = draft.c.saved_at >= bindparam("since")
_not_recorded = ~exists().where(command_key.c.key == draft.c.form_key)
_list = select(draft).where(*_mine, _kept, _not_recorded).order_by(draft.c.saved_at.desc())
_one = select(draft).where(*_mine, _kept, _not_recorded, draft.c.form_key == bindparam("of_key"))
_owner = select(draft.c.author, draft.c.school).where(draft.c.form_key == bindparam("of_key"))
_taken = select(command_key.c.key).where(command_key.c.key == bindparam("of_key"))
_remove = draft.delete().where(*_mine, draft.c.form_key == bindparam("of_key"))
_remove_old = draft.delete().where(draft.c.saved_at < bindparam("since"))


@frozen
class Draft:
    """A form as it was left: which form, when, and what stood in it."""

    form_key: str
    form: str
    saved_at: datetime
    values: dict[str, Any]

    @property
    def kept_until(self) -> datetime:
        """When it is removed if nobody goes on with it."""
        return self.saved_at + KEPT


def save_draft(form: str, form_key: str, values: dict[str, Any]) -> datetime:
    """Keep what stands in a form and return when. Values are strings and lists of strings.

    Raises `NotFound` for a key of somebody else, `Refused` when it is recorded already or there are too many.
    """
    words = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    if len(words) > LONGEST:
        raise Refused(_("Je tekst is te lang om te bewaren."))
    school, author = current_school(), _author()
    with log.unit_of_work() as work:
        _refuse_others(work, school, author, form_key)
        work.execute(_remove_old, {"since": _since()})
        key_id, key = log.owned_keys.key_for(author)
        sealed = seal(key, key_id, author, 0, _field(form_key), words)
        saved_at = clock.now()
        work.execute(_remove, {"of_school": school, "of_author": author, "of_key": form_key})
        work.execute(
            draft.insert(),
            {
                "form_key": form_key,
                "school": school,
                "author": author,
                "form": form,
                "saved_at": to_milliseconds(saved_at),
                "key_id": sealed.k,
                "nonce": sealed.n,
                "sealed": sealed.c,
            },
        )
    return saved_at


def my_drafts(form: str | None = None) -> list[Draft]:
    """Return the drafts of the acting person, the newest first; those nobody can read any more are left out."""
    rows = db.session.execute(_list, {"of_school": current_school(), "of_author": _author(), "since": _since()})
    opened = (_open(row) for row in rows if form is None or row.form == form)
    return [each for each in opened if each is not None]


def my_draft(form_key: str) -> Draft:
    """Return one draft of the acting person. Raises `NotFound` for any other, or when it is recorded or too old."""
    row = db.session.execute(
        _one, {"of_school": current_school(), "of_author": _author(), "since": _since(), "of_key": form_key}
    ).first()
    found = None if row is None else _open(row)
    if found is None:
        raise NotFound("This draft does not exist here.")
    return found


def throw_draft_away(form_key: str | None) -> None:
    """Remove a draft of the acting person that they do not want any more."""
    with log.unit_of_work(lock=False) as work:
        discard_draft(work, form_key)


def discard_draft(work: UnitOfWork, form_key: str | None) -> None:
    """Remove a draft of the acting person, in the transaction that makes it superfluous."""
    if form_key:
        work.execute(_remove, {"of_school": current_school(), "of_author": _author(), "of_key": form_key})


def _refuse_others(work: UnitOfWork, school: UUID, author: UUID, form_key: str) -> None:
    if not _form_key.fullmatch(form_key):
        raise NotFound("A draft needs the key of its form.")
    if work.execute(_taken, {"of_key": form_key}).first() is not None:
        raise Refused(_("Dit is al vastgelegd. Er is geen concept meer nodig."))
    owner = work.execute(_owner, {"of_key": form_key}).first()
    if owner is not None and (owner.school, owner.author) != (school, author):
        raise NotFound("This draft does not exist here.")
    if owner is None:
        mine = work.execute(_list, {"of_school": school, "of_author": author, "since": _since()}).all()
        if len(mine) >= MOST_PER_AUTHOR:
            raise Refused(_("Je hebt al 20 concepten. Maak er eerst een af of gooi er een weg."))


def _open(row: Any) -> Draft | None:
    key = log.owned_keys.open(row.key_id)
    words = unseal(key, SealedValue(row.key_id, row.nonce, row.sealed), row.author, 0, _field(row.form_key))
    if words is ERASED:
        return None
    return Draft(row.form_key, row.form, from_milliseconds(row.saved_at), json.loads(words))


def _field(form_key: str) -> str:
    # The seal names the draft, so one draft's row cannot be put in the place of another.
    return f"draft.{form_key}"


def _author() -> UUID:
    author = current_actor()
    if author is None:
        raise NotFound("A draft belongs to a person.")
    return author


def _since() -> int:
    return to_milliseconds(clock.now() - KEPT)
