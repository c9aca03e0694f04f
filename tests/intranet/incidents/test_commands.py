"""Commands against both databases: what many people do at once is recorded once each, in order."""

from threading import Barrier, Thread

from intranet.incidents import commands


def test_25_simultaneous_submits_of_one_form_make_one_incident(school_on_both):
    school, browser = school_on_both, school_on_both.client("fatima")
    answers, start = [], Barrier(25)
    form = {"kinds": "quarrel", "unknown_persons": "y", "moment": "just_now", "account": "Eén keer.", **browser.shown()}

    def submit():
        client = school.app.test_client()
        for cookie in browser.client._cookies.values():
            client.set_cookie(cookie.key, cookie.value)
        start.wait()
        answers.append(client.post("/incidents/new", data=form))

    threads = [Thread(target=submit) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [303] * 25
    (row,) = school.incidents()
    assert all(str(row.incident) in answer.location for answer in answers)


def test_32_people_reporting_at_once_are_all_accepted_with_dense_positions(school_on_both):
    school, start, failures = school_on_both, Barrier(32), []
    before = school.size()

    def report(number):
        start.wait()
        try:
            school.report("fatima", account=f"Verhaal {number}")
        except Exception as error:
            failures.append(error)

    threads = [Thread(target=report, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(school.incidents()) == 32
    assert school.size() == before + 32
    with school.app.app_context():
        from intranet.api import log

        assert [event.position for event in log.facts(school.school, after=before)] == list(
            range(before + 1, before + 33)
        )


def test_each_command_changes_the_incident_and_the_register(school_on_both):
    school = school_on_both
    incident = school.report("fatima")
    school.do("hanneke", commands.assess_severity, incident, 4, "Er was een mes.")
    school.do("hanneke", commands.add_note, incident, "Politie gebeld.")
    school.do("hanneke", commands.change_involvement, incident, school.people["noor"], "involved", "victim")
    school.do("hanneke", commands.change_confidentiality, incident, True, "Onderzoek loopt.")
    now = school.incident(incident)
    assert (now.severity, now.confidential, now.version) == (4, True, 5)
    (row,) = school.incidents()
    assert (row.severity, row.confidential) == (4, True)
