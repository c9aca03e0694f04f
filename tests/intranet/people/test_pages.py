"""The pages of people, as somebody clicks through them."""

from io import BytesIO
from uuid import uuid4

import pytest

from events.log.errors import Refused
from intranet.api import today
from intranet.people import commands
from intranet.schools import commands as schools
from tests.intranet.people import edexml_files as files


@pytest.fixture
def office(place):
    """The browser of somebody who may take over rosters."""
    return place.browser("administrator")


@pytest.fixture
def head(place):
    return place.browser("head_teacher")


@pytest.fixture
def teacher(place):
    return place.browser("teacher")


def send(browser, content, name="edex.xml"):
    return browser.post("/people/import", {"file": (BytesIO(content), name)}, content_type="multipart/form-data")


def test_nothing_is_applied_before_somebody_confirms(place, office):
    answer = send(office, files.small_school())
    assert answer.status_code == 303
    page = office.get(answer.location).text
    assert "Noor van der Berg · 6a" in page
    assert "Er is nog niets overgenomen." in page
    assert "intern begeleider" in page
    assert "Noor" not in office.get("/people").text
    assert office.post(answer.location).status_code == 303
    shown = office.get("/people").text
    assert "Overgenomen: 6 nieuw" in shown
    assert "Noor van der Berg" in shown


def test_the_preview_names_what_is_unknown_and_what_is_dropped(office):
    more = "<bsn>123456782</bsn><hobby>schaken</hobby>"
    page = office.get(send(office, files.edexml(pupils=files.pupil("L1", "Noor", more=more))).location).text
    assert "Dit deel van het bestand kennen we niet: hobby (1)." in page
    assert "Niet gelezen en niet bewaard: bsn (1)." in page
    assert "123456782" not in page
    assert "schaken" not in page


def test_the_same_file_again_says_that_nothing_changes(office):
    office.post(send(office, files.small_school()).location)
    assert "Er verandert niets" in office.get(send(office, files.small_school()).location).text


def test_a_refused_file_comes_back_with_its_sentence(place, office):
    before = place.names()
    answer = send(office, b"<!DOCTYPE x><EDEX/>")
    assert answer.status_code == 422
    assert "verwijzingen die hier niet horen" in answer.text
    assert place.names() == before


def test_no_file_is_a_sentence(office):
    answer = office.post("/people/import", {}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Kies een bestand." in answer.text


def test_a_file_of_another_school_is_refused_on_the_preview(office):
    answer = office.get(send(office, files.small_school(brin="99YY")).location)
    assert answer.status_code == 409
    assert "hoort bij BRIN 99YY" in answer.text


def test_an_upload_is_shown_to_who_sent_it_only(place, office):
    location = send(office, files.small_school()).location
    answer = place.browser("administrator").get(location, follow_redirects=True)
    assert "Noor" not in answer.text
    assert "al overgenomen of weggegooid" in answer.text


def test_a_discarded_upload_is_gone(office):
    location = send(office, files.small_school()).location
    assert office.post(f"{location}/discard", on=location).status_code == 303
    assert office.get(location).location == "/people/import"


def test_many_leavers_ask_for_a_tick(place, office):
    everybody = "".join(files.pupil(f"L{n}", f"Kind {n}") for n in range(20))
    office.post(send(office, files.edexml(pupils=everybody)).location)
    location = send(office, files.edexml(pupils=files.pupil("L0", "Kind 0"))).location
    answer = office.post(location)
    assert answer.status_code == 422
    assert "Zet het vinkje" in answer.text
    assert sum(name.here for name in place.roster().values() if name.kind == "pupil") == 20
    assert office.post(location, {"many_leave": "y"}).status_code == 303
    assert sum(name.here for name in place.roster().values() if name.kind == "pupil") == 1


def test_a_preview_that_is_no_longer_true_is_not_applied(place, office):
    location = send(office, files.small_school()).location
    form = office.hidden(location)
    place.import_file(files.small_school(staff=""))
    answer = office.client.post(location, data=form)
    assert answer.status_code == 409
    assert "Er is intussen iets veranderd" in answer.text


@pytest.mark.parametrize(
    "path", ["/people/import", "/people/new", "/people/groups/new", "/people/duties/assign", "/school"]
)
def test_a_teacher_does_not_reach_what_changes_the_school(teacher, path):
    assert teacher.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/people", "/people/groups", "/people/duties"])
def test_everybody_in_service_reads_who_is_who(place, teacher, path):
    place.import_file(files.small_school())
    assert teacher.get(path).status_code == 200


def test_the_list_filters_in_the_address_and_searches_without_it(place, teacher):
    place.import_file(files.small_school())
    six = next(group for group in place.roster().groups.values() if group.name == "6a")
    shown = teacher.get(f"/people?kind=pupil&group={six.group_id.hex}").text
    assert "Noor van der Berg" in shown
    assert "Zoë Bakker" not in shown
    found = teacher.post("/people", {"q": "bak"}).text
    assert "Zoë Bakker" in found
    assert "Sam Bakker" in found
    assert "Noor van der Berg" not in found
    for odd in ("?kind=hond", "?group=x", "?group=00000000000000000000000000000001"):
        assert "Noor van der Berg" in teacher.get(f"/people{odd}").text


def test_a_person_has_a_page_and_another_school_has_none(place, teacher):
    place.import_file(files.small_school())
    noor = next(name for name in place.roster().values() if name.given == "Noor")
    assert "Noor van der Berg" in teacher.get(f"/people/{noor.person_id}").text
    with place.inside(place.elsewhere):
        other = commands.register_person(kind="pupil", given_name="Elders")
    assert teacher.get(f"/people/{other}").status_code == 404


def test_who_does_not_work_here_teaches_no_group(place, teacher):
    with place.inside():
        group = schools.form_group("6a", ["6"])
        parent = commands.register_person(kind="parent", given_name="Ad", family_name="Ouder")
        commands.let_go(teacher.person)
        for person in (parent, teacher.person, uuid4()):
            with pytest.raises(Refused, match="werkt hier niet, of niet meer"):
                schools.add_teacher(group, person)


def test_somebody_is_registered_renamed_moved_and_let_go_by_hand(place, office):
    with place.inside():
        group = schools.form_group("6a", ["6"])
    refused = office.post("/people/new", {"given_name": "", "family_name": "Bewaard"})
    assert refused.status_code == 422
    assert "Vul een voornaam in." in refused.text
    assert "Bewaard" in refused.text
    answer = office.post(
        "/people/new",
        {"kind": "pupil", "given_name": "Bo", "family_name": "Visser", "group": group.hex, "year_group": "6"},
    )
    page = office.get(answer.location).text
    assert "Bo Visser" in page
    assert "groep 6a" in page
    office.post(f"{answer.location}/name", {"given_name": "Bob", "infix": "de", "family_name": "Visser"})
    assert "Bob de Visser" in office.get(answer.location).text
    office.post(f"{answer.location}/group", {"group": "", "year_group": "7"})
    assert "groep 6a" not in office.get(answer.location).text
    office.post(f"{answer.location}/leave", on=answer.location)
    assert "Niet meer op school" in office.get(answer.location).text
    office.post(f"{answer.location}/return", on=answer.location)
    assert "Niet meer op school" not in office.get(answer.location).text


def test_the_duty_register_says_what_nobody_does_until_somebody_does(place, head):
    assert "Niemand is nu aandachtsfunctionaris." in head.get("/people/duties").text
    form = {"person": head.person.hex, "duty": "protection_officer", "since": "2020-01-01", "until": ""}
    assert head.post("/people/duties/assign", form).status_code == 303
    page = head.get("/people/duties").text
    assert "Niemand is nu aandachtsfunctionaris." not in page
    assert "Ilse Importeur" in page
    again = head.post("/people/duties/assign", form)
    assert again.status_code == 409
    assert "heeft deze taak dan al" in again.text
    end = f"/people/{head.person}/duties/protection_officer/2020-01-01"
    early = head.post(end, {"until": "2019-01-01"})
    assert early.status_code == 422
    assert head.post(end, {"until": "31-12-2020"}).status_code == 303
    assert "Niemand is nu aandachtsfunctionaris." in head.get("/people/duties").text


@pytest.mark.parametrize(
    "wrong",
    [{"person": ""}, {"duty": "x"}, {"since": "gisteren"}, {"until": "2019-01-01"}, {"person": "0" * 32}],
)
def test_a_wrong_duty_form_comes_back_filled_in(head, wrong):
    form = {"person": head.person.hex, "duty": "dpo", "since": "2020-01-01", "until": ""}
    answer = head.post("/people/duties/assign", form | wrong)
    assert answer.status_code == 422
    assert "Dit moet je nog aanpassen" in answer.text


@pytest.mark.parametrize("path", ["dpo/2020-01-01", "x/2020-01-01", "dpo/gisteren"])
def test_a_duty_that_nobody_has_cannot_end(head, path):
    assert head.get(f"/people/{head.person}/duties/{path}").status_code == 404


def test_a_group_is_formed_changed_taught_and_closed(place, office):
    location = office.post("/people/groups/new", {"name": "6a", "year_groups": ["6"]}).location
    assert "Groep 6a" in office.get(location).text
    office.post(f"{location}/change", {"name": "6/7a", "year_groups": ["6", "7"]})
    assert "Groep 6/7a" in office.get(location).text
    office.post(f"{location}/teachers", {"person": office.person.hex}, on=location)
    assert "Ilse Importeur" in office.get("/people/groups").text
    office.post(f"{location}/teachers/{office.person}/remove", on=location)
    with place.inside():
        from uuid import UUID

        group = UUID(location.rpartition("/")[2])
        pupil = commands.register_person(kind="pupil", given_name="Bo", group_id=group)
    office.post(f"{location}/close", on=location)
    assert "is gestopt" not in office.get(location).text
    with place.inside():
        with pytest.raises(Refused, match="Er zitten nog leerlingen in deze groep"):
            schools.close_group(group, on=today())
        commands.let_go(pupil)
    office.post(f"{location}/close", on=location)
    assert "is gestopt" in office.get(location).text


def test_the_school_changes_its_name_and_refuses_a_wrong_brin(head):
    good = {"name": "IBS De Boog", "brin": "88AA", "holiday_region": "zuid"}
    wrong = head.post("/school", good | {"brin": "8888"})
    assert wrong.status_code == 422
    assert "IBS De Boog" in wrong.text
    assert head.post("/school", good).status_code == 303
    page = head.get("/school").text
    assert "IBS De Boog" in page
    assert "88AA" in page


def test_a_form_sent_twice_is_recorded_once(place, head):
    path = "/people/duties/assign"
    form = head.hidden(path) | {"person": head.person.hex, "duty": "dpo", "since": "2020-01-01", "until": ""}
    for _ in range(2):
        assert head.client.post(path, data=form).status_code == 303
    assert place.names().count("DutyAssigned") == 2


def test_an_import_confirmed_twice_is_done_once(place, office):
    location = send(office, files.small_school()).location
    form = office.hidden(location)
    for _ in range(2):
        assert office.client.post(location, data=form, follow_redirects=True).status_code == 200
    assert place.names().count("RosterImported") == 1
