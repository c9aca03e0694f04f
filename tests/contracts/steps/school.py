"""The school, what it switches on, and access in an emergency."""

from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.contracts.steps.filling_in import HEAD, taken_out
from tests.contracts.story import Step, Story, Values


def _emergency(story: Story) -> Values:
    story.known["person_id"] = story.board.pupils["own"]
    return {}


def _notice(story: Story) -> Values:
    from intranet.notices.kinds import EMERGENCY
    from intranet.notices.projections import notice

    with story.board.log.read_engine.connect() as connection:
        story.known["position"] = connection.scalars(select(notice.c.position).where(notice.c.kind == EMERGENCY)).one()
    return {}


def _newest_emergency(story: Story, _answer: TestResponse) -> None:
    from intranet.emergency.projections import emergency

    with story.board.log.read_engine.connect() as connection:
        newest = select(emergency.c.access).order_by(emergency.c.opened_at.desc()).limit(1)
        story.known["emergency_id"] = connection.scalars(newest).one()


def _cell(story: Story) -> Values:
    story.known |= {"permission": "signals.read", "duty": "support_staff"}
    return {"relations": ["own_group"], "seen": "own_group"}


LAW = {
    "since": "2020-08-01",
    "always_serious": ["weapon"],
    "serious_from": "3",
    "notice_days": "2",
    "evaluation_month": "10",
}


def _notebook(story: Story) -> Values:
    story.known["name"] = "notebook"
    return {}


STEPS = (
    Step("/school/climbing", HEAD, lambda story: {"coordinator": "2", "director": "5"}),
    Step("/school/case-term", HEAD, lambda story: {"weeks": "4"}),
    Step("/school", HEAD, lambda story: {"brin": "99xx", "holiday_region": "midden"}),
    Step("/school/need-to-know/<permission>/<duty>", HEAD, _cell),
    taken_out("/school/need-to-know/export", HEAD, names=False),
    Step(
        "/people/<uuid:person_id>/emergency",
        "care_coordinator",
        _emergency,
        shapes={"reason": "Nu nodig, want {} wacht."},
        then=_newest_emergency,
    ),
    Step("/school/law", HEAD, lambda story: {**LAW, "step": "try"}, answer=200),
    Step("/school/law", HEAD, lambda story: {**LAW, "step": "on"}),
    Step("/school/law/evaluations", HEAD, lambda story: {"begins": "2026", "sources": ["incidents"]}),
    Step("/notices/mail", HEAD, lambda story: {"hour": "7", "kinds": ["mentioned"]}),
    Step("/notices/mail/fetch", HEAD),
    Step("/notices/<int:position>", HEAD, _notice),
    Step("/emergency/end", "care_coordinator", lambda story: {"access": story.known["emergency_id"].hex}),
    Step("/emergency/<uuid:emergency_id>", HEAD, lambda story: {"verdict": "justified"}),
    taken_out("/emergency/export", HEAD),
    Step("/school/plugins/<name>/off", HEAD, _notebook),
    Step("/school/plugins/<name>/on", HEAD),
    Step("/school/plugins/<name>/settings", HEAD),
    Step("/notebook/", "care_coordinator"),
)  # fmt: skip
