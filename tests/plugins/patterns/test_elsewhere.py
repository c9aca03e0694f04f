"""Patterns outside their own pages: in the search, on the page of a group, among the promises, and at a terminal."""

from datetime import date, datetime, time

import pytest

from events.log.context import acting
from intranet.cli.group import operator
from intranet.contributions import FAILS, HOLDS, WEAK
from intranet.testing import told_at
from plugins.patterns import assertions, commands, reading
from plugins.patterns.plugin import manifest
from tests.plugins.patterns.conftest import DAY, TUESDAY, ZONE, notice, report, words_of


def propose(school, *, evaluate_on: date = TUESDAY + 30 * DAY, **pattern: str):
    return school.do(
        "hanneke",
        commands.propose_measure,
        text="Twee pleinwachten bij het veld.",
        pattern=pattern or {"place": "playground"},
        owner_id=school.people["fatima"],
        evaluate_on=evaluate_on,
    )


@pytest.mark.parametrize("words", ["pleinwacht", "plein"])
def test_a_measure_is_found_by_who_may_see_it(school, words):
    propose(school)

    def found_by(who: str, words: str) -> str:
        return words_of(school.client(who).post("/search", {"q": words}))

    assert "Twee pleinwachten bij het veld." in found_by("hanneke", words)
    assert "Twee pleinwachten" not in found_by("hanneke", "gymles")
    # Fatima sees to it herself; Bas has nothing to do with it.
    assert "Twee pleinwachten bij het veld." in found_by("fatima", words)
    assert "Twee pleinwachten" not in found_by("bas", words)


def test_a_group_tells_of_its_measures_and_warnings(school):
    group = school.groups["6a"]
    propose(school, group=group.hex)
    propose(school, group=school.groups["7b"].hex)
    school.do("hanneke", commands.switch_on_rule, who="group", kinds=[], times=2, days=10)
    school.do("hanneke", commands.switch_on_rule, who="pupil", kinds=[], times=2, days=10)
    report(school)
    report(school)
    assert len(school.do("hanneke", reading.warnings)) == 2
    page = words_of(school.client("hanneke").get(f"/chronology/groups/{group}"))
    assert page.count("Maatregel afgesproken") == 1
    assert page.count("Een regel waarschuwde") == 1
    seen = words_of(school.client("esther").get(f"/chronology/groups/{group}"))
    assert "Maatregel afgesproken" in seen
    assert "Een regel waarschuwde" not in seen
    assert "Maatregel" not in words_of(school.client("bas").get(f"/chronology/groups/{group}"))
    # A page of a pupil records no look at a warning, so it tells of none.
    pupil = words_of(school.client("hanneke").get(f"/people/{school.people['noor']}"))
    assert "Een regel waarschuwde" not in pupil


def states(school, day: date | None = None) -> list[str]:
    moment = datetime.combine(day, time(16), ZONE) if day else None
    with school.app.test_request_context(), told_at(moment), acting(school=school.school):
        return [each.state for each in assertions.assertions()]


def test_the_plan_learns_from_what_is_recorded(school):
    assert states(school) == [FAILS, HOLDS, HOLDS]
    propose(school)
    assert states(school) == [HOLDS, HOLDS, HOLDS]
    assert states(school, TUESDAY + 31 * DAY) == [HOLDS, WEAK, HOLDS]
    assert states(school, TUESDAY + 60 * DAY) == [HOLDS, FAILS, HOLDS]
    assert states(school, TUESDAY + 370 * DAY) == [FAILS, FAILS, HOLDS]


def test_a_warning_that_waits_puts_its_promise_in_doubt(school):
    school.do("hanneke", commands.switch_on_rule, who="group", kinds=[], times=2, days=10)
    report(school)
    report(school)
    assert states(school)[2] == HOLDS
    assert states(school, TUESDAY + 25 * DAY)[2] == WEAK
    (row,) = school.do("hanneke", reading.warnings)
    school.do("hanneke", commands.handle_warning, row.rule, row.warning, "Besproken.")
    assert states(school, TUESDAY + 25 * DAY)[2] == HOLDS


def test_the_director_reads_them_among_the_promises(school):
    propose(school)
    page = words_of(school.client("marijke").get("/audit/assertions"))
    assert "Van wat we vastleggen, maken we maatregelen." in page
    assert "1 maatregel in de laatste twaalf maanden." in page


def run(school, *arguments: str):
    return school.app.test_cli_runner().invoke(operator, [manifest.name, "month", *arguments])


def test_the_terminal_prints_the_figures_of_a_month_without_names(school):
    report(school)
    report(school, confidential=True)
    notice(school)
    notice(school, positive=True)
    answer = run(school, "--school", str(school.school), "--month", "2026-11")
    assert answer.exit_code == 0
    assert "2026-11: 19 school days, 1 incidents" in answer.output
    assert "1 signals" in answer.output
    assert "1 going well" in answer.output
    assert "2026-10: 22 school days, 0 incidents" in run(school).output
    assert "write a month as 2026-10" in run(school, "--month", "october").output
    assert "no school with id" in run(school, "--school", "0" * 32).output
