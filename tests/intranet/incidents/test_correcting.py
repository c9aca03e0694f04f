"""Corrections: both versions stay readable, nobody overwrites what they have not seen."""

from datetime import UTC, datetime, timedelta

from events.log import clock
from intranet.incidents import commands


def correction(school, **changed):
    """Return the correction form as it was shown, with changes."""
    happened = school.incident(school.incidents()[-1].incident).happened_at + timedelta(hours=1)
    return {
        "kinds": ["quarrel"],
        "happened_on": happened.date().isoformat(),
        "happened_time": happened.strftime("%H:%M"),
        "group": school.groups["6a"].hex,
        "account": "Ze trokken allebei aan de bal.",
        "reason": "Verkeerd geklikt.",
        "corrections": "0",
        **changed,
    }


AN_HOUR_AGO = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def test_a_correction_shows_old_and_new(school_on_both):
    incident = school_on_both.report("fatima", happened_at=AN_HOUR_AGO, place="playground")
    fatima, page = school_on_both.client("fatima"), f"/incidents/{incident}"
    noor = school_on_both.people["noor"].hex
    form = correction(
        school_on_both,
        kinds=["other"],
        more_kinds=["threat"],
        place="gym",
        account="@Noor van der Berg riep: 'Ik pak je.'",
        **{"account-mention": f"{noor} Noor van der Berg"},
    )
    assert fatima.post(f"{page}/correct", form).status_code == 303
    now = school_on_both.incident(incident)
    assert (now.kinds, now.place) == (("threat",), "gym")
    assert now.account == f"[[p:{noor}]] riep: 'Ik pak je.'"
    told = fatima.get(page).text
    for old_and_new in ("<del>Ruzie</del>", "<ins>Bedreigen</ins>", "<del>Plein</del>", "<ins>Gymzaal</ins>"):
        assert old_and_new in told
    assert "<del>Ze trokken allebei aan de bal.</del>" in told
    assert "Verkeerd geklikt." in told
    assert "Wanneer" not in told[told.index("event-changes") :].split("</ul>")[0]


def test_what_somebody_else_corrected_meanwhile_is_shown_first(small_school):
    incident = small_school.report("fatima", happened_at=AN_HOUR_AGO)
    fatima, page = small_school.client("fatima"), f"/incidents/{incident}/correct"
    mine = {**fatima.shown(page), **correction(small_school, account="Mijn versie van het verhaal.")}
    theirs = small_school.client("hanneke")
    assert theirs.post(page, correction(small_school, account="Haar versie van het verhaal.")).status_code == 303
    answer = fatima.client.post(page, data=mine)
    assert answer.status_code == 422
    assert "Iemand anders heeft dit net verbeterd." in answer.text
    assert "Haar versie van het verhaal." in answer.text
    assert "Mijn versie van het verhaal." in answer.text
    again = {**mine, "corrections": "1", "once": fatima.shown(page)["once"]}
    assert fatima.client.post(page, data=again).status_code == 303
    assert small_school.incident(incident).account == "Mijn versie van het verhaal."


def test_a_note_in_between_is_no_conflict(small_school):
    incident = small_school.report("fatima", happened_at=AN_HOUR_AGO)
    fatima, page = small_school.client("fatima"), f"/incidents/{incident}/correct"
    mine = {**fatima.shown(page), **correction(small_school, place="gym")}
    small_school.do("hanneke", commands.add_note, incident, "Moeder gebeld.")
    assert fatima.client.post(page, data=mine).status_code == 303


REFUSED = [
    ({"reason": " "}, "Schrijf kort op waarom je dit verbetert."),
    ({"account": ""}, "Schrijf op wat je zag of hoorde."),
    ({"kinds": []}, "Kies wat er gebeurd is."),
    ({"kinds": ["x y"]}, "Deze keuze bestaat niet meer"),
    ({"happened_on": ""}, "Kies de dag waarop het gebeurde."),
    ({"happened_on": "31-02-2026"}, "Vul een datum in, bijvoorbeeld 1-8-2026."),
    ({"happened_on": "0001-01-01"}, "Kijk of het jaar klopt."),
    ({"happened_time": "25:00"}, "Dit is geen tijd."),
    ({"happened_time": ""}, "Vul in hoe laat het was."),
    ({"moment": "noon"}, "Deze keuze bestaat niet meer"),
    ({"group": "x"}, "Deze keuze bestaat niet meer"),
    ({"reason": "x" * 1001}, "te lang"),
]


def test_a_wrong_correction_comes_back_with_everything(small_school):
    incident = small_school.report("fatima", happened_at=AN_HOUR_AGO)
    fatima, before = small_school.client("fatima"), small_school.size()
    for wrong, sentence in REFUSED:
        form = correction(small_school, **{"place": "gym", **wrong})
        answer = fatima.post(f"/incidents/{incident}/correct", form)
        assert answer.status_code == 422, wrong
        assert sentence in answer.text, wrong
        assert 'value="gym"' in answer.text, wrong
    assert small_school.size() == before


def test_a_correction_to_a_time_to_come_or_without_change_is_a_sentence(small_school):
    incident = small_school.report("fatima", happened_at=AN_HOUR_AGO)
    fatima = small_school.client("fatima")
    unchanged = fatima.post(f"/incidents/{incident}/correct", correction(small_school))
    assert unchanged.status_code == 409
    assert "Je hebt niets veranderd." in unchanged.text
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    if tomorrow[:4] == str(clock.now().year):
        answer = fatima.post(f"/incidents/{incident}/correct", correction(small_school, happened_on=tomorrow))
        assert answer.status_code == 409
        assert "moet nog komen" in answer.text
