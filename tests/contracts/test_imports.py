"""The import contracts of setup.cfg hold, and each is broken by an import that it forbids: on a copy of the tree."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("events", "intranet", "plugins", "verifier")
LAYERS = "plugins know intranet, intranet knows events, never the other way round"
ONE_IMPORT = "a plugin imports one module of ours: intranet.api"
VERIFIER = "the verifier shares the hash module with the product, and nothing else"

FORBIDDEN = [
    ("events/incident.py", "import intranet.access", LAYERS),
    ("events/incident.py", "import plugins.patterns.words", LAYERS),
    ("intranet/access.py", "import plugins.patterns.words", LAYERS),
    ("plugins/patterns/words.py", "import intranet.access", ONE_IMPORT),
    ("plugins/patterns/words.py", "import events.incident", ONE_IMPORT),
    ("verifier/__init__.py", "import intranet.access", VERIFIER),
    ("verifier/__init__.py", "import plugins.patterns.words", VERIFIER),
    ("verifier/__init__.py", "import events.log.store", VERIFIER),
]


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The modules of the product with its contracts, in a folder where they may be broken."""
    copy = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            to = copy / path.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
    shutil.copyfile(ROOT / "setup.cfg", copy / "setup.cfg")
    return copy


def broken(copied: Path) -> set[str]:
    """Return the names of the contracts that do not hold in a folder."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    said = subprocess.run(
        [sys.executable, "-c", script, "--no-logo"],
        cwd=copied,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(copied), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    names = {name for name in (LAYERS, ONE_IMPORT, VERIFIER) if f"{name} BROKEN" in said.stdout}
    kept = {name for name in (LAYERS, ONE_IMPORT, VERIFIER) if f"{name} KEPT" in said.stdout}
    assert names | kept == {LAYERS, ONE_IMPORT, VERIFIER}, said.stdout + said.stderr
    assert said.returncode == (1 if names else 0)
    return names


def test_every_contract_holds(copied: Path) -> None:
    assert broken(copied) == set()


@pytest.mark.parametrize(("where", "forbidden", "contract"), FORBIDDEN)
def test_an_import_that_is_forbidden_is_found(copied: Path, where: str, forbidden: str, contract: str) -> None:
    module = copied / where
    sound = module.read_text("utf-8")
    module.write_text(f"{sound}\n{forbidden}\n", "utf-8")
    try:
        assert contract in broken(copied)
    finally:
        module.write_text(sound, "utf-8")


def test_no_contract_is_without_an_import_that_breaks_it() -> None:
    names = {line.partition("= ")[2] for line in (ROOT / "setup.cfg").read_text("utf-8").splitlines()
             if line.startswith("name = ") and not line.endswith("geborgen")}  # fmt: skip
    assert names == {contract for _where, _forbidden, contract in FORBIDDEN}
