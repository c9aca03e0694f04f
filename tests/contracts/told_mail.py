"""All mail that a story makes, and what none of it may say."""

import re

from tests.contracts.story import Story
from tests.contracts.watching import texts_in


def letters_of(story: Story) -> list[str]:
    """Return all mail that the story makes, to everybody: of every notice, also of what was seen."""
    from intranet.notices.kinds import KINDS
    from intranet.notices.mail import compose
    from intranet.notices.projections import notice

    with story.board.app.app_context(), story.board.log.read_engine.connect() as connection:
        rows = connection.execute(notice.select()).all()
        assert {row.kind for row in rows} >= KINDS.keys() - {"mentioned"}
        together = [compose("a@b.example", rows, urgent=urgent, whose="a") for urgent in (False, True)]
        alone = [compose("a@b.example", [row], urgent=row.urgent, whose="a") for row in rows]
        return [message.as_string() for message in (*together, *alone)]


BETRAYING = ("incident", "signaal", "signal", "zaak", "medewerker", "bestuur", "noodtoegang", "emergency", "board")
"""Words in no mail: what kind of record it is about would say too much to who reads along."""


def told_of(story: Story, letter: str) -> set[str]:
    """Return what a mail says that it must not: a text of the story, a name, a word that betrays, an id."""
    from intranet.people.roster import roster

    with story.board.app.app_context():
        names = {name.given for name in roster(story.board.school).values()}
    words = {word for word in (*BETRAYING, *names) if re.search(rf"\b{re.escape(word)}", letter, re.IGNORECASE)}
    body = letter.partition("\n\n")[2]
    return words | texts_in(letter.encode()) | set(re.findall(r"[0-9a-f]{8}-?[0-9a-f]{4}", body))
