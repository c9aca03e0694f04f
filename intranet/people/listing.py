"""The list of people: what the address asks for, and the filters over it."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _

from events.frozen import frozen
from intranet.people.events import KINDS
from intranet.people.forms import KIND_NAMES
from intranet.people.roster import Name, Roster


@frozen
class Wish:
    """What somebody wants to see; each field is one parameter of the address."""

    kind: str | None = None
    group: UUID | None = None

    @classmethod
    def of_request(cls, everybody: Roster) -> "Wish":
        """Read the address; what is not understood is left out."""
        kind, asked = request.args.get("kind"), request.args.get("group")
        group = next((each for each in everybody.groups if asked in (each.hex, str(each))), None)
        return cls(kind if kind in KINDS else None, group)

    @property
    def parameters(self) -> dict[str, str]:
        """Return the parameters of the address, without those that say nothing."""
        said = {"kind": self.kind, "group": self.group and self.group.hex}
        return {name: value for name, value in said.items() if value}

    def found(self, everybody: Roster, text: str | None = None) -> list[Name]:
        """Return who is meant, in alphabetical order; `text` is the beginning of a name."""
        found = everybody.find(text, kind=self.kind) if text else everybody.present(self.kind)
        return [name for name in found if self.group in (None, name.group_id)]


def filters(everybody: Roster, wish: Wish) -> list[dict[str, Any]]:
    """Return the filters, each kind with how many there are."""
    kinds = [
        {"value": each, "label": KIND_NAMES[each], "count": len(everybody.present(each)), "current": each == wish.kind}
        for each in KINDS
    ]
    groups = [
        {"value": each.group_id.hex, "label": each.name, "current": each.group_id == wish.group}
        for each in everybody.groups.values()
        if each.open
    ]
    return [
        {"name": "kind", "label": _("Wie"), "options": kinds},
        {"name": "group", "label": _("Groep"), "options": groups},
    ]


def applied(everybody: Roster, wish: Wish) -> list[dict[str, str]]:
    """Return what was chosen, each with the address without it."""
    labels = {
        "kind": str(KIND_NAMES[wish.kind]) if wish.kind else None,
        "group": _("groep %(name)s", name=everybody.groups[wish.group].name) if wish.group else None,
    }
    return [
        {
            "label": label,
            "href": url_for("people.people", **{key: value for key, value in wish.parameters.items() if key != name}),
        }
        for name, label in labels.items()
        if label
    ]
