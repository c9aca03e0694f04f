"""A past is replayed once, kept while it is looked at, and only so many bytes of it."""

import threading
import time

from intranet.as_of.keeping import KeptReplays
from tests.intranet.as_of.conftest import told
from tests.intranet.incidents.small_school import SmallSchool


class OfBytes:
    """Stands in for a replay of some size: what is kept here is only how many there are."""

    def __init__(self, size: int):
        self.size, self.users, self.closed = size, 0, False

    def in_use(self):
        return self

    def __enter__(self):
        assert not self.closed
        self.users += 1
        return self

    def __exit__(self, *_):
        self.users -= 1

    def close(self) -> None:
        self.closed = True


def test_the_one_used_longest_ago_goes_first_and_the_newest_always_stays() -> None:
    kept, made = KeptReplays(100), {}

    def ask(name: str, size: int = 40) -> None:
        with kept.borrowed(name, lambda: made.setdefault(name, OfBytes(size))):
            pass

    for name in ("a", "b", "a", "c"):
        ask(name)
    assert [name for name, each in made.items() if each.closed] == ["b"]
    assert kept.bytes == 80
    ask("c")
    assert kept._making == {}
    ask("large", 500)
    assert [name for name, each in made.items() if not each.closed] == ["large"]
    kept.close()
    assert made["large"].closed


def test_of_those_who_ask_at_once_one_makes_it() -> None:
    kept, made, threads, together = KeptReplays(100), [], [], threading.Barrier(6)

    def make() -> OfBytes:
        time.sleep(0.05)
        made.append(OfBytes(1))
        return made[-1]

    def ask() -> None:
        together.wait()
        with kept.borrowed("a", make):
            pass

    for _ in range(6):
        threads.append(threading.Thread(target=ask))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert made[0].users == 0


def test_one_that_fails_can_be_made_again() -> None:
    kept = KeptReplays(100)
    for failing in (True, False):
        try:
            with kept.borrowed("a", lambda failing=failing: 1 / 0 if failing else OfBytes(1)) as replay:
                assert replay.size == 1
        except ZeroDivisionError:
            assert failing


def test_what_is_recorded_since_makes_no_new_replay(place: SmallSchool, monkeypatch) -> None:
    from intranet.as_of import entering
    from intranet.people.commands import register_person

    made = []
    replayed = entering.replayed
    monkeypatch.setattr(entering, "replayed", lambda *given: made.append(given) or replayed(*given))
    head = place.client("marijke")

    def look(**query: str) -> None:
        assert head.get("/people", query_string=query).status_code == 200

    for moment in ("2026-03-12", "2026-03-13T09:00", "2026-03-12"):
        look(op=moment)
    told(place, "03-20 09:00", "marijke", register_person, kind="pupil", given_name="Vera")
    look(op="2026-03-12")
    assert len(made) == 1, "nothing was recorded between these moments"
    look(op="2026-03-21")
    look(op="2026-03-12", klok="gebeurd")
    look(op="2026-03-12", klok="gebeurd")
    assert len(made) == 3
    told(place, "03-22 09:00", "marijke", register_person, kind="pupil", given_name="Siem")
    look(op="2026-03-12", klok="gebeurd")
    assert len(made) == 4, "what is known of it today has changed"


def test_pages_of_two_pasts_at_once_do_not_mix(place: SmallSchool) -> None:
    from intranet.people.commands import register_person

    told(place, "03-20 09:00", "marijke", register_person, kind="pupil", given_name="Vera", family_name="Later")
    answers: dict[str, list[bool]] = {"2026-03-12": [], "2026-03-21": []}

    def look(moment: str) -> None:
        browser = place.client("marijke")
        for _ in range(4):
            answers[moment].append("Vera Later" in browser.get("/people", query_string={"op": moment}).text)

    threads = [threading.Thread(target=look, args=[moment]) for moment in answers for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {"2026-03-12": [False] * 8, "2026-03-21": [True] * 8}
