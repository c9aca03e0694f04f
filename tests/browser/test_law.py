"""The rules of a law as a director meets them: look first, switch on, see the past ordered, and back again."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from events.log import clock
from intranet.incidents import commands as incidents


def test_a_director_looks_first_switches_on_sees_the_past_ordered_and_goes_back(
    page: Page, sign_in, small_school, expected_console, assert_accessible, assert_no_sideways_scroll
):
    armed, threat = (
        small_school.report(kinds=[kind], happened_at=clock.now() - timedelta(hours=ago))
        for kind, ago in (("weapon", 3), ("threat", 2))
    )
    small_school.report(kinds=["quarrel"])
    small_school.do("hanneke", incidents.assess_severity, armed, 2)
    small_school.do("hanneke", incidents.assess_severity, threat, 3)
    sign_in("marijke")
    page.goto("/school/law")
    change = page.get_by_role("list", name="Deze meld je dan bij de inspectie")
    expect(change.get_by_role("link")).to_have_text(["Bedreigen", "Wapen"])
    page.get_by_text("Crisis", exact=True).click()
    page.get_by_role("button", name="Kijk eerst").click()
    expect(change.get_by_role("link")).to_have_text(["Wapen"])
    assert_accessible(page)
    expected_console.append("422")
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf kort op waarom je dit doet.")
    page.get_by_label("Waarom?").fill("De wet geldt vanaf dit schooljaar.")
    page.get_by_role("button", name="Zet aan").click()
    expect(page.get_by_text("Ook wat eerder gebeurde, is opnieuw ingedeeld.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Incidenten", exact=True).last.click()
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="Wapen")).to_contain_text("Meld dit")
    expect(rows.filter(has_text="Bedreigen")).to_contain_text("Ingedeeld")
    expect(rows.filter(has_text="Ruzie")).to_contain_text("Staat niet in de regels")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    page.goto("/school/law")
    page.get_by_text("Zet de regels uit").click()
    page.get_by_label("Waarom?").fill("We wachten op de Eerste Kamer.")
    page.get_by_role("button", name="Zet uit").click()
    expect(page.get_by_text("De regels gelden niet meer.")).to_be_visible()
    # That was a mistake: one press, and the same rules count again.
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_text("De regels gelden", exact=True)).to_be_visible()
    expect(page.locator("dl").first).to_contain_text("Crisis")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_text("De regels gelden niet", exact=True)).to_be_visible()
    for reason in ("De wet geldt vanaf dit schooljaar.", "We wachten op de Eerste Kamer."):
        expect(page.get_by_text(reason)).to_be_visible()
    assert_no_sideways_scroll(page)
