"""What the house macros make of the values that views and plugins give them."""

from typing import Any

from flask import Flask, render_template_string
from flask_babel import lazy_gettext


def shown(app: Flask, call: str, **values: Any) -> str:
    with app.test_request_context():
        return render_template_string('{% import "ui/core.html" as ui %}' + call, **values)


def test_a_sentence_that_is_translated_when_shown_is_one_value_of_a_definition(app: Flask):
    list_of_facts = shown(app, '{{ ui.definition_list([("Waar", place)]) }}', place=lazy_gettext("op de gang"))
    assert "<dd>op de gang</dd>" in list_of_facts


def test_a_definition_without_a_value_is_left_out(app: Flask):
    call = '{{ ui.definition_list([("Wie", who.full if who), ("Waar", place), ("Leeg", "")]) }}'
    list_of_facts = shown(app, call, who=None, place=["op de gang", "in de klas"])
    assert "Wie" not in list_of_facts
    assert "Leeg" not in list_of_facts
    assert "<dd>op de gang</dd><dd>in de klas</dd>" in list_of_facts


def test_no_line_of_facts_begins_with_a_dot(app: Flask):
    facts = [{"label": "Spreek af", "note": "Fatima · vandaag"}]
    assert "Fatima\N{NO-BREAK SPACE}· vandaag" in shown(app, "{{ ui.link_list(facts) }}", facts=facts)
    assert "5a\N{NO-BREAK SPACE}· plein" in shown(app, '{{ ui.page_head("Ruzie", "5a · plein") }}')
