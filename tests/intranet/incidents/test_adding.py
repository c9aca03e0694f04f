"""What is added to an incident on its page: notes, how serious it was, who were in it, that it is confidential."""

from uuid import uuid4


def test_a_note_and_a_severity_stand_in_the_story(small_school):
    incident = small_school.report("fatima")
    hanneke, page = small_school.client("hanneke"), f"/incidents/{incident}"
    noted = hanneke.post(f"{page}/notes", {"text": "Moeder gebeld.\nZe is blij."}, shown=page)
    assert noted.status_code == 303
    weighed = hanneke.post(f"{page}/severity", {"level": "3", "weighing": "Er was pijn."}, shown=page)
    assert weighed.status_code == 303
    shown = hanneke.get(page).text
    assert "Moeder gebeld.<br>Ze is blij." in shown
    assert "Er was pijn." in shown
    assert small_school.incident(incident).severity == 3


REFUSED_ADDITIONS = [
    ("notes", {"text": ""}, "Schrijf op wat je wilt toevoegen."),
    ("notes", {"text": "x" * 10_001}, "te lang"),
    ("severity", {}, "Kies hoe ernstig het was."),
    ("severity", {"level": "9"}, "Deze keuze bestaat niet meer"),
    ("confidentiality", {"confidential": "1", "motive": ""}, "Schrijf kort op waarom je dit verandert."),
]


def test_a_refused_addition_comes_back_on_the_page(small_school):
    page, hanneke = f"/incidents/{small_school.report('fatima')}", small_school.client("hanneke")
    for path, form, sentence in REFUSED_ADDITIONS:
        answer = hanneke.post(f"{page}/{path}", form, shown=page)
        assert answer.status_code == 422, form
        assert sentence in answer.text, form
        assert "Fout:" in answer.text.split("</title>")[0], form


def test_a_broken_rule_is_a_sentence(small_school):
    incident = small_school.report("fatima")
    page = f"/incidents/{incident}"
    hanneke = small_school.client("hanneke")
    hanneke.post(f"{page}/severity", {"level": "2"}, shown=page)
    answer = hanneke.post(f"{page}/severity", {"level": "2"}, shown=page)
    assert answer.status_code == 409
    assert "Deze ernst staat er al." in answer.text


def test_people_are_added_given_a_role_and_withdrawn(small_school):
    incident = small_school.report("fatima")
    fatima, page = small_school.client("fatima"), f"/incidents/{incident}"
    sem, noor = small_school.people["sem"].hex, small_school.people["noor"].hex
    added = fatima.post(f"{page}/people", {"people": sem, f"people-role-{sem}": "witness"})
    assert added.status_code == 303
    role = {"person": sem, "was": "witness", "role": "defender"}
    assert fatima.post(f"{page}/role", role, shown=f"{page}/people").status_code == 303
    gone = {"person": noor, "was": "involved", "reason": "Noor was ziek."}
    assert fatima.post(f"{page}/withdraw", gone).status_code == 303
    parts = [(part.person_id.hex, part.role) for part in small_school.incident(incident).involved]
    assert parts == [(sem, "defender")]
    told = fatima.get(page).text
    assert "Noor van der Berg hoort er niet bij" in told
    assert "Noor was ziek." in told


TAMPERED_ROLES = [
    ({"person": "x", "was": "involved", "role": "victim"}, 422),
    ({"person": uuid4().hex, "was": "involved", "role": "victim"}, 409),
    ({"role": "king"}, 422),
    ({"was": "Een hele zin", "role": "victim"}, 422),
]


def test_a_tampered_role_changes_nothing(small_school):
    page, fatima = f"/incidents/{small_school.report('fatima')}", small_school.client("fatima")
    before = small_school.size()
    for form, status in TAMPERED_ROLES:
        filled = {"person": small_school.people["noor"].hex, "was": "involved", **form}
        assert fatima.post(f"{page}/role", filled, shown=f"{page}/people").status_code == status, form
    assert small_school.size() == before


def test_an_unknown_person_cannot_be_added(small_school):
    incident = small_school.report("fatima")
    answer = small_school.client("fatima").post(f"/incidents/{incident}/people", {"people": uuid4().hex})
    assert answer.status_code == 422
    assert "staat niet in de lijst" in answer.text


def test_it_becomes_confidential_and_the_group_loses_it(small_school):
    incident = small_school.report("henk")
    page, fatima = f"/incidents/{incident}", small_school.client("fatima")
    assert fatima.get(page).status_code == 200
    closed = {"confidential": "1", "motive": "De ouders vragen erom."}
    assert small_school.client("hanneke").post(f"{page}/confidentiality", closed, shown=page).status_code == 303
    assert fatima.get(page).status_code == 404
    assert small_school.client("henk").get(page).status_code == 200
