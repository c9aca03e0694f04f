"""Write what authors of plugins read and is made from the program: docs/hooks.md, docs/events.md, docs/api.md, and the
code in docs/writing-a-plugin.md; `--check` only compares.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The checkout, not what may be installed.
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from plugin_documents import api_page, events_page, hooks_page, tutorial_page  # noqa: E402

PAGES = {"hooks.md": hooks_page, "events.md": events_page, "api.md": api_page, "writing-a-plugin.md": tutorial_page}


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them; 1 when one is not as it should be."""
    different = []
    for name, made in PAGES.items():
        page = ROOT / "docs" / name
        now = page.read_text("utf-8") if page.exists() else ""
        wanted = made.page(now)
        if now != wanted and "--check" in arguments:
            different.append(f"docs/{name} is not what the program says. Run: make documents")
        elif now != wanted:
            page.write_text(wanted, "utf-8")
    print("\n".join(different), end="\n" if different else "")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
