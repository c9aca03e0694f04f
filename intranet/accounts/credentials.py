"""What somebody proves themselves with: hashes and sealed secrets, in tables that are no part of the log."""

import hmac
import unicodedata
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text, Uuid, select, update

from events.log.cipher import seal, unseal
from events.log.personal import SealedValue
from intranet.database import db, log
from intranet.schema import core_tables

credential = Table(
    "accounts_credential",
    core_tables,
    Column("account", Uuid, primary_key=True),
    Column("board", Uuid, nullable=False),
    Column("login_hash", LargeBinary(32), nullable=False, unique=True),
    Column("password_hash", Text),
    Column("totp_secret", LargeBinary),
    Column("totp_last_step", BigInteger),
)

recovery_code = Table(
    "accounts_recovery_code",
    core_tables,
    Column("account", Uuid, primary_key=True),
    Column("code_hash", LargeBinary(32), primary_key=True),
)


def normalised(address: str) -> str:
    """Return an e-mail address as it is compared: people type capitals and spaces that mean nothing."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def login_hash(address: str) -> bytes:
    """Return the keyed hash under which an account is found: the table tells nobody's address."""
    return keyed_hash(b"login", normalised(address).encode("utf-8", "replace"))


def keyed_hash(purpose: bytes, value: bytes) -> bytes:
    """Return a hash that cannot be tried out without the key file."""
    return hmac.digest(log.key_store.key_file.blind_index_key, purpose + b"\0" + value, sha256)


def find(hashed_login: bytes) -> Any:
    """Return the credential of a login, None when nobody has it."""
    return db.session.execute(select(credential).where(credential.c.login_hash == hashed_login)).first()


def of_account(account: UUID) -> Any:
    """Return the credential of an account, None when it has none."""
    return db.session.execute(select(credential).where(credential.c.account == account)).first()


def create(work: Any, *, account: UUID, board: UUID, address: str) -> bool:
    """Give an account its login; False when another account has this address."""
    hashed = login_hash(address)
    if work.execute(select(credential.c.account).where(credential.c.login_hash == hashed)).first() is not None:
        return False
    work.execute(credential.insert(), {"account": account, "board": board, "login_hash": hashed})
    return True


def set_password_hash(work: Any, account: UUID, password_hash: str | None) -> None:
    """Replace the password; None means that nobody comes in with one."""
    work.execute(update(credential).where(credential.c.account == account).values(password_hash=password_hash))


def set_totp(work: Any, account: UUID, secret: str, step: int) -> None:
    """Keep a second factor, sealed under the account's own data key, which erasing destroys."""
    key_id, key = log.owned_keys.key_for(account)
    sealed = msgspec.json.encode(seal(key, key_id, account, 0, "totp_secret", secret))
    work.execute(
        update(credential).where(credential.c.account == account).values(totp_secret=sealed, totp_last_step=step)
    )


def totp_secret(row: Any) -> str | None:
    """Return the second factor's secret of a credential row, None when there is none (any more)."""
    if row is None or row.totp_secret is None:
        return None
    sealed = msgspec.json.decode(row.totp_secret, type=SealedValue)
    key = log.key_store.open(sealed.k)
    return None if key is None else unseal(key, sealed, row.account, 0, "totp_secret")


def use_totp_step(work: Any, account: UUID, step: int) -> bool:
    """Use up a step and all before it; False when it was used already, by whichever worker."""
    fresh = (credential.c.totp_last_step < step) | credential.c.totp_last_step.is_(None)
    done = work.execute(update(credential).where(credential.c.account == account, fresh).values(totp_last_step=step))
    return bool(done.rowcount)


def remove_second_factor(work: Any, account: UUID) -> None:
    """Forget the second factor and its recovery codes."""
    work.execute(
        update(credential).where(credential.c.account == account).values(totp_secret=None, totp_last_step=None)
    )
    work.execute(recovery_code.delete().where(recovery_code.c.account == account))


def set_recovery_codes(work: Any, account: UUID, codes: list[str]) -> None:
    """Replace the recovery codes; only their hashes are kept."""
    work.execute(recovery_code.delete().where(recovery_code.c.account == account))
    work.execute(recovery_code.insert(), [{"account": account, "code_hash": _code_hash(each)} for each in codes])


def use_recovery_code(work: Any, account: UUID, code: str) -> bool:
    """Use up a recovery code; False when it does not exist or was used."""
    mine = (recovery_code.c.account == account) & (recovery_code.c.code_hash == _code_hash(code))
    return bool(work.execute(recovery_code.delete().where(mine)).rowcount)


def _code_hash(code: str) -> bytes:
    return keyed_hash(b"recovery", code.encode("utf-8", "replace"))
