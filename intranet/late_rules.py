"""Rules of addresses that learn to build their address the first time that a page asks for it."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LateRule(Rule):
    """A rule of Werkzeug whose two builders are compiled when they are needed.

    Compiling them for every page was four fifths of the time that building the application took, and few are
    ever used in one process. Where Werkzeug no longer has this step, nothing changes but that time.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(super(LateRule, self)._compile_builder(append_unknown))
            return compiled[0](rule, **values)

        return build
