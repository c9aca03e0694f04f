"""Lets what a school changed of who may read what decide in every request."""

from flask import Flask

from intranet.access import CHANGES
from intranet.database import log
from intranet.schools.directory import forget_version, need_to_know_here


def setup(app: Flask) -> None:
    """Run once for an application."""
    app.extensions[CHANGES] = need_to_know_here
    with app.app_context():
        log.after_commit.append(forget_version)
