"""Asks plugins their questions so that none takes a page or a fact with it: own thread, own session, a deadline."""

import logging
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from contextvars import ContextVar, copy_context
from queue import Empty, SimpleQueue
from typing import Any

import pluggy
from flask import Flask, current_app, g, has_request_context

from events.log.context import acting, only_reading
from intranet.database import log
from intranet.plugin_manager import Plugin, installed

logger = logging.getLogger(__name__)
DEADLINE = 1.0
"""Seconds that one plugin may take to answer; a page is no place to wait."""
MOST_BEHIND = 8
"""How many facts a plugin may be behind in a process before it is told no more of them."""
MOST_FOLLOWING = 4
"""How many facts may follow from each other: two plugins that answer each other would fill the log for ever."""
REST = 300.0
"""Seconds for which a plugin that did not answer in time is not asked that again by this process."""

Answers = list[tuple[Plugin, Any]]
_resting: dict[tuple[str, str], float] = {}
_behind: dict[str, list[threading.Thread]] = {}
_following: ContextVar[int] = ContextVar("following", default=0)


def ask(hook: str, /, **question: Any) -> Answers:
    """Ask a question to the plugins that the school of this request enabled. Returns `(plugin, answer)` in order.

    A plugin that raises, answers too late, answers something else than a list, or tries to write, is left out.
    """
    return _listed(hook, _call_each(hook, installed().enabled_here(), question))


def ask_all(hook: str, /, **question: Any) -> Answers:
    """Ask a question to every installed plugin: for what outlives activation."""
    return _listed(hook, _call_each(hook, list(installed()), question))


def answer_of(plugin: Plugin, hook: str, /, **question: Any) -> Any:
    """Return what one plugin answers, None when it has no answer or failed; enabled or not."""
    return next((answer for _who, answer in _call_each(hook, [plugin], question)), None)


def contributions(hook: str, /, **question: Any) -> list[tuple[Plugin, Any]]:
    """Return each contribution with its plugin, sorted by its own order where it has one, then by plugin and label."""
    found = [(plugin, each) for plugin, answer in ask(hook, **question) for each in answer]
    return sorted(found, key=lambda pair: (getattr(pair[1], "order", 50), pair[0].name, str(_label(pair[1]))))


def _label(contribution: Any) -> Any:
    return getattr(contribution, "label", None) or getattr(contribution, "title", "")


def tell_recorded(facts: Sequence[Any]) -> None:
    """Tell the enabled plugins of each fact's school that it was recorded; called after the commit."""
    if not facts:
        return
    if _following.get() >= MOST_FOLLOWING:
        logger.error("What follows from a fact does not come to an end; no plugin is told of %s facts.", len(facts))
        return
    plugins = installed()
    listening = [plugin for plugin in plugins if plugins.implementation(plugin, "event_recorded")]
    concern = [(plugin, [fact for fact in facts if _concerns(plugin, fact)]) for plugin in listening]
    # What a school switched on is read from the database: only when somebody is to be told.
    schools = {fact.school_id for _plugin, some in concern for fact in some}
    enabled = {school: plugins.enabled_for(school) for school in schools}
    for plugin, some in concern:
        mine = [fact for fact in some if plugin.name in enabled[fact.school_id]]
        if mine:
            _tell(plugin, mine)


def _tell(plugin: Plugin, facts: Sequence[Any]) -> None:
    """Let a plugin do what follows from facts. It never rests: a page comes again, a fact is told once.

    Who recorded something waits a moment at most, and not at all while the plugin is still busy with what was before.
    """
    function = installed().implementation(plugin, "event_recorded")
    behind = _behind[plugin.name] = [job for job in _behind.get(plugin.name, ()) if job.is_alive()]
    if function is None or len(behind) >= MOST_BEHIND:
        logger.error("The plugin %s is too far behind; it is not told of %s facts.", plugin.name, len(facts))
        return
    done: SimpleQueue[tuple[Plugin, Any, float]] = SimpleQueue()
    job = _Job("event_recorded", [(plugin, function)], {}, facts, done)
    job.start()
    try:
        _who, answer, seconds = done.get(timeout=0 if behind else DEADLINE)
    except Empty:
        behind.append(job)
        logger.error("The plugin %s is not done with event_recorded within %s s; it goes on.", plugin.name, DEADLINE)
    else:
        _trace("event_recorded", plugin, answer, seconds)


def _concerns(plugin: Plugin, fact: Any) -> bool:
    wanted = plugin.manifest.told_of
    # A plugin that answers its own events with new ones would never come to an end.
    own = log.registry.of_class(type(fact)).name.partition(".")[0] == plugin.name
    return not own and (not wanted or isinstance(fact, wanted))


def _call_each(
    hook: str,
    plugins: Iterable[Plugin],
    question: dict[str, Any],
) -> Answers:
    table, answers = installed(), Answers()
    waiting = [
        (plugin, function)
        for plugin in plugins
        if not _is_resting(plugin, hook) and (function := table.implementation(plugin, hook)) is not None
    ]
    while waiting:
        done: SimpleQueue[tuple[Plugin, Any, float]] = SimpleQueue()
        job = _Job(hook, waiting, question, (), done)
        job.start()
        waiting = _gather(hook, waiting, done, answers)
    return answers


def _gather(
    hook: str, asked: list[tuple[Plugin, pluggy.HookImpl]], done: SimpleQueue[Any], answers: Answers
) -> list[tuple[Plugin, pluggy.HookImpl]]:
    """Collect answers as they come; at the first that is late, return those that must be asked again without it."""
    for number, (plugin, _function) in enumerate(asked):
        try:
            _who, answer, seconds = done.get(timeout=DEADLINE)
        except Empty:
            _resting[plugin.name, hook] = time.monotonic() + REST
            logger.error("The plugin %s did not answer %s within %s s; it rests.", plugin.name, hook, DEADLINE)
            return asked[number + 1 :]
        _trace(hook, plugin, answer, seconds)
        if not isinstance(answer, _Failed):
            answers.append((plugin, answer))
    return []


def _is_resting(plugin: Plugin, hook: str) -> bool:
    until = _resting.get((plugin.name, hook))
    return until is not None and time.monotonic() < until


class _Failed:
    """In place of an answer: the plugin raised."""


class _Job(threading.Thread):
    """Asks plugins one after another, in the context of the request but with a session of its own.

    A thread that hangs is left behind; it is a daemon, so it does not keep the process from ending.
    """

    def __init__(
        self,
        hook: str,
        asked: Sequence[tuple[Plugin, pluggy.HookImpl]],
        question: dict[str, Any],
        facts: Sequence[Any],
        done: SimpleQueue[Any],
    ):
        super().__init__(name=f"hook {hook}", daemon=True)
        self._hook, self._asked, self._question = hook, asked, question
        self._facts, self._done = facts, done
        self._app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        self._known = dict(vars(g)) if has_request_context() else {}
        self._context = copy_context()
        if facts:
            self._context.run(_following.set, _following.get() + 1)

    def run(self) -> None:
        self._context.run(self._ask_each)

    def _ask_each(self) -> None:
        with self._app.app_context():
            vars(g).update(self._known)
            for plugin, implementation in self._asked:
                began = time.perf_counter()
                answer = self._ask(plugin, implementation)
                self._done.put((plugin, answer, time.perf_counter() - began))

    def _ask(self, plugin: Plugin, implementation: pluggy.HookImpl) -> Any:
        names = implementation.argnames
        try:
            if not self._facts:
                with only_reading():
                    return implementation.function(**{name: self._question[name] for name in names})
            for fact in self._facts:
                with acting(school=fact.school_id):
                    implementation.function(**{name: fact for name in names})
        except BaseException as error:  # a plugin that calls sys.exit() ends no page either
            # Only what kind of failure and where: its text may quote what somebody wrote.
            logger.error("The plugin %s failed in %s: %s at %s", plugin.name, self._hook, *_what_and_where(error))
            return _Failed()
        return None


def _what_and_where(error: BaseException) -> tuple[str, str]:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = "?" if trace is None else f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}"
    return type(error).__name__, place


def _listed(hook: str, answers: Answers) -> Answers:
    sound = [(plugin, answer) for plugin, answer in answers if isinstance(answer, list)]
    for plugin, answer in answers:
        if not isinstance(answer, list):
            logger.error("The plugin %s answered %s with %s, not a list.", plugin.name, hook, type(answer).__name__)
    return sound


def _trace(hook: str, plugin: Plugin, answer: Any, seconds: float) -> None:
    if not current_app.config["TRACE_HOOKS"]:
        return
    # How many of what, not the values: they may name people.
    what = "failed" if isinstance(answer, _Failed) else _summary(answer)
    print(f"hook {hook} of {plugin.name}: {what} in {seconds * 1000:.1f} ms", file=sys.stderr)


def _summary(answer: Any) -> str:
    if isinstance(answer, list):
        kinds = sorted({type(each).__name__ for each in answer})
        return f"{len(answer)} {' and '.join(kinds)}".strip()
    return type(answer).__name__


def register(app: Flask) -> None:
    """Tell plugins of what is recorded, after each commit."""
    app.extensions["geborgen.log"].after_commit.append(tell_recorded)
