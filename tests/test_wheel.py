"""What is built is whole: the wheel, installed elsewhere, opens its pages from any directory."""

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NOT_SOURCE = shutil.ignore_patterns(".*", "instance", "build", "dist", "*.egg-info", "__pycache__", "node_modules")

OPEN_EVERY_PAGE = """
import sys
from pathlib import Path
from events.log.keyfile import KeyFile
from intranet import database
from intranet.app import build_app

instance = Path("instance")
instance.mkdir(mode=0o700)
KeyFile.create(instance / "keyfile.json")
app = build_app({"TESTING": True})
database.create_tables(app)
for name in app.jinja_env.list_templates(extensions=["html"]):
    app.jinja_env.get_template(name)
    print("template", name)
client = app.test_client()
for rule in app.url_map.iter_rules():
    if "GET" in rule.methods and not rule.arguments:
        print("page", rule.rule, client.get(rule.rule).status_code)
with app.test_request_context():
    from flask_babel import get_babel
    print("catalogs", *get_babel().translation_directories)
print("from", Path(database.__file__).parent)
"""


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, env=clean_environment())
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def clean_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "GEBORGEN_", "FLASK_"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # A copy, so that what setuptools leaves behind (build/, *.egg-info) is not in the working tree.
    shutil.copytree(ROOT, folder / "source", ignore=NOT_SOURCE)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    run(*pip, "--wheel-dir", folder, folder / "source", cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a new environment with only the wheel in it, which borrows the packages it depends on."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    return python


@pytest.mark.slow
def test_every_file_of_the_pages_is_in_the_wheel(wheel: Path):
    packed = set(zipfile.ZipFile(wheel).namelist())
    folders = [ROOT / "templates", ROOT / "intranet" / "static", ROOT / "intranet" / "migrations"]
    for base in (ROOT / "intranet", ROOT / "plugins"):
        folders += [*base.rglob("translations"), *base.rglob("templates")]
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert wanted
    assert sorted(wanted - packed) == []
    for catalog in [name for name in packed if name.endswith(".po")]:
        assert catalog.removesuffix(".po") + ".mo" in packed


@pytest.mark.slow
def test_nothing_else_is_in_the_wheel(wheel: Path):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.startswith("geborgen-")} == {
        "events",
        "intranet",
        "plugins",
        "templates",
        "verifier",
    }


@pytest.mark.slow
def test_the_wheel_says_what_it_is(wheel: Path):
    archive = zipfile.ZipFile(wheel)
    name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    about = Parser().parsestr(archive.read(name).decode())
    assert about["Name"] == "geborgen"
    assert "EUPL-1.2" in (about["License-Expression"] or about["License"])
    assert about["Requires-Python"] == ">=3.11"
    assert any(name.endswith("licenses/LICENSE") for name in archive.namelist())


@pytest.mark.slow
def test_installed_elsewhere_every_page_and_template_opens(installed: Path, tmp_path: Path):
    said = run(installed, "-c", OPEN_EVERY_PAGE, cwd=tmp_path).splitlines()
    assert not next(line for line in said if line.startswith("from ")).startswith(f"from {ROOT}")
    templates = {line.removeprefix("template ") for line in said if line.startswith("template ")}
    assert {
        path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")
    } <= templates
    pages = [line for line in said if line.startswith("page ")]
    assert pages
    assert [line for line in pages if line.split()[-1].startswith("5")] == []
