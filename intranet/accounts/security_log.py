"""The security log: who came in, who did not and what was denied, in codes and ids, never with words or addresses."""

import hmac
import logging
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import current_app, has_request_context, request

logger = logging.getLogger("geborgen.security")
logger.setLevel(logging.INFO)


def note(what: str, *, level: int = logging.INFO, **particulars: Any) -> None:
    """Log one happening as `what key=value …`; the network address appears as a keyed hash, so that series show."""
    if has_request_context():
        particulars["network"] = network_mark(request.remote_addr)
    line = " ".join(f"{name}={_safe(value)}" for name, value in particulars.items() if value is not None)
    logger.log(level, "%s %s", _safe(what), line)


def warn(what: str, **particulars: Any) -> None:
    """Log one happening that somebody should look at."""
    note(what, level=logging.WARNING, **particulars)


def network_mark(address: str | None) -> str:
    """Return twelve hex digits that are equal for equal addresses and tell nothing else."""
    key: bytes = current_app.extensions["geborgen.key_file"].blind_index_key
    return hmac.digest(key, b"network\0" + (address or "").encode(), sha256).hex()[:12]


def _safe(value: Any) -> str:
    """Escape what could start a second line or a second field."""
    if isinstance(value, UUID):
        return value.hex
    return "".join(c if c.isascii() and c.isprintable() and c not in " =" else f"\\x{ord(c):02x}" for c in str(value))
