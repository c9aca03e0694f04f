"""What a plugin says of itself that never changes while the program runs."""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from events.frozen import frozen
from intranet.contributions import NoticeKind

CODE = r"[a-z0-9][a-z0-9_.]{0,63}"
API_VERSION = 1
"""Raised when `intranet.api` or a hook changes in a way that an older core cannot serve."""


@frozen(kw_only=True)
class Permission:
    """Something that can be done in a plugin, and who may do it.

    `name` is `<plugin>.<verb>`. `title` says in Dutch what it allows ("patronen bekijken"). `holders` are duties
    (`"head_teacher"`), or a duty with the relation to the record in which it holds (`"teacher:own_group"`); `"staff"`
    is everybody in service of the school. Who is in no row may not (default deny). `changeable`: it is about reading
    records, and a school may give it to other duties, or take it away, on its page "Wie mag wat lezen".
    """

    name: str
    title: Any
    holders: tuple[str, ...]
    changeable: bool = False


@frozen(kw_only=True)
class Manifest:
    """The facts of a plugin; every module `plugin.py` has one, called `manifest`.

    - `name`: the folder's name, lower case with underscores; prefix of its templates, tables, permissions, settings.
    - `title`, `description`: what it is called and what a school gets, in Dutch, marked with `_l()`.
    - `icon`: the name of a Lucide icon in the sprite.
    - `permissions`: all that a view of the plugin may require.
    - `event_labels`: what each of its events is called in the filters of the review, by name in the log
      (`"patterns.measure.Proposed"`).
    - `duties`: tasks that the plugin brings to the duty register, by code (`"kanjertraining.coordinator"`), with what
      each is called. A school with the plugin on gives them to people; permissions name them as any other duty.
    - `notices`: the kinds of notices that the plugin gives to people with `notify`, each with a permission of its own.
    - `due_kinds`: what the kinds of its `DueDate`s are called in somebody's own calendar, by code
      (`"kanjertraining.lesson"`): a word without a name.
    - `told_of`: the classes of events that its `event_recorded` does something with; of nothing else it is told, and
      whoever records something else does not wait for it. Empty: it is told of everything.
    - `settings_form`: the class of the form in which a school changes the plugin's settings; the fields' defaults hold
      until then. None: nothing to set.
    - `always_enabled`: every school has it; nobody can switch it off.
    - `made_for`: the version of the API it was written against. A newer one than the core's is refused by name.
    """

    name: str
    title: Any
    description: Any
    icon: str = "puzzle"
    permissions: tuple[Permission, ...] = ()
    event_labels: Mapping[str, Any] = field(default_factory=dict)
    duties: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[NoticeKind, ...] = ()
    due_kinds: Mapping[str, Any] = field(default_factory=dict)
    told_of: tuple[type, ...] = ()
    settings_form: type | None = None
    always_enabled: bool = False
    made_for: int = API_VERSION

    def _notices(self) -> list[str]:
        return [name for kind in self.notices for name in (kind.code, kind.permission)]

    def faults(self) -> list[str]:
        """Return what is wrong with it, one sentence each; empty when it can be used."""
        found = [
            f"{what} is empty" for what in ("name", "title", "description", "icon") if not str(getattr(self, what))
        ]
        if self.name and not (self.name.isidentifier() and self.name == self.name.lower()):
            found.append(f"its name {self.name!r} is not lower case letters, digits and underscores")
        for each in (
            *(permission.name for permission in self.permissions),
            *self.event_labels,
            *self.duties,
            *self._notices(),
            *self.due_kinds,
        ):
            if not each.startswith(f"{self.name}."):
                found.append(f"{each!r} does not begin with {self.name!r} and a point")
        if not isinstance(self.told_of, tuple) or not all(isinstance(each, type) for each in self.told_of):
            found.append("its told_of is no tuple of classes of events")
        found += [f"{duty!r} is no code" for duty in self.duties if not re.fullmatch(CODE, duty)]
        if self.made_for > API_VERSION:
            found.append(f"it is made for version {self.made_for} of the API; this core has {API_VERSION}")
        return found
