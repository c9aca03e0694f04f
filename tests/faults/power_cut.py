"""What a power cut would have left: files put together again from the system calls of a program, as strace saw them.

A disk keeps what was synced. Of what was written since the last sync it may keep nothing, or any part in any order.
The same holds for names: a file that was made or removed is so for sure once its folder was synced.
"""

import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "pwrite64,write,ftruncate,fsync,fdatasync,openat,?unlink,unlinkat"
SECTOR = 512
LINE = re.compile(r"(\d+) +(.*)")
RESUMED = re.compile(r"<\.\.\. \w+ resumed>")
UNFINISHED = " <unfinished ...>"
CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
DESCRIPTOR = re.compile(r"\d+<([^>]*)>")
TEXT = re.compile(r'"([^"]*)"')


def trace(command: list[str | Path], into: Path, cwd: Path) -> None:
    """Run a command and write down every call that changes a file."""
    strace = ["strace", "-f", "-qq", "-y", "-xx", "-s", "1000000", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", into]
    done = subprocess.run([*strace, *command], cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)


@dataclass(frozen=True)
class Call:
    """One system call on a file: lines of the trace at which it began and ended, and what it did."""

    began: int
    ended: int
    name: str
    path: str
    offset: int = 0
    written: bytes = b""


def read_trace(path: Path, folder: Path) -> list[Call]:
    """Return the calls on files in a folder and on the folder itself, in the order in which they ended."""
    calls = []
    for began, ended, text in _whole_lines(path):
        if (found := CALL.match(text)) and not found[3].startswith("-"):
            call = _call(began, ended, found[1], found[2])
            if call and (call.path == str(folder) or Path(call.path).parent == folder):
                calls.append(call)
    return calls


def _whole_lines(path: Path) -> Iterator[tuple[int, int, str]]:
    """Put the halves of calls together between which another thread came."""
    halves: dict[str, tuple[int, str]] = {}
    with path.open() as lines:
        for number, line in enumerate(lines):
            process, text = LINE.match(line.rstrip("\n")).groups()
            if text.endswith(UNFINISHED):
                halves[process] = number, text.removesuffix(UNFINISHED)
            elif resumed := RESUMED.match(text):
                began, half = halves.pop(process)
                yield began, number, half + text[resumed.end() :]
            else:
                yield number, number, text


def _call(began: int, ended: int, name: str, arguments: str) -> Call | None:
    if name in ("openat", "unlink", "unlinkat"):
        if name == "openat" and "O_CREAT" not in arguments:
            return None
        return Call(began, ended, name, _bytes(TEXT.search(arguments)[1]).decode())
    path = _bytes(DESCRIPTOR.match(arguments)[1]).decode()
    if name in ("pwrite64", "write"):
        written = _bytes(TEXT.search(arguments)[1])
        return Call(began, ended, name, path, _last_number(arguments) if name == "pwrite64" else 0, written)
    return Call(began, ended, name, path, _last_number(arguments) if name == "ftruncate" else 0)


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", "")) if shown.startswith("\\x") else shown.encode()


def _last_number(arguments: str) -> int:
    return int(arguments.rpartition(",")[2])


@dataclass
class File:
    """What is in a file for sure, and what was written since."""

    sure: bytearray
    since: list[Call] = field(default_factory=list)

    def sync(self, began: int) -> None:
        """Everything that was written before the sync began is there for sure."""
        for call in (each for each in self.since if each.ended < began):
            _write(self.sure, call, len(call.written))
        self.since = [each for each in self.since if each.ended >= began]

    def left(self, chance: random.Random | None) -> bytes:
        """Return what a cut leaves: without chance only what is sure, else some of the rest, some of it in part."""
        kept = bytearray(self.sure)
        for call in self.since if chance else ():
            if chance.random() < 0.5:
                sectors = chance.randint(0, len(call.written) // SECTOR)
                _write(kept, call, sectors * SECTOR if chance.random() < 0.3 else len(call.written))
        return bytes(kept)


def _write(content: bytearray, call: Call, length: int) -> None:
    if call.name == "ftruncate":
        del content[call.offset :]
        content.extend(bytes(call.offset - len(content)))
        return
    content.extend(bytes(max(0, call.offset - len(content))))
    content[call.offset : call.offset + length] = call.written[:length]


class Disk:
    """The files of one folder, as a disk would keep them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._named = {str(path): File(bytearray(path.read_bytes())) for path in folder.iterdir()}
        self._surely_named = dict(self._named)
        self._renamings: list[tuple[int, str, File | None]] = []

    def take(self, call: Call) -> None:
        """Let one more call happen."""
        if call.path == str(self.folder):
            self._sync_names(call.began)
        elif call.name == "openat" and call.path not in self._named:
            self._name(call, File(bytearray()))
        elif call.name in ("unlink", "unlinkat"):
            self._name(call, None)
        elif call.name in ("fsync", "fdatasync"):
            self._named[call.path].sync(call.began)
        elif call.name == "write":
            raise AssertionError(f"{call.path} is written where its end is; this disk knows positions only")
        elif call.name in ("pwrite64", "ftruncate"):
            self._named[call.path].since.append(call)

    def _name(self, call: Call, file: File | None) -> None:
        self._renamings.append((call.ended, call.path, file))
        if file is None:
            self._named.pop(call.path, None)
        else:
            self._named[call.path] = file

    def _sync_names(self, began: int) -> None:
        while self._renamings and self._renamings[0][0] < began:
            _, path, file = self._renamings.pop(0)
            _rename(self._surely_named, path, file)

    def cut(self, into: Path, chance: random.Random | None = None) -> None:
        """Write into a new folder what is left when the power goes now; with `chance`, some of what is not sure too."""
        names = dict(self._surely_named)
        for _, path, file in self._renamings[: chance.randint(0, len(self._renamings))] if chance else ():
            _rename(names, path, file)
        into.mkdir()
        for path, file in names.items():
            (into / Path(path).name).write_bytes(file.left(chance))


def _rename(names: dict[str, File], path: str, file: File | None) -> None:
    if file is None:
        names.pop(path, None)
    else:
        names[path] = file
