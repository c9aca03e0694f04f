"""Whose log is looked at: that of the school, or, for who may see it, that of the board with its accounts."""

from uuid import UUID

from flask import g, request

from intranet.api import log, may

from .sentences import Names

BOARD = "board"


def audited() -> UUID:
    """Return the school or board whose log this request asks for."""
    return g.school.board_id if is_board() else g.school.id


def is_board() -> bool:
    """Tell whether the board's log is asked for, by somebody who may see it."""
    return request.args.get("of") == BOARD and may("audit.board")


def names(*, shown: bool = True) -> Names:
    """Return the people who can occur in the log that is asked for: in the board's those of all its schools."""
    others = [each for each in log.schools() if each != g.school.id] if is_board() else []
    return Names(g.school.id, *others, shown=shown)
