"""Mail about what is new: on a school day and at an hour, urgent at once, tried again, never a name or a word."""

import smtplib
import socketserver
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from events.log import clock
from intranet.incidents import commands as incidents
from intranet.notices import delivery, postbox
from intranet.notices.sending import send_all
from intranet.people.mentions import token
from tests.intranet.incidents.small_school import SmallSchool

TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A school day, at ten in the morning at the school."""


class MailServer(socketserver.ThreadingTCPServer):
    """A mail server that keeps what it gets, or refuses everything."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.refuses, self.got = False, []


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.upper()[:4]
            if word == "DATA":
                self.say("354 go on")
                lines = []
                while (each := self.rfile.readline().decode()) != ".\r\n":
                    lines.append(each)
                self.server.got.append("".join(lines))
            refused = self.server.refuses and word == "MAIL"
            self.say("451 not now, fatima@school.example" if refused else "221 bye" if word == "QUIT" else "250 ok")
            if word == "QUIT":
                return

    def say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def server():
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def ready(app, server):
    app.config.update(
        MAIL_SERVER="127.0.0.1",
        MAIL_PORT=server.server_address[1],
        MAIL_SECURITY="none",
        MAIL_FROM="geborgen@school.example",
        SITE_URL="https://geborgen.school.example",
    )
    return SmallSchool(app)


@pytest.fixture
def school(app, server):
    with clock.told_at(TUESDAY):
        yield ready(app, server)


@pytest.fixture
def school_on_both(app_on_both, server):
    with clock.told_at(TUESDAY):
        yield ready(app_on_both, server)


def mention(school, who="fatima", words="Geheim woord"):
    incident = school.report(by="fatima")
    by = "hanneke" if who != "hanneke" else "marijke"
    school.do(by, incidents.add_note, incident, f"{words}: {token(school.people[who])}.")
    return incident


def send(school, at=TUESDAY):
    with school.app.app_context(), clock.told_at(at):
        return send_all()


def test_one_mail_a_day_without_a_word(school_on_both, server):
    mention(school_on_both)
    mention(school_on_both)
    assert send(school_on_both) == (1, 0)
    [letter] = server.got
    assert "Iemand noemt je (2 keer)" in letter
    assert "\nDate: Tue, 24 Nov 2026 10:00:00 +0100\n" in letter.replace("\r", "")
    assert "https://geborgen.school.example/notices/" in letter
    for word in ("Geheim", "Hanneke", "Noor", "incident"):
        assert word not in letter
    mention(school_on_both)
    assert send(school_on_both) == (0, 0)
    assert send(school_on_both, TUESDAY + timedelta(days=1)) == (1, 0)


@pytest.mark.parametrize("at", [TUESDAY + timedelta(days=4), TUESDAY - timedelta(hours=3)])
def test_no_mail_of_the_day_at_the_weekend_or_before_the_hour(school, at):
    with clock.told_at(TUESDAY - timedelta(days=1)):
        mention(school)
    assert send(school, at) == (0, 0)


def test_a_mail_has_the_date_on_which_it_could_go(school, server):
    mention(school)
    assert send(school, TUESDAY + timedelta(days=1, hours=3)) == (1, 0)
    assert "\nDate: Wed, 25 Nov 2026 08:00:00 +0100\n" in server.got[0].replace("\r", "")


def test_what_is_urgent_goes_at_once_also_on_saturday(school, server):
    saturday = TUESDAY + timedelta(days=4)
    with clock.told_at(saturday):
        school.do("hanneke", incidents.assess_severity, school.report(by="fatima"), 4)
    assert send(school, saturday) == (1, 0)
    assert "dringends" in server.got[0]
    assert "ernstig" not in server.got[0]
    assert send(school, saturday) == (0, 0)


def test_what_somebody_may_not_read_or_saw_already_is_not_mailed(school):
    incident = school.report(by="hanneke", confidential=True)
    school.do("hanneke", incidents.add_note, incident, f"Niet voor {token(school.people['bas'])}.")
    mention(school)
    school.client("fatima").post("/notices/seen", {}, "/notices/")
    assert send(school) == (0, 0)


def test_what_is_switched_off_is_not_mailed(school):
    mention(school)
    chosen = {"hour": "8", "kinds": ["promised", "shared"]}
    assert school.client("fatima").post("/notices/mail", chosen).status_code == 303
    assert send(school) == (0, 0)
    assert school.client("fatima").post("/notices/mail", {"hour": "-1", "kinds": ["mentioned"]}).status_code == 303
    assert send(school) == (0, 0)


def test_a_mail_server_that_refuses_is_tried_again_later(school, server, caplog):
    mention(school)
    server.refuses = True
    assert send(school) == (0, 1)
    assert "school.example" not in caplog.text
    server.refuses = False
    assert send(school) == (0, 0)
    assert send(school, TUESDAY + timedelta(minutes=2)) == (1, 0)


def test_after_a_crash_the_same_message_comes_again_with_the_same_id(school, server, monkeypatch):
    mention(school)
    real = delivery.change
    monkeypatch.setattr(delivery, "change", lambda *_, **__: (_ for _ in ()).throw(SystemExit()))
    with pytest.raises(SystemExit):
        send(school)
    monkeypatch.setattr(delivery, "change", real)
    assert send(school) == (0, 0)
    assert send(school, TUESDAY + delivery.CLAIMED) == (1, 0)
    first, second = server.got
    assert first == second


def test_the_practice_school_puts_it_in_a_folder(school, server, tmp_path):
    school.app.config.update(DEMO=True, INSTANCE=str(tmp_path))
    mention(school)
    assert send(school) == (1, 0)
    assert server.got == []
    assert len(list((tmp_path / "postbox").glob("*.eml"))) == 1


def test_what_is_put_in_the_postbox_is_whole_when_it_can_be_read_and_stays_as_it_was(app, tmp_path, monkeypatch):
    app.config.update(INSTANCE=str(tmp_path))
    message = EmailMessage()
    message["To"], message["Message-ID"] = "fatima@school.example", "<one@school.example>"
    message["Date"] = TUESDAY
    write = Path.write_bytes

    def written_while_somebody_looks(file: Path, content: bytes) -> int:
        write(file, content[:10])
        assert postbox.messages_for("fatima@school.example") == []
        return write(file, content)

    monkeypatch.setattr(Path, "write_bytes", written_while_somebody_looks)
    with app.test_request_context():
        postbox.put(message)
        (read,) = postbox.messages_for("fatima@school.example")
    assert message["To"] == "fatima@school.example"
    assert read["Message-ID"] == message["Message-ID"]
    assert read["To"] is None


def test_who_tries_the_practice_school_lets_their_own_mail_come_and_reads_it(school, server, tmp_path):
    mention(school)
    mention(school, who="hanneke")
    fatima, hanneke = school.client("fatima"), school.client("hanneke")
    assert "Postbus" not in fatima.get("/notices/mail").text
    assert fatima.post("/notices/mail/fetch", {}, shown="/notices/mail").status_code == 404
    school.app.config.update(DEMO=True, INSTANCE=str(tmp_path))
    assert "Er ligt nog niets in." in fatima.get("/notices/mail").text
    assert fatima.post("/notices/mail/fetch", {}, shown="/notices/mail").status_code == 303
    read = fatima.get("/notices/mail").text
    assert "Er kwam 1 mail." in read
    assert "- Iemand noemt je" in read.partition("Postbus van de oefenschool")[2]
    assert "di 24 nov 10:00" in read
    assert "Er ligt nog niets in." in hanneke.get("/notices/mail").text
    assert fatima.post("/notices/mail/fetch", {}, shown="/notices/mail").status_code == 303
    assert "Er kwam nu geen mail." in fatima.get("/notices/mail").text
    assert server.got == []


def test_the_server_of_this_test_can_be_told(server):
    with smtplib.SMTP(*server.server_address) as client:
        client.sendmail("a@b.example", ["c@d.example"], "Subject: x\n\nproef")
    assert "proef" in server.got[0]
