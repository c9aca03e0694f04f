"""What the columns and cells of the need-to-know table are called."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intranet.access import ANY, bound_of
from intranet.plugin_manager import installed

OF_CORE = {
    "incidents.read": _l("Incidenten"),
    "incidents.read_confidential": _l("Vertrouwelijk"),
    "signals.read": _l("Signalen"),
    "cases.read": _l("Zaken"),
}
"""The columns of the core, in order."""
FIXED = {"incidents.read_staff_matter": _l("Over een medewerker")}
"""What is shown in the table and no school changes: WPO art. 4a."""

RELATIONS = {
    ANY: _l("alles"),
    "own_group": _l("eigen groep"),
    "own": _l("wat over jezelf gaat"),
    "reporter": _l("eigen melding"),
    "serious": _l("als het ernstig is"),
    "flagged": _l("als het over thuis gaat"),
    "bullying": _l("als het op pesten lijkt"),
    "escalated": _l("als het is voorgelegd"),
    "leader": _l("als je de zaak leidt"),
    "participant": _l("als je meedoet"),
    "shared": _l("als het gedeeld is"),
    "emergency": _l("met noodtoegang"),
    "owner": _l("wie erop let"),
}
"""In which cases somebody with a duty reads a record."""


def changeable() -> list[str]:
    """Return the permissions that this school may change, those of its plugins after those of the core."""
    plugins = installed()
    of_plugins = sorted(name for plugin in plugins.enabled_here() for name in plugins.changeable if _of(name, plugin))
    return [name for name in (*OF_CORE, *of_plugins) if bound_of(name) is not None]


def _of(permission: str, plugin: Any) -> bool:
    return permission.partition(".")[0] == plugin.name


def first_upper(words: str) -> str:
    """Return words as they begin a line; "BHV'er" keeps its capitals."""
    return words[:1].upper() + words[1:]


def column_of(permission: str) -> str:
    """Return the heading of a column: the title of a plugin says enough where one of its permissions may be changed."""
    plugin = installed().by_name.get(permission.partition(".")[0])
    alone = plugin is not None and sum(_of(name, plugin) for name in installed().changeable) == 1
    return first_upper(str(plugin.manifest.title if plugin is not None and alone else title_of(permission)))


def title_of(permission: str) -> Any:
    """Return what is read with a permission; of a plugin that is not installed its code."""
    if permission in OF_CORE or permission in FIXED:
        return OF_CORE.get(permission) or FIXED[permission]
    titles = {each.name: each.title for plugin in installed() for each in plugin.manifest.permissions}
    return titles.get(permission, permission)
