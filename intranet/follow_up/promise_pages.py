"""Pages about promises, the same for every kind of record that has them: making one, keeping, moving, waiving it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user

from events.follow_up import FollowedUp, FollowUp
from intranet.api import current_school, log, requires, roster, school_calendar
from intranet.follow_up import commands, showing
from intranet.follow_up.followed import Followed, Standing
from intranet.follow_up.forms import KeepForm, MoveForm, ParentsForm, PromiseForm, WaiveForm
from intranet.follow_up.owners import who_can_own
from intranet.people.forms import uuid_or_none
from intranet.people.today import today
from intranet.undoing import mistake, say_undoable


class PromisePages:
    """The pages about the promises of one kind of record. `again` shows its own page with a form that was refused."""

    def __init__(self, of: Followed, again: Callable[..., Any]):
        self.of = of
        self.again = again

    def mount(self, pages: Blueprint, under: str = "") -> None:
        """Put these pages in a blueprint, below an address that holds the id of the record."""
        one = f"{under}<uuid:follow_up_id>"
        name = self.of.prefix.partition(".")[2]
        for path, view, methods, permission in (
            (f"{under}new", self.new, ("GET", "POST"), self.of.follow),
            (one, self.promise, ("GET",), self.of.read),
            (f"{one}/keep", self.keep, ("POST",), self.of.read),
            (f"{one}/move", self.move, ("POST",), self.of.read),
            (f"{one}/waive", self.waive, ("POST",), self.of.read),
            (f"{under}parents", self.parents, ("POST",), self.of.follow),
        ):
            guarded = requires(permission)(self._of_record(view))
            pages.add_url_rule(path, endpoint=name + view.__name__, view_func=guarded, methods=methods)

    def _of_record(self, view: Callable[..., Any]) -> Callable[..., Any]:
        def of_record(**where: Any) -> Any:
            return view(where.pop(self.of.argument), **where)

        return of_record

    def new(self, record_id: UUID) -> Any:
        """Promise something; what the plan asks first stands in the address."""
        standing = self.of.open(record_id, self.of.follow)
        record = log.get(FollowedUp, record_id)
        form = PromiseForm(
            kind=request.args.get("kind"),
            person=request.args.get("person", ""),
            owner=current_user.person_id.hex,
            due_on=showing.first_due(today(), school_calendar()),
        )
        names = showing.everybody_in(record, roster(current_school()))
        form.offer(names, who_can_own(record_id, self.of))
        if form.submitted():
            promised = commands.promise_follow_up(record_id, **form.promised)
            if form.kind.data == "suspension":
                # The notice to the inspectorate came with it: each of the two is ended on its own page.
                return self._back(record_id, _("Afgesproken."))
            address = self.of.url("waive", record_id, follow_up_id=promised)
            say_undoable(_("Afgesproken."), address, waived=mistake())
            return redirect(self.of.back(record_id), 303)
        self.of.before_showing(record_id, standing)
        return render_template("follow_up/new.html", form=form, record_id=record_id, of=self.of)

    def promise(self, record_id: UUID, follow_up_id: UUID) -> Any:
        """One promise, with what can be done with it."""
        return self._promise(record_id, *self._own(record_id, follow_up_id))

    def _promise(self, record_id: UUID, standing: Standing, found: FollowUp, **refused: Any) -> Any:
        self.of.before_showing(record_id, standing)
        move = MoveForm(formdata=None, owner=found.owner.hex, due_on=found.due_on)
        move.offer(who_can_own(record_id, self.of), found.due_on)
        page = {
            "keep_form": KeepForm(formdata=None, done_on=today(), again=bool(found.repeats)),
            "move_form": move,
            "waive_form": WaiveForm(formdata=None),
            "shown": showing.shown_promise(found, roster(current_school())),
            "text": _text_of(record_id, found.id),
        }
        return render_template("follow_up/promise.html", record_id=record_id, of=self.of, **{**page, **refused})

    def keep(self, record_id: UUID, follow_up_id: UUID) -> Any:
        """Say what came of it."""
        standing, found = self._own(record_id, follow_up_id)
        form = KeepForm()
        if not form.submitted():
            return self._promise(record_id, standing, found, keep_form=form)
        again = form.again.data and bool(found.repeats)
        commands.keep_follow_up(record_id, follow_up_id, outcome=form.outcome.data, on=form.done_on.data, again=again)
        return self._back(record_id, _("Klaar. De volgende keer staat gepland.") if again else _("Klaar."))

    def move(self, record_id: UUID, follow_up_id: UUID) -> Any:
        """Give it another owner or another day."""
        standing, found = self._own(record_id, follow_up_id)
        form, owners = MoveForm(), who_can_own(record_id, self.of)
        form.offer(owners, found.due_on)
        if not form.submitted():
            return self._promise(record_id, standing, found, move_form=form)
        owner = uuid_or_none(form.owner.data) or found.owner
        commands.move_follow_up(record_id, follow_up_id, owner=owner, due_on=form.due_on.data, reason=form.reason.data)
        done = _("De afspraak is veranderd.")
        back_to_past = found.due_on < today() and found.due_on != form.due_on.data
        if not standing.may(self.of.follow) or back_to_past or found.owner not in owners:
            return self._back(record_id, done)
        address = self.of.url("move", record_id, follow_up_id=follow_up_id)
        say_undoable(done, address, owner=found.owner.hex, due_on=found.due_on, reason=mistake())
        return redirect(self.of.back(record_id), 303)

    def waive(self, record_id: UUID, follow_up_id: UUID) -> Any:
        """End it without keeping it."""
        standing, found = self._own(record_id, follow_up_id)
        form = WaiveForm()
        if not form.submitted():
            return self._promise(record_id, standing, found, waive_form=form)
        commands.waive_follow_up(record_id, follow_up_id, form.waived.data)
        return self._back(record_id, _("Vastgelegd: dit hoeft niet meer."))

    def parents(self, record_id: UUID) -> Any:
        """Record that the parents of a child know."""
        standing = self.of.open(record_id, self.of.follow)
        form = ParentsForm()
        form.offer(showing.children_of(log.get(FollowedUp, record_id), roster(current_school())))
        child = uuid_or_none(form.child.data) if form.submitted() else None
        if child is None:
            return self.again(record_id, standing, parents_form=form)
        commands.inform_parents(
            record_id,
            person_id=child,
            by=current_user.person_id,
            on=form.informed_on.data,
            how=form.how.data,
            remark=form.remark.data or "",
        )
        return self._back(record_id, _("Vastgelegd dat de ouders het weten."))

    def _own(self, record_id: UUID, follow_up_id: UUID) -> tuple[Standing, FollowUp]:
        """Return a promise to whoever made it or may follow the record up; for others there is no page."""
        standing = self.of.open(record_id)
        record = log.get(FollowedUp, record_id)
        found = next((each for each in record.follow_ups if each.id == follow_up_id), None)
        if found is None or not self.of.opens(standing, found):
            abort(404)
        return standing, found

    def _back(self, record_id: UUID, sentence: str) -> Any:
        flash(sentence, "ok")
        return redirect(self.of.back(record_id), 303)


def _text_of(record_id: UUID, follow_up_id: UUID) -> str | None:
    """Return the words of a promise: the record keeps no second copy of them."""
    events = log.events.get(record_id)
    return next((each.text for each in events if getattr(each, "follow_up_id", None) == follow_up_id), None)
