"""The proof: what a director sees when the log is whole, and the sentence for each way in which it is not."""

import html
import re
from pathlib import Path

import pytest

from events.log.checkpoint import read_checkpoint
from events.log.merkle import leaf_hash
from events.log.root_words import root_words
from events.log.signing import load_signing_key

FITS = "staan er zoals ze zijn vastgelegd"


def check(browser, path="/audit/proof/check"):
    return html.unescape(browser.post(path, {}, shown="/audit/proof").text)


def test_a_whole_log_fits_and_says_how_many(school_on_both):
    school_on_both.report()
    director = school_on_both.client("marijke")
    said = f"Alle {school_on_both.size()} gebeurtenissen {FITS}."
    assert said in director.get("/audit/proof").text
    assert said in check(director)
    assert "gebeurtenissen kloppen" in director.get("/audit/").text


def test_a_checkpoint_is_signed_printed_and_handed_out(school_on_both):
    school_on_both.report()
    director, size = school_on_both.client("marijke"), school_on_both.size()
    answer = director.post("/audit/proof/checkpoints", {}, shown="/audit/proof")
    assert answer.location == f"/audit/proof/checkpoints/{size}"
    instance = school_on_both.app.config["INSTANCE"]
    public = load_signing_key(f"{instance}/signing-key.pem").public_key()
    letter = director.get(f"/audit/proof/checkpoints/{size}.txt")
    assert "attachment" in letter.headers["Content-Disposition"]
    signed = read_checkpoint(letter.text.partition("\n\ngeborgen/")[0], school_on_both.school, public)
    assert signed.size == size
    paper = html.unescape(director.get(answer.location).text)
    assert all(word in paper for word in root_words(signed.root))
    assert signed.note.splitlines()[2] in paper
    assert 'src="data:image/svg+xml' in paper
    assert f"geborgen/{school_on_both.school.hex}+" in paper
    assert "Dat past bij de ondertekende controlepost" in director.get("/audit/proof").text
    assert director.get("/audit/proof/checkpoints/1").status_code == 404


CHANGES = {
    "payload": "payload = CAST(replace(CAST(payload AS TEXT), 'playground', 'gym') AS BLOB)",
    "kind of payload": "payload = CAST(payload AS TEXT)",
    "actor": "actor = NULL",
    "time": "recorded_at = recorded_at + 1",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_row_is_named(small_school, meddle, change):
    small_school.report(place="playground")
    at = small_school.size()
    small_school.report(by="bas")
    director = small_school.client("marijke")
    assert "Klopt niet" not in director.get("/audit/").text
    meddle(f"UPDATE event SET {CHANGES[change]} WHERE school = :school AND position = :at", at=at)
    said = f"Gebeurtenis {at} is veranderd nadat zij was vastgelegd."
    assert said in check(director)
    assert said in html.unescape(director.get("/audit/proof").text)
    page = html.unescape(director.get("/audit/").text)
    assert page.count("Klopt niet") == 1
    assert "Deze regel is veranderd nadat hij was vastgelegd." in page


def test_a_row_that_cannot_be_read_is_a_line_and_no_failure(small_school, meddle):
    small_school.report()
    meddle("UPDATE event SET payload = '{' WHERE school = :school AND position = :at", at=small_school.size())
    page = small_school.client("marijke").get("/audit/")
    assert page.status_code == 200
    assert "Deze regel is niet te lezen." in page.text


def test_an_id_that_is_none_is_found_by_the_proof(small_school, meddle):
    at = small_school.size() - 2
    meddle("UPDATE event SET stream = 'nobody' WHERE school = :school AND position = :at", at=at)
    assert f"Gebeurtenis {at} is veranderd" in check(small_school.client("marijke"))


@pytest.mark.parametrize("which", ["last", "middle"])
def test_a_removed_row_is_missed(small_school, meddle, which):
    small_school.report()
    at = small_school.size() - (0 if which == "last" else 3)
    meddle("DELETE FROM event WHERE school = :school AND position = :at", at=at)
    assert f"Gebeurtenis {at} is weg." in check(small_school.client("marijke"))


def test_a_row_too_many_is_seen(small_school, meddle):
    small_school.report()
    size = small_school.size()
    meddle(
        "INSERT INTO event SELECT school, position + 1, :stream, version, name, name_version, actor, recorded_at,"
        " happened_at, payload, leaf FROM event WHERE school = :school AND position = :at",
        at=size,
        stream="0" * 32,
    )
    assert f"Bij nummer {size + 1} staat een gebeurtenis te veel." in check(small_school.client("marijke"))


def test_an_insider_who_rewrites_leaves_and_head_is_caught_by_the_checkpoint(small_school, meddle):
    small_school.report()
    size, director = small_school.size(), small_school.client("marijke")
    director.post("/audit/proof/checkpoints", {}, shown="/audit/proof")
    rewrite(small_school, meddle, size)
    said = f"Voor nummer {size} is iets veranderd sinds de ondertekende controlepost."
    assert said in check(director)
    assert said in html.unescape(director.get("/audit/proof").text)
    # Nothing new is signed over it.
    again = director.post("/audit/proof/checkpoints", {}, shown="/audit/proof")
    assert again.status_code == 200
    assert said in html.unescape(again.text)


def rewrite(school, meddle, at):
    """Do all that somebody with the whole database in hand can do: row, leaf and tree head fit each other again."""
    import sqlalchemy as sa

    from events.log.merkle import Frontier
    from events.log.tables import event

    meddle("UPDATE event SET actor = NULL WHERE school = :school AND position = :at", at=at)
    tree = Frontier()
    with school.app.extensions["geborgen.log"].write_engine.connect() as connection:
        rows = connection.execute(
            sa.select(event).where(event.c.school == school.school).order_by(event.c.position)
        ).all()
    for row in rows:
        leaf = leaf_hash(
            row.school.bytes, row.position, row.stream.bytes, row.version, row.name, row.name_version,
            row.actor and row.actor.bytes, row.recorded_at, row.happened_at, row.payload,
        )  # fmt: skip
        tree.append(leaf)
        meddle("UPDATE event SET leaf = :leaf WHERE school = :school AND position = :at", leaf=leaf, at=row.position)
    meddle("UPDATE log_head SET frontier = :packed WHERE school = :school", packed=tree.pack())


def test_a_rewritten_leaf_without_its_head_does_not_fit_the_total(small_school, meddle):
    small_school.report()
    small_school.report()
    meddle(
        "UPDATE log_head SET frontier = :packed WHERE school = :school", packed=bytes(32 * ones(small_school.size()))
    )
    assert "De gebeurtenissen passen niet bij het totaal dat is bewaard." in check(small_school.client("marijke"))


def ones(size):
    return size.bit_count()


def test_the_data_protection_officer_looks_and_signs_nothing(small_school):
    small_school.report()
    officer = small_school.client("henk")
    page = officer.get("/audit/proof").text
    assert "Controleer nu alles" in page
    assert "Maak controlepost" not in page
    assert officer.post("/audit/proof/checkpoints", {}, shown="/audit/proof").status_code == 404


def test_the_board_has_a_proof_of_its_own(small_school):
    board = small_school.client("yvonne")
    page = board.get("/audit/proof?of=board").text
    count = int(re.search(r"Alle (\d+) gebeurtenissen", page)[1])
    answer = board.post("/audit/proof/checkpoints?of=board", {}, shown="/audit/proof?of=board")
    assert answer.location == f"/audit/proof/checkpoints/{count}?of=board"
    assert f"geborgen/{small_school.board.hex}+" in board.get(answer.location).text
    assert board.get(f"/audit/proof/checkpoints/{count}").status_code == 404


def test_a_damaged_checkpoint_is_not_believed(small_school):
    director = small_school.client("marijke")
    director.post("/audit/proof/checkpoints", {}, shown="/audit/proof")
    (path,) = (Path(small_school.app.config["INSTANCE"]) / "checkpoints" / small_school.school.hex).glob("*.txt")
    assert path.stat().st_mode & 0o077 == 0
    text = path.read_text("utf-8")
    path.write_text(text.replace(text.splitlines()[2][:4], "AAAA"), "utf-8")
    assert "Er is nog geen ondertekende controlepost" in director.get("/audit/proof").text


def test_without_a_signing_key_the_page_says_so(small_school):
    (Path(small_school.app.config["INSTANCE"]) / "signing-key.pem").unlink()
    director = small_school.client("marijke")
    page = director.get("/audit/proof")
    assert page.status_code == 200
    assert "Er is nog geen sleutel om mee te ondertekenen." in page.text
    answer = director.post("/audit/proof/checkpoints", {}, shown="/audit/proof")
    assert answer.status_code == 303
