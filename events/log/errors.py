"""What the log can refuse or fail to do, each as a sentence for the person who reads it."""

from uuid import UUID


class LogError(Exception):
    """Root of everything the log raises; `sentence` is fit to be shown."""

    def __init__(self, sentence: object):
        super().__init__(sentence)

    @property
    def sentence(self) -> str:
        return str(self.args[0])


class Refused(LogError):
    """A rule of the procedure is broken: nothing was recorded, the sentence says which rule."""


class NotFound(LogError):
    """No such record in this school."""


class ChangedMeanwhile(LogError):
    """Somebody else changed the same record between reading and saving; nothing was recorded."""


class AlreadyDone(LogError):
    """This form was submitted before; `stream` and `kind` name the record it made."""

    def __init__(self, stream: UUID, kind: str):
        super().__init__("This form was already recorded.")
        self.stream = stream
        self.kind = kind


class OnlyReading(LogError):
    """Something that only looks (the past, a plugin asked for a page) tried to write; nothing was recorded."""


class LogUnavailable(LogError):
    """The store cannot write now (disk full, locked, database away); nothing was recorded, unless `unsure`.

    `unsure`: the connection broke while the transaction was being committed, so it may have been recorded after all.
    """

    def __init__(self, sentence: str, *, unsure: bool = False):
        super().__init__(sentence)
        self.unsure = unsure


class RebuildRunning(LogError):
    """Another process makes the same tables again; nothing was changed."""


class RebuildFailed(LogError):
    """A handler of a projection raised while the past was replayed; the rows that pages read are as they were."""


class LogUnfit(LogError):
    """The store may not be used as it stands: in memory, on a network drive, an unsafe SQLite, a schema behind."""


class UnknownSchool(LogError):
    """Something was asked of the log outside a school; `acting(school=…)` was not entered."""
