"""What happens to an export: it is made, by somebody, of something, with or without names."""

import msgspec

from events.log.aggregate import Aggregate, Code, event

FORMATS = ("excel", "csv", "pdf")


class Chosen(msgspec.Struct, frozen=True):
    """One filter as it stood: its name, and the code or id that was chosen."""

    filter: Code
    choice: Code


class Export(Aggregate):
    """A list that left the program. What was in it is not kept: list, filters and moment say it again."""

    log_name = "exports.export"

    @event("Made")
    def __init__(self, *, what: Code, format: Code, with_names: bool, rows: int, filters: tuple[Chosen, ...]):
        self.what = what
        self.format = format
        self.with_names = with_names
        self.rows = rows
        self.filters = filters
