"""Taking over free days from a read iCal file: what is new in it, and adding what somebody chose."""

from collections.abc import Sequence
from uuid import UUID

from intranet.api import log
from intranet.calendar.events import FreePeriod
from intranet.calendar.ical_file import CalendarFile, Found
from intranet.calendar.reading import free_periods
from intranet.uploads import Uploads

uploads = Uploads("calendar.ical", CalendarFile)


def new_days(read: CalendarFile) -> dict[int, Found]:
    """Return what the calendar of the school does not have yet, by its number in the file."""
    if not read.found:
        return {}
    known = {(row.first, row.last) for row in free_periods(read.found[0].first, max(each.last for each in read.found))}
    return {number: each for number, each in enumerate(read.found) if (each.first, each.last) not in known}


def take_over(chosen: Sequence[tuple[Found, str]], upload_id: UUID) -> int:
    """Add these days with these kinds, all or none, and return how many; the upload goes in the same transaction."""
    with log.unit_of_work() as work:
        periods = [
            FreePeriod.plan(title=each.title, kind=kind, first=each.first, last=each.last) for each, kind in chosen
        ]
        if periods:
            log.save(*periods)
        uploads.taken_over(work, upload_id)
    return len(periods)
