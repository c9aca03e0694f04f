"""All mail that a story makes, and what none of it may say."""

import re
from types import SimpleNamespace
from typing import Any

from events.log import clock
from tests.contracts.story import Story
from tests.contracts.watching import texts_in


def letters_of(story: Story) -> list[str]:
    """Return all mail that the story makes of its notices, and that of every kind that there is."""
    from intranet.notices.kinds import KINDS, plugin_kinds
    from intranet.notices.mail import compose
    from intranet.notices.projections import notice

    with story.board.app.app_context(), story.board.log.read_engine.connect() as connection:
        rows: list[Any] = list(connection.execute(notice.select()))
        # What was seen to already has no row any more.
        kinds = {code: kind.urgent for code, kind in (*KINDS.items(), *plugin_kinds().items())}
        assert any("." in code for code in kinds)
        rows += [SimpleNamespace(kind=code, urgent=urgent, position=1) for code, urgent in kinds.items()]
        now = clock.now()
        together = [compose("a@b.example", rows, urgent=urgent, whose="a", since=now) for urgent in (False, True)]
        alone = [compose("a@b.example", [row], urgent=row.urgent, whose="a", since=now) for row in rows]
        return [f"{dict(each.items())}\n\n{each.get_content()}" for each in (*together, *alone)]


BETRAYING = (
    "incident", "signaal", "signal", "zaak", "pestzaak", "medewerker", "bestuur", "noodtoegang", "emergency", "board",
)  # fmt: skip
"""Words in no mail: what kind of record it is about would say too much to who reads along."""


def told_of(story: Story, letter: str) -> set[str]:
    """Return what a mail says that it must not: a text of the story, a name, a word that betrays, an id."""
    from intranet.people.roster import roster

    with story.board.app.app_context():
        names = {name.full for name in roster(story.board.school).values()}
    words = {word for word in (*BETRAYING, *names) if re.search(rf"\b{re.escape(word)}", letter, re.IGNORECASE)}
    body = letter.partition("\n\n")[2]
    return words | texts_in(letter.encode()) | set(re.findall(r"[0-9a-f]{8}-?[0-9a-f]{4}", body))
