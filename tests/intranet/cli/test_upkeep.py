"""An operator sees what is wrong, and repairs it with the command that is named."""

from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from events.log.tables import projection
from intranet.schools.commands import open_school
from tests.intranet.cli.conftest import grow, wrong


def test_a_sound_installation_is_said_to_be_sound(operate, a_school):
    assert wrong(operate) == []
    checked = operate("check")
    assert f"{a_school}: 4 events" in checked.output
    assert ("fsync=off" in checked.output) == (checked.exit_code == 1)


def test_a_stopped_projection_is_named_and_upgrade_repairs_it(operate, a_school, app_on_both):
    with app_on_both.extensions["geborgen.log"].write_engine.begin() as connection:
        stop = projection.update().where(projection.c.school == a_school).values(error="ValueError", position=1)
        connection.execute(stop)
    checked = operate("check")
    assert checked.exit_code == 1
    assert "stopped: " in checked.output
    assert "flask intranet upgrade" in checked.output
    assert operate("upgrade").exit_code == 0
    assert wrong(operate) == []


def test_upgrade_makes_a_missing_table_again(operate, a_school, app_on_both):
    log = app_on_both.extensions["geborgen.log"]
    table = next(table for each in log.projector.projections for table in each.tables if each.name == "people.people")
    with log.write_engine.begin() as connection:
        before = connection.scalar(sa.select(sa.func.count()).select_from(table))
        connection.execute(sa.text(f"DROP TABLE {table.name}"))
        connection.execute(projection.delete().where(projection.c.name.startswith("people.people")))
    assert operate("upgrade").exit_code == 0
    with log.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(table)) == before > 0


def test_rebuild_gives_the_same_rows(operate, a_school, app_on_both):
    log = app_on_both.extensions["geborgen.log"]

    def rows():
        with log.read() as connection:
            every = [table for each in log.projector.projections for table in each.tables]
            return {table.name: sorted(map(repr, connection.execute(sa.select(table)))) for table in every}

    before = rows()
    assert any(before.values())
    assert operate("rebuild").exit_code == 0
    assert rows() == before


def test_one_plugin_of_one_school_is_rebuilt_and_nothing_else(operate, a_school, app_on_both):
    """Every row is wiped first, so that what has rows again is what was rebuilt."""
    log = app_on_both.extensions["geborgen.log"]
    with app_on_both.app_context():
        board = next(each for each in log.schools() if each != a_school)
        other = open_school(board, "IBS De Buren", school_id=uuid4())
    grow(app_on_both, other)
    tables = {
        each: projection.name.partition(".")[0]
        for projection in log.projector.projections
        for each in projection.tables
    }

    def rows():
        with log.read() as connection:
            found = {
                (plugin, school, table.name): sorted(
                    map(repr, connection.execute(sa.select(table).where(table.c.school == school)))
                )
                for table, plugin in tables.items()
                for school in log.schools()
            }
        return {at: its for at, its in found.items() if its}

    before = rows()
    assert {plugin for plugin, school, _table in before if school == a_school} > {"people"}
    with log.write_engine.begin() as connection:
        for table in tables:
            connection.execute(sa.delete(table))
    assert operate("rebuild", "--plugin", "people", "--school", a_school).exit_code == 0
    people = {at: its for at, its in before.items() if at[:2] == ("people", a_school)}
    assert rows() == people
    assert operate("rebuild", "--school", other).exit_code == 0
    assert rows() == people | {at: its for at, its in before.items() if at[1] == other}


def test_rebuild_says_what_there_is_not(operate, a_school):
    for asked, said in (
        (("--projection", "people.nothing"), "people.people"),
        (("--plugin", "nothing"), "people.people"),
        (("--plugin", "people", "--projection", "schools.school"), "no such projection"),
        (("--school", "6f0e7c52-3f0b-4d0e-9c36-0a5d3f2b8a11"), "no school with id 6f0e7c52"),
        (("--school", "De Proef"), "not a valid UUID"),
    ):
        refused = operate("rebuild", *asked)
        assert refused.exit_code == 2
        assert said in " ".join(refused.output.split())


def test_keys_are_wrapped_anew_and_words_stay_readable(operate, a_school, app_on_both):
    from tests.intranet.cli.conftest import names

    store = app_on_both.extensions["geborgen.log"].key_store
    before = store.key_file.newest.id
    rotated = operate("keys", "rotate")
    assert rotated.exit_code == 0, rotated.output
    store.key_file.reload()
    assert list(store.key_file.wrapping_keys) != [before]
    store.forget()
    grow(app_on_both, a_school)
    assert names(app_on_both, a_school) == ["Collega0", "Collega1", "Collega2", "Collega0"]


def test_a_port_in_use_is_said_before_anything_starts(operate):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = operate("serve", "--bind", f"127.0.0.1:{taken.getsockname()[1]}")
    assert refused.exit_code == 1
    assert "--bind" in refused.output


def test_a_folder_that_others_can_look_into_is_found(operate, a_school, app_on_both):
    folder = Path(app_on_both.config["INSTANCE"])
    folder.chmod(0o750)
    assert any(f"chmod 700 {folder}" in finding for finding in wrong(operate))
    folder.chmod(0o700)
    assert wrong(operate) == []
