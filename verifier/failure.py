"""Why a copy could not be checked at all, as opposed to being found different."""


class CannotCheck(Exception):
    """The question could not be answered; `reason` names the sentence in verifier/sentences.py."""

    def __init__(self, reason: str, **details: object):
        super().__init__(reason)
        self.reason = reason
        self.details = details
