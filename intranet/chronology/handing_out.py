"""The one way in which a chronology leaves: asked, looked through by hand, recorded, and then sent as a PDF."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, g, render_template, request
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from flask_login import current_user

from events.log import clock
from events.log.errors import Refused
from events.log.root_words import root_words
from intranet.api import current_school, log, roster, today
from intranet.audit.readings import role_of as duty_of
from intranet.chronology.commands import note_handed_out
from intranet.chronology.events import LeftOut
from intranet.chronology.forms import HandOutForm
from intranet.chronology.levels import INTERNAL, LEFT_OUT, LEVEL_HINTS, LEVELS, PARENTS, RECIPIENTS, role_of
from intranet.chronology.line import Line
from intranet.chronology.lines import lines_of, parts_in_words
from intranet.chronology.masking import Masks
from intranet.chronology.pieces import Told, chosen, may_leave, parts_to_tell, told
from intranet.chronology.records import records_about
from intranet.chronology.subjects import PERSON, About
from intranet.chronology.wishes import Wish
from intranet.exports.events import Chosen
from intranet.incidents.readable import reader
from intranet.pdf import make_pdf
from intranet.people.duties import duty_title
from intranet.people.roster import called_otherwise

MOST_LINES = 400
LOOKED_THROUGH = "looked_through"


@dataclass(slots=True)
class Draft:
    """What would leave: its lines, and the masks by which names became roles."""

    lines: list[Told]
    masks: Masks | None

    def say(self, text: str) -> str:
        """Return a text with roles in the place of names."""
        return self.masks.in_words(text) if self.masks else text


def hand_out_page(about: About) -> Any:
    """Ask for whom and why, show what would leave, and send it once somebody looked it through."""
    wish, form = Wish.of_request(), HandOutForm(about)
    if not form.submitted():
        return render_template("chronology/hand_out.html", about=about, form=form, hints=LEVEL_HINTS, wish=wish)
    draft = _draft(about, wish, form)
    left_out = _left_out(draft.lines)
    struck, waiting = chosen([each for each in draft.lines if each.line.record not in left_out], request.form)
    if LOOKED_THROUGH in request.form and not waiting:
        return _sent(about, wish, form, draft, struck, left_out)
    if LOOKED_THROUGH in request.form:
        g.form_refused = True
    shown = _preview(about, draft, form, wish, left_out, set(waiting) if LOOKED_THROUGH in request.form else set())
    return render_template("chronology/look_through.html", **shown)


def _draft(about: About, wish: Wish, form: HandOutForm) -> Draft:
    level, someone, people = form.level.data, reader(), roster(current_school())
    staff = bool(form.staff.data) and level != PARENTS
    records = records_about(about, someone).to_hand_out(home=bool(form.home.data), staff=staff)
    records.record_readings()
    masks = None
    if level != INTERNAL:
        kept = about.id if about.kind == PERSON else None
        masks = Masks(people, kept, role_of(level, about, someone.school), _("iemand"))
    with called_otherwise(someone.school, masks.people) if masks else nullcontext():
        called = masks.people if masks else people
        lines = [each for each in wish.of(lines_of(records, about, someone)) if may_leave(each, level, about)]
        if len(lines) > MOST_LINES:
            raise Refused(_("Dit zijn meer dan 400 regels. Kies een kortere periode. Er is niets gemaakt."))
        parts = [parts_in_words(parts_to_tell(line, level, about), called) for line in lines]
        return Draft([told(line, level, about, masks, part) for line, part in zip(lines, parts, strict=True)], masks)


def _left_out(lines: list[Told]) -> dict[UUID, str]:
    asked = {each.line.record: request.form.get(f"leave-{each.line.record.hex}") for each in lines if each.line.record}
    return {record: reason for record, reason in asked.items() if record and reason in LEFT_OUT}


def _preview(
    about: About, draft: Draft, form: HandOutForm, wish: Wish, left_out: dict[UUID, str], waiting: set[str]
) -> dict[str, Any]:
    seen: set[UUID] = set()
    shown = []
    for each in draft.lines:
        record = each.line.record
        shown.append(
            {
                "when": _when(each.line),
                "position": each.line.position,
                "title": draft.say(each.title),
                "badge": draft.say(each.badge),
                "parts": draft.say(each.parts),
                "pieces": [
                    {
                        "name": f"piece-{piece.key}",
                        "text": draft.say(piece.text),
                        "doubtful": piece.doubtful,
                        "choice": request.form.get(f"piece-{piece.key}", ""),
                        "waits": piece.key in waiting,
                    }
                    for piece in each.pieces
                ],
                "record": record.hex if record and record not in seen else None,
                "left_out": left_out.get(record, "") if record else "",
            }
        )
        if record:
            seen.add(record)
    return {
        "about": about,
        "lines": shown,
        "form": form,
        "wish": wish,
        "waiting": len(waiting),
        "doubtful": sum(piece["doubtful"] for line in shown for piece in line["pieces"]),
        "reasons": LEFT_OUT,
        "described": [(_("Voor wie"), form.recipient_name.data), (_("Wat erin staat"), str(LEVELS[form.level.data]))],
    }


def _when(line: Line) -> tuple[str, str | None]:
    happened = format_datetime(line.at, "EEEE d MMMM y HH:mm")
    late = line.recorded_at is not None and abs((line.recorded_at - line.at).total_seconds()) >= 60
    return happened, format_datetime(line.recorded_at, "d MMMM y HH:mm") if late else None


def _sent(
    about: About, wish: Wish, form: HandOutForm, draft: Draft, struck: set[str], left_out: dict[UUID, str]
) -> Response:
    lines = [each for each in draft.lines if each.line.record not in left_out]
    if not lines:
        raise Refused(_("Er blijft niets over om te geven. Er is niets gemaakt."))
    head = log.head(current_school())
    content = make_pdf(
        "chronology/hand_out_pdf.html",
        title=_("Tijdlijn voor %(who)s", who=form.recipient_name.data),
        about=_cover(about, form, draft, lines, wish),
        size=head.size,
        words=root_words(head.root()),
        lines=[_on_paper(each, draft, struck) for each in lines],
        without_home=form.level.data == PARENTS and not form.home.data,
    )
    # Recorded before it is sent: nothing leaves without a record.
    note_handed_out(
        subject_kind=about.kind,
        subject_id=about.id,
        level=form.level.data,
        recipient=form.recipient.data,
        recipient_name=form.recipient_name.data,
        reason=form.reason.data,
        lines=len(lines),
        struck=len(struck),
        home=bool(form.home.data),
        staff_matters=bool(form.staff.data) and form.level.data != PARENTS,
        left_out=tuple(LeftOut(record, reason) for record, reason in left_out.items()),
        filters=tuple(Chosen(name, choice) for name, choice in sorted(wish.filters.items())),
    )
    name = f"tijdlijn-{today():%Y-%m-%d}.pdf"
    return Response(
        content,
        headers={"Content-Type": "application/pdf", "Content-Disposition": f'attachment; filename="{name}"'},
    )


def _cover(about: About, form: HandOutForm, draft: Draft, lines: list[Told], wish: Wish) -> list[tuple[str, str]]:
    hide = draft.masks.hide if draft.masks else str
    # Whoever makes it may be who reported something: outside the school they are their duty.
    maker = current_user.name if form.level.data == INTERNAL else str(duty_title(duty_of(current_user.duties)))
    first, last = lines[0].line.at, lines[-1].line.at
    return [
        (_("School"), g.school.name),
        (_("Over"), draft.say(hide(about.name))),
        (_("Periode"), f"{format_date(first, 'd MMMM y')} – {format_date(last, 'd MMMM y')}"),
        (_("Filters"), ", ".join(label for _name, label in wish.chosen) or _("geen")),
        (_("Voor"), f"{form.recipient_name.data} ({RECIPIENTS[form.recipient.data]})"),
        (_("Waarom"), draft.say(hide(form.reason.data))),
        (_("Wat erin staat"), f"{LEVELS[form.level.data]}. {LEVEL_HINTS[form.level.data]}"),
        (_("Regels"), str(len(lines))),
        (_("Gemaakt door"), maker),
        (_("Gemaakt op"), format_datetime(clock.now(), "EEEE d MMMM y HH:mm")),
    ]


def _on_paper(each: Told, draft: Draft, struck: set[str]) -> dict[str, Any]:
    happened, recorded = _when(each.line)
    return {
        "when": happened,
        "recorded": recorded,
        "position": each.line.position,
        "title": draft.say(each.title),
        "badge": draft.say(each.badge),
        "parts": draft.say(each.parts),
        "actor": draft.say(each.actor),
        "pieces": [None if piece.key in struck else draft.say(piece.text) for piece in each.pieces],
    }
