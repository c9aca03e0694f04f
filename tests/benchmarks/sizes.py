"""How much is measured: everything, or so little that a test of these modules takes seconds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """`rounds` repeat what takes milliseconds, `starts` what takes seconds; rests are in seconds."""

    rounds: int = 300
    page_rounds: int = 60
    pupils_in_a_group: int = 28
    years: int = 10
    events_a_year: int = 1_500
    replayed: int = 200_000
    rebuilt: int = 10_000
    rebuilds: int = 2
    rest_between_posts: float = 0.0
    verified: int = 1_000_000
    past_events: int = 20_000
    starts: int = 7
    requests_before_weighing: int = 150
    traced_reports: int = 60
    more_projections: int = 20
    boards: int = 30
    board_seconds: int = 20


FULL = Sizes()
SMALL = Sizes(
    rounds=2, page_rounds=1, pupils_in_a_group=2, years=2, events_a_year=10, replayed=60, rebuilt=20, rebuilds=1,
    rest_between_posts=0.1, verified=300, past_events=40, starts=1, requests_before_weighing=2, traced_reports=3,
    more_projections=2, boards=2, board_seconds=2,
)  # fmt: skip
