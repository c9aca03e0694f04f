"""The hooks: every question the core asks its plugins, grouped by when it is asked; the docstrings are the manual.

A plugin answers by a function of the same name, marked `@hookimpl`, in its `plugin.py`; it may leave out arguments it
does not use. A hook that contributes returns a list, never None; the core sorts what it gets.
"""

from typing import TYPE_CHECKING, Any

import pluggy

from intranet.contributions import (
    DueDate,
    EventDescription,
    HomeCard,
    MenuItem,
    PersonalField,
    PlanAssertion,
    QuickAction,
    RecordCard,
    RetentionTerm,
    SearchResult,
    Subject,
    TimelineEntry,
    Told,
)

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from events.log.projection import Projection
    from intranet.demo.history import DemoSchool, DemoStory

PROJECT = "geborgen"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks a function of `plugin.py` as the plugin's answer to the hook of the same name."""

AT_START = ("register_blueprints", "register_projections", "register_commands")
"""Called once when the application is built, for every installed plugin."""
FOR_A_PAGE = (
    "menu_items",
    "quick_actions",
    "home_cards",
    "record_cards",
    "due_dates",
    "search",
    "timeline",
    "plan_assertions",
)
"""Called while a page is made, for the plugins that the school has enabled; reading only."""
AFTER_A_FACT = ("event_recorded",)
"""Called after the commit of an event, for the plugins that the school has enabled."""
ALWAYS = ("describe_event", "personal_data", "retention")
"""Called for every installed plugin, because the log outlives activation."""
FOR_THE_DEMO = ("demo_history",)
"""Called once by `flask intranet demo`, for every installed plugin: the practice school has all of them on."""
GROUPS = (AT_START, FOR_A_PAGE, AFTER_A_FACT, ALWAYS, FOR_THE_DEMO)


@hookspec
def register_blueprints() -> "list[Blueprint]":
    """Pages of the plugin.

    Returns blueprints; the first one has the plugin's name. They are mounted under `/<name>` (underscores become
    hyphens) and are a 404 for a school that has not enabled the plugin. Every view needs `@requires(...)` with a
    permission of the manifest, or `@public`; what changes something is a POST.

        @hookimpl
        def register_blueprints():
            return [pages]
    """


@hookspec
def register_projections() -> "list[Projection]":
    """Tables that the plugin fills from the log.

    Returns one instance of each projection. They are filled for every school, enabled or not, so that nothing is
    missing on the day a school enables the plugin.

        @hookimpl
        def register_projections():
            return [ShelfKeeper()]
    """


@hookspec
def register_commands() -> "list[click.Command]":
    """Commands for a terminal.

    Returns click commands; they appear as `flask intranet <plugin> <command>`. Enter a school with
    `acting(school=...)` before using the log.

        @hookimpl
        def register_commands():
            return [tidy_up]
    """


@hookspec
def menu_items() -> list[MenuItem]:
    """Links in the menu.

    Asked for every page. Returns items in any order; the core shows those that the person may open, sorted by `order`
    and label.

        @hookimpl
        def menu_items():
            return [MenuItem(_l("Gevonden"), "lost_property.shelf", "package", "lost_property.see")]
    """


@hookspec
def quick_actions() -> list[QuickAction]:
    """What people can start from the home page in one tap, beside "Nieuw incident".

    Asked when the home page is made. Returns actions; the core shows those the person has the permission for.

        @hookimpl
        def quick_actions():
            return [QuickAction(_l("Iets gevonden"), "lost_property.report", "plus", "lost_property.report")]
    """


@hookspec
def home_cards() -> list[HomeCard]:
    """Cards on the home page of the person who is signed in.

    Asked when the home page is made; `current_user` and `g.school` are there. Return only what this person may know,
    and an empty list when there is nothing to say: an empty card is noise.

        @hookimpl
        def home_cards():
            body = render_template("lost_property/card.html", items=newest())
            return [HomeCard(_l("Gevonden deze week"), body, "package")]
    """


@hookspec
def record_cards(record: Subject) -> list[RecordCard]:
    """Cards on the page of an incident, a signal or a case that the person who is signed in opened.

    :param record: `kind` as the log calls it ("incidents.incident") and its id; never one about a colleague.

    Asked when its reading was recorded. Return only what this person may know besides the record itself.

        @hookimpl
        def record_cards(record):
            return [RecordCard(_l("Gevonden"), render_template("lost_property/of_record.html", items=found(record)))]
    """


@hookspec
def due_dates() -> list[DueDate]:
    """What waits for the person who is signed in, with its date.

    Asked when the home page is made, for the list "Wacht op jou". Return only what is theirs to do.

        @hookimpl
        def due_dates():
            return [DueDate(item.until, _l("Ruim op"), url_for("lost_property.shelf")) for item in mine()]
    """


@hookspec
def search(words: str) -> list[SearchResult]:
    """Things of the plugin that the words find.

    :param words: what somebody typed, stripped, at least two characters.

    Asked by the search page. Filter by what the person may read *before* matching, so that a number of results tells
    nothing. Return at most 21, the best first: 20 are shown, and that there is more is said. `Asked` goes through the
    decrypted words of your own records, which stand in no table.

        @hookimpl
        def search(words):
            asked = Asked(words, current_school())
            found = asked.matching(FoundItem, ids_that_may_be_read(), lambda word: ())
            return [SearchResult(label_of(each), url_for(...), _l("Gevonden voorwerpen")) for each in found]
    """


@hookspec
def timeline(subject: Subject) -> list[TimelineEntry]:
    """What the plugin knows to have happened to a person or a class group.

    :param subject: `kind` "person" or "group", and its id in the school acted in.

    Asked by the chronology of a person and of a group. Return only what the person who is signed in may read.

        @hookimpl
        def timeline(subject):
            return [TimelineEntry(row.at, _l("Voorwerp opgehaald")) for row in of_person(subject.id)]
    """


@hookspec
def plan_assertions() -> list[PlanAssertion]:
    """Sentences of the safety plan that the plugin can prove or disprove, with their evidence.

    Asked by the page "Beloften" of the review and by the living safety plan. The state is computed from the log, the
    evidence names numbers and dates and never people.

        @hookimpl
        def plan_assertions():
            return [PlanAssertion(_l("Gevonden voorwerpen gaan terug."), HOLDS, _("3 van 3 deze maand."), "P4.1")]
    """


@hookspec
def event_recorded(event: Any) -> None:
    """Something was recorded; do what follows from it: warn, count, prepare a mail.

    :param event: the event as a projection meets it, personal fields sealed; `school_id`, `position`, `actor_id`,
        `recorded_at` are there.

    Called after the commit, in the school of the event, for the events that the manifest names in `told_of`; for every
    event when it names none. What it saves is a new event, of which other plugins are told in their turn; four events
    may follow from each other so. A failure is logged and never reaches the person who recorded something; what lasts
    longer than a moment goes on while their page is made.

        @hookimpl
        def event_recorded(event):
            if isinstance(event, FoundItem.Found):
                commands.warn_when_shelf_is_full()
    """


@hookspec
def describe_event(event: Any, told: Told) -> EventDescription | None:
    """One event of the plugin as a plain sentence, for the director who reviews the log.

    :param event: an event with sealed words: what somebody wrote reads as "…".
    :param told: who did it, and the names that the reader may know.

    The core asks only the plugin that the event belongs to, by its name in the log, and only for a reader who may know
    what happened. Every event needs a sentence.

        @hookimpl
        def describe_event(event, told):
            if isinstance(event, FoundItem.HandedBack):
                return EventDescription(_("%(who)s gaf een voorwerp terug.", who=told.who))
            return None
    """


@hookspec
def personal_data() -> list[PersonalField]:
    """Every field in which the plugin can hold something about a person, with whose it is and what it is for.

    Asked by the plugin's page, where a school reads what it would store (AVG art. 30). A `Personal` field of an event
    that is not in the list fails the contract tests.

        @hookimpl
        def personal_data():
            return [PersonalField("lost_property.item.HandedBack", "owner", _l("eigenaar"), _l("weten wie het kreeg"))]
    """


@hookspec
def retention() -> list[RetentionTerm]:
    """How long each kind of record of the plugin is kept, counted from when, and after which law or guideline.

    Asked by the plugin's page. Every kind of record that has personal fields needs a term.

        @hookimpl
        def retention():
            return [RetentionTerm("lost_property.item", _l("Gevonden voorwerp"), 1, _l("teruggeven"))]
    """


@hookspec
def demo_history(school: "DemoSchool") -> "list[DemoStory]":
    """Two school years of believable history of the plugin, so that who tries the practice school sees it at work.

    :param school: the practice school on its first day: its days, its people by duty and by group, a seeded draw.

    Returns stories, each a generator. A story yields a moment, and goes on when that moment has come: until then all
    other stories are told, so that the log is recorded in the order of time. It records through the plugin's own
    commands, as somebody of the school. A moment after yesterday never comes. Children, colleagues and what they say
    are made up; draw with `school.draw` and never with `random`, so that every practice school is the same. A story
    that fails ends there, and the loader says so.

        @hookimpl
        def demo_history(school):
            return [shelf(school)]

        def shelf(school):
            concierge = school.staff("support_staff")[0]
            for day in school.days()[::9]:
                yield school.at(day, 15, 30)
                with school.acting_as(concierge):
                    item = commands.take_in(what=school.draw.choice(WHAT), place="playground", found_on=day)
                yield school.at(school.calendar.after(day, 3), 8, 15)
                with school.acting_as(concierge):
                    commands.hand_back(item, person_id=school.draw.choice(school.pupils("6a")))
    """
