"""A note that was withdrawn on both databases: what is found, who is told, and what a rebuild makes of it."""

from sqlalchemy import select

from intranet.api import log
from intranet.incidents import commands as incidents
from intranet.notes.commands import put_note_back, withdraw_note
from intranet.notices.projections import Notices, notice
from intranet.people.mentions import token


def mentioned(school):
    """Return who hear that they are named, with the place in the log of what tells them."""
    with school.app.app_context(), log.read() as connection:
        query = select(notice.c.whom, notice.c.position).where(notice.c.kind == "mentioned")
        by_id = {person.hex: given for given, person in school.people.items()}
        return {by_id[row.whom]: row.position for row in connection.execute(query)}


def finds(school, words):
    return "Ruzie: Noor" in school.client("hanneke").post("/search", {"q": words}).text


def test_who_is_named_in_it_hears_of_it_as_long_as_it_stands(school_on_both):
    school = school_on_both
    fatima, bas = token(school.people["fatima"]), token(school.people["bas"])
    incident = school.report(by="marijke", account=f"{fatima} zag het.")
    told_first = mentioned(school)["fatima"]
    note = school.do("hanneke", incidents.add_note, incident, f"Vraag het {fatima} en {bas}.")
    assert set(mentioned(school)) == {"fatima", "bas"}
    school.do("hanneke", withdraw_note, incident, note)
    assert set(mentioned(school)) == {"fatima"}, "who is named in what still stands keeps theirs"
    school.do("hanneke", put_note_back, incident, note)
    live = mentioned(school)
    assert set(live) == {"fatima", "bas"}
    assert live["fatima"] > told_first
    school.rebuild(Notices())
    assert mentioned(school) == live


def test_its_words_are_found_no_longer_and_again_when_it_is_put_back(school_on_both):
    school = school_on_both
    incident = school.report(account="Bij het klimrek.")
    other = school.do("hanneke", incidents.add_note, incident, "Het begon in de bibliotheek.")
    note = school.do(
        "hanneke", incidents.add_note, incident, f"De schommel was stuk, zegt {token(school.people['sem'])}."
    )
    assert all(finds(school, words) for words in ("klimrek", "bibliotheek", "schommel", "sem klimrek"))
    school.do("hanneke", withdraw_note, incident, note)
    assert [finds(school, words) for words in ("schommel", "sem klimrek")] == [False, False]
    assert all(finds(school, words) for words in ("klimrek", "bibliotheek"))
    school.do("hanneke", withdraw_note, incident, other)
    school.do("hanneke", put_note_back, incident, note)
    assert [finds(school, words) for words in ("klimrek", "schommel", "bibliotheek")] == [True, True, False]


def test_a_process_that_starts_later_finds_the_same(small_school):
    school = small_school
    incident = school.report(account="Bij het klimrek.")
    note = school.do("hanneke", incidents.add_note, incident, "De schommel was stuk.")
    school.do("hanneke", withdraw_note, incident, note)
    assert (finds(school, "klimrek"), finds(school, "schommel")) == (True, False)
