"""The house style as browsers get it: one sheet, small, at an address that changes with its content."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from intranet.assets import HOUSE_STYLE, SHEETS, asset_url, house_style, squeezed

TEMPLATES = Path(__file__).parents[2] / "templates"
PLUGINS = Path(__file__).parents[2] / "plugins"
RAW, GZIPPED = 40 * 1024, 10 * 1024


def test_the_style_of_every_page_fits_its_budget(app: Flask) -> None:
    sheet = house_style(app.static_folder).encode()
    assert len(sheet) <= RAW
    assert len(gzip.compress(sheet, 9)) <= GZIPPED


def test_every_sheet_reaches_a_page(app: Flask) -> None:
    asked = {
        name
        for folder in (TEMPLATES, PLUGINS)
        for file in folder.rglob("*.html")
        for name in re.findall(r"""['"]css/([a-z_]+)\.css""", file.read_text())
    }
    written = {file.stem for file in Path(app.static_folder, "css").glob("*.css")}
    assert written - asked == set(SHEETS)
    assert house_style(app.static_folder).startswith("@layer reset,tokens,base,layout,components,plugins,utilities;")


def test_the_house_style_is_kept_for_a_year_and_asked_once(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        address = asset_url(HOUSE_STYLE)
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/css")
    assert "immutable" in answer.headers["Cache-Control"]
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/login").get_data(as_text=True).count('rel="stylesheet"') == 1


def test_the_address_changes_with_any_sheet(app: Flask, tmp_path) -> None:
    for name in SHEETS:
        (tmp_path / "css").mkdir(exist_ok=True)
        (tmp_path / "css" / f"{name}.css").write_text(f".{name} {{ margin: 0.5rem }}")
    before = house_style(str(tmp_path))
    (tmp_path / "css" / "lists.css").write_text(".lists { margin: 0.75rem }  ")
    assert ".lists{margin:.75rem}" in house_style(str(tmp_path)) != before


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */ .a {\n  margin: 0 auto;\n}\n", ".a{margin:0 auto}"),
        (".a > .b, .c { width: calc(100% - 0.5rem); }", ".a>.b,.c{width:calc(100% - .5rem)}"),
        (".a :is(.b, .c) { inset: 0 10.5px; }", ".a :is(.b,.c){inset:0 10.5px}"),
        ("@media (min-width: 40em) { .a { color: red; } }", "@media (min-width:40em){.a{color:red}}"),
    ],
)
def test_only_what_people_read_is_squeezed_out(written: str, sent: str) -> None:
    assert squeezed(written) == sent


def test_nothing_in_the_style_comes_from_elsewhere(app: Flask) -> None:
    assert re.findall(r"url\((?!\"\.\./vendor/)|@import|//[a-z]", house_style(app.static_folder)) == []
