"""`flask intranet new-plugin`: a plugin that works, with its tests, to be changed into another one."""

import keyword
import re
from importlib import import_module
from importlib.metadata import PackageNotFoundError, entry_points, version
from pathlib import Path
from pkgutil import iter_modules

import click

from intranet import features
from intranet.cli.group import operator
from intranet.plugin_manager import ENTRY_POINTS

EXAMPLE = Path(__file__).parent / "new_plugin"
"""The plugin that is copied: it runs, is tested and is read in docs/writing-a-plugin.md under another name."""
COPIED = {"", ".cfg", ".css", ".html", ".md", ".po", ".py", ".toml"}
"""What it is written in; what tools leave behind in it (compiled code, caches) stays there."""
LONGEST_NAME = 24
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


@operator.command("new-plugin", anyhow=True)
@click.argument("name")
@click.option("--title", help="What people will call it, in Dutch. Left out, the name with a capital.")
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), default=".", show_default=True, help="Make it in here."
)
def new_plugin(name: str, title: str | None, into: Path) -> None:
    """Write a plugin that works, with tests: a distribution of its own in the folder geborgen-NAME."""
    if reason := refusal(name):
        raise click.ClickException(reason)
    folder = into / f"geborgen-{name.replace('_', '-')}"
    if folder.exists():
        raise click.ClickException(f"{folder} is there already. Choose another name, or another folder with --into.")
    written = write(name, _sound_title(title, name), folder)
    click.echo(
        f"{folder}: {written} files. Try it out:\n\n"
        f"  cd {folder}\n  python3 -m venv .venv\n  .venv/bin/pip install GEBORGEN -e '.[test]'\n  .venv/bin/pytest\n\n"
        "GEBORGEN is a checkout of the product, or its wheel. docs/writing-a-plugin.md in it explains all of this."
    )


def refusal(name: str) -> str | None:
    """Return why a plugin cannot have this name, None when it can."""
    if not _NAME.fullmatch(name):
        return (
            f"A plugin cannot be called {name!r}: use lower case letters, digits and single underscores, "
            "and begin with a letter, as in lost_property."
        )
    if len(name) > LONGEST_NAME:
        return f"The name {name!r} is too long: {LONGEST_NAME} characters is the most."
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return f"A plugin cannot be called {name!r}: that is a word of Python itself."
    if name in _installed_names():
        return f"There is a plugin {name} already. Choose another name."
    if name in features.taken_names():
        return f"The core uses the name {name} for its own pages or events. Choose another name."
    return None


def write(name: str, title: str, folder: Path) -> int:
    """Write the plugin to a folder that is not there yet. Returns how many files it has."""
    words = {
        # A dot in front would hide it from whatever packs or searches these files.
        "gitignore": ".gitignore",
        "plugin_name": name,
        "plugin-name": name.replace("_", "-"),
        "Plugin title": title,
        "geborgen>=GEBORGEN_VERSION": _requirement(),
    }
    sources = example_files()
    for source in sources:
        target = folder / _with(words, source.relative_to(EXAMPLE).as_posix())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_with(words, source.read_text("utf-8")), "utf-8")
    return len(sources)


def example_files() -> list[Path]:
    """Return the files that are copied."""
    every = [path for path in EXAMPLE.rglob("*") if path.is_file() and path.suffix in COPIED]
    return sorted(path for path in every if "/." not in f"/{path.relative_to(EXAMPLE).as_posix()}")


def _with(words: dict[str, str], text: str) -> str:
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text


def _sound_title(title: str | None, name: str) -> str:
    title = " ".join((title or name.replace("_", " ").capitalize()).split())
    # It is written between quotes in Python, in templates, in a catalog and in setup.cfg.
    if not title or len(title) > 60 or not title.replace(" ", "").replace("-", "").isalnum():
        raise click.ClickException("A title is at most 60 letters, digits, spaces and hyphens.")
    return title


def _installed_names() -> set[str]:
    bundled = import_module("plugins")
    return {module.name for module in iter_modules(bundled.__path__)} | {
        point.name for point in entry_points(group=ENTRY_POINTS)
    }


def _requirement() -> str:
    try:
        return f"geborgen>={version('geborgen')}"
    except PackageNotFoundError:
        # Run from a checkout: which release will have what it uses is not known yet.
        return "geborgen"
