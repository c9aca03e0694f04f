"""How a plugin has a page of its own shown on a screen: a link to open it, and views that only a screen reaches."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from flask import abort, current_app, g, url_for
from flask_login import current_user

from events.frozen import frozen
from events.log.context import current_school
from intranet import qr_code
from intranet.screens import passes
from intranet.screens.passes import Screen

View = TypeVar("View", bound=Callable[..., Any])


@frozen
class ScreenLink:
    """What opens a screen: an address, the same as a QR code, or a code to type at the address `typed_at`.

    It is good for `minutes`, on more than one screen. Show it once and keep it nowhere.
    """

    address: str
    picture: str
    code: str
    typed_at: str
    minutes: int


def open_screen(endpoint: str, record_id: UUID) -> ScreenLink:
    """Return a link by which a page of one record is shown on a screen where nobody is signed in.

    `endpoint` names a view marked `@on_screen`. Whoever is signed in answers for what is done there: it is recorded as
    theirs. The screen reaches the views of that plugin marked `@on_screen`, for that record, and nothing else.
    """
    if not hasattr(current_app.view_functions.get(endpoint), "screen_argument"):
        raise LookupError(f"{endpoint} is no view that is marked @on_screen.")
    code = passes.new_code(
        board=current_user.board_id,
        school=current_school(),
        endpoint=endpoint,
        record=record_id,
        account_id=current_user.account_id,
        person=current_user.person_id,
    )
    written = f"{code[:4]}-{code[4:]}"
    address = url_for("screens.enter", code=written, _external=True)
    typed_at = url_for("screens.type_code", _external=True)
    return ScreenLink(address, qr_code.picture(address), written, typed_at, passes.CODE_MINUTES)


def on_screen(argument: str) -> Callable[[View], View]:
    """Let a view be reached by a screen that was opened for the record that `argument` names, and by nobody else.

    It stands in for `@requires`. Show nothing about a person there: a class is looking.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> Any:
            if current_screen() is None:
                abort(404)
            return view(**arguments)

        guarded.permission = None  # type: ignore[attr-defined]
        guarded.screen_argument = argument  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def current_screen() -> Screen | None:
    """Return the screen that asks, None when it is no screen; whether it may have this page was decided before."""
    screen: Screen | None = g.get("screen")
    return screen


def page_of(screen: Screen) -> str:
    """Return the address of the one page of a screen."""
    view: Any = current_app.view_functions[screen.endpoint]
    values: dict[str, Any] = {view.screen_argument: screen.record}
    return url_for(screen.endpoint, **values)
