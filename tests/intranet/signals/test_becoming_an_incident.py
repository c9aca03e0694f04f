"""A signal that becomes an incident, and what readers of the one learn of the other."""


def test_a_signal_becomes_an_incident_that_leads_back_to_it(small_school):
    school = small_school
    signal = school.tell("henk", source="parent", on_behalf_of="De vader van Sem")
    hanneke, path = school.client("hanneke"), f"/signals/{signal}/incident"
    shown = hanneke.get(path).text
    assert "Noor is al weken stil." in shown
    assert school.people["noor"].hex in shown
    form = {
        "kinds": ["bullying_suspected"],
        "people": [school.people["noor"].hex],
        "moment": "just_now",
        "account": "Noor werd bedreigd.",
    }
    answer = hanneke.post(path, form)
    assert answer.status_code == 303
    assert "Ouder: De vader van Sem".lower() in hanneke.get(answer.location).text.lower()
    assert answer.location in hanneke.get(f"/signals/{signal}").text
    assert "Dit is nu een incident." in school.client("henk").get(f"/signals/{signal}").text
    teacher = school.client("fatima").get(answer.location).text
    assert "Kwam uit een signaal" in teacher


def test_a_reader_of_the_incident_without_the_signal_does_not_learn_who_said_it(small_school):
    school = small_school
    signal = school.tell("henk", people=[school.people["nova"]], source="parent", on_behalf_of="De vader van Sem")
    form = {
        "kinds": ["bullying_suspected"],
        "people": [school.people["noor"].hex],
        "moment": "just_now",
        "account": "Bedreigd.",
    }
    answer = school.client("hanneke").post(f"/signals/{signal}/incident", form)
    page = school.client("fatima").get(answer.location).text
    assert "Kwam uit een signaal" in page
    assert "De vader van Sem" not in page
    assert str(signal) not in page
