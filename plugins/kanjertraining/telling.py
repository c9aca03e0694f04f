"""The events of Kanjertraining as sentences for whoever reviews the log; never what somebody wrote."""

from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from intranet.api import EventDescription, Roster, Told, current_school, roster

from . import words
from .events import PARENTS, Lesson, Programme
from .school_events import AGREEMENT, Licence, Line, Window


def describe(event: Any, told: Told) -> EventDescription | None:
    """Return the sentence of an event of this plugin."""
    tell = _TELL.get(type(event))
    return None if tell is None else EventDescription(tell(event, told))


def _day(day: Any) -> str:
    return str(format_date(day, "d MMMM y"))


def _people() -> Roster:
    return roster(current_school())


def _drawn(event: Any, told: Told) -> str:
    groups = words.groups_in_words(event.year_groups)
    if event.copied_from:
        return _("%(who)s nam een programma van vorig jaar over voor %(groups)s.", who=told.who, groups=groups)
    return _("%(who)s maakte een programma voor %(groups)s.", who=told.who, groups=groups)


def _renamed(event: Any, told: Told) -> str:
    groups = words.groups_in_words(event.year_groups)
    return _("%(who)s paste een programma aan: %(groups)s.", who=told.who, groups=groups)


def _topic_added(event: Any, told: Told) -> str:
    return _("%(who)s zette les %(number)s in een programma.", who=told.who, number=event.number)


def _topic_changed(event: Any, told: Told) -> str:
    return _("%(who)s paste les %(number)s van een programma aan.", who=told.who, number=event.number)


def _topic_removed(_event: Any, told: Told) -> str:
    return _("%(who)s haalde een les uit een programma.", who=told.who)


def _dropped(_event: Any, told: Told) -> str:
    return _("%(who)s haalde een programma weg.", who=told.who)


def _planned(event: Any, told: Told) -> str:
    group, day = words.group_label(event.group_id, _people()), _day(event.day)
    if event.repeats:
        return _("%(who)s plande een herhaling voor groep %(group)s op %(day)s.", who=told.who, group=group, day=day)
    if event.kind == PARENTS:
        return _("%(who)s plande een ouderles voor groep %(group)s op %(day)s.", who=told.who, group=group, day=day)
    return _("%(who)s plande een kanjerles voor groep %(group)s op %(day)s.", who=told.who, group=group, day=day)


def _moved(event: Any, told: Told) -> str:
    return _("%(who)s zette een kanjerles op %(day)s.", who=told.who, day=_day(event.day))


def _given(event: Any, told: Told) -> str:
    teacher, day = told.person(event.given_by), _day(event.day)
    return _("%(who)s legde vast dat %(teacher)s een kanjerles gaf op %(day)s.", who=told.who, teacher=teacher, day=day)


def _skipped(event: Any, told: Told) -> str:
    reason = str(words.REASON_LABELS.get(event.reason, event.reason)).lower()
    return _("%(who)s legde vast dat een kanjerles niet doorging: %(reason)s.", who=told.who, reason=reason)


def _taken_back(_event: Any, told: Told) -> str:
    return _("%(who)s zette een kanjerles terug op gepland.", who=told.who)


def _withdrawn(_event: Any, told: Told) -> str:
    return _("%(who)s haalde een kanjerles uit de planning.", who=told.who)


def _licence(event: Any, told: Told) -> str:
    person, day = told.person(event.person_id), _day(event.valid_until)
    return _(
        "%(who)s legde een licentie van %(person)s vast, tot en met %(day)s.", who=told.who, person=person, day=day
    )


def _licence_changed(event: Any, told: Told) -> str:
    return _("%(who)s paste een licentie aan: tot en met %(day)s.", who=told.who, day=_day(event.valid_until))


def _licence_withdrawn(_event: Any, told: Told) -> str:
    return _("%(who)s liet een licentie niet meer tellen.", who=told.who)


def _window(event: Any, told: Told) -> str:
    first, last = _day(event.first), _day(event.last)
    return _(
        "%(who)s zette KanVAS van %(first)s tot en met %(last)s in de planning.", who=told.who, first=first, last=last
    )


def _window_changed(event: Any, told: Told) -> str:
    first, last = _day(event.first), _day(event.last)
    return _("%(who)s paste KanVAS aan: van %(first)s tot en met %(last)s.", who=told.who, first=first, last=last)


def _window_removed(_event: Any, told: Told) -> str:
    return _("%(who)s haalde een afname van KanVAS uit de planning.", who=told.who)


def _worded(event: Any, told: Told) -> str:
    if event.kind == AGREEMENT:
        return _("%(who)s zette een kanjerafspraak in de lijst.", who=told.who)
    return _("%(who)s zette een thema in de lijst.", who=told.who)


def _reworded(_event: Any, told: Told) -> str:
    return _("%(who)s zei een afspraak of thema anders.", who=told.who)


def _retired(_event: Any, told: Told) -> str:
    return _("%(who)s haalde een afspraak of thema uit de lijst.", who=told.who)


_TELL = {
    Programme.Drawn: _drawn,
    Programme.Renamed: _renamed,
    Programme.LessonAdded: _topic_added,
    Programme.LessonChanged: _topic_changed,
    Programme.LessonRemoved: _topic_removed,
    Programme.Dropped: _dropped,
    Lesson.Planned: _planned,
    Lesson.Moved: _moved,
    Lesson.Given: _given,
    Lesson.Skipped: _skipped,
    Lesson.TakenBack: _taken_back,
    Lesson.Withdrawn: _withdrawn,
    Licence.Recorded: _licence,
    Licence.Changed: _licence_changed,
    Licence.Withdrawn: _licence_withdrawn,
    Window.Opened: _window,
    Window.Changed: _window_changed,
    Window.Removed: _window_removed,
    Line.Worded: _worded,
    Line.Reworded: _reworded,
    Line.Retired: _retired,
}
