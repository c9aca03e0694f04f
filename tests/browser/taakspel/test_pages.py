"""The pages of Taakspel on a phone."""

import pytest
from playwright.sync_api import Page, expect

from plugins.taakspel.events import Game


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(
    phone, small_school, game, scheme, assert_accessible, assert_no_sideways_scroll
):
    group = small_school.groups["6a"]
    phone.emulate_media(color_scheme=scheme)
    of_group = [f"/taakspel/groups/{group}{page}" for page in ("", "/divide", "/teams", "/play", "/poster")]
    for path in ["/taakspel/", *of_group, f"/taakspel/games/{game}", "/"]:
        phone.goto(path)
        assert_accessible(phone)
        assert_no_sideways_scroll(phone)


def test_a_teacher_makes_teams_plays_and_looks_back(phone: Page, small_school, game):
    phone.get_by_role("button", name="Start het spel").click()
    phone.get_by_role("button", name="Compliment voor Sterren").click()
    phone.get_by_role("button", name="Stop het spel").click()
    expect(phone.get_by_text("Alle teams hebben gewonnen.")).to_be_visible()
    phone.locator("label.option", has_text="Soms goed").click()
    phone.get_by_role("button", name="Leg vast").click()
    expect(phone.get_by_text("Vier het samen.")).to_be_visible()
    assert [type(each) for each in small_school.facts("taakspel.game")][-1] is Game.Evaluated
