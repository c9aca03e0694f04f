"""The chronology of a pupil handed out to parents, from the page of the pupil to the file, by the care coordinator."""

import pypdfium2
from playwright.sync_api import Page, expect

from events.involvement import Involvement


def test_a_chronology_is_looked_through_and_handed_out(
    page: Page, sign_in, small_school, assert_accessible, assert_no_sideways_scroll
):
    school = small_school
    parts = [Involvement(school.people["noor"], "victim"), Involvement(school.people["sem"], "alleged_perpetrator")]
    school.report(involved=parts, account="Sem trok aan de bal. Noor viel. Sem lachte.")
    sign_in("hanneke")
    page.goto(f"/people/{school.people['noor']}")
    page.get_by_role("link", name="Tijdlijn").click()
    page.get_by_role("link", name="Maak een PDF").click()
    page.get_by_text("Voor de ouders of het kind zelf").click()
    page.get_by_label("Wie krijgt het?").fill("Mevrouw van der Berg")
    page.get_by_label("Waarom geef je dit?").fill("De ouders vroegen om inzage.")
    assert_accessible(page)
    page.get_by_role("button", name="Bekijk wat erin komt").click()

    masked = page.get_by_role("group", name="Een ander kind (A) trok aan de bal.")
    expect(masked).to_be_visible()
    expect(page.get_by_text("Sem", exact=False)).to_have_count(0)
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert_no_sideways_scroll(page)
    masked.get_by_label("Laat staan").check()
    page.get_by_role("group", name="Een ander kind (A) lachte.").get_by_label("Streep door").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Leg vast en maak de PDF").click()
    assert download.value.suggested_filename.startswith("tijdlijn-")
    file = pypdfium2.PdfDocument(download.value.path())
    text = "".join(each.get_textpage().get_text_range() for each in file)
    file.close()
    for words in ("Een ander kind (A) trok aan de bal. Noor viel. doorgestreept", "De ouders vroegen om inzage."):
        assert words in " ".join(text.split())
    page.goto(f"/chronology/people/{school.people['noor']}")
    page.get_by_text("1 keer als PDF gegeven").click()
    expect(page.get_by_text("aan Mevrouw van der Berg.")).to_be_visible()
