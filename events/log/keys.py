"""Which data key belongs to which dossier or person: taken into use by the event that names it, refused once erased."""

from uuid import UUID

from sqlalchemy import bindparam, select

from events.log.errors import Refused
from events.log.keystore import KeyStore
from events.log.tables import key_use
from events.log.unit_of_work import UnitOfWork, current_unit

_key_of_owner = (
    select(key_use.c.key_id, key_use.c.erased_at)
    .where(key_use.c.school == bindparam("of_school"), key_use.c.owner == bindparam("of_owner"))
    .order_by(key_use.c.position.desc())
    .limit(1)
)
_gone = "De gegevens van dit dossier zijn gewist. Er kan niets meer bij."


class OwnedKeys:
    """Hands the mapper the key of an owner when writing, and any key that still exists when reading."""

    def __init__(self, store: KeyStore):
        self.store = store

    def key_for(self, owner: UUID, *, new: bool = False) -> tuple[str, bytes]:
        """Return the id and bytes of the owner's data key, taking one into use if there is none.

        Runs inside a unit of work. Raises `Refused` when the owner was erased: nothing is ever added to it again.
        """
        unit = current_unit()
        if unit is None:
            raise RuntimeError("A data key is taken into use inside a unit of work only.")
        known = unit.data_keys.get(owner)
        if known is None:
            known = unit.data_keys[owner] = self._find_or_take(unit, owner, new)
        return known

    def _find_or_take(self, unit: UnitOfWork, owner: UUID, new: bool) -> tuple[str, bytes]:
        if not new:
            row = unit.connection.execute(_key_of_owner, {"of_school": unit.school, "of_owner": owner}).first()
            if row is not None:
                key = None if row.erased_at is not None else self.store.open(row.key_id)
                if key is None:
                    raise Refused(_gone)
                return row.key_id, key
        taken = self.store.take()
        unit.connection.execute(
            key_use.insert(),
            {"key_id": taken.id, "school": unit.school, "owner": owner, "position": unit.size + 1, "erased_at": None},
        )
        return taken.id, taken.key

    def open(self, key_id: str) -> bytes | None:
        """Return a data key, None when it was destroyed."""
        return self.store.open(key_id)
