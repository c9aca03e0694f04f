"""What pages ask of observations, consultations and weeks."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from intranet.api import SchoolYear, current_school, today

from . import reading
from .choices import PLAYGROUND
from .group_projections import consultation, observation, week
from .reading import first_row, rows_of


def this_monday() -> date:
    """Return the first day of this week."""
    return today() - timedelta(days=today().isoweekday() - 1)


def observations(group_id: UUID, year: SchoolYear) -> list[Any]:
    """Return the observations of a group that were made in a school year, in the order of their days."""
    query = select(observation).where(
        observation.c.school == current_school(),
        observation.c.class_group == group_id,
        observation.c.looks > 0,
        observation.c.day.between(year.first, year.last),
    )
    return rows_of(query.order_by(observation.c.day, observation.c.observation))


def observation_row(observation_id: UUID) -> Any:
    """Return an observation of this school, None when there is none or it was dropped."""
    return first_row(
        select(observation).where(observation.c.school == current_school(), observation.c.observation == observation_id)
    )


def observations_to_make(group_ids: Iterable[UUID]) -> list[Any]:
    """Return the observations of these groups that are planned and not made."""
    query = select(observation).where(
        observation.c.school == current_school(),
        observation.c.looks == 0,
        observation.c.class_group.in_(list(group_ids)),
    )
    return rows_of(query.order_by(observation.c.day, observation.c.observation))


def consultations(group_id: UUID, year: SchoolYear) -> list[Any]:
    """Return the consultations about a group in a school year, the newest first."""
    query = select(consultation).where(
        consultation.c.school == current_school(),
        consultation.c.class_group == group_id,
        consultation.c.day.between(year.first, year.last),
    )
    return rows_of(query.order_by(consultation.c.day.desc(), consultation.c.consultation))


def consultation_row(consultation_id: UUID) -> Any:
    """Return a consultation of this school, None when there is none."""
    return first_row(
        select(consultation).where(
            consultation.c.school == current_school(), consultation.c.consultation == consultation_id
        )
    )


def agreements_to_look_back_on(group_ids: Iterable[UUID]) -> list[Any]:
    """Return the consultations of these groups whose agreements are to be looked back on."""
    query = select(consultation).where(
        consultation.c.school == current_school(),
        consultation.c.look_back_on.is_not(None),
        consultation.c.kept.is_(None),
        consultation.c.class_group.in_(list(group_ids)),
    )
    return rows_of(query.order_by(consultation.c.look_back_on, consultation.c.consultation))


def week_of(group_id: UUID, monday: date) -> Any:
    """Return what a group agreed on for a week, None when nothing."""
    return first_row(
        select(week).where(week.c.school == current_school(), week.c.class_group == group_id, week.c.monday == monday)
    )


def week_row(week_id: UUID) -> Any:
    """Return a week of this school, None when there is none."""
    return first_row(select(week).where(week.c.school == current_school(), week.c.week == week_id))


def weeks_to_reward(group_ids: Iterable[UUID]) -> list[Any]:
    """Return the weeks of these groups whose reward was not given yet and that some team earned."""
    query = select(week).where(
        week.c.school == current_school(),
        ~week.c.given,
        week.c.monday <= today(),
        week.c.monday >= SchoolYear.of(today()).first,
        week.c.class_group.in_(list(group_ids)),
    )
    return [row for row in rows_of(query.order_by(week.c.monday)) if week_winners(row.class_group, row.monday)]


def week_winners(group_id: UUID, monday: date) -> list[str]:
    """Return the codes of the names of the teams that won every game of a week; the playground counts apart."""
    games = [row for row in reading.played(monday, monday + timedelta(days=6), group_id) if row.variant != PLAYGROUND]
    kept = reading.teams_of([row.game for row in games])
    won = [{each.name for each in kept.get(row.game, ()) if each.taken < row.cards} for row in games]
    return sorted(set.intersection(*won)) if won else []
