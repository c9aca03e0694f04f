"""Everything a feature or plugin may import from the intranet, and nothing else."""

from events.log.aggregate import ERASED, SEALED, Aggregate, Code, Personal, event
from events.log.context import acting, current_actor, current_school
from events.log.errors import AlreadyDone, ChangedMeanwhile, LogUnavailable, NotFound, Refused
from events.log.projection import Projection, on, projection_table
from intranet.access import may, public, requires
from intranet.database import core_tables, db, log
from intranet.forms import Form
from intranet.records import record_page, record_url

__all__ = [
    "ERASED",
    "SEALED",
    "Aggregate",
    "AlreadyDone",
    "ChangedMeanwhile",
    "Code",
    "Form",
    "LogUnavailable",
    "NotFound",
    "Personal",
    "Projection",
    "Refused",
    "acting",
    "core_tables",
    "current_actor",
    "current_school",
    "db",
    "event",
    "log",
    "may",
    "on",
    "projection_table",
    "public",
    "record_page",
    "record_url",
    "requires",
]
