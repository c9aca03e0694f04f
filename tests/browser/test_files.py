"""A photo and a mark on the body: on a phone with a thumb, and with keys only."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.intranet.files.made_files import photo


@pytest.fixture
def browser_context_args(browser_context_args: dict) -> dict:
    return {**browser_context_args, **PHONE}


def test_a_teacher_adds_a_photo_and_points_at_a_knee_by_touch(page: Page, sign_in, small_school, assert_accessible):
    incident = small_school.report("fatima")
    sign_in("fatima")
    page.goto(f"/incidents/{incident}/recorded")
    assert_accessible(page)
    sent = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    page.get_by_label("Kies foto’s of scans").set_input_files([sent])
    page.get_by_label("Wat is er te zien?").fill("Een knie met een schaafwond.")
    page.get_by_role("button", name="Voeg toe").tap()
    picture = page.get_by_role("img", name="Een knie met een schaafwond.")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    picture.tap()
    whole = page.get_by_role("img", name="Een knie met een schaafwond.")
    assert whole.evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    assert_accessible(page)
    page_of_picture = page.url

    page.goto(f"/incidents/{incident}")
    page.locator("#body-map").get_by_role("link", name="Wijs aan").tap()
    page.locator("[data-place=front_right_knee]").tap()
    expect(page.get_by_role("radio", name="Knie rechts", exact=True)).to_be_checked()
    expect(page.locator("[data-place=front_right_knee] .spot")).to_have_class(re.compile("is-chosen"))
    expect(page.locator("[data-chosen]")).to_have_text("Knie rechts")
    page.get_by_text("Schaafwond", exact=True).tap()
    page.get_by_text("Muntje van 1 euro", exact=True).tap()
    page.get_by_role("button", name="Leg vast").tap()
    expect(page.locator("#marks")).to_contain_text("Schaafwond: Knie rechts (voorkant)")
    expect(page.locator(".mark-number")).to_have_text("1")
    assert_accessible(page)

    sign_in("hanneke")
    page.goto(page_of_picture)
    page.get_by_text("Open het origineel").tap()
    page.get_by_label("Waarom heb je het origineel nodig?").fill("De huisarts vroeg erom.")
    with page.expect_download() as original:
        page.get_by_role("button", name="Download het origineel").tap()
    assert original.value.path().read_bytes() == photo()


def test_a_mark_is_noted_and_taken_back_with_keys_only(page: Page, sign_in, small_school):
    incident = small_school.report("fatima")
    sign_in("fatima")
    page.goto(f"/incidents/{incident}/body-map")
    page.get_by_role("combobox", name="Bij wie?").focus()
    page.keyboard.press("Tab")
    focused = "document.activeElement.value"
    assert page.evaluate(focused) == "front_head"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "front_face"
    expect(page.locator("[data-place=front_face] .spot")).to_have_class(re.compile("is-chosen"))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Blauw aan de rand.")
    page.get_by_role("button", name="Leg vast").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#marks")).to_contain_text("Blauwe plek: Gezicht (voorkant)")
    expect(page.locator("#marks")).to_contain_text("Blauw aan de rand.")
    page.get_by_role("link", name=re.compile("Haal weg")).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Waarom haal je deze plek weg?").fill("Het was verf.")
    page.get_by_role("button", name="Haal weg").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nog niets genoteerd.")).to_be_visible()
    page.get_by_text("Weggehaald", exact=True).click()
    expect(page.locator("#marks")).to_contain_text("Het was verf.")


def test_without_a_script_a_place_in_the_drawing_is_an_address(browser, live, sign_in, small_school, context):
    incident = small_school.report("fatima")
    sign_in("fatima")
    plain = browser.new_context(java_script_enabled=False, base_url=live.url, locale="nl-NL")
    plain.add_cookies(context.cookies())
    page = plain.new_page()
    page.goto(f"/incidents/{incident}/body-map")
    page.locator("[data-place=back_left_hand]").click()
    expect(page.locator("[data-place=back_left_hand] .spot")).to_have_class(re.compile("is-chosen"))
    expect(page.locator("input[value=back_left_hand]")).to_be_checked()
    plain.close()
