"""Signals beside incidents: counted apart or together, what goes well never as a problem, and who may know of what."""

import re
from datetime import datetime, time
from typing import Any
from uuid import UUID

import pytest

from events.log.context import acting
from events.log.errors import Refused
from plugins.patterns import commands, reading
from plugins.patterns.events import INCIDENT, Rule
from tests.plugins.patterns.conftest import DAY, RULE, TUESDAY, ZONE, export, notice, report, words_of


@pytest.fixture
def care(school):
    return school.client("hanneke")


def counted(school, **options: Any) -> list[UUID]:
    span = TUESDAY - 30 * DAY, TUESDAY + 30 * DAY
    found = school.do("hanneke", reading.happenings, *span, **{"closed": reading.EVERY, **options})
    return [each.id for each in found]


def test_a_source_has_its_own_rows(school_on_both):
    school = school_on_both
    incident, signal = report(school), notice(school)
    assert counted(school) == [incident]
    assert counted(school, source="signal") == [signal]
    assert set(counted(school, source="both")) == {incident, signal}


def test_the_address_says_what_is_counted_and_incidents_are_never_more_by_signals(school, care):
    report(school)
    notice(school)
    notice(school, day=TUESDAY - DAY)
    assert "Alle incidenten, schooljaar 2026-2027: 1 keer, op 1 dag." in words_of(care.get("/patterns/"))
    assert "Alle signalen, schooljaar 2026-2027: 2 keer, op 2 dagen." in words_of(care.get("/patterns/?source=signal"))
    page = words_of(care.get("/patterns/?source=both"))
    assert "Alle incidenten en signalen, schooljaar 2026-2027: 1 incident, 2 signalen, op 2 dagen." in page
    assert "1 incident, 1 signaal" in page
    assert "0 incidenten, 1 signaal" in page
    assert "Alle incidenten, schooljaar 2026-2027: 1 keer" in words_of(care.get("/patterns/?source=everything"))


def test_a_signal_says_no_place_so_nothing_is_drawn_of_places(school, care):
    notice(school)
    page = words_of(care.get("/patterns/?source=signal&place=gym&moment=big_break"))
    assert "Alle signalen, schooljaar 2026-2027: 1 keer" in page
    assert "Plek en tijd samen" not in page
    assert "Niet ingevuld" not in page
    report(school)
    link = 'href="/patterns/?year=2026&amp;source=signal&amp;group='
    assert link in care.get("/patterns/?source=signal").text
    assert link not in care.get("/patterns/?place=playground").text


def test_what_goes_well_is_counted_apart_and_warns_of_nothing(school, care):
    for back in range(3):
        notice(school, day=TUESDAY - back * DAY, positive=True)
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=10, source="signal")
    notice(school, positive=True)
    page = words_of(care.get("/patterns/?source=signal"))
    assert "Alle signalen, schooljaar 2026-2027: 0 keer" in page
    assert "4 Gaat goed Apart geteld: dit is geen probleem" in page
    assert school.do("hanneke", reading.warnings) == []


def test_a_signal_that_became_an_incident_is_one_thing(school, care):
    from intranet.signals.commands import make_incident

    signal = notice(school)
    facts = {"kinds": ["bullying_suspected"], "account": "Het is pesten.", "place": "playground"}
    happened = datetime.combine(TUESDAY, time(10, 30), ZONE)
    school.do("hanneke", make_incident, signal, **facts, happened_at=happened, group_id=school.groups["6a"],
              unknown_persons=True)  # fmt: skip
    assert "signalen, schooljaar 2026-2027: 1 incident, 0 signalen" in words_of(care.get("/patterns/?source=both"))
    assert "Alle signalen, schooljaar 2026-2027: 1 keer" in words_of(care.get("/patterns/?source=signal"))


def test_signs_of_home_count_for_who_may_read_every_signal(school, care):
    notice(school)
    notice(school, kind="concern", home_signs=True)
    assert "2 keer" in words_of(care.get("/patterns/?source=signal"))
    for other in ("marijke", "esther", "yvonne"):
        assert "1 keer, op 1 dag" in words_of(school.client(other).get("/patterns/?source=signal"))


def test_a_signal_about_a_colleague_counts_for_nobody(school, care):
    notice(school, by="bas", people=[school.people["fatima"]])
    assert "Alle signalen, schooljaar 2026-2027: 0 keer" in words_of(care.get("/patterns/?source=signal"))
    assert counted(school, source="signal") == []


def test_who_may_not_read_every_signal_sees_numbers_and_no_list_and_no_names(school, care):
    signal = notice(school)
    notice(school)
    path = f"/patterns/?source=signal&group={school.groups['6a'].hex}"
    assert f"/signals/{signal}" in care.get(path).text.replace(signal.hex, str(signal))
    assert "Om deze signalen gaat het" in words_of(care.get(path))
    assert "Noor van der Berg" in words_of(care.get("/patterns/pupils?source=signal"))
    assert "genoemd in een signaal 2" in words_of(care.get("/patterns/pupils?source=signal"))
    head = school.client("marijke")
    for source in ("signal", "both"):
        page = head.get(f"/patterns/?source={source}&group={school.groups['6a'].hex}").text
        assert re.search("2 (keer|signalen), op 1 dag", words_of(head.get(f"/patterns/?source={source}")))
        assert "Om deze" not in page
        assert "Bekijk welke leerlingen" not in page
        assert head.get(f"/patterns/pupils?source={source}").status_code == 404
    assert head.get("/patterns/pupils").status_code == 200


def test_a_measure_remembers_that_it_is_about_signals(school, care):
    notice(school)
    usual = {"text": "Maatjes in de pauze.", "owner_id": school.people["fatima"].hex, "evaluate_on": "2026-12-14"}
    assert care.post("/patterns/measures/new?year=2026&source=signal", usual).status_code == 409
    made = care.post("/patterns/measures/new?year=2026&source=signal&kind=observation", usual)
    assert made.status_code == 303
    page = words_of(care.get(made.location))
    assert "Signalen, Observatie" in page
    assert "1 op" in page


def test_a_rule_over_signals_is_tried_and_warns_whoever_may_read_them(school, care):
    rule = {**RULE, "source": "signal", "who": "pupil"}
    for back in (300, 299):
        notice(school, day=TUESDAY - back * DAY)
    page = words_of(care.post("/patterns/rules/new", rule | {"step": "try"}))
    assert "Telt: signalen." in page
    assert "1 keer gewaarschuwd" in page
    assert "Geteld over 2 signalen" in page
    assert care.post("/patterns/rules/new", rule | {"step": "on"}).status_code == 303
    report(school)
    notice(school)
    assert school.do("hanneke", reading.warnings) == []
    notice(school, day=TUESDAY - DAY)
    (row,) = school.do("hanneke", reading.warnings)
    assert "Een leerling van groep 6a" in words_of(care.get("/"))
    page = words_of(care.get(f"/patterns/warnings/{row.warning}"))
    assert "Noor van der Berg" in page
    assert "Observatie" in page
    head = school.client("marijke")
    assert "Een leerling van groep 6a" not in words_of(head.get("/"))
    assert "Telt: signalen" not in words_of(head.get("/patterns/rules"))
    assert head.get(f"/patterns/warnings/{row.warning}").status_code == 404
    assert head.get(f"/patterns/rules/{row.rule}").status_code == 404


def test_a_rule_over_signals_counts_what_was_noticed_before_it_was_on(school):
    notice(school, day=TUESDAY - DAY)
    school.do("hanneke", commands.switch_on_rule, who="group", kinds=[], times=2, days=10, source="signal")
    assert school.do("hanneke", reading.warnings) == []
    notice(school)
    (row,) = school.do("hanneke", reading.warnings)
    assert row.happenings == 2


def test_who_may_not_read_every_signal_makes_no_rule_over_them(school):
    head = school.client("marijke")
    assert "Wat telt mee?" not in words_of(head.get("/patterns/rules/new"))
    assert (
        head.post("/patterns/rules/new", {**RULE, "source": "signal", "who": "pupil", "step": "on"}).status_code == 303
    )
    (fact,) = school.facts("patterns.rule")
    assert fact.source == INCIDENT


def test_the_command_refuses_such_a_rule_too(school):
    head, rule = school.client("marijke"), {"who": "pupil", "kinds": [], "times": 2, "days": 10}
    with head.client, acting(school=school.school, actor=school.people["marijke"]):
        head.get("/patterns/rules/new")
        for source in ("signal", "both"):
            with pytest.raises(Refused, match="Jij mag niet elk signaal lezen"):
                commands.switch_on_rule(**rule, source=source)
        assert commands.switch_on_rule(**rule)


def test_a_rule_asks_of_signals_what_they_say(school, care):
    for who in ("pupil_victim", "pupil_perpetrator", "place"):
        answer = care.post("/patterns/rules/new", {**RULE, "source": "both", "who": who, "step": "try"})
        assert answer.status_code == 422
        assert "In een signaal staat geen plek en geen rol." in answer.text
        with pytest.raises(Refused, match="geen plek en geen rol"):
            Rule.switch_on(who=who, kinds=(), times=2, days=10, source="signal")
    with pytest.raises(Refused, match="Kies wat de regel telt."):
        Rule.switch_on(who="pupil", kinds=(), times=2, days=10, source="gossip")


def test_a_rule_of_before_counts_incidents():
    state: dict[str, Any] = {"who": "pupil", "kinds": (), "times": 2, "days": 10}
    Rule.SwitchedOn.upcast_v1_v2(state)
    assert state["source"] == INCIDENT


def test_a_file_says_what_was_counted_and_outside_there_are_incidents_only(school, care):
    for _ in range(6):
        report(school)
        notice(school)
    rows = export(care, "/patterns/export?source=both")
    assert "Incidenten en signalen" in words_of(care.get("/patterns/export?source=both"))
    assert any("6 incidenten, 6 signalen" in cell for row in rows for cell in row)
    outside = export(care, "/patterns/export?outside=1&source=both")
    assert not any("signal" in cell.lower() for row in outside for cell in row)
