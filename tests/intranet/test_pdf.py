"""PDFs of our own templates, with our own files and nothing else."""

import re
import zlib
from pathlib import Path

import pytest
from jinja2 import DictLoader

from events.log.errors import Refused
from intranet import pdf
from tests.conftest import skip_or_fail

OUR_PAGE = (Path(__file__).parents[2] / "templates" / "pdf.html").read_text()


@pytest.fixture
def make(app):
    """Make a PDF of one body."""
    if not pdf.can_make_pdf():
        skip_or_fail("No Pango on this machine: PDFs need it (apt install libpango-1.0-0 libpangoft2-1.0-0).")

    def of_body(body):
        page = '{% extends "pdf.html" %}{% block main %}' + body + "{% endblock %}"
        app.jinja_env.loader = DictLoader({"page.html": page, "pdf.html": OUR_PAGE})
        with app.test_request_context():
            return pdf.make_pdf("page.html", title="Proef")

    return of_body


def test_a_page_becomes_a_tagged_pdf_with_our_font(make, caplog):
    made = make("<p>Een gewone zin.</p>")
    assert made.startswith(b"%PDF-")
    packed = re.findall(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    objects = b"".join(zlib.decompressobj().decompress(stream) for stream in packed)
    assert b"/StructTreeRoot" in objects
    assert b"Atkinson" in objects
    assert caplog.records == []


@pytest.mark.parametrize(
    "address",
    ["http://elders.example/x.png", "file:///etc/passwd", "../../../setup.cfg", "%2e%2e/%2e%2e/wsgi.py", "js/page.js"],
)
def test_nothing_from_elsewhere_is_read(make, address):
    with pytest.raises(pdf.AskedElsewhere):
        make(f'<img src="{address}" alt="">')


def test_without_pango_there_is_a_sentence(app, monkeypatch):
    monkeypatch.setattr(pdf, "_weasyprint", lambda: None)
    assert not pdf.can_make_pdf()
    with app.test_request_context(), pytest.raises(Refused, match="Vraag de beheerder om Pango"):
        pdf.make_pdf("pdf.html", title="Proef")
