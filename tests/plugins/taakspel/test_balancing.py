"""Teams that match each other: every kind spread evenly, whatever the group."""

from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from plugins.taakspel.balancing import NOTICED, balanced, usual_number

groups = st.lists(st.sampled_from(NOTICED), min_size=1, max_size=36)


@given(groups, st.integers(2, 8), st.integers())
def test_no_two_teams_differ_by_more_than_one(kinds, teams, seed):
    noticed = {UUID(int=number): kind for number, kind in enumerate(kinds)}
    dealt = balanced(noticed, teams, Random(seed))
    assert sorted(pupil for team in dealt for pupil in team) == sorted(noticed)
    for counted in [lambda team: len(team), *(_of(kind, noticed) for kind in NOTICED)]:
        sizes = [counted(team) for team in dealt]
        assert max(sizes) - min(sizes) <= 1


def _of(kind, noticed):
    return lambda team: sum(noticed[pupil] == kind for pupil in team)


def test_a_group_makes_teams_of_four_or_five():
    for pupils in range(16, 36):
        assert 3.9 <= pupils / usual_number(pupils) <= 5
    assert usual_number(3) == 2
    assert usual_number(60) == 8
