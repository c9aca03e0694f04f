"""The steps of the story: who posts what, in an order in which each is valid. A new page that takes a post gets one."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pyotp
from sqlalchemy import select
from werkzeug.test import TestResponse

from events.log import clock
from events.log.context import acting
from tests.contracts.story import Step, Story, Values


def _id_in(pattern: str, name: str, convert: Callable[[str], Any] = str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        place = answer.location or answer.text
        story.known[name] = convert(re.search(pattern, place)[1])

    return keep


def _person(story: Story) -> str:
    return story.board.people["support_staff"].hex


def _incident(story: Story) -> Values:
    pupil = story.board.pupils["own"].hex
    return {
        "kinds": ["quarrel"],
        "people": [pupil],
        f"people-role-{pupil}": "witness",
        "place": "gym",
        "moment": "just_now",
        "group": story.board.groups["6a"].hex,
        "account-mention": f"{pupil} {story.text('account-mention', 'label')}",
    }


def _signal(story: Story) -> Values:
    pupil = story.board.pupils["own"].hex
    return {
        "noticed": "concern",
        "marks": ["bullying_suspected"],
        "people": [pupil],
        "moment": "just_now",
        "group": story.board.groups["6a"].hex,
        "source": "class_parent",
        "account-mention": f"{pupil} {story.text('account-mention', 'label')}",
    }


def _matter(story: Story) -> Values:
    board = story.board
    return {"asked": "1", "named": [board.colleague.hex], "pupils": [board.pupils["own"].hex], "happened_on": _today}


def _also_named(story: Story) -> Values:
    return {"people": [story.board.people["support_staff"].hex]}


def _share(story: Story) -> Values:
    return {"colleague": _person(story), "until": _today}


def _unshare(story: Story) -> Values:
    story.known["person_id"] = story.board.people["support_staff"]
    return {}


def _emergency(story: Story) -> Values:
    story.known["person_id"] = story.board.pupils["own"]
    return {}


def _notice(story: Story) -> Values:
    from intranet.notices.kinds import EMERGENCY
    from intranet.notices.projections import notice

    with story.board.log.read_engine.connect() as connection:
        story.known["position"] = connection.scalars(select(notice.c.position).where(notice.c.kind == EMERGENCY)).one()
    return {}


HAND_OUT = ("recipient_name", "reason")


def _handed_out(rule: str) -> Callable[[Story], Values]:
    """Return what fills in the form: every sentence that waits for a choice stays."""

    def given(story: Story) -> Values:
        story.known |= {"person_id": story.board.pupils["own"], "group_id": story.board.groups["6a"]}
        level = {"level": "authority", "recipient": "police"}
        asked = {**level, **dict.fromkeys(HAND_OUT, "Om te bekijken.")}
        shown = story.client("care_coordinator").post(story.path(rule), data=asked).text
        kept = dict.fromkeys(re.findall(r'name="(piece-[^"]+)" value="keep"', shown), "keep")
        return {**level, **kept, "looked_through": "1"}

    return given


def _hand_out_step(rule: str) -> Step:
    return Step(rule, "care_coordinator", _handed_out(rule), answer=200)


def _newest_emergency(story: Story, _answer: TestResponse) -> None:
    from intranet.emergency.projections import emergency

    with story.board.log.read_engine.connect() as connection:
        newest = select(emergency.c.access).order_by(emergency.c.opened_at.desc()).limit(1)
        story.known["emergency_id"] = connection.scalars(newest).one()


def _newest_consultation(story: Story, _answer: TestResponse) -> None:
    from plugins.taakspel.group_events import Consultation

    with story.board.app.app_context():
        held = [each for each in story.board.log.history(story.board.school) if isinstance(each, Consultation.Held)]
        story.known["consultation_id"] = held[-1].originator_id


def _cell(story: Story) -> Values:
    story.known |= {"permission": "signals.read", "duty": "support_staff"}
    return {"relations": ["own_group"], "seen": "own_group"}


def _correction(story: Story) -> Values:
    values = {**_incident(story), "corrections": "0", "happened_on": "2026-10-19", "happened_time": "10:15"}
    return {**values, "moment": "lesson"}


def _promise(story: Story) -> Values:
    owner, person = story.board.people["care_coordinator"], story.board.pupils["other"]
    return {"kind": "victim_talk", "owner": owner.hex, "person": person.hex, "due_on": _today(story)}


def _newest_promise_of(name: str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        from intranet.follow_up.projections import promise

        with story.board.log.read_engine.connect() as connection:
            mine = promise.c.record == UUID(str(story.known[name]))
            query = select(promise.c.follow_up).where(mine, promise.c.open)
            story.known["follow_up_id"] = connection.scalars(query).one()

    return keep


def _handed_over(story: Story) -> Values:
    return {"owner": story.board.people["head_teacher"].hex, "due_on": _today(story)}


def _roster(story: Story) -> bytes:
    given, infix, family, group = (
        story.text("UploadForm", f"file.{part}") for part in ("given", "infix", "family", "group")
    )
    return (
        "soort;sleutel;roepnaam;tussenvoegsel;achternaam;groep;jaargroep\n"
        f"leerling;L1;{given};{infix};{family};{group};6\n"
    ).encode()


def _calendar(story: Story) -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:school\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261221\r\n"
        f"SUMMARY:{story.text('CalendarUploadForm', 'file.summary')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def _photo(story: Story) -> bytes:
    from io import BytesIO

    from PIL import Image

    written = BytesIO()
    picture, words = Image.new("RGB", (64, 48), "teal"), Image.Exif()
    words[0x010E] = story.text("AddFilesForm", "files.description")
    picture.save(written, "JPEG", exif=words, comment=story.text("AddFilesForm", "files.comment").encode())
    return written.getvalue()


def _newest(table: str, column: str, name: str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        from intranet.body_map.projections import noted
        from intranet.files.projections import stored

        of = {"stored": stored, "noted": noted}[table]
        with story.board.log.read_engine.connect() as connection:
            newest = select(of.c[column]).order_by(of.c.position.desc()).limit(1)
            story.known[name] = connection.scalars(newest).one()

    return keep


_newest_file = _newest("stored", "file", "file_id")
_newest_mark = _newest("noted", "mark", "mark_id")


def _mark(story: Story) -> Values:
    return {"place": "front_right_knee", "kind": "graze", "size": "coin", "seen_on": _today}


def _shared(record: str, *, shows_closed: bool = False) -> tuple[Step, ...]:
    """What is done to share a record, whatever record it is."""
    return (
        Step(f"{record}/shares", "care_coordinator", _share, shows_closed=shows_closed),
        Step(f"{record}/shares/<uuid:person_id>/withdraw", "care_coordinator", _unshare, shows_closed=shows_closed),
    )


def _file_on(record: str) -> tuple[Step, ...]:
    """What is done with files, whatever record they hang on."""
    one = f"{record}/files/<uuid:file_id>"
    return (
        Step(f"{record}/files", "care_coordinator", lambda story: {"files": _photo}, then=_newest_file),
        Step(f"{one}/describe", "care_coordinator"),
        Step(f"{one}/original", "care_coordinator", answer=200),
        Step(f"{one}/remove", "care_coordinator"),
        Step(f"{one}/put-back", "care_coordinator"),
    )


def _hang_on(record: str) -> tuple[Step, ...]:
    """What is done with files and marks, where both can hang."""
    return (
        *_file_on(record),
        Step(f"{record}/body-map", "care_coordinator", _mark, then=_newest_mark),
        Step(f"{record}/body-map/<uuid:mark_id>/withdraw", "care_coordinator"),
        Step(f"{record}/body-map", "care_coordinator", _mark, then=_newest_mark),
    )


LAW = {
    "since": "2020-08-01",
    "always_serious": ["weapon"],
    "serious_from": "3",
    "notice_days": "2",
    "evaluation_month": "10",
}
RULE = {"source": "incident", "who": "pupil", "times": "2", "days": "10"}


def _measure(story: Story) -> Values:
    from intranet.people.today import today

    with story.board.app.app_context():
        later = today() + timedelta(days=30)
    owner = story.board.people["care_coordinator"].hex
    return {"kind": "quarrel", "place": "gym", "owner_id": owner, "evaluate_on": later.isoformat()}


def _of_incident(story: Story) -> Values:
    record = UUID(str(story.known["incident_id"])).hex
    return {**_measure(story), "from": "incidents.incident", "record": record, "group": ""}


def _quiet_week(story: Story) -> Values:
    from plugins.patterns.quiet import weeks_to_decide

    with story.board.app.app_context(), acting(school=story.board.school):
        monday = weeks_to_decide()[0].isoformat()
    return {"group": story.board.groups["6a"].hex, "monday": monday, "looked": ["class"]}


def _newest_quiet_week(story: Story, _answer: TestResponse) -> None:
    from plugins.patterns.measure_projections import quiet_week

    with story.board.app.app_context(), story.board.log.read() as connection:
        newest = select(quiet_week.c.quiet_week).order_by(quiet_week.c.decided_at.desc()).limit(1)
        story.known["quiet_week_id"] = connection.scalars(newest).one()


def _warned(story: Story) -> Values:
    story.known |= {name: story.board.patterns[name] for name in ("rule_id", "warning_id")}
    return {}


def _fingerprint(story: Story) -> str:
    page = story.client("head_teacher").get(story.path("/people/import/<upload_id>")).text
    return re.search(r'name="shown"[^>]*value="(\w+)"', page)[1]


def _newcomer(story: Story) -> Values:
    from intranet.people.commands import register_person

    with story.board.acting_as("head_teacher"):
        person = register_person(kind="staff", given_name="Yfke")
    story.known["newcomer"] = person
    return {"person": person.hex}


def _emergency_without_code(story: Story) -> Values:
    """The right password with a wrong code: it is refused, with everything in it."""
    from intranet.people.commands import assign_duty

    with story.board.acting_as("head_teacher"):
        assign_duty(story.known["newcomer"], "protection_officer", since=_yesterday())
    story.known["person_id"] = story.board.pupils["own"]
    story.markers["OpenForm", "password"] = story.markers["NewPasswordForm", "password"]
    return {"password": story.known["password"], "code": "000000"}


def _yesterday() -> date:
    return clock.now().date() - timedelta(days=1)


def _no_longer(story: Story, _answer: TestResponse) -> None:
    """Whoever holds that duty could not take their second factor away, which comes later in the story."""
    from intranet.people.commands import end_duty

    with story.board.acting_as("head_teacher"):
        end_duty(story.known["newcomer"], "protection_officer", since=_yesterday(), until=_yesterday())


def _enrol(story: Story) -> Values:
    page = story.client("newcomer").get("/account/second-factor").text
    story.known["secret"] = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    return {"code": pyotp.TOTP(story.known["secret"]).now()}


def _keep_codes(story: Story, answer: TestResponse) -> None:
    story.known["codes"] = re.findall(r"<code>([A-Z0-9]{5}-[A-Z0-9]{5})</code>", answer.text)


def _code(story: Story) -> Values:
    return {"code": story.known["codes"][0]}


def _use_code(story: Story, answer: TestResponse) -> None:
    story.known["codes"].pop(0)


def _password(form: str) -> Callable[[Story], Values]:
    def given(story: Story) -> Values:
        chosen = f"{story.mark(form, 'password')} giraf fietst zelden"
        story.markers[form, "again"] = story.markers[form, "password"]
        old = story.known.get("password")
        story.known["new_password"] = chosen
        values = {"password": chosen, "again": chosen}
        if form == "ChangePasswordForm":
            story.markers[form, "old"] = story.markers["NewPasswordForm", "password"]
            values["old"] = old
        return values

    return given


def _keep_password(story: Story, answer: TestResponse) -> None:
    story.known["password"] = story.known["new_password"]


def _sign_in(story: Story) -> Values:
    story.markers["SignInForm", "password"] = story.markers["NewPasswordForm", "password"]
    story.markers["SignInForm", "address"] = story.markers["InviteForm", "address"]
    return {"address": story.known["address"], "password": story.known["password"]}


def _invited(story: Story, answer: TestResponse) -> None:
    _id_in(r"/welcome/([\w-]+)", "token")(story, answer)
    _id_in(r"/accounts/([0-9a-f-]{36})", "account_id", UUID)(story, answer)
    story.known["invited"] = story.known["account_id"]
    story.known["address"] = f"{story.markers['InviteForm', 'address']}@school.example"


def _colleague(story: Story) -> Values:
    story.known["account_id"] = story.board.accounts["support_staff"]
    return {}


def _pupil_in(story: Story) -> Values:
    return {"kind": "pupil", "group": story.board.groups["6a"].hex, "year_group": "6"}


def _registered(story: Story, answer: TestResponse) -> None:
    _id_in(r"/people/([0-9a-f-]{36})", "person_id", UUID)(story, answer)
    story.known["pupil"] = story.known["person_id"]


def _of_pupil(**more: str) -> Callable[[Story], Values]:
    return lambda story: {"person": story.board.pupils["own"].hex, **more}


def _period(story: Story) -> Values:
    story.known["period_id"] = story.board.period
    return {"kind": "other", "first": "2026-10-20", "last": ""}


def _notebook(story: Story) -> Values:
    story.known["name"] = "notebook"
    return {}


def _duty(story: Story) -> Values:
    story.known["person_of_duty"] = story.board.people["support_staff"]
    return {"person": _person(story), "duty": "emergency_responder", "since": "2026-09-01"}


def _of_duty(story: Story) -> Values:
    story.known |= {"person_id": story.known["person_of_duty"], "duty": "emergency_responder", "since": "2026-09-01"}
    return {"until": "2027-01-01"}


def _teacher(story: Story) -> Values:
    story.known["person_id"] = story.board.people["support_staff"]
    return {"person": _person(story)}


def _review(story: Story) -> Values:
    from intranet.audit.reviews import reviews

    with story.board.app.app_context(), story.board.log.read() as connection:
        story.known["review_id"] = reviews(connection, story.board.school)[0].review
    return {}


def _today(story: Story) -> str:
    from intranet.people.today import today

    with story.board.app.app_context():
        return today().isoformat()


KEEPER = "kanjertraining.coordinator"


def _newest(table: str, column: str, argument: str) -> Callable[[Story, TestResponse], None]:
    """Keep the id of what was recorded last in a table of Kanjertraining, where no address leads to it."""

    def keep(story: Story, answer: TestResponse) -> None:
        from plugins.kanjertraining import projections

        rows = getattr(projections, table)
        before = story.known.setdefault(f"seen {table}", {story.board.kanjer.get(argument)})
        with story.board.log.read_engine.connect() as connection:
            found = set(connection.scalars(select(rows.c[column]).where(rows.c.school == story.board.school)))
        story.known[argument] = (found - before).pop()
        before |= found

    return keep


def _school_day(days: int) -> Callable[[Story], str]:
    def day(story: Story) -> str:
        from intranet.api import SchoolYear, school_calendar
        from intranet.people.today import today

        with story.board.acting_as(KEEPER):
            return school_calendar().after(SchoolYear.of(today()).first + timedelta(days=days), 1).isoformat()

    return day


def _lessons(story: Story) -> bytes:
    return f"les;groep\n{story.text('LessonFileForm', 'file.title')};7\n".encode()


def _of_6a(story: Story) -> Values:
    story.known["group_id"] = story.board.groups["6a"]
    return {"day": _school_day(45), "teacher": "", "kind": "curative"}


def _year_plan(story: Story) -> Values:
    story.known["group_id"] = story.board.groups["6a"]
    source = f"p{UUID(story.known['programme_id']).hex}"
    return {"source": source, "pace": "evenly", "weekday": "2", "first": _school_day(20), "teacher": ""}


def _teams(story: Story) -> Values:
    story.known |= {"group_id": story.board.groups["6a"], "code": "ABCD-EFGH", **story.board.game}
    return {"number": "2"}


def _given(story: Story) -> Values:
    return {"day": _today, "given_by": story.board.people["teacher"].hex}


def _line(kind: str) -> Callable[[Story], Values]:
    def given(story: Story) -> Values:
        story.known["kind"] = kind
        return {"number": "2"}

    return given


LICENCE = {"level": "b", "issued_on": "2026-01-10", "valid_until": "2028-01-10", "at_this_school": "y"}
WINDOW = {"wave": "spring", "year_groups": ["6", "7"], "first": "2027-04-05", "last": "2027-04-16"}


def _day(story: Story, days: int) -> str:
    return (date.fromisoformat(_today(story)) + timedelta(days=days)).isoformat()


def _case(story: Story) -> Values:
    own, other = story.board.pupils["own"].hex, story.board.pupils["other"].hex
    parts = {f"people-role-{own}": "victim", f"people-role-{other}": "alleged_perpetrator"}
    return {"signs": ["repeated"], "people": [own, other], **parts, "group": ""}


def _gathering(story: Story) -> Values:
    story.known |= {"word": "incident", "record_id": story.known["incident_id"]}
    return {"case": UUID(str(story.known["case_id"])).hex}


def _witness(story: Story) -> Values:
    own = story.board.pupils["own"].hex
    return {"people": [own], f"people-role-{own}": "witness"}


def _view(story: Story) -> Values:
    return {"asked": f"pupil:{story.board.pupils['own'].hex}", "view": "well", "heard_on": _today(story)}


def _watching(story: Story) -> Values:
    return {"day": _today(story), "moment": "after"}


def _seen(story: Story) -> Values:
    return {"day": _today(story), **SEEN}


def _taken_out(rule: str, who: str, *, names: bool = True) -> Step:
    """Return the step that makes a file of a list."""
    return Step(rule, who, lambda story: {"format": "csv", **({"names": "with"} if names else {})}, answer=200)


HEAD, BOARD = "head_teacher", "executive_director"
K = "/kanjertraining"
T, G = "/taakspel/games/<uuid:game_id>", "/taakspel/groups/<uuid:group_id>"
GAME = {
    "lesson": "spelling", "phase": "introduction", "rules": ["whisper", "help"], "minutes": "10",
    "cards": "4", "reward": "draw",
}  # fmt: skip
SEEN = {"lesson": "reading", "looks": "20", "on_task": "15", "breaches": "4"}
INCIDENT = "/incidents/<uuid:incident_id>"
SIGNAL = "/signals/<uuid:signal_id>"
MATTER = "/staff-matters/<uuid:matter_id>"
CASE = "/cases/<uuid:case_id>"
FOLLOW_UP = f"{INCIDENT}/follow-up"
ONE_PROMISE = f"{FOLLOW_UP}/<uuid:follow_up_id>"
STEPS = (
    # The school and what it switches on.
    Step("/school/climbing", HEAD, lambda story: {"coordinator": "2", "director": "5"}),
    Step("/school/case-term", HEAD, lambda story: {"weeks": "4"}),
    Step("/school", HEAD, lambda story: {"brin": "99xx", "holiday_region": "midden"}),
    Step("/school/need-to-know/<permission>/<duty>", HEAD, _cell),
    _taken_out("/school/need-to-know/export", HEAD, names=False),
    Step(
        "/people/<uuid:person_id>/emergency",
        "care_coordinator",
        _emergency,
        shapes={"reason": "Nu nodig, want {} wacht."},
        then=_newest_emergency,
    ),
    Step("/school/law", HEAD, lambda story: {**LAW, "step": "try"}, answer=200),
    Step("/school/law", HEAD, lambda story: {**LAW, "step": "on"}),
    Step("/school/law/evaluations", HEAD, lambda story: {"begins": "2026", "sources": ["incidents"]}),
    Step("/notices/mail", HEAD, lambda story: {"hour": "7", "kinds": ["mentioned"]}),
    Step("/notices/mail/fetch", HEAD),
    Step("/notices/<int:position>", HEAD, _notice),
    Step("/emergency/end", "care_coordinator", lambda story: {"access": story.known["emergency_id"].hex}),
    Step("/emergency/<uuid:emergency_id>", HEAD, lambda story: {"verdict": "justified"}),
    _taken_out("/emergency/export", HEAD),
    Step("/school/plugins/<name>/off", HEAD, _notebook),
    Step("/school/plugins/<name>/on", HEAD),
    Step("/school/plugins/<name>/settings", HEAD),
    Step("/notebook/", "care_coordinator"),
    # People.
    Step("/people/new", HEAD, _pupil_in, then=_registered),
    Step("/people/<uuid:person_id>/name", HEAD),
    Step("/people/<uuid:person_id>/group", HEAD, lambda story: {"group": story.board.groups["7b"].hex}),
    Step("/people/<uuid:person_id>/leave", HEAD),
    Step("/people/<uuid:person_id>/return", HEAD),
    Step("/people", "teacher", answer=200),
    _taken_out("/people/export", "teacher"),
    Step("/search", "teacher", answer=200),
    Step("/people/groups/new", HEAD, lambda story: {"year_groups": ["6"]}, then=_id_in(r"/groups/(.+)", "group_id")),
    Step("/people/groups/<uuid:group_id>/change", HEAD, lambda story: {"year_groups": ["5", "6"]}),
    Step("/people/groups/<uuid:group_id>/teachers", HEAD, _teacher),
    Step("/people/groups/<uuid:group_id>/teachers/<uuid:person_id>/remove", HEAD),
    Step("/people/groups/<uuid:group_id>/close", HEAD),
    Step("/people/duties/assign", HEAD, _duty),
    Step("/people/<uuid:person_id>/duties/<duty>/<since>", HEAD, _of_duty),
    _taken_out("/people/groups/export", HEAD),
    _taken_out("/people/duties/export", HEAD),
    Step("/people/import", HEAD, lambda story: {"file": _roster}, then=_id_in(r"/import/(.+)", "upload_id")),
    Step("/people/import/<uuid:upload_id>/discard", HEAD),
    Step("/people/import", HEAD, lambda story: {"file": _roster}, then=_id_in(r"/import/(.+)", "upload_id")),
    Step("/people/import/<uuid:upload_id>", HEAD, lambda story: {"shown": _fingerprint, "many_leave": "y"}),
    # The calendar.
    Step("/calendar/new", HEAD, lambda story: {"kind": "holiday", "first": "2026-12-24", "last": "2026-12-25"}),
    Step(
        "/calendar/<uuid:period_id>",
        HEAD,
        _period,
    ),
    Step("/calendar/<uuid:period_id>/remove", HEAD),
    Step("/calendar/<uuid:period_id>/put-back", HEAD),
    _taken_out("/calendar/export", "teacher", names=False),
    Step("/calendar/week", HEAD, lambda story: {"weekdays": ["1", "2"], "since": "2027-01-01"}),
    Step("/calendar/import", HEAD, lambda story: {"file": _calendar}, then=_id_in(r"/import/(.+)", "upload_id")),
    Step("/calendar/import/<uuid:upload_id>/discard", HEAD),
    Step("/calendar/import", HEAD, lambda story: {"file": _calendar}, then=_id_in(r"/import/(.+)", "upload_id")),
    Step("/calendar/import/<uuid:upload_id>", HEAD, lambda story: {"kind1": "study_day"}),
    # An incident: a draft, the record, and what is done with it.
    Step("/incidents/draft", "teacher", lambda story: {**_incident(story), "once": "d" * 20}, ("account",), answer=204),
    Step("/incidents/draft/discard", "teacher", lambda story: {"draft": "d" * 20}),
    Step("/incidents/audience", "teacher", _incident, ("account",), answer=200),
    Step("/incidents/people", "teacher", texts=("q",), answer=200),
    Step("/incidents/new", "care_coordinator", _incident, then=_id_in(r"/incidents/([0-9a-f-]{36})", "incident_id")),
    Step(f"{INCIDENT}/correct", "care_coordinator", _correction),
    Step(f"{INCIDENT}/notes", "care_coordinator"),
    Step(f"{INCIDENT}/severity", "care_coordinator", lambda story: {"level": "2"}),
    Step(f"{INCIDENT}/people", "care_coordinator", lambda story: {"people": [story.board.pupils["other"].hex]}),
    Step(f"{INCIDENT}/role", "care_coordinator", _of_pupil(was="witness", role="victim")),
    Step(f"{INCIDENT}/withdraw", "care_coordinator", _of_pupil(was="victim")),
    Step("/school/law/incidents/<uuid:incident_id>", HEAD, lambda story: {"sent_on": _today}),
    Step("/school/law/incidents/<uuid:incident_id>/withdraw", HEAD),
    _taken_out("/school/law/incidents/export", HEAD),
    Step("/school/law/off", HEAD),
    Step(f"{INCIDENT}/confidentiality", "care_coordinator", lambda story: {"confidential": "1"}),
    *_shared(INCIDENT, shows_closed=True),
    Step(f"{INCIDENT}/confidentiality", "care_coordinator", lambda story: {"confidential": "0"}, shows_closed=True),
    *_hang_on(INCIDENT),
    # What follows on it.
    Step(f"{FOLLOW_UP}/new", "care_coordinator", _promise, then=_newest_promise_of("incident_id")),
    Step(f"{ONE_PROMISE}/move", "care_coordinator", _handed_over),
    Step(f"{ONE_PROMISE}/waive", "care_coordinator"),
    Step(f"{FOLLOW_UP}/new", "care_coordinator", _promise, then=_newest_promise_of("incident_id")),
    Step(f"{ONE_PROMISE}/keep", "care_coordinator", lambda story: {"done_on": _today}),
    Step(
        f"{FOLLOW_UP}/parents",
        "care_coordinator",
        lambda story: {"child": story.board.pupils["other"].hex, "informed_on": _today, "how": "phone"},
    ),
    Step(f"{FOLLOW_UP}/close", "care_coordinator"),
    Step(f"{FOLLOW_UP}/reopen", "care_coordinator"),
    # A signal: a draft, the record, and what is done with it.
    Step("/signals/draft", "teacher", lambda story: {**_signal(story), "once": "e" * 20}, ("account",), answer=204),
    Step("/signals/audience", "teacher", _signal, ("account",), answer=200),
    Step(
        "/signals/new",
        "teacher",
        lambda story: {**_signal(story), "once": "e" * 20},
        then=_id_in(r"/signals/([0-9a-f-]{36})", "signal_id"),
    ),
    Step(f"{SIGNAL}/talks", "care_coordinator", lambda story: {"partner": "parents"}),
    *_shared(SIGNAL),
    *_hang_on(SIGNAL),
    Step(f"{SIGNAL}/support-team", "care_coordinator"),
    Step(f"{SIGNAL}/escalate", "care_coordinator"),
    Step(f"{SIGNAL}/incident", "care_coordinator", _incident),
    Step(f"{SIGNAL}/close", "care_coordinator"),
    Step(f"{SIGNAL}/reopen", "care_coordinator"),
    _taken_out("/signals/export", "care_coordinator"),
    # A suspicion about staff: told to the board, and the steps of the law.
    Step("/staff-matters/audience", "teacher", _matter, ("account",), answer=200),
    Step("/staff-matters/colleagues", "teacher", texts=("q",), answer=200),
    Step("/staff-matters/new", "teacher", _matter, then=_id_in(r"/staff-matters/([0-9a-f-]{36})", "matter_id")),
    Step(f"{MATTER}/notes", BOARD, shows_closed=True),
    Step(f"{MATTER}/named", BOARD, _also_named, shows_closed=True),
    Step(f"{MATTER}/receipt", BOARD, shows_closed=True),
    Step(f"{MATTER}/inspector", BOARD, lambda story: {"on": _today}, shows_closed=True),
    Step(f"{MATTER}/judgement", BOARD, lambda story: {"on": _today, "reasonable": "yes"}, shows_closed=True),
    Step(f"{MATTER}/informed", BOARD, lambda story: {"on": _today, "who": "parents"}, shows_closed=True),
    Step(f"{MATTER}/police", BOARD, lambda story: {"on": _today}, shows_closed=True),
    Step(f"{MATTER}/measures", BOARD, lambda story: {"on": _today, "measure": "leave"}, shows_closed=True),
    Step(f"{MATTER}/close", BOARD, shows_closed=True),
    Step(f"{MATTER}/close", "supervisory_board", shows_closed=True),
    Step(f"{MATTER}/reopen", BOARD, shows_closed=True),
    Step("/incidents/export", "care_coordinator", lambda story: {"format": "excel", "names": "with"}, answer=200),
    # A case: from the incident, with a plan, until it is closed and begins again.
    Step("/cases/new", "care_coordinator", _case, then=_id_in(r"/cases/([0-9a-f-]{36})", "case_id")),
    Step("/cases/gather/<word>/<uuid:record_id>", "care_coordinator", _gathering),
    Step(f"{CASE}/records/<uuid:record_id>/take-out", "care_coordinator"),
    Step(f"{CASE}/people", "care_coordinator", _witness),
    Step(f"{CASE}/role", "care_coordinator", _of_pupil(was="witness", role="defender")),
    Step(f"{CASE}/withdraw", "care_coordinator", _of_pupil(was="defender")),
    Step(f"{CASE}/participants", "care_coordinator", lambda story: {"colleague": _person(story)}),
    Step(f"{CASE}/participants/<uuid:person_id>/remove", "care_coordinator", _unshare),
    *_shared(CASE),
    Step(f"{CASE}/seriousness", "care_coordinator", lambda story: {"serious": "1"}),
    Step(f"{CASE}/seriousness", "care_coordinator", lambda story: {"serious": "0"}, shows_closed=True),
    Step(f"{CASE}/plan/goal", "care_coordinator", lambda story: {"look_back_on": _day(story, 7)}),
    Step(f"{CASE}/plan/more-time", "care_coordinator", lambda story: {"more_time_until": _day(story, 14)}),
    Step(f"{CASE}/plan/new", "care_coordinator", _promise, then=_newest_promise_of("case_id")),
    Step(f"{CASE}/plan/<uuid:follow_up_id>/move", "care_coordinator", _handed_over),
    Step(f"{CASE}/plan/<uuid:follow_up_id>/waive", "care_coordinator"),
    Step(f"{CASE}/plan/new", "care_coordinator", _promise, then=_newest_promise_of("case_id")),
    Step(f"{CASE}/plan/<uuid:follow_up_id>/keep", "care_coordinator", lambda story: {"done_on": _today}),
    Step(
        f"{CASE}/plan/parents",
        "care_coordinator",
        lambda story: {"child": story.board.pupils["own"].hex, "informed_on": _today, "how": "phone"},
    ),
    *_file_on(CASE),
    Step(f"{CASE}/evaluation/views", "care_coordinator", _view),
    Step(f"{CASE}/evaluation/conclude", "care_coordinator", lambda story: {"outcome": "well", "next_on": ""}),
    Step(f"{CASE}/close", "care_coordinator"),
    Step(f"{CASE}/reopen", "care_coordinator", lambda story: {"look_back_again_on": _day(story, 7)}),
    Step(f"{CASE}/leader", "care_coordinator", lambda story: {"leader": _person(story)}),
    _hand_out_step("/chronology/people/<uuid:person_id>/hand-out"),
    _hand_out_step("/chronology/groups/<uuid:group_id>/hand-out"),
    _hand_out_step("/chronology/cases/<uuid:case_id>/hand-out"),
    _taken_out("/cases/export", "care_coordinator"),
    # Patterns: a measure, a rule and its warning.
    Step("/patterns/measures/new", "care_coordinator", _of_incident, then=_id_in(r"/measures/(.+)", "measure_id")),
    Step("/patterns/measures/<uuid:measure_id>/withdraw", "care_coordinator"),
    Step("/patterns/measures/new", "care_coordinator", _measure, then=_id_in(r"/measures/(.+)", "measure_id")),
    Step("/patterns/measures/<uuid:measure_id>", "care_coordinator", lambda story: {"outcome": "partly"}),
    Step("/patterns/rules/new", "care_coordinator", lambda story: {**RULE, "step": "try"}, answer=200),
    Step("/patterns/rules/new", "care_coordinator", lambda story: {**RULE, "step": "on"}),
    Step("/patterns/warnings/<uuid:warning_id>", "care_coordinator", _warned),
    Step("/patterns/rules/<uuid:rule_id>/off", "care_coordinator", _warned),
    Step("/patterns/rules/<uuid:rule_id>/back-on", "care_coordinator", _warned),
    _taken_out("/patterns/export", "care_coordinator", names=False),
    _taken_out("/patterns/pupils/export", "care_coordinator"),
    _taken_out("/patterns/measures/export", "care_coordinator"),
    Step("/patterns/quiet-weeks", "teacher", _quiet_week, then=_newest_quiet_week),
    _taken_out("/patterns/quiet-weeks/export", "teacher"),
    Step("/patterns/quiet-weeks/<uuid:quiet_week_id>/withdraw", "teacher"),
    _taken_out("/patterns/rules/export", "care_coordinator", names=False),
    _taken_out("/patterns/quality/export", "care_coordinator", names=False),
    # Kanjertraining: a programme, by hand and from a file; a year plan, its lessons; licences, windows, words.
    Step(
        f"{K}/programmes/new",
        KEEPER,
        lambda story: {"year_groups": ["5", "6"]},
        then=_id_in(r"/programmes/(.+)", "programme_id"),
    ),
    Step(f"{K}/programmes/<uuid:programme_id>/change", KEEPER, lambda story: {"year_groups": ["6"]}),
    Step(
        f"{K}/programmes/<uuid:programme_id>/lessons",
        KEEPER,
        lambda story: {"number": "1"},
        then=_newest("topic", "topic", "topic_id"),
    ),
    Step(f"{K}/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>", KEEPER, lambda story: {"number": "2"}),
    Step(f"{K}/programmes/import", KEEPER, lambda story: {"file": _lessons}, then=_id_in(r"/import/(.+)", "upload_id")),
    Step(f"{K}/programmes/import/<uuid:upload_id>/discard", KEEPER),
    Step(f"{K}/programmes/import", KEEPER, lambda story: {"file": _lessons}, then=_id_in(r"/import/(.+)", "upload_id")),
    Step(f"{K}/programmes/import/<uuid:upload_id>", KEEPER),
    Step(f"{K}/programmes/copy", KEEPER),
    Step(f"{K}/groups/<uuid:group_id>/plan", KEEPER, _year_plan),
    Step(f"{K}/groups/<uuid:group_id>/lessons/new", "teacher", _of_6a, then=_id_in(r"/lessons/(.+)", "lesson_id")),
    Step(f"{K}/lessons/<uuid:lesson_id>/move", "teacher", lambda story: {"day": _school_day(60), "teacher": ""}),
    Step(f"{K}/lessons/<uuid:lesson_id>/week", "teacher", lambda story: {"week": _school_day(75)}),
    Step(f"{K}/lessons/<uuid:lesson_id>/skip", "teacher", lambda story: {"reason": "other"}),
    Step(f"{K}/lessons/<uuid:lesson_id>/take-back", "teacher"),
    Step(f"{K}/lessons/<uuid:lesson_id>/give", "teacher", _given),
    Step(
        f"{K}/lessons/<uuid:lesson_id>/repeat",
        "teacher",
        lambda story: {"day": _school_day(90), "teacher": ""},
        then=_id_in(r"/lessons/(.+)", "lesson_id"),
    ),
    Step(f"{K}/lessons/<uuid:lesson_id>/withdraw", "teacher"),
    Step(f"{K}/programmes/<uuid:programme_id>/lessons/<uuid:topic_id>/remove", KEEPER),
    Step(f"{K}/programmes/<uuid:programme_id>/drop", KEEPER),
    Step(
        f"{K}/licences/new",
        KEEPER,
        lambda story: {**LICENCE, "person": _person(story)},
        then=_newest("licence", "licence", "licence_id"),
    ),
    Step(f"{K}/licences/<uuid:licence_id>", KEEPER, lambda story: LICENCE),
    Step(f"{K}/licences/<uuid:licence_id>/withdraw", KEEPER),
    Step(f"{K}/windows/new", KEEPER, lambda story: WINDOW, then=_newest("window", "window", "window_id")),
    Step(f"{K}/windows/<uuid:window_id>", KEEPER, lambda story: {**WINDOW, "year_groups": ["6"]}),
    Step(f"{K}/windows/<uuid:window_id>/remove", KEEPER),
    Step(f"{K}/agreements/new/<kind>", KEEPER, _line("agreement"), then=_newest("line", "line", "line_id")),
    Step(f"{K}/agreements/<uuid:line_id>", KEEPER, lambda story: {"number": "3"}),
    Step(f"{K}/agreements/<uuid:line_id>/retire", KEEPER),
    # Taakspel: teams, a game that does not go on and one that does; a screen that nobody opened opens nothing.
    Step(f"{G}/divide", "teacher", _teams, answer=200),
    Step(f"{G}/teams", "teacher", lambda story: {"name-1": "suns"}, answer=409),
    Step(f"{T}/call-off", "teacher"),
    Step(f"{G}/week", "teacher", lambda story: {"reward": "cook"}),
    Step(f"{G}/play", "teacher", lambda story: GAME, then=_id_in(r"/games/(.+)", "game_id")),
    Step(f"{T}/board", "teacher", answer=200),
    Step(f"{T}/press", "teacher", lambda story: {"pressed": "start"}),
    Step(f"{T}/taps", "teacher", answer=422),
    Step(f"{T}/press", "teacher", lambda story: {"pressed": "end"}),
    Step(f"{T}/evaluate", "teacher", lambda story: {"went": "well", "reward_given": "y"}),
    Step("/taakspel/weeks/<uuid:week_id>/give", "teacher"),
    Step(f"{G}/observations", "teacher", _watching, then=_id_in(r"/observations/(.+)", "observation_id")),
    Step("/taakspel/observations/<uuid:observation_id>", "teacher", _seen),
    Step("/taakspel/observations/<uuid:observation_id>/drop", "teacher"),
    Step(
        f"{G}/consultations",
        "teacher",
        lambda story: {"day": _today, "phase": "extension", "look_back_on": ""},
        then=_newest_consultation,
    ),
    Step("/taakspel/consultations/<uuid:consultation_id>", "teacher", lambda story: {"kept": "partly"}),
    Step("/taakspel/board/<uuid:game_id>/taps", "class", answer=404),
    Step("/screen", "class", lambda story: {"code": "ABCD-EFGH"}, answer=422, writes_when_refused=True),
    Step("/screen/<code>", "class", lambda story: {"code": "ABCD-EFGH"}, answer=422, writes_when_refused=True),
    Step("/leave-screen", "class"),
    _taken_out(f"{K}/lessons/export", "teacher"),
    _taken_out(f"{K}/programmes/export", "teacher", names=False),
    _taken_out(f"{K}/licences/export", KEEPER),
    _taken_out(f"{K}/agreements/export", "teacher", names=False),
    _taken_out("/taakspel/coverage/export", "teacher", names=False),
    # The review.
    Step("/audit/reviews", BOARD, lambda story: {"first_day": _today, "last_day": _today}),
    _taken_out("/audit/export", BOARD),
    _taken_out("/audit/readings/export", BOARD),
    _taken_out("/audit/reviews/export", BOARD),
    _taken_out("/audit/assertions/export", BOARD, names=False),
    Step("/audit/reviews/<uuid:review_id>/withdraw", BOARD, _review),
    Step("/audit/proof/check", BOARD, answer=200),
    Step("/audit/proof/checkpoints", BOARD),
    # A colleague comes in, and takes care of their own account.
    Step("/accounts/invite", HEAD, _newcomer, shapes={"address": "{}@school.example"}, answer=200, then=_invited),
    _taken_out("/accounts/export", HEAD),
    Step("/welcome/<token>", "newcomer", _password("NewPasswordForm"), then=_keep_password),
    Step("/account/second-factor", "newcomer", _enrol, answer=200, then=_keep_codes, writes_when_refused=True),
    Step("/logout", "newcomer"),
    Step("/login", "newcomer", _sign_in, writes_when_refused=True),
    Step("/login/code", "newcomer", _code, then=_use_code, writes_when_refused=True),
    Step("/account/confirm", "newcomer", _code, then=_use_code, writes_when_refused=True),
    Step("/account/confirm", "teacher", answer=422, writes_when_refused=True),
    Step(
        "/people/<uuid:person_id>/emergency",
        "newcomer",
        _emergency_without_code,
        shapes={"reason": "Nu nodig, want {} wacht."},
        answer=422,
        then=_no_longer,
        writes_when_refused=True,
    ),
    Step("/account/password", "newcomer", _password("ChangePasswordForm"), writes_when_refused=True),
    Step("/notices/seen", "newcomer"),
    Step("/account/preferences", "newcomer", lambda story: {"theme": "dark", "language": "nl"}),
    Step("/account/agenda", "newcomer", answer=200),
    Step("/account/agenda/withdraw", "newcomer"),
    Step("/account/sessions/end", "newcomer", texts=("session",)),
    Step("/account/school", HEAD, lambda story: {"school": story.board.school.hex}),
    Step("/account/second-factor/remove", "newcomer"),
    Step("/login/as", "somebody", lambda story: {"account": story.board.accounts["dpo"].hex}),
    Step("/accounts/<uuid:account_id>/second-factor/remove", HEAD, _colleague, answer=409),
    Step("/accounts/<uuid:account_id>/link", HEAD, answer=200),
    Step("/accounts/<uuid:account_id>/disable", HEAD, lambda story: {"reason": "left_school"}),
    Step("/accounts/<uuid:account_id>/enable", HEAD, answer=200),
)  # fmt: skip
