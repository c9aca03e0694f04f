"""Charts: lengths, words, and drawings that need no style sheet and no style attribute."""

import re

import pytest
from flask import render_template_string

from intranet.charts import Bar, BarChart, Shade, ShadeTable, number

DRAW = '{% import "ui/core.html" as ui %}{{ ui.bar_rows(chart) }}{{ ui.bar_columns(chart) }}'


@pytest.fixture
def draw(app):
    def in_request(chart):
        with app.test_request_context():
            return render_template_string(DRAW, chart=chart)

    return in_request


def chart(*bars, **options):
    return BarChart("Waar", "Het plein valt op", bars, "Plek", "Incidenten", **options)


def test_the_longest_bar_is_full_and_the_others_are_in_proportion(app):
    with app.test_request_context():
        drawn = chart(Bar("Plein", 8), Bar("Gang", 2), Bar("Klas", 0), Bar("Gym", None))
        assert [each.size for each in drawn.rows] == [100, 25, 0, 0]
        assert [each.words for each in drawn.rows] == ["8", "2", "0", "–"]
        columns = drawn.columns
        assert [each.at for each in columns] == [0, 25, 50, 75]
        assert [each.height for each in columns] == [140, 35, 0, 0]
        assert all(each.top + each.height == 168 for each in columns)


def test_a_bar_of_percent_is_a_part_of_a_hundred(app):
    with app.test_request_context():
        assert [each.size for each in chart(Bar("Ervoor", 45), Bar("Erna", 85), full=100).rows] == [45, 85]


def test_nothing_to_count_draws_no_bar(app):
    with app.test_request_context():
        assert [each.size for each in chart(Bar("Plein", 0)).rows] == [0]
        assert chart().rows == []
        assert chart().height == 0


def test_numbers_are_written_as_people_do(app):
    with app.test_request_context():
        assert [number(1234.5, 1), number(0.345, 2), number(2, 1), number(None), number(12345)] == [
            "1.234,5", "0,34", "2,0", "–", "12.345",
        ]  # fmt: skip


def test_a_long_label_takes_two_lines_and_no_more(app):
    with app.test_request_context():
        drawn = chart(Bar("Seksueel grensoverschrijdend, tussen leerlingen", 1), Bar("woord " * 30, 1)).rows
        assert drawn[0].lines == ["Seksueel grensoverschrijdend,", "tussen leerlingen"]
        assert len(drawn[1].lines) == 2
        assert drawn[1].lines[1].endswith("…")
        assert drawn[1].top == drawn[0].height


def test_a_drawing_with_links_is_a_group_and_one_without_is_a_picture(draw):
    linked = draw(chart(Bar("Plein", 8, "/incidents/?place=playground")))
    assert linked.count('role="group" aria-label="Waar: Het plein valt op"') == 2
    assert linked.count('<a href="/incidents/?place=playground" aria-label="Plein: 8">') == 2
    assert 'role="img"' not in linked
    assert draw(chart(Bar("Plein", 8))).count('role="img" aria-label="Waar: Het plein valt op"') == 2


def test_colours_are_classes_and_attributes_and_never_styles(draw):
    page = draw(chart(Bar("Plein", 8, note="8 op 21 schooldagen"), digits=1))
    assert "style=" not in page
    for shape in re.findall(r"<(?:rect|text|line)[^>]*>", page):
        assert 'class="chart-' in shape
        assert "fill=" in shape or "stroke=" in shape


def test_the_table_says_the_same_in_words(draw):
    page = draw(chart(Bar("Plein <b>", 8.25, note="33 op 4 dagen"), digits=1))
    assert page.count('<th scope="row">Plein &lt;b&gt;</th>') == 2
    assert re.search(r'<td class="end">8,2 <span class="detail">33 op 4 dagen</span></td>', page)


def shades(*counts):
    return ShadeTable("heat", "Plek en tijd", None, "Waar", ["Ochtend"], [("Plein", [Shade(each)]) for each in counts])


def test_one_high_number_does_not_make_all_others_pale():
    table = shades(0, 1, 3, 9, 29)
    assert [table.step(cells[0]) for _label, cells in table.rows] == [0, 1, 2, 3, 5]
    assert shades(0).step(Shade(0)) == 0
    assert shades(1).step(Shade(1)) == 5


def test_a_table_of_shades_is_a_table_with_a_link_in_each_cell_that_counts(app):
    cells = [Shade(3, "/patterns/?place=playground"), Shade(0, "/nowhere"), Shade(2, text="minder dan 5")]
    table = ShadeTable("heat", "Plek en tijd", "Valt op", "Waar", ["Ochtend", "Middag", "Avond"], [("Plein", cells)])
    with app.test_request_context():
        page = render_template_string('{% import "ui/core.html" as ui %}{{ ui.shade_table(table) }}', table=table)
    assert '<a href="/patterns/?place=playground" aria-label="Plein, Ochtend: 3">3</a>' in page
    assert "/nowhere" not in page
    assert "minder dan 5" in page
    assert page.count('scope="col"') == 4
    assert "style=" not in page
