"""A school served as in production: the server with deploy/gunicorn.conf.py, in a process group of its own."""

import os
import random
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from flask import Flask

from events.log.keyfile import KeyFile
from events.log.signing import create_signing_key
from intranet.cli.serving import server_command
from intranet.testing import close

ROOT = Path(__file__).resolve().parent.parent.parent
COMPILED = ROOT / ".pytest_cache" / "compiled-code"
"""One for all schools here: each would have everything compiled anew."""
PASSWORD = "Twee olifanten op de fiets"  # noqa: S105  of people who do not exist
TEACHERS = 32
WORKERS = 2


@dataclass(frozen=True)
class School:
    """A school in which every teacher has an account with `PASSWORD`."""

    instance: Path
    database_url: str
    keys_url: str
    board: UUID
    school: UUID
    group: UUID
    pupil: UUID
    addresses: tuple[str, ...]

    @contextmanager
    def opened(self) -> Iterator[Flask]:
        """Open the school in this process, to look at what was stored."""
        app = _app(self.instance, self.database_url, self.keys_url)
        with app.app_context():
            yield app
        close(app)


def make_school(instance: Path, database_url: str, keys_url: str, teachers: int = TEACHERS) -> School:
    """Make a school with one group, one pupil and some teachers who have a password."""
    from intranet import database
    from intranet.accounts import credentials, passwords
    from intranet.accounts.commands import open_account
    from intranet.api import acting, log
    from intranet.people.commands import assign_duty, register_person
    from intranet.schools.commands import add_teacher, form_group, found_board, open_school

    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    KeyFile.create(instance / "keyfile.json")
    create_signing_key(instance / "signing-key.pem")
    app = _app(instance, database_url, keys_url)
    database.create_tables(app)
    addresses = tuple(f"leerkracht{number}@school.example" for number in range(teachers))
    password_hash = passwords.hashed(PASSWORD)
    with app.app_context():
        board = found_board("Stichting De Regenboog")
        school = open_school(board, "IBS De Regenboog", brin="99xx")
        staff = []
        with acting(school=school), log.unit_of_work():
            group = form_group("6a", ("6",))
            pupil = register_person(
                kind="pupil", given_name="Noor", infix="van der", family_name="Berg", group_id=group
            )
            for number in range(teachers):
                staff.append(register_person(kind="staff", given_name=f"Juf{number}", family_name="Tester"))
                assign_duty(staff[-1], "teacher")
                add_teacher(group, staff[-1])
        for person, address in zip(staff, addresses, strict=True):
            account = open_account(board, person_id=person, works_at=school, address=address)
            with acting(school=board), log.unit_of_work(lock=False) as work:
                credentials.set_password_hash(work, account, password_hash)
    close(app)
    return School(instance, database_url, keys_url, board, school, group, pupil, addresses)


def _app(instance: Path, database_url: str, keys_url: str) -> Flask:
    from intranet.app import build_app

    return build_app(
        {"TESTING": True, "INSTANCE": str(instance), "DATABASE_URL": database_url, "KEY_STORE_URL": keys_url}
    )


class Served:
    """The school at `port` of this machine, until `stop()`."""

    def __init__(self, school: School, workers: int = WORKERS):
        self.school = school
        self.port = _free_port()
        self.said = school.instance.parent / "gunicorn.log"
        self._workers = workers
        self._master: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the master and wait until a worker answers."""
        own = {name: value for name, value in os.environ.items() if not name.startswith(("GEBORGEN_", "FLASK_"))}
        environment = {
            **own,
            "GEBORGEN_INSTANCE": str(self.school.instance),
            "GEBORGEN_DATABASE_URL": self.school.database_url,
            "GEBORGEN_KEY_STORE_URL": self.school.keys_url,
            "GEBORGEN_BIND": f"127.0.0.1:{self.port}",
            "GEBORGEN_WORKERS": str(self._workers),
        }
        command = [*server_command(COMPILED), "--config", ROOT / "deploy" / "gunicorn.conf.py"]
        with self.said.open("ab") as said:
            self._master = subprocess.Popen(
                [*command, "--log-level", "warning"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        self.wait_until_it_answers()

    def wait_until_it_answers(self, patience: float = 30) -> None:
        """Wait until a page that needs no database is there."""
        until = time.monotonic() + patience
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                    connection.sendall(b"GET /static/icons/geborgen.svg HTTP/1.0\r\n\r\n")
                    if connection.recv(12).endswith(b" 200"):
                        return
            except OSError:
                pass
            assert self._master is not None
            if self._master.poll() is not None or time.monotonic() > until:
                raise RuntimeError(self.said.read_text(errors="replace"))
            time.sleep(0.02)

    def workers(self) -> list[int]:
        """Return the process ids of the workers."""
        assert self._master is not None
        master = self._master.pid
        return [int(each) for each in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def kill_workers(self) -> int:
        """Kill every worker at once, as when the machine runs out of memory; the master makes new ones."""
        killed = 0
        for each in self.workers():
            try:
                os.kill(each, signal.SIGKILL)
                killed += 1
            except ProcessLookupError:
                continue
        return killed

    def kill_everything(self) -> None:
        """Kill master and workers at once, as when the machine is reset; nothing comes back by itself."""
        assert self._master is not None
        os.killpg(self._master.pid, signal.SIGKILL)
        self._master.wait()

    def stop(self) -> None:
        """Stop as the service manager does, and see to it that nothing is left."""
        if self._master is None:
            return
        self._master.terminate()
        try:
            self._master.wait(30)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._master.pid, signal.SIGKILL)
            self._master = None


@contextmanager
def served(school: School, workers: int = WORKERS) -> Iterator[Served]:
    """Serve a school for as long as the block lasts."""
    site = Served(school, workers)
    try:
        site.start()
        yield site
    finally:
        site.stop()


def _free_port() -> int:
    # Below the ports that connections get: one of those would be taken while the site is down.
    while True:
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
