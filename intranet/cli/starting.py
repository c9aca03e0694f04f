"""`flask intranet init`: a real school starts here, with the person who invites the others."""

import re
from uuid import uuid4

import click
from flask import current_app, url_for

from events.log.context import acting
from intranet import database
from intranet.cli.group import made_again, operator
from intranet.database import log


class Answer(click.ParamType):
    """What somebody types, without the spaces around it; asked again until it has the right form."""

    name = "text"

    def __init__(self, form: str, wrong: str):
        self.form, self.wrong = re.compile(form), wrong

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the answer. Fails with a sentence for another form."""
        answer = value.strip()
        if not self.form.fullmatch(answer):
            self.fail(self.wrong, param, ctx)
        return answer


FILLED_IN = Answer(r".+", "this may not be empty")
BRIN = Answer(r"[0-9]{2}[A-Za-z]{2}", "a BRIN is two digits and two letters, such as 99ZZ")
ADDRESS = Answer(r"[^@\s]+@[^@\s]+\.[^@\s]+", "this is no e-mail address")


@operator.command(anyhow=True)
@click.option("--board", type=FILLED_IN, prompt="Board (bevoegd gezag)", help="Name of the board.")
@click.option("--school", type=FILLED_IN, prompt="School", help="Name of the school.")
@click.option("--brin", type=BRIN, prompt="BRIN", help="Number of the school, such as 99ZZ.")
@click.option("--given-name", type=FILLED_IN, prompt="Director-bestuurder, given name", help="Of the director.")
@click.option(
    "--infix",
    prompt="Director-bestuurder, infix (van der; may be empty)",
    default="",
    show_default=False,
    help="Of the director; may be empty.",
)
@click.option("--family-name", type=FILLED_IN, prompt="Director-bestuurder, family name", help="Of the director.")
@click.option("--email", type=ADDRESS, prompt="Director-bestuurder, e-mail address", help="The director's login.")
@click.option("--site", default="http://127.0.0.1:8000", show_default=True, help="Where the site will be reached.")
def init(
    board: str, school: str, brin: str, given_name: str, infix: str, family_name: str, email: str, site: str
) -> None:
    """Start a board with its first school, and print the link with which its director comes in."""
    database.prepare_instance(current_app)  # type: ignore[arg-type]
    with made_again(current_app) as app:  # type: ignore[arg-type]
        if log.schools():
            raise click.ClickException("There is already a school here. A second one is added on the board's page.")
        token = _found(board, school, brin, (given_name, infix, family_name), email)
    with app.test_request_context(base_url=site):
        link = url_for("accounts.welcome", token=token, _external=True)
    click.echo(f"{school} is ready. This link works once, for seven days; give it to {given_name} only:\n\n  {link}\n")
    click.echo(f"Keep two copies of {app.config['KEY_FILE']} outside this machine: without it no word can be read.")


def _found(board: str, school: str, brin: str, director: tuple[str, str, str], email: str) -> str:
    """Record the board, the school and its director in one transaction; return the secret of the invitation."""
    from intranet.accounts.commands import invite
    from intranet.people.commands import assign_duty, register_person
    from intranet.schools.commands import found_board, open_school

    given_name, infix, family_name = director
    board_id, school_id = uuid4(), uuid4()
    with acting(school=board_id), log.unit_of_work():
        found_board(board, board_id=board_id)
        open_school(board_id, school, brin=brin, school_id=school_id)
        with acting(school=school_id):
            person = register_person(kind="staff", given_name=given_name, infix=infix, family_name=family_name)
            assign_duty(person, "executive_director")
            _, token = invite(board_id, person_id=person, works_at=school_id, address=email)
    return token
