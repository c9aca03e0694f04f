"""The person who is signed in, as Flask-Login's `current_user`: a row of the session table and what hangs on it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from intranet.access import STAFF
from intranet.accounts import sessions
from intranet.accounts.known_people import BOARD_DUTY, LOOKS_IN, duties_of, name_of


class SignedIn:
    """A live session, its account, and its person in the school it is at."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, token: str, row: Any):
        self._token = token
        self.row = row
        self.id_hash: bytes = row.id_hash
        self.account_id: UUID = row.account
        self.board_id: UUID = row.board
        self.home_school_id: UUID = row.works_at
        self.has_second_factor: bool = row.second_factor
        self.proved_at: int | None = row.proved_at
        self.second_factor_at: int | None = row.second_factor_at

    @classmethod
    def of(cls, token: str) -> "SignedIn | None":
        """Return who a session's id stands for, None when it ended or still waits for a code."""
        row = sessions.read(token)
        return None if row is None or row.waits_for_code else cls(token, row)

    def get_id(self) -> str:
        """Return what goes into the signed cookie: the session's id, never the account's."""
        return self._token

    @cached_property
    def school_id(self) -> UUID:
        """The school the person is at; who may no longer be there is at home."""
        return self.row.school if self.row.person_here or self.is_of_board else self.row.works_at

    @cached_property
    def person_id(self) -> UUID:
        """The person, as the school they are at knows them; a visitor from the board, as their own school does."""
        person_id: UUID = self.row.person_here or self.row.person
        return person_id

    @cached_property
    def is_of_board(self) -> bool:
        """Whether the person may look in at every school of the board."""
        return bool(self._of_board)

    @cached_property
    def _of_board(self) -> frozenset[str]:
        return LOOKS_IN & duties_of(self.row.works_at, self.row.person)

    @cached_property
    def duties(self) -> frozenset[str]:
        """The codes of what the person is charged with today, at the school they are at."""
        if self.school_id == self.home_school_id:
            return duties_of(self.home_school_id, self.row.person)
        here = duties_of(self.school_id, self.person_id) if self.row.person_here else frozenset()
        return here | self._of_board | ({STAFF} if BOARD_DUTY in self._of_board else frozenset())

    @cached_property
    def name(self) -> str:
        """The person's name, for their own eyes."""
        return name_of(self.home_school_id, self.row.person)
