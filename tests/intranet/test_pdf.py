"""PDFs of our own templates, with our own files and nothing else."""

import re
import zlib
from pathlib import Path

import pypdfium2
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


def test_each_letter_of_a_name_is_printed_as_it_is_written(make):
    """The letters of two font files once took each other's place: Şahin was printed as Tahin."""
    names = "Quinn Şahin, Łukasz Žák, İnan Ağaoğlu, Jenő Němec"

    def printed(text):
        document = pypdfium2.PdfDocument(make(f"<p>{text} <strong>{text}</strong></p>"))
        page = document[0]
        ink, words = page.render(scale=1).to_pil().tobytes(), page.get_textpage().get_text_range()
        document.close()
        return ink, words

    ink, words = printed(names)
    assert words.count(names) == 2
    assert printed(names.replace("Ş", "T"))[0] != ink


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
