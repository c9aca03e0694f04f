"""Finds, checks and mounts plugins; what each school enabled is asked elsewhere."""

import logging
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pluggy
from flask import Flask, abort, current_app, g

from events.frozen import frozen
from events.log.errors import LogUnfit
from events.log.kinds import registry
from events.log.projection import Projection
from intranet import features, hooks
from intranet.access import Rule, public, rules_from
from intranet.manifest import Manifest
from intranet.people import duties

logger = logging.getLogger(__name__)
ENTRY_POINTS = "geborgen.plugins"
EXTENSION = "geborgen.plugins"
_NOT_OURS = "static"


class HookUnknown(LogUnfit):
    """A plugin answers a question that the core does not ask, or asks for an argument that a hook has not."""


class PluginRefused(Exception):
    """A plugin cannot be used; the rest of the product starts without it."""


@frozen
class Plugin:
    """A plugin that can be used: its manifest, and the module in which it answers hooks."""

    manifest: Manifest
    module: ModuleType

    @property
    def name(self) -> str:
        """The name in addresses of pages, tables and the log."""
        return self.manifest.name

    @property
    def folder(self) -> Path:
        """Where its templates, static files and translations are."""
        return Path(self.module.__file__ or ".").resolve().parent

    def answers(self, hook: str) -> bool:
        """Tell whether it implements a hook."""
        return hasattr(getattr(self.module, hook, None), f"{hooks.PROJECT}_impl")


@dataclass(slots=True)
class Installed:
    """All plugins of an application: those in use by name, in order of name, and those refused with the reason.

    `switched_on` tells the names of what a school enabled; activation sets it when the application is built.
    """

    pluggy: pluggy.PluginManager
    by_name: dict[str, Plugin] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    rules: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    changeable: set[str] = field(default_factory=set)
    switched_on: Callable[[UUID], frozenset[str]] = lambda _school: frozenset()

    def __iter__(self) -> Iterator[Plugin]:
        return iter(self.by_name.values())

    def owner_of(self, permission: str) -> Plugin | None:
        """Return the plugin that brought a permission, None for one of the core."""
        return self.by_name.get(permission.partition(".")[0]) if permission in self.rules else None

    def enabled_for(self, school: UUID) -> frozenset[str]:
        """Return the names of the plugins that a school has, those that every school has included."""
        always = {plugin.name for plugin in self if plugin.manifest.always_enabled}
        return (self.switched_on(school) | always) & self.by_name.keys()

    def enabled_here(self) -> list[Plugin]:
        """Return the plugins of the school of this request, in order of name; asked once for a request."""
        if "enabled_plugins" not in g:
            g.enabled_plugins = self.enabled_for(g.school.id) if "school" in g else frozenset()
        return [plugin for plugin in self if plugin.name in g.enabled_plugins]

    def is_on_for(self, permission: str) -> bool:
        """Tell whether the school of this request has what a permission belongs to."""
        owner = self.owner_of(permission)
        return owner is None or owner in self.enabled_here()

    def implementation(self, plugin: Plugin, hook: str) -> pluggy.HookImpl | None:
        """Return a plugin's function for a hook, None when it has none."""
        found: list[pluggy.HookImpl] = getattr(self.pluggy.hook, hook).get_hookimpls()
        return next((each for each in found if each.plugin_name == plugin.name), None)


def installed() -> Installed:
    """Return the plugins of the current application."""
    plugins: Installed = current_app.extensions[EXTENSION]
    return plugins


def load(app: Flask) -> Installed:
    """Find and check every plugin there is.

    One that cannot be used is refused by name and the product starts without it. Raises `HookUnknown` for a hook or an
    argument that is not in `hooks.py`: a misspelt name would silently never be called.
    """
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    plugins = Installed(manager)
    for name, found in sorted(_found(plugins), key=lambda each: each[0]):
        try:
            _accept(plugins, _checked(name, found))
        except PluginRefused as reason:
            plugins.refused[name] = str(reason)
            logger.error("The plugin %s is not used: %s.", name, reason)
    try:
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        known = ", ".join(each for group in hooks.GROUPS for each in group)
        raise HookUnknown(
            f"The plugin {error.plugin.__name__} has a hook that does not exist: {error}. There are: {known}."
        ) from error
    app.extensions[EXTENSION] = plugins
    return plugins


def _found(plugins: Installed) -> Iterator[tuple[str, Any]]:
    """Give each plugin's name with what imports it; bundled ones come first, so nobody takes their name."""
    # By name: the core depends on no plugin, not even on there being any.
    bundled = import_module("plugins")
    names = [module.name for module in pkgutil.iter_modules(bundled.__path__) if module.ispkg]
    for name in names:
        yield name, lambda name=name: import_module(f"{bundled.__name__}.{name}.plugin")
    for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda each: (each.name, each.value)):
        if point.name in names:
            plugins.refused[f"{point.name} ({point.value})"] = "another plugin has this name already"
        else:
            names.append(point.name)
            yield point.name, point.load


def _checked(name: str, found: Any) -> Plugin:
    if name in features.taken_names():
        raise PluginRefused("the core uses this name for its own pages or events")
    try:
        module = found()
    except Exception as error:
        logger.exception("The plugin %s cannot be imported.", name)
        raise PluginRefused(f"it cannot be imported ({type(error).__name__}: {error})") from error
    manifest = getattr(module, "manifest", None)
    if not isinstance(manifest, Manifest):
        raise PluginRefused("its plugin.py has no manifest")
    if faults := manifest.faults():
        raise PluginRefused("; ".join(faults))
    if manifest.name != name:
        raise PluginRefused(f"its manifest calls it {manifest.name!r}")
    if strange := _events_named_otherwise(name, module):
        raise PluginRefused(f"its event {strange[0]} is not called {name}.…")
    return Plugin(manifest, module)


def _events_named_otherwise(name: str, module: ModuleType) -> list[str]:
    """Return the events of a plugin whose name in the log says that they are of somebody else."""
    package = module.__package__ or module.__name__
    own = [kind.name for kind in registry if f"{kind.aggregate.__module__}.".startswith(f"{package}.")]
    return [each for each in own if each.partition(".")[0] != name]


def _accept(plugins: Installed, plugin: Plugin) -> None:
    taken = {rule.permission for rules in plugins.rules.values() for rule in rules}
    rules = {each.name: rules_from(each.name, *each.holders) for each in plugin.manifest.permissions}
    if again := taken & rules.keys():
        raise PluginRefused(f"another plugin has the permission {min(again)}")
    try:
        plugins.pluggy.register(plugin.module, plugin.name)
    except pluggy.PluginValidationError as error:
        said = " ".join(str(error).split())
        raise HookUnknown(f"The plugin {plugin.name} does not fit the hooks: {said}.") from error
    plugins.by_name[plugin.name] = plugin
    plugins.rules.update(rules)
    plugins.changeable |= {each.name for each in plugin.manifest.permissions if each.changeable}
    duties.bring(plugin.manifest.duties)


def once(plugins: Installed, hook: str) -> Iterator[tuple[Plugin, list[Any]]]:
    """Ask every plugin a question of the start; one that fails here is refused as a whole."""
    for plugin in list(plugins):
        implementation = plugins.implementation(plugin, hook)
        if implementation is None:
            continue
        try:
            yield plugin, list(implementation.function())
        except Exception as error:
            logger.exception("The plugin %s failed in %s.", plugin.name, hook)
            refuse(plugins, plugin, f"it failed in {hook} ({type(error).__name__})")


def refuse(plugins: Installed, plugin: Plugin, reason: str) -> None:
    """Take a plugin out of use, with the reason."""
    plugins.by_name.pop(plugin.name, None)
    plugins.refused[plugin.name] = reason
    for permission in plugin.manifest.permissions:
        plugins.rules.pop(permission.name, None)
        plugins.changeable.discard(permission.name)
    if plugins.pluggy.is_registered(plugin.module):
        plugins.pluggy.unregister(plugin.module)


def projections(plugins: Installed) -> list[Projection]:
    """Return the projections of all plugins. A name that is not the plugin's own is refused."""
    found: list[Projection] = []
    for plugin, of_plugin in once(plugins, "register_projections"):
        strange = [each.name for each in of_plugin if each.name.partition(".")[0] != plugin.name]
        if strange:
            refuse(plugins, plugin, f"its projection {strange[0]} is not called {plugin.name}.…")
        else:
            found += of_plugin
    return found


def catalogs(plugins: Installed) -> list[tuple[Path, str]]:
    """Return the folder and the domain of each plugin's translations."""
    return [(plugin.folder / "translations", plugin.name) for plugin in plugins]


def prefix_of(plugin: Plugin) -> str:
    """Return where a plugin's pages begin."""
    return f"/{plugin.name.replace('_', '-')}"


def mount(app: Flask, plugins: Installed) -> None:
    """Register the pages of every plugin. One whose views say not who may see them is refused before it is mounted."""
    for plugin, blueprints in once(plugins, "register_blueprints"):
        if not blueprints or blueprints[0].name != plugin.name:
            refuse(plugins, plugin, f"its first blueprint is not called {plugin.name}")
            continue
        before = set(app.view_functions)
        for blueprint in blueprints:
            app.register_blueprint(blueprint, url_prefix=prefix_of(plugin))
        for endpoint in set(app.view_functions) - before:
            view = app.view_functions[endpoint]
            if endpoint.rpartition(".")[2] == _NOT_OURS:
                app.view_functions[endpoint] = _for_anybody(view)
            elif not _says_who(view, plugin):
                # A page of which nobody said who may see it is shown to nobody.
                app.view_functions[endpoint] = _nobody
                logger.error("The page %s of the plugin %s does not say who may see it.", endpoint, plugin.name)


def _says_who(view: Any, plugin: Plugin) -> bool:
    if not hasattr(view, "permission"):
        return False
    return view.permission is None or view.permission in {each.name for each in plugin.manifest.permissions}


def _for_anybody(view: Any) -> Any:
    # Flask's own view of static files is a bound method, on which nothing can be written.
    return public(lambda **arguments: view(**arguments))


def _nobody(**_: Any) -> Any:
    abort(404)
