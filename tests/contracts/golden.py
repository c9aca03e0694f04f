"""The golden file of event names: what was stored once can always be read. Add: `python -m tests.contracts.golden`."""

import sys
import typing
from pathlib import Path
from typing import Any

from events.log.kinds import EventKind
from events.log.personal import Code, Personal

FILE = Path(__file__).parent / "event_names.txt"
OURS = ("events", "intranet", "plugins")


def ours(kinds: Any) -> list[EventKind]:
    """Return the kinds of the product itself: tests bring some of their own."""
    return [kind for kind in kinds if kind.event_class.__module__.partition(".")[0] in OURS]


def line_of(kind: EventKind) -> str:
    """Return a kind as one line: name@version, then each stored field with its type."""
    fields = " ".join(f"{name}:{_type(kind.annotations[name])}" for name in sorted(kind.annotations))
    return f"{kind.name}@{kind.version} {fields}".rstrip()


def _type(annotation: Any) -> str:
    if annotation is Personal:
        return "personal"
    if annotation is Code:
        return "code"
    arguments = typing.get_args(annotation)
    if arguments and typing.get_origin(annotation) is not typing.Annotated:
        origin = typing.get_origin(annotation)
        inner = ",".join(
            "none" if each is type(None) else "…" if each is Ellipsis else _type(each) for each in arguments
        )
        return inner.replace(",none", "?") if inner.endswith(",none") else f"{origin.__name__}[{inner}]"
    if hasattr(annotation, "__struct_fields__"):
        hints = typing.get_type_hints(annotation, include_extras=True)
        return "{" + ",".join(f"{name}:{_type(hint)}" for name, hint in sorted(hints.items())) + "}"
    return getattr(annotation, "__name__", str(annotation)).lower()


def main() -> int:
    """Add the kinds that are new; a line that is there is never changed or removed."""
    import tempfile

    from intranet.testing import open_product

    with tempfile.TemporaryDirectory() as folder:
        app = open_product(Path(folder) / "instance")
        kinds = ours(app.extensions["geborgen.log"].registry)
    known = FILE.read_text().splitlines() if FILE.exists() else []
    names = {line.split(" ")[0] for line in known}
    added = [line for line in map(line_of, kinds) if line.split(" ")[0] not in names]
    FILE.write_text("\n".join(sorted([*known, *added])) + "\n")
    print(f"{len(added)} added, {len(known)} kept.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
