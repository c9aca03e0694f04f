"""What the pages of one case show: where it stands, who are in it, what is gathered, and what one can do."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from events.case import Case
from events.frozen import frozen
from intranet.access import ANY, rules_of
from intranet.api import current_actor, current_school, log, roster
from intranet.cases.followed import CASES
from intranet.cases.forms import LeaderForm, ParticipantForm, SeriousForm, people_choices
from intranet.cases.gathered import records_of
from intranet.cases.kinds import ROLE_LABELS, SIGN_LABELS
from intranet.cases.list_page import state_badge, title_of
from intranet.cases.readable import READ, Standing
from intranet.cases.story import story_of
from intranet.files.carriers import CASE, Record
from intranet.files.showing import attached
from intranet.follow_up.showing import children_of, open_promises, shown_promise, suggestions
from intranet.forms import ButtonForm
from intranet.incidents.choosing import detail_of
from intranet.incidents.forms import RoleForm
from intranet.incidents.moments import day_in_words, moment_in_words
from intranet.incidents.readable import reader
from intranet.incidents.story import who
from intranet.people.colleagues import staff_of
from intranet.people.duties import every_duty
from intranet.people.mentions import to_html
from intranet.people.roster import Roster
from intranet.record_cards import cards_of
from intranet.sharing import shareable
from intranet.sharing.showing import shares_card

MOST_SHOWN = 5
"""So many of the newest lines stand on the page of a case; its chronology has them all."""
PART_TONES = {"victim": "info", "defender": "ok"}
SOON = timedelta(days=7)


@frozen
class Shown:
    """A case with what every page of it needs."""

    case: Case
    standing: Standing
    people: Roster

    @property
    def head(self) -> dict[str, Any]:
        """What stands at the top of each page of the case."""
        row = self.standing.row
        return {
            "case": self.case,
            "title": title_of(row, self.people),
            "state": state_badge(row),
            "can": self.standing.may,
            "back": url_for("cases.case", case_id=self.case.id),
            "proposed_by": who(self.people, self.case.proposed_by) if self.case.proposed_by else None,
            "proposed_by_me": self.case.proposed_by == current_actor(),
        }


def shown(case_id: UUID, standing: Standing) -> Shown:
    """Read a case to show it."""
    return Shown(log.get(Case, case_id), standing, roster(current_school()))


def case_page(case_id: UUID, standing: Standing) -> dict[str, Any]:
    """Return what the page of one case shows."""
    this = shown(case_id, standing)
    case, people = this.case, this.people
    ever = records_of(case, reader(), people, ever=True)
    told = story_of(case, ever, people)
    # Emergency access opens the case and not its chronology: then everything stands here.
    newest = (told[-MOST_SHOWN:] if standing.may(READ) else told)[::-1]
    return {
        **this.head,
        "concern": to_html(case.concern, current_user),
        "signs": [str(SIGN_LABELS[each]) for each in case.signs if each in SIGN_LABELS],
        "steps": steps(case),
        "goal": to_html(case.goal, current_user) if case.goal else None,
        "persons": persons(case, people),
        "leader": who(people, case.leader),
        "participants": [who(people, each) for each in case.participants],
        "sharing": shares_card(shareable.CASE, case, standing),
        "record_cards": cards_of("cases.case", case_id),
        "promises": open_promises(case, people, CASES, standing),
        "attached": attached(Record(CASE, case_id, standing)) if standing.may(READ) else None,
        "gathered": [_gathered(each, case) for each in reversed(ever) if each.id in case.gathered],
        "items": [{**item, "group": format_date(item["at"], "MMMM y").capitalize()} for item in newest],
    }


def steps(case: Case) -> list[dict[str, Any]]:
    """Return how far the case is; a step is done because something was recorded, nobody ticks it."""
    planned = case.goal is not None
    kept = [each for each in case.follow_ups if not each.is_open]
    many = len(case.follow_ups)
    states = [True, planned, bool(many) and len(kept) == many, case.evaluated_since_opened, case.closed]
    if case.closed:
        states = [True] * 5
    now = next((place for place, done in enumerate(states) if not done), None)
    plan, back = url_for("cases.plan", case_id=case.id), url_for("cases.evaluation", case_id=case.id)
    promised = ngettext(
        "%(kept)d van %(num)d afspraak klaar", "%(kept)d van %(num)d afspraken klaar", many, kept=len(kept)
    )
    day = case.evaluate_on and day_in_words(case.evaluate_on)
    found = [
        (_("In beeld brengen"), None, None),
        (_("Plan maken"), plan, None),
        (_("Doen wat is afgesproken"), plan, promised if many else None),
        (_("Samen terugkijken"), back, _("op %(day)s", day=day) if day and not case.closed else None),
        (_("Afsluiten"), back, None),
    ]
    return [
        {"label": label, "href": href, "note": note, "state": "done" if done else "current" if at == now else "todo"}
        for at, ((label, href, note), done) in enumerate(zip(found, states, strict=True))
    ]


def persons(case: Case, people: Roster) -> list[dict[str, Any]]:
    """Return who are in it, with what they do in this case."""
    parts: dict[UUID, list[str]] = {}
    order = list(ROLE_LABELS)
    for part in sorted(case.involved, key=lambda each: order.index(each.role) if each.role in order else 9):
        parts.setdefault(part.person_id, []).append(part.role)
    return [
        {
            "id": person,
            "name": who(people, person),
            "detail": detail_of(people[person]) if person in people else None,
            "roles": [(role, str(ROLE_LABELS.get(role, role)), PART_TONES.get(role, "quiet")) for role in roles],
        }
        for person, roles in parts.items()
    ]


def _gathered(record: Any, case: Case) -> dict[str, Any]:
    return {
        "label": record.title,
        "href": record.href,
        "note": " · ".join(filter(None, (moment_in_words(record.at), record.people))),
        "icon": record.icon,
        "tone": record.tone,
        "take_out": url_for("cases.take_out", case_id=case.id, record_id=record.id),
    }


def plan_page(this: Shown) -> dict[str, Any]:
    """Return the goal, the term, the steps, and whose parents know."""
    case, people = this.case, this.people
    children = children_of(case, people)
    ended = [shown_promise(each, people) for each in case.follow_ups if not each.is_open]
    return {
        **this.head,
        "goal": to_html(case.goal, current_user) if case.goal else None,
        "open": open_promises(case, people, CASES, this.standing),
        "ended": [
            {
                "label": f"{each.label}: {each.about}" if each.about else each.label,
                "note": f"{each.owner} · {each.when}",
                "icon": each.icon,
                "tone": "quiet",
            }
            for each in ended
        ],
        "suggestions": suggestions(case, people, CASES),
        "children": children,
        "not_informed": [name for child, name in children.items() if child not in case.parents_informed],
    }


def people_page(this: Shown) -> dict[str, Any]:
    """Return who are in it, each with a form to change what they do in it."""
    case_id = this.case.id
    rows = [
        {
            **person,
            "role": role,
            "form": RoleForm(formdata=None, data={"person": person["id"].hex, "was": role, "role": role}),
            "withdraw_url": url_for("cases.withdraw", case_id=case_id, person=person["id"].hex, was=role),
        }
        for person in persons(this.case, this.people)
        for role, _words, _tone in person["roles"]
    ]
    return {
        **this.head,
        "heading": _("Wie erin betrokken zijn"),
        "rows": rows,
        "roles": roles(),
        "people_url": url_for("incidents.people"),
        "change_url": url_for("cases.change_role", case_id=case_id),
        "add_url": url_for("cases.people", case_id=case_id),
        "back_label": _("Naar de zaak"),
    }


def roles() -> list[tuple[str, str]]:
    """Return the parts one can have in a case, in words, for a picker."""
    return [(code, str(label)) for code, label in ROLE_LABELS.items()]


def readers() -> tuple[list[str], str | None]:
    """Return who will read a new case and who more when it is serious, from the access table itself."""
    who, when_serious = [_("jij"), _("wie meedoet")], []
    for rule in rules_of(READ):
        duty = str(every_duty().get(rule.duty, rule.duty))
        if rule.relation == "own_group":
            who.append(_("het team van deze kinderen"))
        elif rule.relation == "serious":
            when_serious.append(duty)
        elif rule.relation == ANY:
            who.append(duty)
    note = _("Is het ernstig? Dan ziet ook de %(duty)s het.", duty=_(" en de ").join(when_serious))
    return list(dict.fromkeys(who)), note if when_serious else None


def team_page(this: Shown, **refused: Any) -> dict[str, Any]:
    """Return who leads it and who takes part, with forms to change that."""
    case, people = this.case, this.people
    return {
        **this.head,
        "leader": who(people, case.leader),
        "participants": [(each, who(people, each)) for each in case.participants],
        "participant_form": participant_form(this, formdata=None),
        "leader_form": leader_form(this, formdata=None),
        "remove_form": ButtonForm(formdata=None),
        "serious_form": SeriousForm(formdata=None, data={"serious": "0" if case.serious else "1"}),
        **refused,
    }


def colleagues(case: Case) -> dict[UUID, str]:
    """Return who can take part: colleagues who are not in it themselves."""
    concerned = {part.person_id for part in case.involved}
    return {each.person_id: each.full for each in staff_of(current_school()) if each.person_id not in concerned}


def participant_form(this: Shown, **values: Any) -> ParticipantForm:
    """Return the form to let a colleague take part."""
    form, there = ParticipantForm(**values), {this.case.leader, *this.case.participants}
    form.colleague.choices = people_choices({k: name for k, name in colleagues(this.case).items() if k not in there})
    return form


def leader_form(this: Shown, **values: Any) -> LeaderForm:
    """Return the form to let somebody else lead."""
    form = LeaderForm(**values)
    form.leader.choices = people_choices({k: n for k, n in colleagues(this.case).items() if k != this.case.leader})
    return form
