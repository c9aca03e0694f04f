"""The postbox of the practice school: mail goes in here instead of out of the building; everybody sees their own."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from flask import current_app

from events.log import clock

FOLDER = "postbox"
MOST = 20


def put(message: EmailMessage) -> None:
    """Put a message in the postbox; the same message sent again takes the place of the first."""
    _folder().mkdir(mode=0o700, exist_ok=True)
    message["Date"] = clock.now()
    (_folder() / f"{message['Message-ID'].strip('<>').partition('@')[0]}.eml").write_bytes(message.as_bytes())


def messages_for(address: str) -> list[EmailMessage]:
    """Return what was sent to an address, the newest first."""
    mine = [message for message in _messages() if message["To"] == address]
    return sorted(mine, key=lambda message: message["Date"].datetime, reverse=True)[:MOST]


def _messages() -> Iterator[EmailMessage]:
    for file in _folder().glob("*.eml"):
        yield message_from_bytes(file.read_bytes(), EmailMessage, policy=default)


def _folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / FOLDER
