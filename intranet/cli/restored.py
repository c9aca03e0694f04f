"""What must happen before a restored log is used: compared with what was signed, and what was erased stays erased."""

import re
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import click
import sqlalchemy as sa
from flask import Flask, current_app

from events.log import tables
from events.log.context import acting
from events.log.errors import LogError
from intranet import database
from intranet.audit import checkpoints
from intranet.cli.group import made_again
from intranet.cli.proof import compare
from intranet.database import log
from verifier.failure import CannotCheck
from verifier.sentences import failure_sentence, verdict_sentence

KEY_ID = re.compile(r"^[0-9a-f]{32}$", re.MULTILINE)


class Refusal(LogError):
    """A copy is not what was signed."""


def refuse_unless_equal(address: str, schools: Iterable[UUID], accept_loss: bool) -> None:
    """Compare a copy with every checkpoint that is kept. A tail that is missing can be accepted; nothing else can."""
    for school in schools:
        try:
            verdict = compare(school, address)
        except CannotCheck as failure:
            raise Refusal(failure_sentence(failure, "en")) from failure
        sentence = f"{school}: {verdict_sentence(verdict, 'en')}"
        if verdict.difference is None:
            click.echo(sentence)
        elif verdict.difference.kind != "cut_off":
            raise Refusal(f"{sentence} This copy is not the log that was signed; it is not used.")
        elif not accept_loss:
            raise Refusal(f"{sentence} Look for a newer copy. To go on without these events: --accept-loss")
        else:
            click.echo(sentence)


def bring_to_life(app: Flask, accept_loss: bool, lists: Iterable[str]) -> None:
    """Make a restored installation fit to be served."""
    with made_again(app) as again:
        destroyed = destroy_what_was_erased(lists)
        if destroyed:
            click.echo(f"{destroyed} keys that were erased since this copy are destroyed again.")
        end_sessions()
        refuse_unless_equal(again.config["DATABASE_URL"], log.schools(), accept_loss)
        if accept_loss:
            for school in log.schools():
                set_aside_checkpoints(school, log.head(school).size)
        log.bring_up_to_date()
    click.echo("Everybody logs in anew. Start the site, and look whether accounts that were closed are closed still.")


def destroy_what_was_erased(lists: Iterable[str]) -> int:
    """Destroy keys that an erasure event, our list of erased keys or a letter names, and that came back."""
    erased = set()
    own = Path(current_app.config["INSTANCE"]) / "erased-keys.txt"
    for text in [*lists, own.read_text("utf-8") if own.exists() else ""]:
        erased.update(KEY_ID.findall(text))
    with log.read() as connection:
        used = tables.key_use
        erased.update(connection.scalars(sa.select(used.c.key_id).where(used.c.erased_at.is_not(None))))
    came_back = log.key_store.held(erased)
    log.key_store.destroy(erased)
    return len(came_back)


def end_sessions() -> None:
    """End what could let somebody in as it was then: sessions, and links that were used since."""
    for school in log.schools()[:1]:
        with acting(school=school), log.unit_of_work(lock=False) as work:
            for name in ("accounts_session", "accounts_link"):
                work.execute(database.core_tables.tables[name].delete())


def set_aside_checkpoints(school: UUID, size: int) -> None:
    """Set aside checkpoints of more events than there are; they stay as files, to show what was lost."""
    folder = Path(current_app.config["INSTANCE"]) / "checkpoints" / school.hex
    for kept in checkpoints.kept(school):
        if kept.size > size:
            for path in folder.glob(f"{kept.size:010d}-*.txt"):
                path.rename(path.with_suffix(".lost"))
