"""What more than one part of the story fills in, and the addresses that more than one part posts to."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.contracts.story import Step, Story, Values

HEAD, BOARD = "head_teacher", "executive_director"
INCIDENT = "/incidents/<uuid:incident_id>"


def support_staff(story: Story) -> str:
    return story.board.people["support_staff"].hex


def incident_form(story: Story) -> Values:
    pupil = story.board.pupils["own"].hex
    return {
        "kinds": ["quarrel"],
        "people": [pupil],
        f"people-role-{pupil}": "witness",
        "place": "gym",
        "moment": "just_now",
        "group": story.board.groups["6a"].hex,
        "account-mention": f"{pupil} {story.text('account-mention', 'label')}",
    }


def promise_form(story: Story) -> Values:
    owner, person = story.board.people["care_coordinator"], story.board.pupils["other"]
    return {"kind": "victim_talk", "owner": owner.hex, "person": person.hex, "due_on": today(story)}


def handed_over(story: Story) -> Values:
    return {"owner": story.board.people["head_teacher"].hex, "due_on": today(story)}


def of_pupil(**more: str) -> Callable[[Story], Values]:
    return lambda story: {"person": story.board.pupils["own"].hex, **more}


def today(story: Story) -> str:
    from intranet.people import today as school_clock

    with story.board.app.app_context():
        return school_clock.today().isoformat()


def day_after(story: Story, days: int) -> str:
    return (date.fromisoformat(today(story)) + timedelta(days=days)).isoformat()


def taken_out(rule: str, who: str, *, names: bool = True) -> Step:
    """Return the step that makes a file of a list."""
    return Step(rule, who, lambda story: {"format": "csv", **({"names": "with"} if names else {})}, answer=200)
