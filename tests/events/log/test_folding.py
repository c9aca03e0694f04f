"""A folded projection has the same rows after each save and after a replay in pages of any length."""

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from events.log.context import acting
from events.log.folding import ROWS_AT_ONCE, ColumnsInsert, Entry, FoldedProjection
from events.log.projection import in_memory, projection_table
from events.log.store import Log
from tests.events.log.lost_property import FoundItem, found

item = projection_table(
    "folded_item", sa.Column("item", sa.Uuid, primary_key=True), sa.Column("open", sa.Boolean, nullable=False)
)
owner = projection_table(
    "folded_owner",
    sa.Column("item", sa.Uuid, primary_key=True),
    sa.Column("owner", sa.Uuid, primary_key=True),
)


def _handed_back(entry: Entry, event: FoundItem.HandedBack) -> None:
    entry.facts["open"] = False
    entry.lists[owner].append((event.owner_id,))


class Owners(FoldedProjection):
    """Which items are still here, and to whom the others went."""

    name = "folded.owners"
    tables = (item, owner)
    begins = {FoundItem.Found: lambda event: Entry({"open": True}, {owner: []})}
    folds = {FoundItem.HandedBack: _handed_back}


def rows(connection: sa.Connection) -> tuple[set[tuple], set[tuple]]:
    return tuple(set(map(tuple, connection.execute(sa.select(table)))) for table in (item, owner))


def told(log: Log, school: UUID) -> tuple[set[tuple], set[tuple]]:
    """Find five items, hand two of them back, and return the rows that this must give."""
    items, people = [found(place=f"plek-{number}") for number in range(5)], [uuid4(), uuid4()]
    with acting(school=school):
        for each in items:
            log.save(each)
        for each, person in zip(items[1:], people, strict=False):
            again = log.get(FoundItem, each.id)
            again.hand_back(owner_id=person, remark=None)
            log.save(again)
    gone = {items[1].id, items[2].id}
    return (
        {(school, each.id, each.id not in gone) for each in items},
        {(school, each.id, person) for each, person in zip(items[1:], people, strict=False)},
    )


@pytest.fixture
def log(make_log) -> Log:
    return make_log(Owners())


def test_each_save_is_in_the_tables(log: Log, school: UUID) -> None:
    expected = told(log, school)
    with log.read() as connection:
        assert rows(connection) == expected
    assert log.rebuild(log.projector.projections[0], school) == 7
    with log.read() as connection:
        assert rows(connection) == expected


@pytest.mark.parametrize("length", [1, 3, 6, 100])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_page_of_any_length_gives_the_same_rows(log: Log, school: UUID, length: int) -> None:
    expected = told(log, school)
    history = list(log.history(school))
    with in_memory(Owners.tables) as tables:
        for start in range(0, len(history), length):
            Owners().handle_batch(tables, history[start : start + length])
        assert rows(tables) == expected


class OnlyOwners(Owners):
    """The same, for who does not care whether an item is still here."""

    name = "folded.only_owners"
    folds = {FoundItem.HandedBack: lambda entry, event: entry.lists[owner].append((event.owner_id,))}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_table_in_which_nothing_changed_is_not_written(make_log, school: UUID) -> None:
    log, written = make_log(OnlyOwners()), []
    with acting(school=school):
        mine = found()
        log.save(mine)
        again = log.get(FoundItem, mine.id)
        again.hand_back(owner_id=uuid4(), remark=None)
        sa.event.listen(log.write_engine, "before_cursor_execute", lambda *seen: written.append(seen[2]))
        log.save(again)
    assert [each for each in written if each.startswith("INSERT INTO folded_owner")]
    assert not [each for each in written if "folded_item" in each and not each.startswith("SELECT")]


@pytest.mark.parametrize("many", [0, 1, ROWS_AT_ONCE - 1, ROWS_AT_ONCE, ROWS_AT_ONCE + 1, 3 * ROWS_AT_ONCE + 5])
def test_every_row_comes_in_once_however_many_there_are(log: Log, school: UUID, many: int) -> None:
    expected = {(school, uuid4(), number % 3 == 0) for number in range(many)}
    columns = list(zip(*(row[1:] for row in expected), strict=True))
    with log.write_engine.begin() as connection:
        ColumnsInsert(item)(connection, school, columns)
    with in_memory([item]) as memory:
        ColumnsInsert(item)(memory, school, columns)
        assert set(map(tuple, memory.execute(sa.select(item)))) == expected
    with log.read() as connection:
        assert set(map(tuple, connection.execute(sa.select(item)))) == expected
