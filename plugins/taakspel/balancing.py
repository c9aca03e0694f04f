"""Dividing a group into teams that can match each other. What a teacher noticed goes in, and is kept nowhere."""

from collections.abc import Mapping
from random import Random
from uuid import UUID

MUCH, SOME, NONE = NOTICED = ("much", "some", "none")
"""How much rule-breaking a teacher noticed. It only lives while teams are being made."""
TEAM_OF = 4.5


def usual_number(pupils: int) -> int:
    """Return how many teams of 4 or 5 a group makes."""
    return max(2, min(8, round(pupils / TEAM_OF)))


def balanced(noticed: Mapping[UUID, str], teams: int, draw: Random) -> list[list[UUID]]:
    """Spread pupils with much, some and no rule-breaking over the teams, chance deciding among equals.

    No two teams differ by more than one pupil of each kind, nor by more than one in all.
    """
    dealt: list[list[UUID]] = [[] for _ in range(teams)]
    place = 0
    for kind in NOTICED:
        alike = [pupil for pupil, seen in noticed.items() if seen == kind]
        draw.shuffle(alike)
        # Dealt on where the last kind stopped: that keeps both each kind and the whole within one.
        for pupil in alike:
            dealt[place % teams].append(pupil)
            place += 1
    return dealt
