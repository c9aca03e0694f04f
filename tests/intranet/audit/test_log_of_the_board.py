"""What the review tells of the board's own affairs: a number to others, and its log to who may read it."""

import re

from tests.intranet.audit.log_page import lines, options


def a_matter_of_the_board(school):
    return school.report(by="bas", kinds=["staff_transgression"], confidential=True)


def test_what_is_for_the_board_is_counted_in_no_row_of_things_by_the_same_person(small_school):
    small_school.report(by="bas")
    small_school.report(by="bas")
    a_matter_of_the_board(small_school)
    small_school.report(by="bas")
    told = lines(small_school.client("marijke").get("/audit/"))[:4]
    assert told[1] == "1 vertrouwelijke gebeurtenis"
    assert [each.partition(":")[0] for each in told[:1] + told[2:]] == ["Bas Tester legde een incident vast"] * 3


def test_what_is_for_the_board_is_only_a_number_to_others(small_school):
    matter = a_matter_of_the_board(small_school)
    director, board = small_school.client("marijke"), small_school.client("yvonne")
    page = director.get("/audit/")
    assert lines(page)[0] == "1 vertrouwelijke gebeurtenis"
    assert f"/audit/records/{matter}" not in page.text
    assert director.get(f"/audit/records/{matter}").status_code == 404
    assert lines(board.get("/audit/"))[0].startswith("Bas Tester legde een incident vast")
    assert board.get(f"/audit/records/{matter}").status_code == 200


def test_filters_do_not_betray_what_is_for_the_board(small_school):
    a_matter_of_the_board(small_school)
    director, bas = small_school.client("marijke"), small_school.people["bas"].hex
    assert bas not in options(director.get("/audit/"))
    for question in (f"actor={bas}", "kind=incidents", "kind=incidents.incident.Reported"):
        page = director.get(f"/audit/?{question}")
        assert lines(page) == []
        assert "0 gebeurtenissen" in page.text
    assert len(lines(small_school.client("yvonne").get(f"/audit/?actor={bas}"))) == 1


def test_that_the_board_read_it_is_hidden_as_well(small_school):
    matter = a_matter_of_the_board(small_school)
    assert small_school.client("yvonne").get(f"/incidents/{matter}").status_code == 200
    director = small_school.client("marijke")
    assert lines(director.get("/audit/"))[0] == "1 vertrouwelijke gebeurtenis"
    assert "Yvonne" not in director.get("/audit/readings").text
    assert matter.hex[:6] not in director.get("/audit/readings").text


def test_the_accounts_stand_in_the_log_of_the_board(small_school):
    board = small_school.client("yvonne").get("/audit/?of=board")
    assert "uit voor een account" in " ".join(lines(board))
    assert "of=board" in re.search(r'href="(/audit/records/[^"]+)"', board.text)[1]
    # Who may not see the board's log gets the school's.
    assert "account" not in " ".join(lines(small_school.client("marijke").get("/audit/?of=board")))
