"""The small school of the incident tests, with the table that it can change."""

from tests.intranet.incidents.conftest import small_school

__all__ = ["small_school"]
