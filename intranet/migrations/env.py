"""Runs the history over one database, in the transaction of whoever asked; see `intranet/schema.py`."""

from alembic import context

asked = context.config.attributes
if asked["marker_schema"]:
    # Until the end of the transaction: a step then names a table in the same way on both databases.
    asked["connection"].exec_driver_sql(f"SET LOCAL search_path TO {asked['marker_schema']}")
context.configure(connection=asked["connection"], version_table_schema=asked["marker_schema"])
context.run_migrations(part=asked["part"])
