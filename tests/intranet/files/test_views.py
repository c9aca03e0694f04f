"""The pages of photos and scans: who sees them, with which headers, and what is recorded before one leaves."""

from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from events.log.erasure import erase
from intranet.api import log
from intranet.database import erased_list
from intranet.files.events import StoredFile
from tests.contracts.full_disk import FullDisk
from tests.intranet.files.made_files import MARKER, acting_as, photo, telling_photo


def send(client, path: str, *contents: bytes, shows: str = "Een kapotte ruit.", **more):
    files = [(BytesIO(content), f"{MARKER}.jpg") for content in contents]
    return client.post(path, {"files": files, "shows": shows, **more}, content_type="multipart/form-data")


@pytest.fixture
def place(small_school):
    incident = small_school.report("fatima")
    return f"/incidents/{incident}/files"


def only_file(school):
    from sqlalchemy import select

    from intranet.api import db
    from intranet.files.projections import stored

    with school.app.test_request_context(), acting_as(school, "fatima"):
        return db.session.scalars(select(stored.c.file)).one()


def readings(school) -> int:
    with acting_as(school, "fatima"):
        return sum(fact.__class__.__qualname__ == "Reading.Opened" for fact in log.history(school.school))


def test_a_photo_is_added_seen_small_and_whole_and_never_kept_by_a_browser(small_school, place) -> None:
    client = small_school.client("fatima")
    assert send(client, place, telling_photo()).status_code == 303
    page = client.get(place).text
    assert 'alt="Een kapotte ruit."' in page
    assert MARKER not in page
    assert 'href="/incidents/" aria-current="page"' in page
    file = only_file(small_school)
    for address in (f"{place}/{file}/1", f"{place}/{file}/1/small"):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Disposition"] == "inline; filename=foto.jpg"
        assert MARKER.encode() not in answer.data
        assert Image.open(BytesIO(answer.data)).format == "JPEG"
    assert client.get(f"{place}/{file}/2").status_code == 404
    assert client.get(f"{place}/{uuid4()}").status_code == 404
    whole = client.get(f"{place}/{file}").text
    assert "Een kapotte ruit." in whole
    assert "Open het origineel" not in whole
    assert "Een kapotte ruit." in client.get(place.removesuffix("/files")).text


def test_a_file_of_one_record_is_not_found_under_another(small_school, place) -> None:
    client = small_school.client("fatima")
    send(client, place, photo())
    other = small_school.report("fatima")
    assert client.get(f"/incidents/{other}/files/{only_file(small_school)}/1").status_code == 404


def test_too_many_none_or_a_bad_one_is_refused_and_nothing_is_kept(small_school, place) -> None:
    client = small_school.client("fatima")
    for contents, words in (
        ([photo((8, 8))] * 100, "hoogstens 10"),
        ([], "Kies een foto of scan."),
        ([photo(), b"<svg>"], "Bestand 2: Dit soort bestand"),
    ):
        answer = send(client, place, *contents)
        assert answer.status_code == 422
        assert words in answer.text
        assert "Een kapotte ruit." in answer.text
    assert send(client, place, photo(), shows="").status_code == 422
    assert "Nog geen foto’s of scans" in client.get(place).text


def test_sent_twice_it_is_there_once(small_school, place) -> None:
    client = small_school.client("fatima")
    first = send(client, place, photo(), once="een-en-dezelfde")
    again = send(client, place, photo(), once="een-en-dezelfde")
    assert (first.status_code, again.status_code) == (303, 303)
    only_file(small_school)


def test_on_a_full_disk_somebody_gets_a_sentence_and_their_words(small_school, place) -> None:
    words = "Een kapotte ruit van het fietsenhok."
    full = FullDisk(small_school.app)
    client = small_school.client("fatima")
    with full():
        answer = send(client, place, photo(), shows=words)
    assert answer.status_code == 503
    assert words in answer.text
    assert "niets opgeslagen" in answer.text
    assert send(client, place, photo(), shows=words).status_code == 303


def test_the_original_leaves_with_a_reason_after_it_was_recorded(small_school, place) -> None:
    sent = telling_photo()
    send(small_school.client("fatima"), place, sent)
    file = only_file(small_school)
    assert (
        small_school.client("fatima")
        .post(f"{place}/{file}/original", {"purpose": "Zomaar."}, f"{place}/{file}")
        .status_code
        == 404
    )
    client, before = small_school.client("hanneke"), readings(small_school)
    assert client.post(f"{place}/{file}/original", {"purpose": ""}, f"{place}/{file}").status_code == 422
    assert readings(small_school) == before
    answer = client.post(f"{place}/{file}/original", {"purpose": "De politie vraagt erom."}, f"{place}/{file}")
    assert answer.data == sent
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=origineel.jpeg"
    assert readings(small_school) == before + 1
    assert "De politie vraagt erom." in client.get(f"{place}/{file}").text


def test_of_a_closed_record_the_page_is_recorded_once_and_a_bare_picture_too(small_school) -> None:
    incident = small_school.report("fatima", confidential=True)
    place = f"/incidents/{incident}/files"
    send(small_school.client("fatima"), place, photo())
    file, client = only_file(small_school), small_school.client("hanneke")
    before = readings(small_school)
    page = client.get(place).text
    small = page.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(small).status_code == 200
    assert readings(small_school) == before + 1
    assert client.get(f"{place}/{file}/1/small").status_code == 200
    assert client.get(small.replace("seen=", "seen=x")).status_code == 200
    assert readings(small_school) == before + 3
    # What somebody else's page was recorded for does not count for another.
    assert small_school.client("fatima").get(small).status_code == 200
    assert readings(small_school) == before + 4


def test_taken_away_it_is_nowhere_until_it_is_put_back(small_school, place) -> None:
    client = small_school.client("fatima")
    send(client, place, photo())
    file = only_file(small_school)
    assert client.post(f"{place}/{file}/remove", {"removal": "Verkeerde foto."}, f"{place}/{file}").status_code == 303
    assert client.get(f"{place}/{file}/1").status_code == 404
    assert "Terug te zetten tot en met" in client.get(place).text
    assert client.post(f"{place}/{file}/put-back", {}, place).status_code == 303
    assert client.get(f"{place}/{file}/1").status_code == 200
    assert "Verkeerde foto." in client.get(f"{place}/{file}").text


def test_of_an_erased_dossier_no_picture_is_left(small_school, place) -> None:
    client = small_school.client("fatima")
    send(client, place, photo())
    file = only_file(small_school)
    with acting_as(small_school, "fatima"):
        incident = log.get(StoredFile, file).dossier_id
        erase(
            log, [incident], ground="retention_ended", requester="school", decider=uuid4(),
            erased_list=erased_list(small_school.app),
        )  # fmt: skip
    assert client.get(f"{place}/{file}/1").status_code == 404
    page = client.get(place)
    assert page.status_code == 200
    assert "[gewist]" in page.text
    assert "Het beeld is er niet meer." in client.get(f"{place}/{file}").text


@pytest.mark.parametrize("sent", [{"files": "geen bestand maar tekst"}, {"files": ["tekst", "../../etc/passwd"]}])
def test_text_in_place_of_a_file_is_refused_with_a_sentence(small_school, place, sent) -> None:
    answer = small_school.client("fatima").post(place, {**sent, "shows": "Een kapotte ruit."})
    assert answer.status_code == 422
    assert "Kies een foto of scan." in answer.text
