"""Who can own a promise is who may read its record, whatever makes that so, and is asked at once."""

from datetime import timedelta

from sqlalchemy import event

from events.involvement import Involvement
from intranet.accounts.known_people import duties_of
from intranet.api import acting, today
from intranet.cases import commands as cases
from intranet.cases.followed import CASES
from intranet.cases.readable import standing_to as standing_to_case
from intranet.follow_up.of_incidents import INCIDENTS
from intranet.follow_up.owners import who_can_own
from intranet.incidents import commands as incidents
from intranet.incidents.readable import Reader, standing_to
from intranet.people.colleagues import staff_of
from intranet.sharing.commands import share_record


def one_by_one(school, record, standing_to):
    """Return the short names of who may read a record, each asked by itself."""
    standings = {
        name.given.lower(): standing_to(
            record, Reader(name.person_id, duties_of(school.school, name.person_id), school.school)
        )
        for name in staff_of(school.school)
    }
    return {given for given, standing in standings.items() if standing.may_read}


def test_it_is_who_may_read_the_record_for_whatever_reason(school_on_both):
    school = school_on_both
    people, until = school.people, today_in(school) + timedelta(days=7)
    plain = school.report()
    closed = school.report(confidential=True)
    about_bas = school.report(
        involved=[Involvement(people["bas"], "alleged_perpetrator"), Involvement(people["nova"], "victim")]
    )
    shared = school.report("hanneke", confidential=True, group_id=None)
    serious = school.report()
    case = school.do(
        "esther",
        cases.open_case,
        kind="bullying",
        signs=["repeated"],
        concern="De tas ligt steeds in de prullenbak.",
        involved=[Involvement(people["nova"], "victim")],
        leader=people["esther"],
    )
    school.do("esther", cases.add_participant, case, people["henk"])
    school.do("hanneke", share_record, shared, people["henk"], until=until, reason="Henk let op.")
    school.do("hanneke", incidents.assess_severity, serious, 4, "Er was pijn.")
    with school.app.test_request_context(), acting(school=school.school):
        expected = {
            record: one_by_one(school, record, asked)
            for record, asked in (
                *((each, standing_to) for each in (plain, closed, about_bas, shared, serious)),
                (case, standing_to_case),
            )
        }
        found = {
            record: {
                name.split()[0].lower() for name in who_can_own(record, CASES if record == case else INCIDENTS).values()
            }
            for record in expected
        }
    assert found == expected
    assert expected[plain] == {"esther", "fatima", "hanneke", "marijke"}
    assert "bas" not in expected[about_bas]
    assert expected[shared] == {"hanneke", "henk", "marijke"}
    assert {"henk", "bas", "esther"} <= expected[case]
    assert len({frozenset(each) for each in expected.values()}) == 5


def today_in(school):
    with school.app.test_request_context(), acting(school=school.school):
        return today()


def test_it_takes_as_many_questions_whoever_works_there(small_school):
    statements, incident = [], small_school.report()

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    with small_school.app.test_request_context(), acting(school=small_school.school):
        engine = small_school.app.extensions["sqlalchemy"].engines[None]
        who_can_own(incident, INCIDENTS)
        event.listen(engine, "before_cursor_execute", note)
        assert who_can_own(incident, INCIDENTS)
        event.remove(engine, "before_cursor_execute", note)
    assert len(statements) < len(small_school.people)
    assert len([each for each in statements if "colleague" in each]) == 1
