"""The recorder passes the library's own tests, and gives a school's events their place."""

import threading
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent
from eventsourcing.tests.persistence import ApplicationRecorderTestCase

from events.log.clock import told_at
from events.log.context import acting
from events.log.errors import AlreadyDone
from events.log.mapper import from_milliseconds
from events.log.store import Log
from events.log.tables import command_key

CASES = [name for name in dir(ApplicationRecorderTestCase) if name.startswith("test_")]


class InOneSchool:
    """The recorder as the library knows it: without schools, called from any thread."""

    def __init__(self, log: Log):
        self.log, self.school = log, uuid4()

    def __getattr__(self, name: str):
        method = getattr(self.log.recorder, name)

        def in_school(*args, **kwargs):
            with acting(school=self.school):
                return method(*args, **kwargs)

        return in_school


@pytest.mark.parametrize("name", CASES)
def test_library_recorder_case(name: str, log: Log) -> None:
    class Case(ApplicationRecorderTestCase):
        def create_recorder(self):
            return InOneSchool(log)

    before = set(threading.enumerate())
    case = Case(name)
    result = case.run()
    # The library tells its readers to stop and does not wait: they would still be in a log that is closed.
    for reader in set(threading.enumerate()) - before:
        reader.join(30)
    assert result.testsRun == 1
    assert not result.failures, result.failures
    assert not result.errors, result.errors


def stored(version: int = 1, stream: UUID | None = None) -> StoredEvent:
    return StoredEvent(stream or uuid4(), version, "lost_property.item.Found", b"{}")


def test_each_school_counts_its_own_events(log: Log) -> None:
    one, other = uuid4(), uuid4()
    for school in (one, other, one):
        with acting(school=school):
            log.recorder.insert_events([stored()])
    assert (log.head(one).size, log.head(other).size) == (2, 1)
    with acting(school=one):
        assert [notification.id for notification in log.recorder.select_notifications(None, 10)] == [1, 2]


def test_recorded_at_never_goes_back(log: Log, school: UUID) -> None:
    later = 4_000_000_000_000
    with told_at(from_milliseconds(later)), acting(school=school):
        log.recorder.insert_events([stored()])
    with acting(school=school):
        log.recorder.insert_events([stored()])
    rows = log.recorder.select_rows(school, after=0, until=None, at_most=10)
    assert [row.recorded_at for row in rows] == [later, later]


def test_a_refused_save_leaves_no_gap(log: Log, school: UUID) -> None:
    stream = uuid4()
    with acting(school=school):
        log.recorder.insert_events([stored(1, stream)])
        with pytest.raises(Exception, match="version already"):
            log.recorder.insert_events([stored(1, stream)])
        assert log.recorder.insert_events([stored(2, stream)]) == [2]


def test_one_form_is_recorded_once_by_25_simultaneous_submits(log: Log, school: UUID) -> None:
    outcomes: list[object] = []
    start = threading.Barrier(25)

    def submit() -> None:
        mine = stored()
        start.wait()
        with acting(school=school, command_key="form-1"):
            try:
                outcomes.append(log.recorder.insert_events([mine]))
            except AlreadyDone as done:
                outcomes.append(done.stream)

    threads = [threading.Thread(target=submit) for _ in range(25)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count([1]) == 1
    assert len({outcome for outcome in outcomes if isinstance(outcome, UUID)}) == 1
    assert log.head(school).size == 1
    with log.read() as connection:
        assert connection.execute(command_key.select()).one().kind == "lost_property.item"


def test_32_people_reporting_at_once_are_all_accepted_with_dense_positions(log: Log, school: UUID) -> None:
    start = threading.Barrier(32)
    positions: list[int] = []

    def report() -> None:
        start.wait()
        with acting(school=school, actor=uuid4()):
            positions.extend(log.recorder.insert_events([stored()]))

    threads = [threading.Thread(target=report) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(positions) == list(range(1, 33))
