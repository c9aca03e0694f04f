"""Looks whether the stored log is still what was recorded, and says in one sentence what it found."""

import time
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask_babel import format_date, format_decimal
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.engine import Connection

from events.frozen import frozen
from events.log.checkpoint import stored_leaf
from events.log.merkle import Frontier
from events.log.tables import event, log_head
from intranet.looked_at import memory

from .checkpoints import Kept
from .period import clock

ROWS_AT_ONCE = 1000
SECONDS_REMEMBERED = 600
_REMEMBERED = "geborgen.audit.findings"


@frozen
class Finding:
    """What a check found: `fault` is empty when all fits, else changed, missing, extra, head or checkpoint."""

    size: int
    root: bytes
    hashed: int
    seconds: float
    against: Kept | None = None
    fault: str = ""
    position: int = 0

    @property
    def fits(self) -> bool:
        return not self.fault

    @property
    def whole(self) -> bool:
        """Whether every row was hashed again, not only those since the newest checkpoint."""
        return self.hashed >= self.size


def check_all(connection: Connection, school: UUID, checkpoints: Sequence[Kept]) -> Finding:
    """Hash every stored row again and compare with leaves, tree head and every checkpoint."""
    return _check(connection, school, checkpoints, trusted=0)


def check_new(connection: Connection, school: UUID, checkpoints: Sequence[Kept]) -> Finding:
    """Hash the rows since the newest checkpoint; of the rows before it the stored leaves must give its root."""
    return _check(connection, school, checkpoints[:1], trusted=checkpoints[0].size if checkpoints else 0)


def lately(connection: Connection, school: UUID, checkpoints: Sequence[Kept]) -> Finding:
    """Return what this process found in the last ten minutes, or look now: the log's own page asks it every time."""
    remembered: dict[UUID, tuple[float, Finding]] = memory().setdefault(_REMEMBERED, {})
    looked_at, finding = remembered.get(school, (0.0, None))
    now = time.monotonic()
    if finding is None or now - looked_at > SECONDS_REMEMBERED or finding.against != next(iter(checkpoints), None):
        finding = check_new(connection, school, checkpoints)
        remembered[school] = (now, finding)
    return finding


def _check(connection: Connection, school: UUID, checkpoints: Sequence[Kept], trusted: int) -> Finding:
    began = time.perf_counter()
    head = connection.execute(select(log_head).where(log_head.c.school == school)).one_or_none()
    size = head.size if head else 0
    newest = checkpoints[0] if checkpoints else None
    frontier = Frontier()

    def found(fault: str = "", position: int = 0) -> Finding:
        seconds = time.perf_counter() - began
        return Finding(frontier.size, frontier.root(), size - trusted, seconds, newest, fault, position)

    if newest is not None and newest.size > size:
        return found("missing", size + 1)
    borders = {each.size: each.checkpoint.root for each in checkpoints}
    for row in _rows(connection, school, trusted):
        if row is None:
            return found("changed", _unreadable(connection, school, frontier.size + 1, size))
        if row.position != frontier.size + 1:
            return found("missing" if row.position > frontier.size + 1 else "extra", frontier.size + 1)
        if row.position > size:
            return found("extra", row.position)
        if row.position > trusted and stored_leaf(row) != row.leaf:
            return found("changed", row.position)
        frontier.append(row.leaf)
        expected = borders.get(frontier.size)
        if expected is not None and expected != frontier.root():
            return found("checkpoint", frontier.size)
    if frontier.size < size:
        return found("missing", frontier.size + 1)
    if head is not None and frontier.pack() != head.frontier:
        return found("head", size)
    return found()


def _rows(connection: Connection, school: UUID, trusted: int) -> Iterator[Any]:
    """Yield leaves up to `trusted` and whole rows after it, in order; None instead of what is not even a row."""
    of_school = event.c.school == school
    options = {"yield_per": ROWS_AT_ONCE}
    leaves = select(event.c.position, event.c.leaf).where(of_school, event.c.position <= trusted)
    rows = select(event).where(of_school, event.c.position > trusted)
    try:
        for query in (leaves, rows):
            yield from connection.execute(query.order_by(event.c.position), execution_options=options)
    except (TypeError, ValueError):
        yield None


def _unreadable(connection: Connection, school: UUID, first: int, last: int) -> int:
    """Return the first position whose row has a value of a wrong kind, as an id that is none."""
    for position in range(first, last):
        try:
            connection.execute(select(event).where(event.c.school == school, event.c.position == position)).all()
        except (TypeError, ValueError):
            return position
    return last


def sentences(finding: Finding) -> list[str]:
    """Return what was found, for somebody without technical knowledge."""
    number = format_decimal(finding.position)
    if finding.fault == "changed":
        said = _("Gebeurtenis %(number)s is veranderd nadat zij was vastgelegd.", number=number)
    elif finding.fault == "missing":
        said = _("Gebeurtenis %(number)s is weg.", number=number)
    elif finding.fault == "extra":
        said = _("Bij nummer %(number)s staat een gebeurtenis te veel.", number=number)
    elif finding.fault == "head":
        said = _("De gebeurtenissen passen niet bij het totaal dat is bewaard.")
    elif finding.fault == "checkpoint":
        said = _("Voor nummer %(number)s is iets veranderd sinds de ondertekende controlepost.", number=number)
    else:
        return _fitting(finding)
    return [said, _("Verander zelf niets. Bewaar deze pagina en bel de beheerder en je bestuur.")]


def _fitting(finding: Finding) -> list[str]:
    count = format_decimal(finding.size)
    if finding.whole:
        said = _("Alle %(count)s gebeurtenissen staan er zoals ze zijn vastgelegd.", count=count)
    else:
        said = _("De vingerafdrukken van alle %(count)s gebeurtenissen kloppen.", count=count)
    if finding.against is None:
        return [said, _("Er is nog geen ondertekende controlepost om mee te vergelijken.")]
    day = format_date(finding.against.signed_at.astimezone(clock()), "d MMMM y")
    return [said, _("Dat past bij de ondertekende controlepost van %(day)s.", day=day)]
