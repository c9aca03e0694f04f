"""Frozen dataclasses whose methods are written when they are first asked for, which for most of them is never."""

from collections.abc import Callable
from dataclasses import Field, FrozenInstanceError, dataclass, field, fields, make_dataclass
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

Made = TypeVar("Made")
_DOC = "A frozen dataclass."
"""For each without words of its own; `dataclass` would look up its signature, and write that down."""


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(made: type[Made], /) -> type[Made]: ...
@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field, Field))
def frozen(*, kw_only: bool = ..., slots: bool = ...) -> Callable[[type[Made]], type[Made]]: ...
def frozen(made: type[Made] | None = None, /, *, kw_only: bool = False, slots: bool = True) -> Any:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it, at a fraction of the price.

    That writes and compiles six methods for each class when its module is read: for all classes of the product a
    sixth of every start. It can be subclassed by its like only.

    Raises `TypeError` for what `dataclass` refuses.
    """

    def make(made: type[Made]) -> type[Made]:
        for name, attribute in (LATE | {"__setstate__": _set_state} if slots else LATE).items():
            if name not in made.__dict__ or (name == "__doc__" and not made.__doc__):
                setattr(made, name, attribute)
        return dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=slots)(made)

    return make if made is None else make(made)


class _WrittenLate:
    """A method that stands for the one of a dataclass until somebody asks for it."""

    def __init__(self, name: str):
        self.name = name

    def __get__(self, instance: object, of: type) -> Any:
        # None when another thread asked at the same moment, and was first.
        stands_in = next((each for each in of.__mro__ if each.__dict__.get(self.name) is self), None)
        if stands_in is not None:
            setattr(stands_in, self.name, _written(stands_in, self.name))
        return getattr(of if instance is None else instance, self.name)


def _written(made: type, name: str) -> Any:
    """Return a method that a dataclass with the fields of this one would have."""
    own = {"__doc__": _DOC}
    if hasattr(made, "__post_init__"):
        own["__post_init__"] = made.__post_init__
    like_it = make_dataclass(
        made.__name__, [(each.name, each.type, each) for each in fields(made)], namespace=own, frozen=True,
        init=name == "__init__", repr=name == "__repr__", eq=name in ("__eq__", "__hash__"),
        slots="__slots__" in made.__dict__,
    )  # fmt: skip
    written = like_it.__dict__[name]
    written.__qualname__ = f"{made.__qualname__}.{name}"
    return written


def _refuse_to_set(_of: object, name: str, _to: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_of: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _set_state(of: object, state: tuple[None, dict[str, Any]]) -> None:
    """Fill a copy, or what was pickled: Python would assign to its fields."""
    for name, to in state[1].items():
        object.__setattr__(of, name, to)


LATE: dict[str, Any] = {
    "__doc__": _DOC, "__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete,
    **{name: _WrittenLate(name) for name in ("__init__", "__repr__", "__eq__", "__hash__")},
}  # fmt: skip
"""What stands in a class for the methods of a frozen dataclass."""
