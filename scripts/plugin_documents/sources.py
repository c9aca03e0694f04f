"""What the sources say of a name: its docstring, or the text below it where it is given a value."""

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

MADE = "<!-- Made by `make documents` from {source}; what is written here by hand is lost. -->\n\n"


class Undocumented(Exception):
    """Something that authors of plugins use is not explained anywhere."""


def tree_of(module: ModuleType) -> ast.Module:
    """Return the parsed source of a module."""
    return ast.parse(Path(module.__file__ or "").read_text("utf-8"))


def constant_sentence(name: str, module: ModuleType) -> str | None:
    """Return the text below the assignment of a name, looked up where the name comes from."""
    body = tree_of(module).body
    for statement, after in zip(body, [*body[1:], None], strict=True):
        if isinstance(statement, ast.ImportFrom) and name in {alias.asname or alias.name for alias in statement.names}:
            source = import_module(statement.module or "")
            return constant_sentence(name, source) if (source.__file__ or "").endswith(".py") else None
        if name in _assigned(statement) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            return inspect.cleandoc(str(after.value.value))
    return None


def _assigned(statement: ast.stmt) -> set[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}


def docstring(thing: Any, name: str) -> str:
    """Return a docstring of our own. Raises `Undocumented` when there is none."""
    text = inspect.getdoc(thing)
    if not text:
        raise Undocumented(f"{name} has no docstring.")
    return text


def first_sentence(text: str) -> str:
    """Return the first sentence of a docstring, on one line."""
    paragraph = " ".join(text.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?]) (?=[A-Z`])", paragraph)[0]


def annotation_text(annotation: Any) -> str:
    """Return a type as it is written in a signature."""
    if isinstance(annotation, str):
        return annotation.strip("'\"")
    return inspect.formatannotation(annotation).replace("typing.", "").replace("NoneType", "None")


def signature_text(function: Any) -> str:
    """Return the arguments of a function and what it returns, as they are written."""
    signature = inspect.signature(function)
    kept = [each for each in signature.parameters.values() if each.name not in ("self", "cls")]
    said = str(signature.replace(parameters=kept))
    # Annotations that are texts have quotes, and types the module they are from.
    said = re.sub(r"((?:: |-> ))'([^']*)'", r"\1\2", said)
    said = re.sub(r"\b(?:[a-z_]+\.)+([A-Za-z]\w*)", r"\1", said).replace("~", "")
    return re.sub(r" -> Callable\[\[.*$", "", said)
