"""How the expected answers are written: pages in lines, who reads what in tables, and what a word in a table covers."""

NOT_IN_SERVICE = ("signed_out", "parent_in_council", "supervisory_board")
"""Who has nothing of what `staff` has."""


def rows(table: str) -> dict[str, list[str]]:
    """Read a table: the first word of a line and the words after it; lines that begin with a space are heads."""
    return {line.split()[0]: line.split()[1:] for line in table.splitlines() if line and not line.startswith(" ")}


def pages(text: str) -> list[tuple[str, str]]:
    """Read lines such as `GET POST /people` as methods with an address."""
    found = []
    for line in text.splitlines():
        *methods, address = line.split() or [""]
        found += [(method, address) for method in methods]
    return found


EMERGENCY = "care_coordinator protection_officer head_teacher"
"""Who may take emergency access. With it they read what is about a pupil, and do no more with it than before."""
COVERS = {
    "never": frozenset(),
    "mine": frozenset({"reporter"}),
    "group": frozenset({"reporter", "own_group", "own_pupil"}),
    "all": frozenset({"reporter", "own_group", "own_pupil", "other_group", "shared"}),
}
