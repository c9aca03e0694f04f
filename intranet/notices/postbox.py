"""The postbox of the practice school: mail goes in here instead of out of the building; everybody sees their own."""

from copy import deepcopy
from email import message_from_bytes
from email.message import EmailMessage
from hashlib import sha256
from pathlib import Path

from flask import current_app

FOLDER = "postbox"
MOST = 20


def put(message: EmailMessage) -> None:
    """Put a message in the postbox; the same message sent again takes the place of the first.

    The address stands in no file, as it stands readable in nothing that is stored: only its hash, to find it by.
    """
    _folder().mkdir(mode=0o700, exist_ok=True)
    kept = deepcopy(message)
    del kept["To"]
    name = f"{_box(str(message['To']))}-{message['Message-ID'].strip('<>').partition('@')[0]}"
    # It gets its name when it is whole: somebody may look into the postbox meanwhile.
    half = _folder() / f"{name}.half"
    half.write_bytes(kept.as_bytes())
    half.replace(_folder() / f"{name}.eml")


def messages_for(address: str) -> list[EmailMessage]:
    """Return what was sent to an address, the newest first."""
    from email.policy import default  # not at the start: readers of headers, for who looks into the postbox

    files = _folder().glob(f"{_box(address)}-*.eml")
    mine = [message_from_bytes(file.read_bytes(), EmailMessage, policy=default) for file in files]
    return sorted(mine, key=lambda message: message["Date"].datetime, reverse=True)[:MOST]


def _box(address: str) -> str:
    return sha256(address.encode()).hexdigest()[:16]


def _folder() -> Path:
    return Path(current_app.config["INSTANCE"]) / FOLDER
