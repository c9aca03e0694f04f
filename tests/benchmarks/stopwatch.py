"""Times several ways to do one thing in turns, so that whatever else the machine does slows them all alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Prepared = Callable[[], object]
Variant = Callable[[], Prepared]
"""Prepares one run, which is not timed, and returns what is."""


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds of each run."""

    seconds: list[float]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """The time that one in twenty runs exceeds."""
        return sorted(self.seconds)[int(0.95 * (len(self.seconds) - 1))]


def in_turns(variants: Mapping[str, Variant], rounds: int, warm_up: int = 5) -> dict[str, Times]:
    """Run every variant once a round, each round in the other direction, and return their times."""
    times: dict[str, list[float]] = {name: [] for name in variants}
    names = list(variants)
    for number in range(-min(warm_up, rounds), rounds):
        for name in names:
            run = variants[name]()
            begun = perf_counter()
            run()
            taken = perf_counter() - begun
            if number >= 0:
                times[name].append(taken)
        names.reverse()
    return {name: Times(seconds) for name, seconds in times.items()}


def seconds_of(run: Prepared) -> float:
    """Return how long one run took."""
    begun = perf_counter()
    run()
    return perf_counter() - begun
