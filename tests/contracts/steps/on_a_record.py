"""What is done with promises, shares, files and marks, whatever record they hang on."""

from collections.abc import Callable

from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.contracts.steps.filling_in import handed_over, promise_form, support_staff, today
from tests.contracts.steps.keeping import newest_note_of, newest_promise_of
from tests.contracts.story import Step, Story, Values


def _share(story: Story) -> Values:
    return {"colleague": support_staff(story), "until": today}


def unshare(story: Story) -> Values:
    story.known["person_id"] = story.board.people["support_staff"]
    return {}


def _photo(story: Story) -> bytes:
    from io import BytesIO

    from PIL import Image

    written = BytesIO()
    picture, words = Image.new("RGB", (64, 48), "teal"), Image.Exif()
    words[0x010E] = story.text("files.AddFilesForm", "files.description")
    picture.save(written, "JPEG", exif=words, comment=story.text("files.AddFilesForm", "files.comment").encode())
    return written.getvalue()


def _newest(table: str, column: str, name: str) -> Callable[[Story, TestResponse], None]:
    def keep(story: Story, answer: TestResponse) -> None:
        from intranet.body_map.projections import noted
        from intranet.files.projections import stored

        of = {"stored": stored, "noted": noted}[table]
        with story.board.log.read_engine.connect() as connection:
            newest = select(of.c[column]).order_by(of.c.position.desc()).limit(1)
            story.known[name] = connection.scalars(newest).one()

    return keep


_newest_file = _newest("stored", "file", "file_id")
_newest_mark = _newest("noted", "mark", "mark_id")


def _mark(story: Story) -> Values:
    return {"place": "front_right_knee", "kind": "graze", "size": "coin", "seen_on": today}


def promised(place: str, record_id: str) -> tuple[Step, ...]:
    """What is promised, moved, waived and kept; `place` is where, `record_id` the name of the id of the record."""
    new = Step(f"{place}/new", "care_coordinator", promise_form, then=newest_promise_of(record_id))
    one = f"{place}/<uuid:follow_up_id>"
    return (
        new,
        Step(f"{one}/move", "care_coordinator", handed_over),
        Step(f"{one}/waive", "care_coordinator"),
        new,
        Step(f"{one}/keep", "care_coordinator", lambda story: {"done_on": today}),
    )


def parents_know(place: str, child: str) -> Step:
    """What is said to the parents of a pupil who is in it."""
    return Step(
        f"{place}/parents",
        "care_coordinator",
        lambda story: {"child": story.board.pupils[child].hex, "informed_on": today, "how": "phone"},
    )


def shared(record: str, *, shows_closed: bool = False) -> tuple[Step, ...]:
    """What is done to share a record, whatever record it is."""
    return (
        Step(f"{record}/shares", "care_coordinator", _share, shows_closed=shows_closed),
        Step(f"{record}/shares/<uuid:person_id>/withdraw", "care_coordinator", unshare, shows_closed=shows_closed),
    )


def noted(record: str, who: str, name: str, *, shows_closed: bool = False) -> tuple[Step, ...]:
    """What is done with a note on a record that the story knows by a name; in the end the note stands there."""
    one = f"{record}/notes/<int:note>"
    return (
        Step(f"{record}/notes", who, then=newest_note_of(name), shows_closed=shows_closed),
        Step(f"{one}/withdraw", who),
        Step(f"{one}/put-back", who),
    )


def file_on(record: str) -> tuple[Step, ...]:
    """What is done with files, whatever record they hang on."""
    one = f"{record}/files/<uuid:file_id>"
    return (
        Step(f"{record}/files", "care_coordinator", lambda story: {"files": _photo}, then=_newest_file),
        Step(f"{one}/describe", "care_coordinator"),
        Step(f"{one}/original", "care_coordinator", answer=200),
        Step(f"{one}/remove", "care_coordinator"),
        Step(f"{one}/put-back", "care_coordinator"),
    )


def hang_on(record: str) -> tuple[Step, ...]:
    """What is done with files and marks, where both can hang."""
    return (
        *file_on(record),
        Step(f"{record}/body-map", "care_coordinator", _mark, then=_newest_mark),
        Step(f"{record}/body-map/<uuid:mark_id>/withdraw", "care_coordinator"),
        Step(f"{record}/body-map", "care_coordinator", _mark, then=_newest_mark),
    )
