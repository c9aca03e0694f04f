"""The feeds of everybody in a story, and what none of them may say."""

import re

from icalendar import Calendar

from events.log.context import acting
from tests.contracts.story import Story
from tests.contracts.told_mail import BETRAYING
from tests.contracts.watching import texts_in

ROLES = ("teacher", "care_coordinator", "bullying_coordinator", "head_teacher", "executive_director")


def feeds_of(story: Story) -> dict[str, bytes]:
    """Return what a calendar program gets of everybody for whom much waits."""
    from intranet.accounts.commands import make_agenda_address

    board, found = story.board, {}
    for role in ROLES:
        _give_second_factor(story, role)
        with board.acting_as(role):
            secret = make_agenda_address(board.board, board.accounts[role], board.school)
        answer = board.app.test_client().get(f"/agenda/{secret}.ics")
        assert answer.status_code == 200, role
        found[role] = answer.data
    return found


def _give_second_factor(story: Story, role: str) -> None:
    """Who reads what is confidential gets no feed without it."""
    from intranet.accounts.events import Account
    from intranet.database import log

    with story.board.app.app_context(), acting(school=story.board.board):
        account = log.get(Account, story.board.accounts[role])
        account.add_second_factor(kind="totp")
        log.save(account)


def told_in(story: Story, feed: bytes) -> set[str]:
    """Return what a feed says that it must not: a text of the story, a name, a word that betrays, an id of the log."""
    from intranet.people.roster import roster

    with story.board.app.app_context():
        people = roster(story.board.school)
        names = {word for name in people.values() for word in (name.full, name.given) if word}
        groups = {f"groep {group.name}" for group in people.groups.values()}
        ids = {event.originator_id.hex for event in story.board.log.history(story.board.school)}
    text = re.sub(r"\r\n ", "", feed.decode())
    lowered = text.lower()
    words = {word for word in (*BETRAYING, *names, *groups) if re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE)}
    return words | texts_in(text.encode()) | {each for each in ids if each in lowered.replace("-", "")}


def kinds_in(feed: bytes) -> set[str]:
    """Return what stands at the days of a feed."""
    return {str(event["SUMMARY"]) for event in Calendar.from_ical(feed).walk("VEVENT")}


def kinds_written_before(story: Story) -> set[str]:
    """Return all that may stand there: words of the core, and of the manifests of plugins."""
    from intranet.home.due import KINDS

    plugins = list(story.board.app.extensions["geborgen.plugins"])
    with story.board.app.test_request_context():
        of_plugins = [
            str(kind) for each in plugins for kind in (each.manifest.title, *each.manifest.due_kinds.values())
        ]
        return {*map(str, KINDS.values()), *of_plugins}
