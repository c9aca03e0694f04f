"""Frozen classes behave as the frozen dataclasses of Python do, and are written only when they are used."""

import copy
import inspect
import pickle
import threading
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace
from functools import cached_property
from types import FunctionType
from typing import Any

import pytest

from events import frozen as module
from events.frozen import frozen


def _pair(make: Callable[[], type], **options: bool) -> tuple[Any, Any]:
    """Return the same class made by Python and by us."""
    return dataclass(frozen=True, **{"slots": True} | options)(make()), frozen(**options)(make())


def _seat() -> type:
    class Seat:
        row: int
        number: int = 1
        marks: frozenset[str] = field(default_factory=frozenset)
        note: str = field(default="", compare=False, repr=False)
        label: str = field(init=False, default="seat")

        def __post_init__(self) -> None:
            if self.row < 0:
                raise ValueError("no row below 0")

    return Seat


SEATS = _pair(_seat)
CALLS: list[Callable[[Any], Any]] = [
    lambda seat: seat(1),
    lambda seat: seat(1, 2, frozenset("a"), "note"),
    lambda seat: seat(row=3, marks=frozenset("b")).marks,
    lambda seat: seat(1) == seat(1, note="other"),
    lambda seat: seat(1) != seat(2),
    lambda seat: seat(1) == 1,
    lambda seat: hash(seat(1)) == hash(seat(1, note="other")),
    lambda seat: hash(seat(1)) == hash(seat(2)),
    lambda seat: {seat(1): "one"}[seat(1)],
    lambda seat: asdict(seat(4)),
    lambda seat: replace(seat(4), number=7),
    lambda seat: copy.copy(seat(4)),
    lambda seat: copy.deepcopy(seat(4)),
    lambda seat: inspect.signature(seat),
    lambda seat: seat.__match_args__,
    lambda seat: seat.__slots__,
    lambda seat: seat.__init__.__qualname__,
    lambda seat: seat(),
    lambda seat: seat(1, 2, 3, 4, 5),
    lambda seat: seat(1, color="red"),
    lambda seat: seat(-1),
    lambda seat: setattr(seat(1), "row", 2),
    lambda seat: delattr(seat(1), "row"),
]


def _outcome(call: Callable[[Any], Any], seat: Any) -> str:
    try:
        return repr(call(seat))
    except Exception as error:
        return repr(error)


@pytest.mark.parametrize("call", CALLS)
def test_it_is_what_a_frozen_dataclass_is(call: Callable[[Any], Any]) -> None:
    of_python, ours = SEATS
    assert _outcome(call, ours) == _outcome(call, of_python)


def test_fields_by_keyword_only_and_without_slots() -> None:
    for seat in _pair(_seat, kw_only=True, slots=False):
        with pytest.raises(TypeError, match="positional"):
            seat(1)
        assert vars(seat(row=1))["row"] == 1


@frozen
class Kept:
    row: int


def test_it_comes_back_from_a_pickle() -> None:
    assert pickle.loads(pickle.dumps(Kept(5))) == Kept(5)


def test_how_it_is_filled_again_can_be_its_own() -> None:
    @frozen
    class Doubled:
        row: int

        def __setstate__(self, state: Any) -> None:
            object.__setattr__(self, "row", 2 * state[1]["row"])

    assert copy.copy(Doubled(4)) == Doubled(8)


def test_a_value_can_be_worked_out_once() -> None:
    @frozen(slots=False)
    class Square:
        side: int

        @cached_property
        def surface(self) -> int:
            return self.side**2

    square = Square(3)
    assert (square.surface, vars(square)["surface"]) == (9, 9)


def test_its_own_methods_and_words_are_kept() -> None:
    @frozen
    class Word:
        """A word."""

        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Word) and self.text.lower() == other.text.lower()

        def __repr__(self) -> str:
            return self.text

    assert Word("A") == Word("a")
    assert repr(Word("A")) == "A"
    assert Word.__doc__ == "A word."
    with pytest.raises(TypeError, match="unhashable"):
        hash(Word("A"))


def test_a_child_has_the_fields_of_its_parent_whichever_is_used_first() -> None:
    @frozen
    class Parent:
        row: int

    @frozen
    class Child(Parent):
        number: int

    child = Child(1, 2)
    assert (child.row, child.number) == (1, 2)
    assert Parent(1).row == 1
    assert child != Parent(1)
    assert repr(child).endswith("Child(row=1, number=2)")


def test_nothing_is_written_before_it_is_used() -> None:
    _python, seat = _pair(_seat)

    def written() -> set[str]:
        return {name for name in module.LATE if isinstance(vars(seat)[name], FunctionType)}

    at_first = written()
    assert at_first == {"__setattr__", "__delattr__"}
    seat(1)
    assert written() - at_first == {"__init__"}
    assert seat(1) == seat(1)
    assert written() - at_first == {"__init__", "__eq__"}


def test_two_threads_may_use_it_first_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    _python, seat = _pair(_seat)
    both, write, made = threading.Barrier(2), module._written, []

    def written(made: type, name: str) -> Any:
        both.wait(10)
        return write(made, name)

    monkeypatch.setattr(module, "_written", written)
    threads = [threading.Thread(target=lambda: made.append(seat(1))) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 2


def test_who_asks_when_another_was_first_gets_what_the_other_wrote() -> None:
    _python, seat = _pair(_seat)
    stood_in = vars(seat)["__init__"]
    seat(1)
    assert stood_in.__get__(None, seat) is seat.__init__


def test_a_field_that_may_change_is_refused_as_python_does() -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @frozen
        class List:
            lines: list[str] = []  # noqa: RUF008, RUF012

    with pytest.raises(FrozenInstanceError):
        Kept(1).row = 2  # type: ignore[misc]
