"""Every setting: its name, its default and what it means; the documentation is generated from this table."""

import os
from pathlib import Path
from typing import Any

from flask import Flask

from events.frozen import frozen
from events.log.errors import LogUnfit

PREFIX = "GEBORGEN_"
PRACTICE_MARK, PRACTICE_READY = "practice-school", "ready"
"""A file in the instance folder of the practice school, and what it says when `DEMO` is true.

No variable does: one set by mistake would let anybody be anybody in a real school.
"""


@frozen
class Setting:
    """One setting; read from the environment as GEBORGEN_<NAME> (`DATABASE_URL` also without the prefix)."""

    name: str
    default: Any
    meaning: str


SETTINGS = (
    Setting("INSTANCE", "instance", "Folder with the database, the key file and the signing key of this installation."),
    Setting("DATABASE_URL", "", "The log's database. Empty: SQLite in the instance folder; or postgresql+psycopg://…"),
    Setting("KEY_STORE_URL", "", "Where the data keys are, apart from the log. Empty: SQLite in the instance folder."),
    Setting("KEY_FILE", "", "The file with the key-encryption keys, in no database. Empty: keyfile.json in instance."),
    Setting("HTTPS", False, "The site is reached over https: secure cookies and strict transport security."),
    Setting("PROXIES", 0, "How many reverse proxies stand before the application and set X-Forwarded headers."),
    Setting("SESSION_IDLE_MINUTES", 30, "After so many minutes without a click somebody signs in again."),
    Setting("SESSION_HOURS", 10, "After so many hours somebody signs in again, whatever they did."),
    Setting("TIME_ZONE", "Europe/Amsterdam", "The zone in which days begin and times are shown."),
    Setting("TRACE_HOOKS", False, "Print each question to a plugin, how much it answered and how long it took."),
    Setting("REPLAY_MEGABYTES", 64, "So much memory a process keeps for moments of the past that were looked at."),
    Setting("MAX_UPLOAD_MEGABYTES", 20, "The largest file that can be uploaded."),
    Setting("SITE_URL", "", "Where people find Geborgen, as in https://geborgen.school.example: for links in mail."),
    Setting("MAIL_SERVER", "", "The mail server. Empty: no mail is sent."),
    Setting("MAIL_PORT", 587, "The port of the mail server."),
    Setting("MAIL_SECURITY", "starttls", "How the way to it is closed: starttls, tls, or none on the same machine."),
    Setting("MAIL_USER", "", "The name with which Geborgen signs in at the mail server. Empty: it does not."),
    Setting("MAIL_PASSWORD", "", "The password that belongs to it."),
    Setting("MAIL_FROM", "", "The address from which mail comes."),
    Setting("INSPECTOR_PHONE", "", "Number of the confidential inspectors, when it is no longer 0900-111 3 111."),
)


def configure(app: Flask, settings: dict[str, Any] | None) -> None:
    """Fill `app.config` from the defaults, the environment and the given settings, the last one deciding."""
    for setting in SETTINGS:
        value = os.environ.get(PREFIX + setting.name)
        if value is None and setting.name == "DATABASE_URL":
            value = os.environ.get("DATABASE_URL")
        app.config[setting.name] = setting.default if value is None else _as(type(setting.default), setting, value)
    app.config.update(settings or {})
    instance = Path(app.config["INSTANCE"]).resolve()
    app.config["INSTANCE"] = str(instance)
    mark = instance / PRACTICE_MARK
    app.config.setdefault("DEMO", mark.exists() and mark.read_text() == PRACTICE_READY)
    app.config["DATABASE_URL"] = app.config["DATABASE_URL"] or f"sqlite:///{instance / 'geborgen.db'}"
    app.config["KEY_STORE_URL"] = app.config["KEY_STORE_URL"] or f"sqlite:///{instance / 'keys.db'}"
    app.config["KEY_FILE"] = app.config["KEY_FILE"] or str(instance / "keyfile.json")
    app.config["MAX_CONTENT_LENGTH"] = (app.config["MAX_UPLOAD_MEGABYTES"] + 1) * 1024 * 1024


_SWITCH = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0", ""), False)


def _as(kind: type, setting: Setting, value: str) -> Any:
    if kind is bool:
        if value.strip().lower() not in _SWITCH:
            # A misspelt "true" must not leave cookies open to be read on the way.
            raise LogUnfit(f"{PREFIX}{setting.name} is {value!r}; it should be true or false. {setting.meaning}")
        return _SWITCH[value.strip().lower()]
    try:
        return kind(value)
    except ValueError as error:
        raise LogUnfit(f"{PREFIX}{setting.name} is {value!r}; it should be a number. {setting.meaning}") from error
