"""Everything a feature or plugin may import from the intranet, and nothing else."""

from events.incident import Incident
from events.log.aggregate import ERASED, SEALED, Aggregate, Code, Personal, event
from events.log.context import acting, current_actor, current_school
from events.log.errors import AlreadyDone, ChangedMeanwhile, LogUnavailable, NotFound, Refused
from events.log.folding import Entry, FoldedProjection
from events.log.mapper import from_milliseconds, to_milliseconds
from events.log.projection import Projection, on, projection_table
from events.signal import Signal
from intranet.access import may, public, requires
from intranet.activation.enabled import plugin_settings
from intranet.as_of.trying import trial
from intranet.audit.readings import record_readings
from intranet.calendar.days import SchoolCalendar, SchoolYear
from intranet.calendar.reading import school_calendar
from intranet.cases.reading import open_cases_of_group
from intranet.charts import Bar, BarChart, Shade, ShadeTable, number
from intranet.contributions import (
    FAILS,
    HOLDS,
    WEAK,
    DueDate,
    EventDescription,
    HomeCard,
    MenuItem,
    NoticeKind,
    PersonalField,
    PlanAssertion,
    QuickAction,
    RecordCard,
    RetentionTerm,
    SearchResult,
    Subject,
    TimelineEntry,
    Told,
)
from intranet.database import db, log
from intranet.demo.history import DemoSchool, DemoStory
from intranet.exports.making import export_page
from intranet.exports.sheet import Column, ListToExport, Sheet, exported_list
from intranet.forms import ButtonForm, DayField, Form, has_been, is_to_come
from intranet.hooks import hookimpl
from intranet.incidents import kinds as incident_words
from intranet.looked_at import also_shows, only_looks, only_now, then_and_now
from intranet.manifest import API_VERSION, Manifest, Permission
from intranet.notices.giving import notify
from intranet.people.belonging import refuse_outside_group
from intranet.people.colleagues import refuse_no_colleague
from intranet.people.register import own_groups, teachers_of
from intranet.people.roster import GroupName, Name, Roster, roster
from intranet.people.today import school_zone, today
from intranet.records import may_read_record, record_page, record_url
from intranet.screens.showing import ScreenLink, on_screen, open_screen
from intranet.search.asked import Asked, Word
from intranet.signals import kinds as signal_words
from intranet.table_files.reading import ReadTable, read_day, read_table
from intranet.undoing import mistake, say_undoable
from intranet.uploads import UnreadableFile, Uploads

__all__ = [
    "API_VERSION",
    "Aggregate",
    "AlreadyDone",
    "Asked",
    "Bar",
    "BarChart",
    "ButtonForm",
    "ChangedMeanwhile",
    "Code",
    "Column",
    "DayField",
    "DemoSchool",
    "DemoStory",
    "DueDate",
    "ERASED",
    "Entry",
    "EventDescription",
    "FAILS",
    "FoldedProjection",
    "Form",
    "GroupName",
    "HOLDS",
    "HomeCard",
    "Incident",
    "ListToExport",
    "LogUnavailable",
    "Manifest",
    "MenuItem",
    "Name",
    "NotFound",
    "NoticeKind",
    "Permission",
    "Personal",
    "PersonalField",
    "PlanAssertion",
    "Projection",
    "QuickAction",
    "ReadTable",
    "RecordCard",
    "Refused",
    "RetentionTerm",
    "Roster",
    "SEALED",
    "SchoolCalendar",
    "SchoolYear",
    "ScreenLink",
    "SearchResult",
    "Shade",
    "ShadeTable",
    "Sheet",
    "Signal",
    "Subject",
    "TimelineEntry",
    "Told",
    "UnreadableFile",
    "Uploads",
    "WEAK",
    "Word",
    "acting",
    "also_shows",
    "current_actor",
    "current_school",
    "db",
    "event",
    "export_page",
    "exported_list",
    "from_milliseconds",
    "has_been",
    "hookimpl",
    "incident_words",
    "is_to_come",
    "log",
    "may",
    "may_read_record",
    "mistake",
    "notify",
    "number",
    "on",
    "on_screen",
    "only_looks",
    "only_now",
    "open_screen",
    "open_cases_of_group",
    "own_groups",
    "plugin_settings",
    "projection_table",
    "public",
    "read_day",
    "read_table",
    "record_page",
    "record_readings",
    "record_url",
    "refuse_no_colleague",
    "refuse_outside_group",
    "requires",
    "roster",
    "say_undoable",
    "school_calendar",
    "school_zone",
    "signal_words",
    "teachers_of",
    "then_and_now",
    "to_milliseconds",
    "today",
    "trial",
]
