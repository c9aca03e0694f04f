"""docs/api.md: every name of `intranet.api` with what it is for, and what the tests of a plugin may import."""

import dataclasses
import inspect
import re
from pathlib import Path
from typing import Any

from events.log.store import Log
from intranet import api, testing
from plugin_documents.sources import MADE, Undocumented, constant_sentence, docstring, signature_text

SECTIONS = {
    "What a plugin is": ("Manifest", "Permission", "hookimpl", "API_VERSION"),
    "What happens": ("Aggregate", "event", "Personal", "Code", "Refused", "SEALED", "ERASED"),
    "The log": ("log", "acting", "current_school", "current_actor"),
    "What the log says when it cannot": ("NotFound", "ChangedMeanwhile", "AlreadyDone", "LogUnavailable"),
    "Tables": (
        "Projection",
        "FoldedProjection",
        "Entry",
        "projection_table",
        "on",
        "db",
        "to_milliseconds",
        "from_milliseconds",
    ),
    "Forms": ("Form", "ButtonForm", "DayField", "has_been", "is_to_come", "say_undoable", "mistake"),
    "Incidents, signals and cases": ("Incident", "incident_words", "Signal", "signal_words", "open_cases_of_group"),
    "Pages": ("requires", "public", "may", "record_page", "record_url", "may_read_record", "record_readings", "notify"),
    "A page in front of a class": ("open_screen", "on_screen", "ScreenLink"),
    "People and groups": (
        "roster",
        "Roster",
        "Name",
        "GroupName",
        "own_groups",
        "teachers_of",
        "refuse_no_colleague",
        "refuse_outside_group",
    ),
    "Files that people bring": ("read_table", "ReadTable", "read_day", "UnreadableFile", "Uploads"),
    "Searching": ("Asked", "Word"),
    "Days": ("today", "school_zone", "school_calendar", "SchoolCalendar", "SchoolYear"),
    "Settings of a school": ("plugin_settings",),
    "The past": ("then_and_now", "only_looks", "also_shows", "only_now", "trial"),
    "The practice school": ("DemoSchool", "DemoStory"),
    "Charts": ("Bar", "BarChart", "Shade", "ShadeTable", "number"),
    "Lists that leave the program": ("exported_list", "export_page", "ListToExport", "Sheet", "Column"),
}
IN_HOOKS = "intranet.contributions"
"""What hooks return is in docs/hooks.md, and only named here."""
METHODS = {"log": (Log, ("save", "get", "get_each", "facts", "history", "head", "version_of", "unit_of_work"))}
OWN_WORDS = {
    "event": 'Marks the method that makes an event: `@event("HandedBack")`. Its arguments are the fields of the event, '
    "each with its type; its body is what changes in the record, also when the past is read back. So it refuses "
    "nothing: a rule is checked in the method that calls it.",
    "incident_words": "The words a school chooses from when it records an incident: `KINDS`, `PLACES`, `MOMENTS`, "
    "`ROLE_LABELS` and `SEVERITY_LABELS`; `kind_of(code)`, `place_of(code)` and `moment_label(code)` for the codes in "
    "an event; `with_mark(STAFF_MATTER)` for the kinds that go straight to the board and count nowhere else.",
    "signal_words": "The words of signals: `TITLES` for what was noticed (good, seen, or worrying) and `MARK_LABELS` "
    "for what it may be a sign of; `marks_of(signal)` for the codes of those in a signal.",
}
BEGINNING = """\
# What a plugin may import

`intranet.api` is the one module of ours that a plugin imports. What is in it is kept: a change that breaks a plugin
raises `API_VERSION`. Beside it a plugin uses what everybody has: Flask, Flask-Babel, WTForms and SQLAlchemy.

[writing-a-plugin.md](writing-a-plugin.md) shows most of it at work.

"""
TESTING = """\
## intranet.testing

For the tests of a plugin, which may import this module too.

"""
ICONS = """\
## Icons

Wherever an icon has a name, it is one of these. They are [Lucide](https://lucide.dev/) icons.

"""


def page(_now: str) -> str:
    """Return the page as it should be. Raises `Undocumented` for a name that stands in no section."""
    of_hooks = [name for name in api.__all__ if _source_of(name) == IN_HOOKS]
    placed = {name for names in SECTIONS.values() for name in names}
    if strange := placed.symmetric_difference(set(api.__all__) - set(of_hooks)):
        raise Undocumented(
            f"Put these names of intranet.api in a section of docs/api.md: {', '.join(sorted(strange))}."
        )
    parts = [MADE.format(source="`intranet/api.py`"), BEGINNING]
    for title, names in SECTIONS.items():
        parts.append(f"## {title}\n\n")
        parts += [_name(name, getattr(api, name), api) for name in names]
    links = [f"`{name}`" if name.isupper() else f"[`{name}`](hooks.md#{name.lower()})" for name in of_hooks]
    parts.append(f"## What hooks return\n\n{', '.join(links)}: see [hooks.md](hooks.md).\n\n")
    parts.append(TESTING)
    parts += [_name(name, getattr(testing, name), testing) for name in testing.__all__]
    return "".join([*parts, ICONS, _icons()])


def _source_of(name: str) -> str:
    tree = Path(api.__file__).read_text("utf-8")
    found = re.search(rf"^from (\S+) import (?:\([^)]*?\b{name}\b[^)]*?\)|[^(\n]*\b{name}\b)", tree, re.MULTILINE)
    return found[1] if found else ""


def _name(name: str, thing: Any, module: Any) -> str:
    said = OWN_WORDS.get(name) or constant_sentence(name, module)
    owner, methods = METHODS.get(name, (thing, None))
    if inspect.isclass(thing):
        head, said = f"class {name}", docstring(thing, name)
    elif inspect.isfunction(thing) and name not in OWN_WORDS:
        head, said = f"{name}{signature_text(thing)}", docstring(thing, name)
    else:
        head = name
    if said is None:
        raise Undocumented(f"Nothing says what {name} is for: write a text below it where it gets its value.")
    lines = "".join(_methods(owner, methods)) if inspect.isclass(owner) else ""
    if dataclasses.is_dataclass(thing) and "- `" not in said:
        lines = f"Fields: {', '.join(f'`{field.name}`' for field in dataclasses.fields(thing))}.\n\n{lines}"
    return f"### {name}\n\n`{head}`\n\n{_with_code(said)}\n\n{lines}"


def _methods(owner: type, wanted: tuple[str, ...] | None) -> list[str]:
    found = []
    for name in wanted or [each for each in vars(owner) if not each.startswith("_")]:
        member = vars(owner).get(name)
        function = member.fget if isinstance(member, property) else getattr(member, "__func__", member)
        if not inspect.isfunction(function) or not function.__doc__ or function.__module__.startswith("eventsourcing"):
            continue
        arguments = "" if isinstance(member, property) else signature_text(function)
        text = " ".join(inspect.getdoc(function).split())  # type: ignore[union-attr]
        found.append(f"- `{name}{arguments}`: {text}\n")
    return [*found, "\n"] if found else []


def _with_code(text: str) -> str:
    """Return a docstring with its indented examples as Python."""
    return re.sub(
        r"(?:^ {4}.*\n?|^\n(?= {4}))+",
        lambda block: "```python\n" + re.sub(r"^ {4}", "", block[0].strip("\n"), flags=re.MULTILINE) + "\n```\n",
        text,
        flags=re.MULTILINE,
    ).strip()


def _icons() -> str:
    sprite = Path(api.__file__).parent / "static" / "icons" / "sprite.svg"
    names = sorted(set(re.findall(r'<symbol[^>]* id="([a-z0-9-]+)"', sprite.read_text("utf-8"))))
    return ", ".join(f"`{name}`" for name in names) + "\n"
