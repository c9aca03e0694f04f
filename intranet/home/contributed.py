"""What plugins put on the home page: quick actions and cards; their dates stand in the one list."""

from typing import Any

from flask import url_for

from intranet.api import may
from intranet.hook_calls import contributions


def to_home() -> dict[str, Any]:
    """Return what the template of the home page shows of plugins, for the person who is signed in."""
    return {
        "quick_actions": [
            {"label": each.label, "icon": each.icon, "href": url_for(each.endpoint)}
            for _plugin, each in contributions("quick_actions")
            if each.permission is None or may(each.permission)
        ],
        "cards": [
            each for _plugin, each in contributions("home_cards") if each.permission is None or may(each.permission)
        ],
    }
