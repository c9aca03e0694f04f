"""Rows are changed and removed by their keys, whatever the keys and the values are."""

from datetime import date
from uuid import uuid4

import sqlalchemy as sa

from events.log.projection import in_memory, projection_table
from events.log.rows import change, remove

lent = projection_table(
    "lost_property_lent",
    sa.Column("item", sa.Uuid, primary_key=True),
    sa.Column("until", sa.Date),
    sa.Column("back", sa.Boolean, nullable=False),
)


def test_only_the_rows_with_these_keys_are_changed_or_removed() -> None:
    school, one, other = uuid4(), uuid4(), uuid4()
    with in_memory((lent,)) as db:
        found = sa.select(lent.c.item, lent.c.until, lent.c.back).order_by(lent.c.back)
        db.execute(lent.insert(), [{"school": school, "item": each, "back": False} for each in (one, other)])
        assert change(db, lent, {"school": school, "item": one}, until=date(2026, 12, 1), back=True) == 1
        assert db.execute(found).all() == [(other, None, False), (one, date(2026, 12, 1), True)]
        assert change(db, lent, {"school": school}, until=None) == 2
        assert change(db, lent, {"school": uuid4()}, until=None) == 0
        remove(db, lent, school=uuid4(), item=one)
        remove(db, lent, school=school, item=other)
        assert db.execute(found).all() == [(one, None, True)]
