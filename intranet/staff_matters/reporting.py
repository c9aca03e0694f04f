"""The form for the board as it is opened: empty, or begun in the form of an incident or a signal by its tick."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from intranet.api import current_actor, current_school, today
from intranet.drafts import throw_draft_away
from intranet.incidents.choosing import detail_of
from intranet.incidents.fields import person_id
from intranet.incidents.forms import now_at_school
from intranet.incidents.kinds import ANOTHER_TIME
from intranet.incidents.reporting import mentioned
from intranet.people.events import PUPIL, STAFF
from intranet.people.mentions import to_tokens
from intranet.people.roster import Name, roster
from intranet.staff_matters.forms import NameForm, StaffMatterForm
from intranet.staff_matters.kinds import inspector_on
from intranet.staff_matters.recipients import Recipients, directors_elsewhere, recipients

TICK = "about_staff"
MOST_FOUND = 30


def ticked() -> bool:
    """Tell whether the posted form of an incident or a signal says that it is about somebody who works here."""
    return bool(request.form.get(TICK))


def begun_page() -> str:
    """Return the form for the board with what was typed in another form; nothing is kept of that one."""
    throw_draft_away(request.form.get("once"))
    return render_template("staff_matters/report.html", begun=True, **form_page(matter_form()))


def matter_form() -> StaffMatterForm:
    """Return the form for this request."""
    if request.method == "POST" and "asked" not in request.form:
        form = StaffMatterForm(formdata=None, data=_typed_elsewhere())
    else:
        form = StaffMatterForm()
    form.mentions = tuple(request.form.getlist("account-mention"))
    return offer(form)


def offer(form: StaffMatterForm) -> StaffMatterForm:
    """Let somebody choose from who works here, who leads the board, and the pupils."""
    form.named.names = colleagues()
    form.pupils.names = {name.person_id: name for name in roster(current_school()).present(PUPIL)}
    return form


def offer_named(form: NameForm) -> NameForm:
    """Let who handles it choose who else it is about."""
    form.people.names = colleagues()
    form.people.offer({person: name.full for person, name in form.people.names.items() if name.here})
    return form


def colleagues() -> dict[Any, Any]:
    """Return whom somebody can name: who works or worked here, and the directors of the board."""
    elsewhere = {person: Name(person, name, None, None, STAFF) for person, name in directors_elsewhere().items()}
    here = {name.person_id: name for name in roster(current_school()).values() if name.kind == STAFF}
    return {**here, **elsewhere}


def find_colleagues(letters: str) -> list[dict[str, str]]:
    """Return whom one can name that have these letters at the beginning of a name, for the picker."""
    known = colleagues()
    if len(letters) < 2:
        return []
    here = [name for name in roster(current_school()).find(letters, kind=STAFF) if name.person_id in known]
    folded = letters.casefold()
    others = [name for name in known.values() if name.group is None and name not in here and not name.family]
    others = [name for name in others if any(part.casefold().startswith(folded) for part in name.full.split())]
    return [
        {"id": name.person_id.hex, "label": name.full, "detail": detail_of(name)}
        for name in (*here, *others)[:MOST_FOUND]
    ]


def _typed_elsewhere() -> dict[str, Any]:
    """Return what stood in the form of an incident or a signal, as far as the board asks for it."""
    people, chosen = roster(current_school()), request.form.getlist("people")
    me = current_actor()
    kinds = {each: people[found].kind for each in chosen if (found := person_id(each)) in people and found != me}
    day = request.form.get("happened_on") if request.form.get("moment") == ANOTHER_TIME else None
    return {
        "account": request.form.get("account", ""),
        "named": [each for each, kind in kinds.items() if kind == STAFF],
        "pupils": [each for each, kind in kinds.items() if kind == PUPIL],
        "happened_on": _day(day) if day else now_at_school().date(),
    }


def _day(text: str) -> Any:
    form = StaffMatterForm(formdata=None)
    try:
        form.happened_on.process_formdata([text])
    except ValueError:
        return None
    return form.happened_on.data


def matter_values(form: StaffMatterForm) -> dict[str, Any]:
    """Return what a valid form asks to record."""
    account = to_tokens(form.account.data, current_school(), request.form.getlist("account-mention"))
    return {**form.facts, "account": account, "draft_key": form.once.data}


def form_page(form: StaffMatterForm) -> dict[str, Any]:
    """Return what the form needs besides itself."""
    form.named.offer({person: name.full for person, name in form.named.names.items() if name.here})
    form.pupils.offer({person: name.full for person, name in form.pupils.names.items()})
    return {
        "form": form,
        "mentioned": mentioned(list(form.mentions)),
        "recipients": recipients_now(form),
        "people_url": url_for("incidents.people"),
        "colleagues_url": url_for("staff_matters.colleagues"),
        "inspector": inspector_on(today()),
    }


def recipients_now(form: StaffMatterForm) -> Recipients:
    """Return who would see the form as it stands."""
    return recipients([found for each in form.named.data if (found := person_id(each)) in form.named.names])


def fork() -> dict[str, Any]:
    """Return what the tick at the top of another form shows: who would see it, by name, and whom to call."""
    return {"recipients": recipients(), "inspector": inspector_on(today()), "tick": TICK, "label": _tick_label()}


def _tick_label() -> str:
    return _("Het gaat om een medewerker, stagiair of vrijwilliger")
