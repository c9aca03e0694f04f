"""Pages about sharing, the same for every kind of record that can be shared."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template
from flask_babel import gettext as _

from events.sharing import Sharing
from intranet.api import ButtonForm, log, requires, today
from intranet.forms import Form
from intranet.undoing import mistake, say_undoable

from . import commands, showing
from .shareable import SHAREABLE, Shareable

pages = Blueprint("sharing", __name__)


class SharePages:
    """The pages about sharing one kind of record."""

    def __init__(self, of: Shareable):
        self.of = of

    def mount(self) -> None:
        """Put these pages in the blueprint, below the address of the record."""
        under = f"/{self.of.name}s/<uuid:record_id>/shares"
        for page, path, view, methods in (
            ("shares", under, self.shares, ("GET", "POST")),
            ("withdraw", f"{under}/<uuid:person_id>/withdraw", self.withdraw, ("POST",)),
        ):
            path = path.replace("record_id", self.of.argument)
            guarded = requires(self.of.permission)(self._of_record(view))
            pages.add_url_rule(path, endpoint=f"{self.of.name}_{page}", view_func=guarded, methods=methods)

    def _of_record(self, view: Any) -> Any:
        def of_record(**where: Any) -> Any:
            return view(where.pop(self.of.argument), **where)

        return of_record

    def shares(self, record_id: UUID) -> Any:
        """With whom it is shared; share it with a colleague."""
        standing = self.of.open_to_share(record_id)
        form = showing.share_form(log.get(Sharing, record_id))
        if form.submitted():
            colleague = UUID(form.colleague.data)
            before = log.get(Sharing, record_id).shared_with
            commands.share_record(record_id, colleague, until=form.until.data, reason=form.reason.data)
            told = _("Je collega kan dit nu lezen. Vertel het zelf ook even.")
            if colleague in before:
                return self._back(record_id, told)
            say_undoable(told, self.of.url("withdraw", record_id, person_id=colleague))
            return redirect(self.of.back(record_id), 303)
        return self._page(record_id, standing, form)

    def withdraw(self, record_id: UUID, person_id: UUID) -> Any:
        """Let a colleague read it no longer."""
        standing = self.of.open_to_share(record_id)
        if ButtonForm().submitted():
            record = log.get(Sharing, record_id)
            until = record.shared_with.get(person_id)
            commands.withdraw_share(record_id, person_id)
            done = _("Je collega ziet dit niet meer.")
            can_be_again = self.of.can_be(record) and person_id in showing.colleagues(record)
            if until is None or until < today() or not can_be_again:
                return self._back(record_id, done)
            address = self.of.url("shares", record_id)
            say_undoable(done, address, colleague=person_id.hex, until=until, reason=mistake())
            return redirect(self.of.back(record_id), 303)
        return self._page(record_id, standing, showing.share_form(log.get(Sharing, record_id), formdata=None))

    def _page(self, record_id: UUID, standing: Any, form: Form) -> str:
        self.of.before_showing(record_id, standing)
        shown = showing.share_page(self.of, log.get(Sharing, record_id))
        return render_template("sharing/share.html", form=form, sharing=shown)

    def _back(self, record_id: UUID, sentence: str) -> Any:
        flash(sentence, "ok")
        return redirect(self.of.back(record_id), 303)


for each in SHAREABLE:
    SharePages(each).mount()
