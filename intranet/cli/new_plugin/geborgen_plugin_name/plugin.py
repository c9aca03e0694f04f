"""Plugin title: what was found or taken in, and who got it back."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from intranet.api import (
    DueDate,
    EventDescription,
    Manifest,
    MenuItem,
    Permission,
    PersonalField,
    Projection,
    QuickAction,
    RetentionTerm,
    SearchResult,
    Subject,
    TimelineEntry,
    Told,
    from_milliseconds,
    hookimpl,
    may,
)

from .events import Item
from .forms import SettingsForm
from .projections import Register, keep_until, kept_too_long, returned_to, waiting
from .views import pages

manifest = Manifest(
    name="plugin_name",
    title=_l("Plugin title"),
    description=_l("Wat is gevonden of ingenomen, en wie het terugkreeg."),
    icon="package",
    permissions=(
        Permission(
            name="plugin_name.see",
            title=_l("voorwerpen bekijken"),
            holders=("staff",),
        ),
        Permission(
            name="plugin_name.record",
            title=_l("een voorwerp vastleggen"),
            holders=("staff",),
        ),
        Permission(
            name="plugin_name.hand_back",
            title=_l("een voorwerp teruggeven"),
            holders=("staff:reporter", "support_staff", "head_teacher"),
        ),
    ),
    event_labels={
        "plugin_name.item.Recorded": _l("voorwerp vastgelegd"),
        "plugin_name.item.HandedBack": _l("voorwerp teruggegeven"),
    },
    settings_form=SettingsForm,
)


@hookimpl
def register_blueprints() -> list[Blueprint]:
    return [pages]


@hookimpl
def register_projections() -> list[Projection]:
    return [Register()]


@hookimpl
def menu_items() -> list[MenuItem]:
    return [
        MenuItem(
            manifest.title,
            endpoint="plugin_name.items",
            icon="package",
            permission="plugin_name.see",
        )
    ]


@hookimpl
def quick_actions() -> list[QuickAction]:
    return [
        QuickAction(
            _l("Leg een voorwerp vast"),
            endpoint="plugin_name.record",
            icon="package",
            permission="plugin_name.record",
        )
    ]


@hookimpl
def due_dates() -> list[DueDate]:
    late = kept_too_long() if may("plugin_name.hand_back", ()) else []
    if not late:
        return []
    note = ngettext("%(num)d voorwerp", "%(num)d voorwerpen", len(late))
    href = url_for("plugin_name.items")
    return [DueDate(keep_until(late[0]), _("Kijk wat weg kan"), href, note, "package")]


@hookimpl
def search(words: str) -> list[SearchResult]:
    items = waiting() if may("plugin_name.see") else []
    found = [item for item in items if words.casefold() in item.what.casefold()]
    return [
        SearchResult(
            item.what,
            url_for("plugin_name.item", item_id=item.id),
            manifest.title,
            icon="package",
        )
        for item in found[:20]
    ]


@hookimpl
def timeline(subject: Subject) -> list[TimelineEntry]:
    if subject.kind != "person" or not may("plugin_name.see"):
        return []
    return [
        TimelineEntry(
            from_milliseconds(row.handed_back_at),
            _("Kreeg een voorwerp terug"),
            icon="package",
            href=url_for("plugin_name.item", item_id=row.item),
        )
        for row in returned_to(subject.id)
    ]


@hookimpl
def describe_event(event: Any, told: Told) -> EventDescription | None:
    if isinstance(event, Item.Recorded):
        return EventDescription(_("%(who)s legde een voorwerp vast.", who=told.who))
    if isinstance(event, Item.HandedBack):
        pupil = told.person(event.person_id)
        return EventDescription(_("%(who)s gaf een voorwerp terug aan %(pupil)s.", who=told.who, pupil=pupil))
    return None


@hookimpl
def personal_data() -> list[PersonalField]:
    return [
        PersonalField(
            "plugin_name.item.Recorded",
            "what",
            _l("van wie het voorwerp is, als dat in de tekst staat"),
            _l("het voorwerp herkennen"),
        )
    ]


@hookimpl
def retention() -> list[RetentionTerm]:
    return [
        RetentionTerm(
            "plugin_name.item",
            _l("Voorwerp"),
            1,
            _l("het teruggeven"),
            _l("Keuze van de school, geen wet."),
        )
    ]
