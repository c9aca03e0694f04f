"""The calendar of the school."""

from tests.contracts.steps.filling_in import HEAD, taken_out
from tests.contracts.steps.keeping import id_in
from tests.contracts.story import Step, Story, Values


def _calendar(story: Story) -> bytes:
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:school\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20261221\r\n"
        f"SUMMARY:{story.text('calendar.CalendarUploadForm', 'file.summary')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def _period(story: Story) -> Values:
    story.known["period_id"] = story.board.period
    return {"kind": "other", "first": "2026-10-20", "last": ""}


STEPS = (
    Step("/calendar/new", HEAD, lambda story: {"kind": "holiday", "first": "2026-12-24", "last": "2026-12-25"}),
    Step("/calendar/<uuid:period_id>", HEAD, _period),
    Step("/calendar/<uuid:period_id>/remove", HEAD),
    Step("/calendar/<uuid:period_id>/put-back", HEAD),
    taken_out("/calendar/export", "teacher", names=False),
    Step("/calendar/week", HEAD, lambda story: {"weekdays": ["1", "2"], "since": "2027-01-01"}),
    Step("/calendar/import", HEAD, lambda story: {"file": _calendar}, then=id_in(r"/import/(.+)", "upload_id")),
    Step("/calendar/import/<uuid:upload_id>/discard", HEAD),
    Step("/calendar/import", HEAD, lambda story: {"file": _calendar}, then=id_in(r"/import/(.+)", "upload_id")),
    Step("/calendar/import/<uuid:upload_id>", HEAD, lambda story: {"kind1": "study_day"}),
)  # fmt: skip
