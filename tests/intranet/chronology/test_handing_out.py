"""A chronology that leaves: no name of anybody else is anywhere in the file of one child, and it is recorded first."""

import re
from datetime import timedelta

import pypdfium2
import pytest

from events.log import clock
from intranet.people.mentions import token
from tests.intranet.chronology.test_pages import of_pupil

FORBIDDEN = ("Sem", "Vos", "Bakker", "Fatima", "Hanneke", "Henk", "Jip", "Kwik")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def told(school) -> None:
    from intranet.people.commands import register_person

    school.people["jip"] = school.do(
        "marijke",
        register_person,
        kind="pupil",
        given_name="Jip",
        infix=None,
        family_name="Kwik",
        group_id=None,
        year_group=None,
    )
    sem = token(school.people["sem"])
    school.report(
        happened_at=clock.now() - timedelta(days=2),
        account=f"{sem} duwde Noor. Sem lachte en sems broer ook. SEM VOS riep iets. Jip zag het. Nova Bakker hielp.",
        involved=school.parts(noor="victim", sem="alleged_perpetrator", nova="witness"),
    )
    school.tell("henk", account=f"Henk hoorde het van {token(school.people['fatima'])}. Noor is stil.")
    school.tell("fatima", account="Thuis is het onveilig.", home_signs=True)


def form(level: str, **more: str) -> dict[str, str]:
    recipient = {"parents": "parents", "authority": "veilig_thuis", "internal": "colleague"}[level]
    return {"level": level, "recipient": recipient, "recipient_name": "Mevrouw Janssen", "reason": "Inzage.", **more}


def hand_out(school, level: str, choice: str = "keep", **more: str):
    hanneke, path = school.client("hanneke"), of_pupil(school, query="/hand-out")
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', hanneke.get(path).text)[1]
    preview = hanneke.client.post(path, data={**form(level, **more), "csrf_token": csrf})
    assert preview.status_code == 200, preview.text[-3000:]
    names = set(re.findall(r'name="(piece-[^"]+)"', preview.text))
    choices = dict.fromkeys(names, choice) if choice else {}
    posted = {**form(level, **more), "csrf_token": csrf, "looked_through": "1", **choices}
    return preview, hanneke.client.post(path, data=posted)


def made(school) -> list:
    from sqlalchemy import select

    from intranet.api import log
    from intranet.chronology.projections import handed_out

    with school.app.app_context(), log.read() as connection:
        return list(connection.execute(select(handed_out)))


def test_no_name_of_anybody_else_is_in_the_file_for_parents(school_on_both):
    school = school_on_both
    told(school)
    preview, answer = hand_out(school, "parents")
    assert answer.mimetype == "application/pdf"
    text = text_of(answer.data)
    for name in FORBIDDEN:
        assert not re.search(name, text, re.IGNORECASE), name
    for words in (
        "Noor van der Berg",
        "een ander kind (A)",
        "een ander kind (B)",
        "#",
        "veiligheid thuis",
        "Mevrouw Janssen",
    ):
        assert words.casefold() in text.casefold(), words
    assert "Thuis is het onveilig" not in text
    assert "getuige" not in text
    assert b"/people/" not in answer.data
    assert [(row.level, row.recipient, row.lines) for row in made(school)] == [("parents", "parents", 2)]


def test_the_file_for_the_school_itself_has_the_names(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "internal", home="y")
    text = text_of(answer.data)
    for name in set(FORBIDDEN) - {"Kwik"}:
        assert name in text, name
    assert "Thuis is het onveilig" in text


def test_an_authority_reads_functions_and_no_other_child(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "authority")
    text = text_of(answer.data)
    assert "leerkracht (A)" in text
    assert not re.search(r"\b(sem|vos|jip|fatima|henk)\b", text, re.IGNORECASE)


def test_what_might_tell_who_waits_for_a_choice_and_nothing_leaves(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "parents", choice="")
    assert answer.status_code == 422
    assert "wachten nog op jouw keuze" in answer.text
    assert made(school) == []


def test_what_is_struck_out_is_not_in_the_file(small_school):
    school = small_school
    told(school)
    _preview, answer = hand_out(school, "parents", choice="strike")
    text = text_of(answer.data)
    assert "doorgestreept" in text
    assert "Noor is stil" not in text


def test_a_recipient_that_does_not_fit_is_refused(small_school):
    school = small_school
    told(school)
    answer = school.client("hanneke").client.get(of_pupil(school, query="/hand-out"))
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text)[1]
    client = school.client("hanneke").client
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(of_pupil(school, query="/hand-out")).text)[1]
    posted = client.post(
        of_pupil(school, query="/hand-out"), data={**form("internal"), "recipient": "parents", "csrf_token": csrf}
    )
    assert posted.status_code == 422
    assert made(school) == []


@pytest.mark.parametrize("name", ["fatima", "esther", "yvonne"])
def test_others_have_no_such_page(small_school, name):
    assert small_school.client(name).get(of_pupil(small_school, query="/hand-out")).status_code == 404
