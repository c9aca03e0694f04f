"""Compiled templates are kept for who asks next, for nobody else to write, and never in the way."""

from pathlib import Path

import jinja2
import pytest
from flask import Flask

from intranet.compiled_pages import FOLDER, keep_compiled


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "hello.html").write_text("Hallo {{ name }}")
    return tmp_path / "pages"


def site(pages: Path) -> Flask:
    """A new application, as after a new start."""
    app = Flask("site", template_folder=str(pages))
    app.config["INSTANCE"] = str(pages.parent / "instance")
    keep_compiled(app)
    return app


def kept(app: Flask) -> list[Path]:
    return [path for path in (Path(app.config["INSTANCE"]) / FOLDER).rglob("*") if path.is_file()]


def hello(app: Flask) -> str:
    return app.jinja_env.get_template("hello.html").render(name="Noor")


def test_who_asks_next_compiles_nothing(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hello(site(pages))
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert hello(site(pages)) == "Hallo Noor"


def test_a_changed_template_is_compiled_again(pages: Path) -> None:
    hello(site(pages))
    (pages / "hello.html").write_text("Dag {{ name }}")
    assert hello(site(pages)) == "Dag Noor"


def test_only_the_server_enters_the_folder_and_nothing_of_another_version_stays(pages: Path) -> None:
    old = pages.parent / "instance" / FOLDER / "2.0"
    old.mkdir(parents=True)
    (old / "page").write_bytes(b"old")
    app = site(pages)
    hello(app)
    assert [path.parent.name for path in kept(app)] == [jinja2.__version__]
    folders = [path for path in (old.parent, *old.parent.iterdir()) if path.is_dir()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_a_damaged_file_or_no_place_to_keep_it_changes_nothing(pages: Path) -> None:
    app = site(pages)
    hello(app)
    for path in kept(app):
        path.write_bytes(path.read_bytes()[:-9])
    assert hello(site(pages)) == "Hallo Noor"
    app.config["INSTANCE"] = str(pages / "hello.html")
    keep_compiled(app)
    app.jinja_env.cache.clear()
    assert hello(app) == "Hallo Noor"
