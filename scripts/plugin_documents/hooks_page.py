"""docs/hooks.md: every hook with its arguments, what it returns and who uses it, and what hooks can return."""

import ast
import dataclasses
import inspect
import re
import textwrap
from pathlib import Path
from types import FunctionType

from intranet import contributions, hook_calls, hooks, plugin_manager
from intranet.cli import authoring
from plugin_documents.sources import MADE, annotation_text, constant_sentence, docstring, signature_text

GROUPS = {
    "AT_START": "At the start",
    "FOR_A_PAGE": "For a page",
    "AFTER_A_FACT": "After a fact",
    "ALWAYS": "Always",
    "FOR_THE_DEMO": "For the practice school",
}
BEGINNING = """\
# Hooks

A hook is a question that the core asks its plugins. A plugin answers with a function of the same name in its
`plugin.py`, marked `@hookimpl`. It may leave out arguments that it does not use. A name or an argument that does not
exist stops the start, because a misspelt hook would never be called.

[writing-a-plugin.md](writing-a-plugin.md) shows most of them at work; [api.md](api.md) lists what a plugin may import.

What the core does with answers:

- A plugin has {deadline} second to answer a question for a page. One that is late is left out, and is not asked that
  question again for {rest} minutes by that process. One that raises, or returns something else than a list, is left out
  and logged. The page is made.
- Answers come from a thread with a read-only session of its own: a plugin that tries to record something while a page
  is made gets `OnlyReading`.
- The core sorts what it gets, so the order in which plugins are installed changes nothing.
- `GEBORGEN_TRACE_HOOKS=1` prints each question to each plugin on standard error, with how much it answered and how long
  it took: `hook menu_items of lost_property: 1 MenuItem in 0.3 ms`. It prints no values, because they may name people.

"""


def page(_now: str) -> str:
    """Return the page as it should be."""
    rest = f"{hook_calls.REST / 60:g}"
    parts = [
        MADE.format(source="`intranet/hooks.py` and `intranet/contributions.py`"),
        BEGINNING.format(deadline=f"{hook_calls.DEADLINE:g}", rest=rest),
    ]
    users = _users()
    for group, title in GROUPS.items():
        parts.append(f"## {title}\n\n{constant_sentence(group, hooks)}\n\n")
        parts += [_hook(getattr(hooks, name), users.get(name, [])) for name in getattr(hooks, group)]
    parts.append("## What hooks return\n\nPlain values, all imported from `intranet.api`.\n\n")
    parts += [_value(kind) for kind in vars(contributions).values() if dataclasses.is_dataclass(kind)]
    return "".join(parts).rstrip() + "\n"


def _hook(hook: FunctionType, users: list[str]) -> str:
    text = docstring(hook, hook.__name__)
    used = f"Used by {', '.join(users)}.\n\n" if users else ""
    return f"### {hook.__name__}\n\n`{hook.__name__}{signature_text(hook)}`\n\n{_as_markdown(text)}\n\n{used}"


def _as_markdown(text: str) -> str:
    parts = []
    for part in re.split(r"\n\n", text):
        if part.startswith("    "):
            parts.append(f"```python\n{textwrap.dedent(part)}\n```")
        elif part.startswith(":param "):
            parts.append(re.sub(r":param (\w+): ", r"- `\1`: ", re.sub(r"\n {4}", "\n  ", part)))
        else:
            parts.append(part)
    return "\n\n".join(parts)


def _value(kind: type) -> str:
    rows = [f"| `{field.name}` | `{_type(field.type)}` | {_default(field)} |\n" for field in dataclasses.fields(kind)]
    table = "| field | type | when left out |\n|---|---|---|\n" + "".join(rows)
    return f"### {kind.__name__}\n\n{docstring(kind, kind.__name__)}\n\n{table}\n"


def _type(annotation: object) -> str:
    said = annotation_text(annotation).replace(" | ", " or ")
    # `Any` is a text that may be translated only when it is shown.
    return re.sub(r"(?:\w+\.)+(\w)", r"\1", "text" if said == "Any" else said)


def _default(field: "dataclasses.Field[object]") -> str:
    return "needed" if field.default is dataclasses.MISSING else f"`{field.default!r}`"


def _users() -> dict[str, list[str]]:
    """Return who answers each hook: bundled plugins, and the one of the tutorial."""
    bundled = Path(inspect.getfile(plugin_manager)).parent.parent / "plugins"
    modules = {
        f"[{path.parent.name}](../plugins/{path.parent.name}/plugin.py)": path for path in bundled.glob("*/plugin.py")
    }
    modules["[the plugin of the tutorial](writing-a-plugin.md)"] = (
        authoring.EXAMPLE / "geborgen_plugin_name" / "plugin.py"
    )
    found: dict[str, list[str]] = {}
    for name, path in sorted(modules.items()):
        for each in ast.parse(path.read_text("utf-8")).body:
            if isinstance(each, ast.FunctionDef) and any(
                ast.unparse(mark) == "hookimpl" for mark in each.decorator_list
            ):
                found.setdefault(each.name, []).append(name)
    return found
