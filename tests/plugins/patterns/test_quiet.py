"""Quiet weeks: decided by who looked, seen beside the silence of groups, and taken back."""

from datetime import date

from plugins.patterns import quiet
from tests.plugins.patterns.conftest import report, words_of

MONDAY = date(2026, 11, 16)
QUIET = "/patterns/quiet-weeks"


def decided(school, by: str = "hanneke", group: str | None = "6a"):
    group_id = school.groups[group] if group else None
    return school.do(by, quiet.decide_quiet_week, group_id=group_id, monday=MONDAY, looked=["class"])


def test_a_teacher_decides_about_the_own_group_and_once(school):
    teacher, asked = school.client("fatima"), {"monday": MONDAY.isoformat(), "looked": ["class", "pupils"]}
    page = words_of(teacher.get(QUIET))
    assert "Groep 6a" in page
    assert "Groep 7b" not in page
    assert "De hele school" not in page
    assert "week 47, 16 t/m 20 november" in page
    for other in (school.groups["7b"].hex, ""):
        assert teacher.post(QUIET, {**asked, "group": other}).status_code == 422
    mine = {**asked, "group": school.groups["6a"].hex}
    assert teacher.post(QUIET, {**mine, "looked": []}).status_code == 422
    assert teacher.post(QUIET, mine).status_code == 303
    after = words_of(teacher.get(QUIET))
    assert "Ongedaan maken" in after
    assert "Gekeken: in de klas, gevraagd aan leerlingen." in after
    assert teacher.post(QUIET, mine).status_code == 409
    assert school.client("henk").get(QUIET).status_code == 404


def test_home_asks_a_teacher_until_somebody_decided(school):
    teacher = school.client("fatima")
    assert "Rustige week" in words_of(teacher.get("/"))
    decided(school)
    assert "Rustige week" not in words_of(teacher.get("/"))
    assert "Rustige week" not in words_of(school.client("henk").get("/"))


def test_quiet_is_told_from_silent_and_never_called_safe(school):
    report(school, group_id=None)
    care = school.client("hanneke")
    assert "niets vastgelegd in: 6a, 7b. Is het daar rustig, of stil?" in words_of(care.get("/patterns/quality"))
    decision = decided(school)
    page = words_of(care.get("/patterns/quality"))
    assert "niets vastgelegd in: 7b. Is het daar rustig, of stil?" in page
    assert "Rustig, en dat is een besluit: 6a." in page
    assert "Rustig, besloten: week 47, 16 t/m 20 november" in page
    assert "Rustig zegt niet dat het veilig is." in words_of(care.get(QUIET))
    assert "Besloten: een rustige week" in words_of(care.get(f"/chronology/groups/{school.groups['6a']}"))
    school.do("hanneke", quiet.withdraw_quiet_week, decision)
    decided(school, group=None)
    assert "Rustig, en dat is een besluit: 6a, 7b." in words_of(care.get("/patterns/quality"))


def test_a_decision_is_taken_back_by_who_took_it_or_who_decides_for_all(school):
    decision = decided(school)
    address = f"{QUIET}/{decision}/withdraw"
    for other in ("fatima", "bas"):
        assert school.client(other).post(address, {}, QUIET).status_code == 404
    assert school.client("esther").post(address, {}, QUIET).status_code == 303
    assert [type(fact).__name__ for fact in school.facts("patterns.quiet_week")] == ["Decided", "Withdrawn"]
    own = decided(school, "fatima")
    assert school.client("fatima").post(f"{QUIET}/{own}/withdraw", {}, QUIET).status_code == 303
