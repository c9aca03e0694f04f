"""People named in free text: stored as tokens, shown by name."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from intranet.people import commands, mentions
from intranet.people.mentions import mentioned_in, token

STAFF = SimpleNamespace(duties={"staff"})
NOBODY = "0" * 31 + "1"


@pytest.fixture
def people(place):
    with place.inside():
        found = {
            "noor": commands.register_person(kind="pupil", given_name="Noor", infix="van der", family_name="Berg"),
            "sem": commands.register_person(kind="pupil", given_name="Sem", family_name="Yilmaz"),
            "roos": commands.register_person(kind="pupil", given_name="Roos", family_name="Dam"),
            "twin": commands.register_person(kind="pupil", given_name="Sem", family_name="Bakker"),
            "copy": commands.register_person(kind="pupil", given_name="Sem", family_name="Bakker"),
        }
    STAFF.school_id = place.school
    return found


def tokens(place, text, chosen=()):
    with place.app.app_context():
        return mentions.to_tokens(text, place.school, chosen)


def html(place, text, viewer=STAFF):
    with place.app.test_request_context():
        return str(mentions.to_html(text, viewer))


def named(place, text):
    with place.app.app_context():
        return [(found.text, [name.full for name in found.people]) for found in mentions.names_in(text, place.school)]


def test_a_full_name_after_an_at_becomes_a_token(place, people):
    assert tokens(place, "@Noor van der Berg duwde @Sem Yilmaz.") == (
        f"{token(people['noor'])} duwde {token(people['sem'])}."
    )


@pytest.mark.parametrize(
    "text", ["@Noor", "Noor van der Berg", "@Noor van der Bergen", "a@Noor.example", "@Sem Bakker"]
)
def test_what_is_not_certainly_one_person_stays_text(place, people, text):
    assert tokens(place, text) == text


def test_who_was_picked_from_the_list_is_certain(place, people):
    chosen = [f"{people['copy'].hex} Sem Bakker", f"{people['twin'].hex} Sem Bakker"]
    text = tokens(place, "@Sem Bakker gaf @Sem Bakker een hand.", chosen)
    assert text == f"{token(people['copy'])} gaf {token(people['twin'])} een hand."


@pytest.mark.parametrize("chosen", ["", "x", "geen-id Noor", f"{NOBODY} Noor van der Berg", NOBODY])
def test_a_posted_value_that_names_nobody_here_does_nothing(place, people, chosen):
    assert tokens(place, "@Noor Anders", [chosen]) == "@Noor Anders"


def test_the_page_shows_the_name_as_a_link_and_escapes_the_rest(place, people):
    shown = html(place, f"<b>{token(people['noor'])}</b>\n& weg")
    assert f'<a class="mention" href="/people/{people["noor"]}">Noor van der Berg</a>' in shown
    assert shown.startswith("&lt;b&gt;<a")
    assert shown.endswith("&lt;/b&gt;<br>&amp; weg")


def test_a_name_with_html_in_it_is_text(place):
    with place.inside():
        odd = commands.register_person(kind="pupil", given_name="<script>", family_name='"x')
    STAFF.school_id = place.school
    assert "<script>" not in html(place, token(odd))


def test_who_may_not_know_people_sees_no_name(place, people):
    stranger = SimpleNamespace(duties=set(), school_id=place.school)
    assert html(place, token(people["noor"]), stranger) == '<span class="mention">iemand</span>'


def test_somebody_of_another_school_or_erased_is_somebody(place, people):
    elsewhere = SimpleNamespace(duties={"staff"}, school_id=place.elsewhere)
    assert html(place, token(people["noor"]), elsewhere) == '<span class="mention">iemand</span>'
    assert html(place, token(uuid4())) == '<span class="mention">iemand</span>'


def test_a_stored_text_can_be_edited_and_stored_again(place, people):
    stored = f"{token(people['twin'])} en {token(people['noor'])}"
    with place.app.app_context():
        text, mentioned = mentions.to_editable(stored, place.school)
    assert text == "@Sem Bakker en @Noor van der Berg"
    assert tokens(place, text, [f"{each['id']} {each['label']}" for each in mentioned]) == stored


def test_the_people_in_a_text_are_listed_once(people):
    text = f"{token(people['sem'])} {token(people['noor'])} {token(people['sem'])}"
    assert mentioned_in(text) == [people["sem"], people["noor"]]


def test_plain_names_are_suggested_with_everybody_they_can_be(place, people):
    assert named(place, "Noor van der Berg zag dat Sem viel.") == [
        ("Noor van der Berg", ["Noor van der Berg"]),
        ("Sem", ["Sem Bakker", "Sem Bakker", "Sem Yilmaz"]),
    ]


@pytest.mark.parametrize("text", ["Een roos.", "De Roos bloeit.", "sem is klein", "Semafoor", "niemand"])
def test_words_that_are_no_names_are_not_suggested(place, people, text):
    assert named(place, text) == []


def test_a_token_is_not_suggested_again(place, people):
    assert named(place, f"{token(people['noor'])} viel.") == []
