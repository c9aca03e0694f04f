"""As many teams as can play, on every board that hangs in classrooms."""

from playwright.sync_api import Page

BOARDS = ((1024, 768), (1280, 720), (1280, 800), (1366, 768), (1920, 1080))
"""What hangs in classrooms: the oldest projector, the cheapest touch screen, and the usual one."""


AS_MANY = """([teams, rules, cards]) => {
  const grow = (box, each, count) => {
    while (box.children.length < count) { box.append(box.querySelector(each).cloneNode(true)); }
    while (box.children.length > count) { box.lastElementChild.remove(); }
  };
  grow(document.querySelector(".teams"), ".team", teams);
  grow(document.querySelector(".rules"), "li", rules);
  document.querySelectorAll(".cards").forEach((box) => grow(box, "span", cards));
  document.querySelectorAll(".rules span").forEach((rule) => { rule.textContent = "We beginnen meteen te werken"; });
  document.querySelectorAll(".team h2 span").forEach((name) => { name.textContent = "Regenbogen"; });
  const kept = document.body.className.replace(/has-\\d|is-many/g, "");
  document.body.className = `${kept} has-${teams} ${teams > 4 ? "is-many" : ""}`;
}"""
"""A board of so many teams, with rules and names as long as they come."""


OUT_OF_PLACE = """() => {
  const found = [], foot = document.querySelector(".foot").getBoundingClientRect().top;
  const out = (each, box) => { const a = each.getBoundingClientRect();
    const beside = a.left < box.left - 1 || a.right > box.right + 1;
    return a.width && (beside || a.top < box.top - 1 || a.bottom > box.bottom + 1); };
  document.querySelectorAll(".team").forEach((team) => {
    const box = team.getBoundingClientRect();
    if (box.bottom > foot) { found.push("a team under the foot"); }
    team.querySelectorAll("h2, h2 span, .number, .play-card, button, button span, .won span").forEach((each) => {
      if (out(each, box)) { found.push(`${each.className || each.tagName} outside its team`); }
    });
  });
  const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  document.querySelectorAll(".top > *, .foot > *, .foot button").forEach((each) => {
    if (out(each, screen)) { found.push(`${each.className} outside the screen`); }
  });
  document.querySelectorAll("button").forEach((each) => {
    const box = each.getBoundingClientRect();
    if (box.width && box.height < 80) { found.push(`${each.className} is ${box.height} px high`); }
  });
  return [...new Set(found)];
}"""


def test_as_many_teams_as_can_play_fit_on_every_board(board: Page):
    for press in (None, "Start het spel", "Stop"):
        if press:
            board.get_by_role("button", name=press, exact=True).click()
        for width, height in BOARDS:
            board.set_viewport_size({"width": width, "height": height})
            for teams in range(2, 9):
                board.evaluate(AS_MANY, [teams, 3, 10 if teams == 8 else 5])
                wrong = board.evaluate(OUT_OF_PLACE)
                assert wrong == [], f"{teams} teams on {width} x {height}, after {press}"
