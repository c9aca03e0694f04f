"""`flask intranet mail` and `climb`: what is new leaves without a word of it; for timers of the operator."""

import sys

import click
from flask import current_app

from events.log.errors import LogUnfit
from intranet.cli.group import operator
from intranet.database import log
from intranet.follow_up.climbing import record_climbs
from intranet.notices.sending import send_all

SECURITIES = ("starttls", "tls", "none")


@operator.command()
def mail() -> None:
    """Send urgent notices at once and the others once a school day, as each person chose. Run it every five minutes."""
    config = current_app.config
    if not config["DEMO"]:
        if not (config["MAIL_SERVER"] and config["MAIL_FROM"] and config["SITE_URL"]):
            raise LogUnfit("Set GEBORGEN_MAIL_SERVER, GEBORGEN_MAIL_FROM and GEBORGEN_SITE_URL before mail is sent.")
        if config["MAIL_SECURITY"] not in SECURITIES:
            raise LogUnfit(f"GEBORGEN_MAIL_SECURITY should be one of: {', '.join(SECURITIES)}.")
    sent, failed = send_all()
    click.echo(f"{sent} sent, {failed} not sent.")
    if failed:
        sys.exit(1)


@operator.command()
def climb() -> None:
    """Tell coordinators and directors of promises that are late, once for each step. Run it every night."""
    click.echo(f"{record_climbs(log.schools())} told.")
