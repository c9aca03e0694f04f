"""A programme is typed in or taken over from a file, and becomes a plan."""

import io
import re
from datetime import date

from xlsxwriter import Workbook

from plugins.kanjertraining import lesson_file, reading
from tests.plugins.kanjertraining.conftest import YEAR
from tests.plugins.kanjertraining.looking import SECRETS, K, group_page, words_of


def test_a_programme_is_typed_in_and_becomes_a_plan(school):
    esther = school.client("esther")
    made = esther.post(f"{K}/programmes/new", {"title": "Groep 6", "year_groups": ["6"]}).location
    for number in (1, 2, 3):
        added = {"title": f"Les {number}", "number": number, "themes": [SECRETS.hex]}
        assert esther.post(f"{made}/lessons", added, shown=made).status_code == 303
    form = f"{group_page(school)}/plan?year={YEAR}"
    shown = esther.get(form).text
    source = re.search(r'<option[^>]*value="(p\w+)"', shown)[1]
    assert f'selected value="{source}"' in shown
    sent = {"source": source, "pace": "evenly", "weekday": "2", "first": "2026-09-01", "teacher": ""}
    assert esther.post(form, sent).status_code == 303
    page = words_of(esther.get(group_page(school)))
    assert page.count("Les 2") == 2  # in the table and in the agenda
    assert "wk 43" in page
    assert "vakantie" in page
    assert "studiedag vr" in page


def test_a_file_is_looked_at_before_it_is_taken_over(school):
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet, shown = book.add_worksheet(), book.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(
            [["Les", "Groep", "Datum"], ["Samen", 6, ""], ["In de vakantie", 6, date(2026, 10, 20)]]
        ):
            for at, cell in enumerate(row):
                (
                    sheet.write_datetime(number, at, cell, shown)
                    if isinstance(cell, date)
                    else sheet.write(number, at, cell)
                )
    esther = school.client("esther")
    sent = {**esther.shown(f"{K}/programmes/import"), "file": (io.BytesIO(content.getvalue()), "lessen.xlsx")}
    preview = esther.client.post(f"{K}/programmes/import", data=sent).location
    page = words_of(esther.get(preview))
    assert "Rij 3: op deze dag is er geen school: vakantie." in page
    assert "1 rij klopt niet." in page
    assert school.do("esther", reading.programmes, YEAR) == []
    assert esther.post(preview, {}).status_code == 303
    assert len(school.do("esther", reading.programmes, YEAR)) == 1
    assert esther.get(preview).status_code == 303
    assert words_of(school.client("marijke").get(f"{K}/programmes/")).count("Lessen voor groep 6") == 1


def test_somebody_elses_file_is_not_there(school):
    found = school.do("esther", lesson_file.parse, b"les;groep\nSamen;6\n", reading_year(), ())
    upload = school.do("esther", lesson_file.uploads.keep, found)
    gone = school.client("marijke").get(f"{K}/programmes/import/{upload}", follow_redirects=True)
    assert "Dit bestand is al overgenomen of weggegooid." in gone.text


def reading_year():
    from intranet.api import SchoolYear

    return SchoolYear(YEAR)
