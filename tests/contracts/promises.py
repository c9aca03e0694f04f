"""What every plugin promises, as functions that return what is wrong: run over all plugins, and over bad ones."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError

from events.log.kinds import EventKind
from intranet.contributions import PersonalField, RetentionTerm
from intranet.need_to_know.kinds import RELATIONS
from intranet.plugin_manager import Plugin

LONGEST_FILE = 400
OWN_IMPORT = "intranet.api"
OUR_PACKAGES = {"intranet", "events", "plugins", "templates", "verifier"}
INLINE = re.compile(r"""\s(style|on[a-z]+)\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|\|\s*safe\b""", re.IGNORECASE)
SOURCES = ("*.py", "*.html", "*.css", "*.js")


def sources(folder: Path) -> Iterator[Path]:
    """Return every file of a plugin that people write."""
    for pattern in SOURCES:
        yield from (path for path in sorted(folder.rglob(pattern)) if "vendor" not in path.parts)


def long_files(folder: Path) -> list[str]:
    """A feature that needs more is two features."""
    lengths = {path: len(path.read_text().splitlines()) for path in sources(folder)}
    return [f"{path.relative_to(folder)} has {n} lines" for path, n in lengths.items() if n > LONGEST_FILE]


def strange_imports(folder: Path) -> list[str]:
    """A plugin knows one module of ours, so that it can move to a package of its own with no edited line."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = (
                [each.name for each in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom) and not node.level
                else []
            )
            found += [
                f"{path.relative_to(folder)} imports {name}"
                for name in names
                if name.partition(".")[0] in OUR_PACKAGES and name != OWN_IMPORT
            ]
    return found


def misplaced_templates(name: str, folder: Path) -> list[str]:
    """Templates of all plugins share one namespace: each stands in a folder with the plugin's name."""
    templates = folder / "templates"
    return [
        f"{path.relative_to(folder)} does not stand in templates/{name}/"
        for path in sorted(templates.rglob("*"))
        if path.is_file() and path.relative_to(templates).parts[0] != name
    ]


def unloadable_templates(environment: Environment, names: Iterable[str]) -> list[str]:
    """A page that is seldom opened is compiled here, and not for the first time before a class."""
    found = []
    for name in names:
        try:
            environment.get_template(name)
        except TemplateError as error:
            found.append(f"{name} does not load: {error}")
    return found


def inline_code(folder: Path) -> list[str]:
    """The content policy of every page blocks style and script in the page itself; `|safe` lets words become markup."""
    return [
        f"{path.relative_to(folder)}: {match.group(0).strip()}"
        for path in sorted((folder / "templates").rglob("*.html"))
        for match in INLINE.finditer(path.read_text())
    ]


def unnamed_relations(plugin: Plugin) -> list[str]:
    """Who may what is said in words: a duty that holds for some records says for which."""
    used = {holder.partition(":")[2] for each in plugin.manifest.permissions for holder in each.holders}
    return [f"{relation} is called nothing on the page of the plugin" for relation in sorted(used - {"", *RELATIONS})]


def own_kinds(plugin: Plugin, registry: Iterable[EventKind]) -> list[EventKind]:
    """Return the kinds of events that a plugin brought."""
    return [kind for kind in registry if kind.name.partition(".")[0] == plugin.name]


def undeclared_fields(kinds: Iterable[EventKind], declared: Iterable[PersonalField]) -> list[str]:
    """A school reads what a plugin would store about people before it switches it on (AVG art. 30)."""
    known = {(each.event, each.field) for each in declared}
    return [
        f"{kind.name}.{field} is personal and not in personal_data"
        for kind in kinds
        for field in kind.personal
        if (kind.name, field) not in known
    ]


def kept_for_ever(kinds: Iterable[EventKind], terms: Iterable[RetentionTerm]) -> list[str]:
    """What holds something about a person has an end."""
    known = {each.record for each in terms}
    records = {kind.name.rpartition(".")[0] for kind in kinds if kind.personal}
    return [f"{record} has personal fields and no term in retention" for record in sorted(records - known)]


def nameless_events(plugin: Plugin, kinds: Iterable[EventKind]) -> list[str]:
    """The review filters by kind: each needs a name that people know."""
    return [f"{kind.name} has no label" for kind in kinds if kind.name not in plugin.manifest.event_labels]


def strange_tables(plugin: Plugin, projections: Iterable[Any]) -> list[str]:
    """Tables of all plugins share one database: each begins with the plugin's name, and none can hold words."""
    own = [each for each in projections if each.name.partition(".")[0] == plugin.name]
    return [
        f"the table {table.name} does not begin with {plugin.name}_"
        for projection in own
        for table in projection.tables
        if not table.name.startswith(f"{plugin.name}_")
    ]


def open_doors(app: Any, plugin: Plugin) -> list[str]:
    """Return pages of which nobody said who may see them, and that change something when they are only looked at."""
    permissions = {each.name for each in plugin.manifest.permissions}
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] != plugin.name or rule.endpoint.endswith(".static"):
            continue
        view = app.view_functions[rule.endpoint]
        if getattr(view, "permission", "") not in {*permissions, None}:
            found.append(f"{rule.endpoint} does not say who may see it")
        if rule.methods & {"PUT", "PATCH", "DELETE"}:
            found.append(f"{rule.endpoint} is changed by something else than a POST")
    return found


def without_readme(folder: Path, largest: int = 150_000) -> list[str]:
    """A plugin says on one page what it does for whom, with a picture that is there and is not too large."""
    readme = folder / "README.md"
    if not readme.exists():
        return [f"{folder.name} has no README.md"]
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", readme.read_text("utf-8"))
    if not pictures:
        return [f"{folder.name}/README.md shows no picture"]
    lost = [f"{folder.name}/README.md shows {each}, which is not there" for each in pictures
            if not (folder / each).is_file()]  # fmt: skip
    return lost + [
        f"{folder.name}/README.md shows {each}, which is too large"
        for each in pictures
        if (folder / each).is_file() and (folder / each).stat().st_size > largest
    ]


def untold_records(kinds: Iterable[EventKind], recorded: Iterable[str]) -> list[str]:
    """Who tries the practice school sees each plugin at work: its history has each kind of record of the plugin."""
    told = {name.rpartition(".")[0] for name in recorded}
    return [
        f"{record} never happens at the practice school"
        for record in sorted({kind.name.rpartition(".")[0] for kind in kinds} - told)
    ]
