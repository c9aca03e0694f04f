"""Write the table of settings in docs/operations.md from `intranet/config.py`; `--check` only compares it."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from intranet.config import PREFIX, SETTINGS, Setting  # noqa: E402  the checkout, not what may be installed

PAGE = ROOT / "docs" / "operations.md"
BEGIN, END = "<!-- settings: made by make documents -->\n", "<!-- end of settings -->\n"


def row(setting: Setting) -> str:
    """Return one line of the table."""
    default = str(setting.default).lower() if isinstance(setting.default, bool) else str(setting.default)
    shown = f"`{default}`" if default else ""
    return f"| `{PREFIX}{setting.name}` | {shown} | {setting.meaning} |\n"


def with_table(page: str) -> str:
    """Return the page with the table as it should be. Fails when the marks are not there once."""
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    head = "| name | default | meaning |\n|---|---|---|\n"
    return before + BEGIN + head + "".join(map(row, SETTINGS)) + END + after


def main(arguments: list[str]) -> int:
    """Write the table, or compare it; 1 when it is not as it should be."""
    now = PAGE.read_text("utf-8")
    wanted = with_table(now)
    if "--check" not in arguments:
        PAGE.write_text(wanted, "utf-8")
    elif now != wanted:
        print("The settings in docs/operations.md are not those of intranet/config.py. Run: make documents")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
