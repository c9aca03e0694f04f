"""What people do around the games of a group: watch, agree after a visit, and reward a week."""

from datetime import date, timedelta
from uuid import UUID

from intranet.api import Refused, current_actor, current_school, log, notify, teachers_of, today

from . import group_reading, reading
from .group_events import Consultation, Observation, Week

WEEK = timedelta(days=7)
AGREED = "taakspel.agreed"
"""The notice for who teaches the group: somebody else wrote down what they agreed."""


def _(sentence: str) -> str:
    """Mark a sentence for the catalogs; it is translated where it is shown."""
    return sentence


def plan_observation(group_id: UUID, *, day: date, moment: str) -> UUID:
    """Agree to watch a group on a day, and return the id of the observation."""
    observation = Observation.plan(group_id=group_id, day=day, moment=moment)
    log.save(observation)
    return observation.id


def make_observation(observation_id: UUID, *, day: date, lesson: str, looks: int, on_task: int, breaches: int) -> None:
    """Record what was seen. Raises `Refused` for a day to come."""
    if day > today():
        raise Refused(_("Deze dag komt nog. Vul in wat je zag als je gekeken hebt."))
    observation = log.get(Observation, observation_id)
    observation.make(day=day, lesson=lesson, looks=looks, on_task=on_task, breaches=breaches)
    log.save(observation)


def drop_observation(observation_id: UUID) -> None:
    """Let an observation not go on, or count no more."""
    observation = log.get(Observation, observation_id)
    observation.drop()
    if observation.pending_events:
        log.save(observation)


def hold_consultation(group_id: UUID, *, day: date, phase: str, agreements: str, look_back_on: date | None) -> UUID:
    """Record a visit to the class and what was agreed, tell who teaches it, and return its id.

    Raises `Refused` for a day to come.
    """
    if day > today():
        raise Refused(_("Deze dag komt nog. Leg een consultatie vast als die geweest is."))
    consultation = Consultation.hold(
        group_id=group_id, day=day, phase=phase, agreements=agreements, look_back_on=look_back_on
    )
    with log.unit_of_work():
        log.save(consultation)
        for teacher in teachers_of(current_school()).get(group_id, ()):
            if teacher != current_actor():
                notify(teacher, AGREED, consultation)
    return consultation.id


def look_back_on_agreements(consultation_id: UUID, *, kept: str) -> None:
    """Say what came of the agreements."""
    consultation = log.get(Consultation, consultation_id)
    consultation.look_back(kept=kept)
    log.save(consultation)


def agree_on_week(group_id: UUID, *, monday: date, reward: str) -> None:
    """Agree on the reward of a week, or on another one. Raises `Refused` once the group has played in that week."""
    # The school's head row is taken first: two colleagues at the same moment do not agree on two rewards.
    with log.unit_of_work():
        if reading.played(monday, monday + WEEK - timedelta(days=1), group_id):
            raise Refused(_("In deze week is al gespeeld. Een weekbeloning spreek je vooraf af."))
        row = group_reading.week_of(group_id, monday)
        if row is None:
            week = Week.agree(group_id=group_id, monday=monday, reward=reward)
        else:
            week = log.get(Week, row.week)
            week.change(reward=reward)
        if week.pending_events:
            log.save(week)


def give_week_reward(week_id: UUID) -> None:
    """Give the reward of a week. Raises `Refused` while no team won all its games."""
    week = log.get(Week, week_id)
    if not group_reading.week_winners(week.group_id, week.monday):
        raise Refused(_("Nog geen team won alle spellen van deze week."))
    week.give()
    if week.pending_events:
        log.save(week)
