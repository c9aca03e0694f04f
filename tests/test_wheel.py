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


USE_A_PLUGIN = """
import contextlib
import io
import os
from importlib.metadata import entry_points
from pathlib import Path

from intranet.testing import made_up_school

os.environ["GEBORGEN_TRACE_HOOKS"] = "1"
print("entry point", *(point.value for point in entry_points(group="geborgen.plugins")))
with made_up_school(Path("instance")) as school, contextlib.redirect_stderr(io.StringIO()) as said:
    director, pages = school.client("marijke"), "/lost-property/"
    print("before", director.get(pages).status_code)
    about = "/school/plugins/lost_property"
    print("switched", director.post(f"{about}/on", {"reason": "Wij gaan dit gebruiken."}, shown=about).status_code)
    form = {"what": "Een blauwe jas", "place": "gym", "found_on": "2026-09-07"}
    page = director.post(f"{pages}new", form).location
    for path in (pages, f"{pages}new", page, about, f"{about}/settings", "/", f"/people/{school.people['noor']}"):
        print("page", director.get(path).status_code, path)
    with director.get(f"{pages}static/lost_property.css") as style:
        print("style", style.status_code, style.mimetype)
    for name in school.app.jinja_env.list_templates(filter_func=lambda name: name.startswith("lost_property/")):
        school.app.jinja_env.get_template(name)
        print("template", name)
    print("english", "Record an item" in director.get(pages, headers={"Accept-Language": "en"}).text)
    import geborgen_lost_property
    print("from", Path(geborgen_lost_property.__file__).parent)
print(said.getvalue())
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
    return build(folder / "source", folder)


def build(source: Path, folder: Path) -> Path:
    """Build the wheel of what is in a folder."""
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    run(*pip, "--wheel-dir", folder, source, cwd=folder)
    return next(folder.glob("*.whl"))


def environment(folder: Path, *wheels: Path) -> Path:
    """Return the Python of a new environment with only these wheels, which borrows the packages they depend on."""
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    python = folder / "venv" / "bin" / "python"
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    install(python, *wheels)
    return python


def install(python: Path, *wheels: Path) -> None:
    """Install wheels and nothing they ask for."""
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index"]
    run(*pip, *wheels, cwd=wheels[0].parent)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment with the product in it."""
    return environment(tmp_path_factory.mktemp("elsewhere"), wheel)


@pytest.fixture(scope="module")
def authored(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the Python of an environment with the product and a new plugin, and the folder of that plugin."""
    folder = tmp_path_factory.mktemp("author")
    python = environment(folder, wheel)
    flask = [python, "-m", "flask", "--app", "intranet.app", "intranet"]
    run(*flask, "new-plugin", "lost_property", "--title", "Gevonden voorwerpen", cwd=folder)
    source = folder / "geborgen-lost-property"
    (folder / "dist").mkdir()
    install(python, build(source, folder / "dist"))
    return python, source


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


@pytest.mark.slow
def test_the_tests_of_a_new_plugin_pass_on_its_wheel(authored: tuple[Path, Path], tmp_path: Path):
    python, source = authored
    # Elsewhere, so that what is tested is the wheel.
    shutil.copytree(source / "tests", tmp_path / "tests")
    shutil.copy(source / "setup.cfg", tmp_path)
    said = run(python, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path)
    assert " passed" in said


@pytest.mark.slow
def test_a_school_switches_a_plugin_of_its_own_wheel_on_and_opens_its_pages(
    authored: tuple[Path, Path], tmp_path: Path
):
    said = run(authored[0], "-c", USE_A_PLUGIN, cwd=tmp_path).splitlines()
    facts = {line.partition(" ")[0]: line.partition(" ")[2] for line in said}
    assert facts["entry"] == "point geborgen_lost_property.plugin"
    assert (facts["before"], facts["switched"], facts["english"]) == ("404", "303", "True")
    assert facts["style"] == "200 text/css"
    pages = [line.split() for line in said if line.startswith("page ")]
    assert len(pages) == 7
    assert {status for _page, status, _path in pages} == {"200"}
    templates = {line.removeprefix("template lost_property/") for line in said if line.startswith("template ")}
    assert templates == {"item.html", "items.html", "record.html"}
    assert not facts["from"].startswith((str(ROOT), str(authored[1])))
    traced = [line for line in said if line.startswith("hook ")]
    assert any(line.startswith("hook menu_items of lost_property: 1 MenuItem in ") for line in traced)
    assert "jas" not in "".join(traced)
