"""The pages that withdraw a note and put it back: for whom they are, and where its words no longer show."""

import re
from datetime import timedelta

import pytest

from events.log import clock
from intranet.emergency.commands import open_emergency
from intranet.incidents import commands
from intranet.notes.commands import withdraw_note
from intranet.people.commands import assign_duty
from intranet.people.mentions import token
from intranet.staff_matters import commands as matters

WORDS = "Moeder belde over de pleister."


def story(page):
    """Return the time line of a record as text."""
    found = page[page.index('id="story"') :].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def undo(client, page):
    """Press the button of the message on top."""
    form = page[page.index('<form class="notice tone-ok undo"') :].partition("</form>")[0]
    assert "Ongedaan maken" in form
    fields = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form))
    return client.client.post(re.search(r'action="([^"]+)"', form)[1], data=fields, follow_redirects=True).text


def test_what_was_just_added_goes_with_one_press_and_comes_back_with_another(small_school):
    page = f"/incidents/{small_school.report('fatima')}"
    hanneke = small_school.client("hanneke")
    hanneke.post(f"{page}/notes", {"text": WORDS}, shown=page)
    withdrawn = undo(hanneke, hanneke.get(page).text)
    assert WORDS not in withdrawn
    assert "Aangevuld Ingetrokken" in story(withdrawn)
    assert "Notitie ingetrokken De notitie van" in story(withdrawn)
    back = undo(hanneke, withdrawn)
    assert WORDS in story(back)
    assert "Notitie teruggezet" in story(back)
    assert WORDS not in undo(hanneke, back)


def test_a_note_has_its_button_for_who_wrote_it_and_who_may_correct(small_school):
    school = small_school
    incident = school.report(by="fatima")
    notes = {by: school.do(by, commands.add_note, incident, f"Dit schreef {by}.") for by in ("fatima", "hanneke")}
    page = f"/incidents/{incident}"
    for who, may in (("fatima", 2), ("hanneke", 2), ("marijke", 2), ("esther", 0)):
        assert school.client(who).get(page).text.count("Trek in<") == may, who
    esther = school.client("esther")
    answers = {
        esther.post(f"{page}/notes/{notes['hanneke']}/{act}", {}, page).status_code for act in ("withdraw", "put-back")
    }
    assert answers == {404}
    marijke = school.client("marijke")
    assert marijke.post(f"{page}/notes/{notes['hanneke']}/withdraw", {}, page).status_code == 303
    shown = esther.get(page).text
    assert "Dit schreef hanneke." not in shown
    assert "Dit schreef fatima." in shown
    assert "Marijke Tester" in story(shown).partition("Notitie ingetrokken")[2]
    for note in (1, 99, 2**70):
        assert marijke.post(f"{page}/notes/{note}/withdraw", {}, page).status_code == 404


def test_who_wrote_it_takes_it_back_while_they_may_read_it(small_school):
    school = small_school
    incident = school.report(by="hanneke")
    note = school.do("fatima", commands.add_note, incident, WORDS)
    page = f"/incidents/{incident}"
    school.do("marijke", commands.change_confidentiality, incident, True, "Om de ouders.")
    fatima = school.client("fatima")
    assert fatima.post(f"{page}/notes/{note}/withdraw", {}, "/incidents/new").status_code == 404
    school.do("marijke", commands.change_confidentiality, incident, False, "Dat hoeft niet meer.")
    assert fatima.post(f"{page}/notes/{note}/withdraw", {}, page).status_code == 303
    assert WORDS not in fatima.get(page).text


def test_emergency_access_is_for_reading_also_of_what_one_wrote(small_school):
    school = small_school
    incident = school.report(by="fatima")
    note = school.do("henk", commands.add_note, incident, WORDS)
    page = f"/incidents/{incident}"
    school.do("marijke", assign_duty, school.people["henk"], "protection_officer")
    school.do("henk", open_emergency, school.people["noor"], "Ik moet nu weten wie haar ophaalt.")
    henk = school.client("henk")
    shown = henk.get(page)
    assert (shown.status_code, WORDS in shown.text, "Trek in<" in shown.text) == (200, True, False)
    assert henk.post(f"{page}/notes/{note}/withdraw", {}, "/incidents/new").status_code == 404


def test_its_words_show_nowhere_but_in_the_past(app):
    from tests.intranet.incidents.small_school import SmallSchool

    before = clock.now() - timedelta(days=2)
    with clock.told_at(before):
        school = SmallSchool(app)
        incident = school.report(account="Bij het klimrek.")
        fatima = token(school.people["fatima"])
        note = school.do("hanneke", commands.add_note, incident, f"{fatima}: moeder belde over de pleister.")
    places = [f"/incidents/{incident}", f"/chronology/people/{school.people['noor']}"]
    head = school.client("marijke")
    assert all("over de pleister" in head.get(each).text for each in places)
    assert "Iemand noemt je" in school.client("fatima").get("/").text
    school.do("hanneke", withdraw_note, incident, note)
    for each in places:
        shown = head.get(each).text
        assert "over de pleister" not in shown, each
        assert "Notitie ingetrokken" in shown, each
    assert "Iemand noemt je" not in school.client("fatima").get("/").text
    assert "Iemand noemt je" not in school.client("fatima").get("/notices/").text
    said = head.get("/audit/").text
    assert "Hanneke Tester trok een notitie bij een incident in." in said
    assert "Een bericht aan Fatima Tester geldt niet meer." in said
    assert "over de pleister" not in said
    then = {"op": (before + timedelta(hours=4)).strftime("%Y-%m-%dT%H:%M")}
    assert "over de pleister" in head.get(places[0], query_string=then).text


@pytest.mark.parametrize(("writer", "other"), [("fatima", "yvonne"), ("yvonne", "fatima")])
def test_what_was_told_to_the_board_is_withdrawn_by_who_wrote_it_only(with_matters, writer, other):
    school = with_matters
    matter = school.tell(by="fatima")
    note = school.do(writer, matters.add_note, matter, WORDS)
    page = f"/staff-matters/{matter}"
    client = school.client(writer)
    assert "Trek in<" not in school.client(other).get(page).text
    assert school.client(other).step(matter, f"notes/{note}/withdraw").status_code == 404
    assert client.step(matter, f"notes/{note}/withdraw").status_code == 303
    shown = client.get(page).text
    assert WORDS not in shown
    assert "Notitie ingetrokken" in story(shown)
    assert WORDS not in school.client("yvonne").get(page).text
    assert ("Notitie ingetrokken" in school.client("fatima").get(page).text) is (writer == "fatima")
    assert WORDS in undo(client, shown)


def test_a_closed_matter_has_no_such_button(with_matters):
    from intranet.people.today import today

    school = with_matters
    matter = school.tell(by="fatima", named=("bas", "otto"))
    school.do("fatima", matters.add_note, matter, WORDS)
    school.do("yvonne", matters.judge_suspicion, matter, False, "Zo besloten.", school.do("yvonne", today))
    school.do("yvonne", matters.close_matter, matter, "Klaar.")
    assert "Trek in<" not in school.client("fatima").get(f"/staff-matters/{matter}").text
