"""What the pages of signals show: rows of the register with names of the roster, and words for codes."""

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from events.signal import Signal
from intranet.api import current_school, log, today
from intranet.body_map.showing import marks_card
from intranet.cases.of_record import card_of
from intranet.files.carriers import SIGNAL, Record
from intranet.files.showing import add_now, attached
from intranet.incidents.choosing import detail_of
from intranet.incidents.listing import moment_of
from intranet.incidents.moments import days_later, moment_in_words
from intranet.incidents.readable import reader
from intranet.incidents.reporting import mentioned
from intranet.incidents.story import group_in_words, who
from intranet.people.duties import DUTIES, held_on
from intranet.people.events import STAFF
from intranet.people.mentions import to_html
from intranet.people.register import holdings
from intranet.people.roster import Roster, roster
from intranet.record_cards import cards_of
from intranet.sharing import shareable
from intranet.sharing.showing import shares_card
from intranet.signals.forms import CloseSignalForm, EscalateForm, ReopenSignalForm, SupportTeamForm, TalkForm
from intranet.signals.kinds import (
    MARK_ICONS,
    MARK_LABELS,
    NEW,
    SOURCE_LABELS,
    STATES,
    TITLES,
    WAITS_FOR_NOBODY,
    choice_of,
    marks_of,
)
from intranet.signals.listing import Found
from intranet.signals.readable import Standing, standing_to
from intranet.signals.reporting import audience
from intranet.signals.story import Story, story_of


def title_of(row: Any) -> str:
    """Return what a signal is called."""
    return str(TITLES[choice_of(row.kind, row.positive).code])


def state_badge(row: Any) -> tuple[str, str]:
    """Return how far the looking is, as a badge."""
    state = STATES[row.state]
    return str(state.label), state.tone


def sentence_for_writer(signal: Signal, row: Any, people: Roster) -> str:
    """Return how far it is, in one sentence that is also true when who usually looks is in it themselves."""
    if row.state != NEW:
        return str(STATES[row.state].sentence)
    duty = _who_looks(signal, people)
    return str(STATES[NEW].sentence) % {"who": DUTIES[duty]} if duty else str(WAITS_FOR_NOBODY)


def _who_looks(signal: Signal, people: Roster) -> str | None:
    colleague = any(people[each].kind == STAFF for each in signal.people if each in people)
    held = held_on(holdings(current_school()), today())
    for duty in ("head_teacher", "care_coordinator") if colleague else ("care_coordinator",):
        if not {each.person for each in held[duty]} <= set(signal.people):
            return duty
    return None


def mark_badges(row: Any) -> list[tuple[str, str]]:
    """Return what it seems to be, in words with a picture."""
    return [(str(MARK_LABELS[code]), MARK_ICONS[code]) for code in marks_of(row)]


def people_line(found: Found, people: Roster) -> str:
    """Return about whom it is, by given name."""
    return ", ".join(people[each].short if each in people else _("iemand") for each in found.people)


def item_of(found: Found, people: Roster) -> dict[str, Any]:
    """Return a signal as a link."""
    row = found.row
    choice = choice_of(row.kind, row.positive)
    about = people_line(found, people) or (group_in_words(row.class_group, people) if row.class_group else None)
    return {
        "label": f"{title_of(row)}: {about}" if about else title_of(row),
        "href": url_for("signals.signal", signal_id=row.signal),
        "note": moment_in_words(moment_of(row.happened_at)),
        "icon": choice.icon,
        "tone": choice.tone,
    }


def signal_page(signal_id: UUID, standing: Standing, **refused: Any) -> dict[str, Any]:
    """Return what the page of one signal shows, with a form that was refused in the place of a new one."""
    people = roster(current_school())
    told = story_of(signal_id, people)
    signal, row = told.signal, standing.row
    shown = {
        "signal": signal,
        "title": title_of(row),
        "happened": moment_in_words(signal.happened_at),
        "recorded": moment_in_words(told.recorded_at),
        "late": days_later(signal.happened_at, told.recorded_at),
        "group": group_in_words(signal.group_id, people) if signal.group_id else None,
        "told_by": told_by(told, people),
        "reporter": who(people, told.reporter),
        "mine": "reporter" in standing.relations,
        "account": to_html(signal.account, current_user),
        "cases": card_of("signal", signal_id, reader(), can_be=standing.may_triage) if standing.may_read else None,
        "about": [_about(each, people) for each in signal.people],
        "marks": mark_badges(row),
        "state": state_badge(row),
        "sentence": sentence_for_writer(signal, row, people),
        "full": standing.may_read,
        "record_cards": cards_of("signals.signal", signal_id) if standing.may_read else [],
        "attached": attached(Record(SIGNAL, signal_id, standing)),
        "body_map": marks_card(Record(SIGNAL, signal_id, standing)),
        "decides": standing.may_triage,
        "audience": audience(
            people,
            signal.group_id,
            signal.people,
            bullying=signal.bullying,
            escalated=signal.escalated,
            by_me="reporter" in standing.relations,
        ),
    }
    if standing.may_read:
        shown |= {
            "items": told.items,
            "sharing": shares_card(shareable.SIGNAL, signal, standing),
            "talk_people_url": url_for("incidents.people"),
        }
    if standing.may_triage:
        shown |= {**_forms(), "mentioned": mentioned(request.form.getlist("talk-mention"))}
    return {**shown, **refused}


def told_by(told: Story, people: Roster) -> str:
    """Return who noticed it: the writer, or somebody for whom it was written down."""
    signal = told.signal
    if signal.source == "self":
        return who(people, told.reporter)
    label = str(SOURCE_LABELS.get(signal.source, signal.source))
    return f"{label}: {signal.on_behalf_of}" if signal.on_behalf_of else label


def _about(person: UUID, people: Roster) -> dict[str, Any]:
    return {
        "id": person,
        "name": who(people, person),
        "detail": detail_of(people[person]) if person in people else None,
    }


def _forms() -> dict[str, Any]:
    return {
        "talk_form": TalkForm(formdata=None),
        "team_form": SupportTeamForm(formdata=None),
        "escalate_form": EscalateForm(formdata=None),
        "close_form": CloseSignalForm(formdata=None),
        "reopen_form": ReopenSignalForm(formdata=None),
    }


def signals_behind(signal_ids: tuple[UUID, ...], someone: Any, people: Roster) -> list[dict[str, Any]]:
    """Return from which signals an incident grew: with a link for who may read them, and who said it first.

    Not who said what is about home: opening that is a recorded reading, and this would go round it.
    """
    shown = []
    for signal_id in signal_ids:
        standing = standing_to(signal_id, someone)
        if standing is not None and standing.may_read:
            href = url_for("signals.signal", signal_id=signal_id)
            note = None if standing.row.home_signs else told_by(story_of(signal_id, people), people)
            shown.append({"label": title_of(standing.row), "href": href, "note": note, "icon": "eye", "tone": "info"})
    return shown


def recorded_page(signal_id: UUID, standing: Standing) -> dict[str, Any]:
    """Return what comes right after saving."""
    row = standing.row
    return {
        "title": title_of(row),
        "happened": moment_in_words(moment_of(row.happened_at)),
        "sentence": sentence_for_writer(log.get(Signal, signal_id), row, roster(current_school())),
        "home_signs": row.home_signs,
        "signal_id": signal_id,
        "add_now": add_now(Record(SIGNAL, signal_id, standing)),
    }
