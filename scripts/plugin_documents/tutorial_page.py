"""docs/writing-a-plugin.md: its words are written by hand, its code is that of the plugin that new-plugin writes."""

import ast
import re
import tempfile
from functools import cache
from pathlib import Path

from intranet.cli import authoring
from plugin_documents.sources import Undocumented

NAME, TITLE = "lost_property", "Gevonden voorwerpen"
BLOCK = re.compile(r"<!-- code: (?P<file>\S+?)(?: (?P<names>[\w., ]+))? -->\n```(?P<language>\w*)\n.*?```\n", re.DOTALL)
ANY_BLOCK = re.compile(r"^```(\w+)\n", re.MULTILINE)
LANGUAGES = {".py": "python", ".html": "jinja", ".css": "css", ".cfg": "ini", ".toml": "toml", ".po": "po"}
BY_HAND = {"console"}


def page(now: str) -> str:
    """Return the page with the code as it is. Raises `Undocumented` for a block that says not where it is from."""
    made = BLOCK.sub(_block, now)
    from_files = len(BLOCK.findall(made))
    others = [language for language in ANY_BLOCK.findall(made) if language not in BY_HAND]
    if len(others) != from_files:
        raise Undocumented(
            f"docs/writing-a-plugin.md has {len(others)} blocks of code; {from_files} say where they are from: "
            "write <!-- code: FILE NAMES --> above each."
        )
    return made


def _block(found: re.Match[str]) -> str:
    file, names = found["file"], found["names"]
    code = _files()[file]
    if names:
        code = "\n\n\n".join(part_of(code, name.strip()) for name in names.split(","))
    language = LANGUAGES[Path(file).suffix]
    mark = f"<!-- code: {file} {names} -->" if names else f"<!-- code: {file} -->"
    return f"{mark}\n```{language}\n{code.rstrip()}\n```\n"


def part_of(code: str, name: str) -> str:
    """Return the source of a function, class, method (`Item.hand_back`) or value, with what marks it."""
    lines, body, node = code.splitlines(), ast.parse(code).body, None
    for step in name.split("."):
        node = next((each for each in body if step in _names(each)), None)
        if node is None:
            raise Undocumented(f"The tutorial shows {name}, which is not there any more.")
        body = getattr(node, "body", [])
    first = min([node.lineno, *(mark.lineno for mark in getattr(node, "decorator_list", []))])
    return "\n".join(lines[first - 1 : node.end_lineno])


def _names(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.Assign):
        return {target.id for target in node.targets if isinstance(target, ast.Name)}
    if isinstance(node, ast.Expr):
        return {ast.unparse(node.value).partition("(")[0].replace(".", "_")}
    return {getattr(node, "name", "")}


@cache
def _files() -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / f"geborgen-{NAME}"
        authoring.write(NAME, TITLE, root)
        found = {
            path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()
        }
    # Files of the package are called by their own name: "events.py", not "geborgen_lost_property/events.py".
    return found | {path.partition("/")[2]: text for path, text in found.items() if path.startswith("geborgen_")}
