"""Who reaches which suspicion about staff: the answers, written by hand and never taken from the access table."""

from tests.contracts.written_answers import NOT_IN_SERVICE, pages

MATTER_PAGES = {
    "see": """
        GET      /staff-matters/<uuid:matter_id>
        GET      /staff-matters/<uuid:matter_id>/recorded
        POST     /staff-matters/<uuid:matter_id>/notes
    """,
    "withdraw_note": """
        POST     /staff-matters/<uuid:matter_id>/notes/<int:note>/withdraw
        POST     /staff-matters/<uuid:matter_id>/notes/<int:note>/put-back
    """,
    "handle": """
        POST     /staff-matters/<uuid:matter_id>/named
        POST     /staff-matters/<uuid:matter_id>/receipt
        POST     /staff-matters/<uuid:matter_id>/inspector
        POST     /staff-matters/<uuid:matter_id>/judgement
        POST     /staff-matters/<uuid:matter_id>/informed
        POST     /staff-matters/<uuid:matter_id>/police
        POST     /staff-matters/<uuid:matter_id>/measures
        POST     /staff-matters/<uuid:matter_id>/close
        POST     /staff-matters/<uuid:matter_id>/reopen
    """,
}
"""Pages of one matter. Its reporter reaches the first of these for ever; whoever is named in it reaches none.

Each matter has a note of who reported it: nobody but its writer withdraws one, whatever they handle."""

STATES = ("received", "fallen_through", "closing_asked")
"""With the director; about a director, so with who oversees the board; with the director, who asked to close it."""

HANDLES = {
    "executive_director": {"received", "closing_asked"},
    "supervisory_board": {"fallen_through", "closing_asked"},
}
"""Who handles it; nobody else does, whatever their duties."""

RELATIONS = ("reporter", "other", "named")

DONE_WITH = {page: doing for doing, text in MATTER_PAGES.items() for page in pages(text)}


def handles(role: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty handles such a matter for the board."""
    return relation != "named" and state in HANDLES.get(role, ())


def has_receipt(role: str, relation: str) -> bool:
    """Tell whether somebody with this duty reported it."""
    return relation == "reporter" and role not in NOT_IN_SERVICE


def does(role: str, doing: str, relation: str, state: str) -> bool:
    """Tell whether somebody with this duty reaches a page of such a matter."""
    if doing == "withdraw_note":
        return has_receipt(role, relation)
    return handles(role, relation, state) or (doing == "see" and has_receipt(role, relation))
