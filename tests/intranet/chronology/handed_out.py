"""What happened to a child, and the files that are made of it, as tests ask for them."""

import re
from datetime import timedelta
from uuid import UUID

import pypdfium2

from events.log import clock
from intranet.api import log
from intranet.people.mentions import token
from intranet.people.today import today
from tests.intranet.chronology.test_pages import of_pupil
from tests.intranet.files.made_files import photo

FORBIDDEN = ("Sem", "Vos", "Bakker", "Fatima", "Hanneke", "Henk", "Jip", "Kwik")


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def told(school) -> UUID:
    from intranet.body_map.commands import note_mark
    from intranet.files.commands import add_files
    from intranet.files.receiving import received
    from intranet.incidents.commands import add_involvements
    from intranet.people.commands import register_person

    school.people["jip"] = school.do(
        "marijke",
        register_person,
        kind="pupil",
        given_name="Jip",
        infix=None,
        family_name="Kwik",
        group_id=None,
        year_group=None,
    )
    sem, in_6a = token(school.people["sem"]), {"group_id": school.groups["6a"]}
    incident = school.report(
        happened_at=clock.now() - timedelta(days=2),
        account=f"{sem} duwde Noor. Sem lachte en sems broer ook. SEM VOS riep iets. Jip zag het. Nova Bakker hielp.",
        involved=school.parts(noor="victim", sem="alleged_perpetrator", nova="witness"),
        **in_6a,
    )
    school.do("hanneke", add_involvements, incident, school.parts(jip="witness", sem="follower"))
    facts = {"record_id": incident, "shows": "De knie van Noor, met Jip Kwik.", "added_by": school.people["fatima"]}
    school.do("fatima", lambda: add_files([received(photo())], **facts))
    for name, kind, remark in (("noor", "graze", "Het prikt, zei Noor."), ("sem", "bump", "Sem huilde.")):
        seen = {"place": "front_right_knee", "size": "coin", "seen_on": school.do("fatima", today) - timedelta(days=2)}
        child = school.people[name]
        school.do("fatima", note_mark, record_id=incident, person_id=child, kind=kind, words=remark, **seen)
    account = f"Henk hoorde het van {token(school.people['fatima'])}. Noor is stil."
    school.tell("henk", account=account, **in_6a)
    school.tell("fatima", account="Thuis is het onveilig.", home_signs=True, **in_6a)
    return incident


def form(level: str, **more: str) -> dict[str, str]:
    recipient = {"parents": "parents", "authority": "veilig_thuis", "internal": "colleague"}[level]
    return {"level": level, "recipient": recipient, "recipient_name": "Mevrouw Janssen", "reason": "Inzage.", **more}


def post(school, path: str, sent: dict[str, str], by: str = "hanneke"):
    """Send the form as somebody, with the token of the page."""
    browser = school.client(by)
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(path).text)[1]
    return browser.client.post(path, data={**sent, "csrf_token": csrf})


def hand_out(school, level: str, path: str | None = None, *, choice: str = "keep", by: str = "hanneke", **more: str):
    path = path or of_pupil(school, query="/hand-out")
    preview = post(school, path, form(level, **more), by)
    assert preview.status_code == 200, preview.text[-3000:]
    names = set(re.findall(r'name="(piece-[^"]+)"', preview.text))
    choices = dict.fromkeys(names, choice) if choice else {}
    return preview, post(school, path, {**form(level, **more), "looked_through": "1", **choices}, by)


def made(school) -> list:
    from sqlalchemy import select

    from intranet.chronology.projections import handed_out

    with school.app.app_context(), log.read() as connection:
        return list(connection.execute(select(handed_out)))
