"""Which kinds of records have promises: how one is opened, who may read it, and where its pages are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Protocol
from uuid import UUID

from flask import url_for
from flask_babel import LazyString
from flask_login import current_user
from sqlalchemy import Column, ColumnElement

from events.follow_up import FollowUp
from events.frozen import frozen
from intranet.access import ANY, relations_of
from intranet.incidents.readable import Reader


class Standing(Protocol):
    """How somebody stands to a record."""

    @property
    def may_read(self) -> bool: ...

    def may(self, permission: str) -> bool: ...


@frozen
class Followed:
    """A kind of record with promises: `argument` is its id in an address, `prefix` begins the names of its pages.

    `read` and `follow` are permissions: of who may read it, and of who may promise something. `record` is its id in
    its register, `relation_clauses` are the conditions on that of how somebody stands to it. `closed` is the condition
    that opening it is itself recorded: then a list tells nothing of what is in it.
    """

    argument: str
    prefix: str
    overview: str
    label: LazyString
    read: str
    follow: str
    open: Callable[..., Standing]
    record: Column[UUID]
    closed: ColumnElement[bool]
    relation_clauses: Callable[[Reader], Mapping[str, ColumnElement[bool]]]
    standing: Callable[[Any, frozenset[str], Collection[str]], Standing]
    before_showing: Callable[[UUID, Any], None]

    def opens(self, standing: Standing, promise: FollowUp) -> bool:
        """Tell whether who is signed in reaches a promise: whoever made it, or who may follow the record up."""
        return standing.may(self.follow) or bool(promise.owner == current_user.person_id)

    def url(self, page: str, record_id: UUID, **more: Any) -> str:
        """Return the address of a page about the promises of a record."""
        return url_for(f"{self.prefix}{page}", **{self.argument: record_id}, **more)

    def way_to(self, record_id: UUID, follow_up_id: UUID, someone: Reader, *, own: bool = False) -> str:
        """Return the address of a promise, their own or of somebody else; of its record for who only reads that."""
        if own or ANY in relations_of(self.follow, someone.duties):
            return self.url("promise", record_id, follow_up_id=follow_up_id)
        return self.back(record_id)

    def back(self, record_id: UUID) -> str:
        """Return the address of the page on which all its promises are."""
        return url_for(self.overview, **{self.argument: record_id})
