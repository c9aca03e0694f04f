"""Files that want to harm: one sentence, quickly, and never another error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intranet.people import edexml, roster_csv, safe_xml
from intranet.people.imports import read_roster
from intranet.people.roster_file import MAX_BYTES, UnreadableFile
from tests.intranet.people import edexml_files as files

REFERENCES = "verwijzingen"
COMPLEX = "ingewikkelder"
DAMAGED = "beschadigd"
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "lol" * 10}">' for i in range(10))

HOSTILE = {
    "billion laughs": (f"<!DOCTYPE x [{LAUGHS}]><EDEX>&l9;</EDEX>".encode(), REFERENCES),
    "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]><EDEX>{"&a;" * 5_000}</EDEX>'.encode(), REFERENCES),
    "external entity": (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><EDEX>&a;</EDEX>', REFERENCES),
    "parameter entity": (b'<!DOCTYPE x [<!ENTITY % a SYSTEM "http://x.invalid/a"> %a;]><EDEX/>', REFERENCES),
    "external DTD": (b'<!DOCTYPE EDEX SYSTEM "http://x.invalid/a.dtd"><EDEX/>', REFERENCES),
    "empty DTD": (b"<!DOCTYPE EDEX><EDEX/>", REFERENCES),
    "DTD in utf-16": ('<!DOCTYPE x [<!ENTITY a "x">]><EDEX>&a;</EDEX>'.encode("utf-16"), REFERENCES),
    "200,000 deep": (b"<EDEX>" + b"<a>" * 200_000 + b"</a>" * 200_000 + b"</EDEX>", COMPLEX),
    "a little too deep": (b"<EDEX>" + b"<a>" * 20 + b"</a>" * 20 + b"</EDEX>", COMPLEX),
    "2,000,000 elements": (b"<EDEX>" + b"<a/>" * 2_000_000 + b"</EDEX>", COMPLEX),
    "1,000,000 attributes": (b"<EDEX " + b" ".join(b'a%d=""' % i for i in range(1_000_000)) + b"/>", COMPLEX),
    "21 attributes": (b"<EDEX " + b" ".join(b'a%d=""' % i for i in range(21)) + b"/>", COMPLEX),
    "lines without end": (b"<EDEX><school><schooljaar>" + b"\n" * 19_000_000, COMPLEX),
    "an endless comment": (b"<EDEX><!-- " + b"x" * 19_000_000, DAMAGED),
    "more than 20 MB": (b"<EDEX>" + b" " * MAX_BYTES + b"</EDEX>", "20 MB"),
    "not XML": (b"<EDEX", DAMAGED),
    "half a file": (files.small_school()[:-20], DAMAGED),
    "a web page": (b"<html><body>Log in</body></html>", "geen EDEXML"),
    "another root": (b"<leerlinggegevens_antwoord/>", "geen EDEXML"),
    "broken utf-8": (files.small_school().replace("Zoë".encode(), b"Zo\xeb"), "tekens"),
    "an encoding that runs code": (b'<?xml version="1.0" encoding="unicode_escape"?><EDEX/>', "tekens"),
    "utf-7": (b'<?xml version="1.0" encoding="utf-7"?><EDEX/>', "tekens"),
    "nobody": (b"<EDEX/>", "geen leerlingen"),
    "no pupils": (files.edexml(), "geen leerlingen"),
    "5,001 pupils": (files.edexml(pupils="".join(files.pupil(f"L{i}", "Noor") for i in range(5_001))), "5.000"),
    "501 groups": (files.edexml(groups="".join(files.group(f"G{i}", "x") for i in range(501))), "500 groepen"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_one_sentence(name):
    content, word = HOSTILE[name]
    with pytest.raises(UnreadableFile) as refused:
        read_roster(content)
    sentence = refused.value.sentence
    assert word in sentence
    assert sentence.count(".") - sentence.count("5.000") == 1
    assert len(sentence.split()) <= 18


@pytest.mark.parametrize(
    "name", ["200,000 deep", "2,000,000 elements", "1,000,000 attributes", "lines without end", "more than 20 MB"]
)
def test_what_is_too_much_never_reaches_the_parser(name, monkeypatch):
    """Counting is fast, parsing is not: this is what keeps a refusal under a second."""
    monkeypatch.setattr(safe_xml.DefusedExpatParser, "feed", lambda *_: pytest.fail("the parser was started"))
    with pytest.raises(UnreadableFile):
        read_roster(HOSTILE[name][0])


def test_the_largest_file_that_is_allowed_is_read():
    pupils = "".join(files.pupil(f"L{i}", "Noor", "Berg", year="5") for i in range(5_000))
    assert len(edexml.parse(files.edexml(pupils=pupils)).pupils) == 5_000


def test_no_part_of_a_damaged_file_is_quoted():
    content = files.small_school(pupils="<leerling key='123456782'><roepnaam>Geheim</leerling>")
    with pytest.raises(UnreadableFile) as refused:
        edexml.parse(content)
    assert refused.value.__cause__ is None
    assert "123456782" not in repr(refused.value)


def test_the_limits_are_above_what_a_school_exports():
    full = 25 * 5_000
    assert full < safe_xml.MAX_ELEMENTS
    assert safe_xml.MAX_ATTRIBUTES > 10 * 5_000


SMALL = files.small_school()


@st.composite
def mutated(draw) -> bytes:
    content = bytearray(SMALL)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        length = draw(st.integers(0, 40))
        piece = draw(
            st.one_of(st.binary(max_size=12), st.sampled_from([bytes(SMALL[i : i + 30]) for i in range(0, 900, 90)]))
        )
        content[at : at + length] = piece
    return bytes(content)


@settings(max_examples=400)
@given(mutated())
def test_a_mutated_file_is_read_or_refused_and_nothing_else(content):
    try:
        read_roster(content)
    except UnreadableFile as refused:
        assert refused.sentence  # noqa: PT017 - either outcome is right


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: f"sleutel;roepnaam\n{text}".encode())))
def test_any_bytes_are_read_or_refused_and_nothing_else(content):
    for parse in (edexml.parse, roster_csv.parse, read_roster):
        try:
            parse(content)
        except UnreadableFile as refused:
            assert refused.sentence  # noqa: PT017 - either outcome is right
