"""What happens at the practice school before its pages are opened, so that each has something to show."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from events.involvement import Involvement
from events.log import clock
from events.log.context import acting
from tests.practice import MEMBERS, school_id

ROSTER = b"soort;sleutel;roepnaam;achternaam;groep;jaargroep;hobby;bsn\nleerling;L1;Noor;Berg;6a;6;schaken;1\n"
HOLIDAY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:school\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20271220\r\n"
    b"DTEND;VALUE=DATE:20280102\r\nSUMMARY:Kerstvakantie\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
LESSONS = b"les;groep;thema;kleur\nSamen beginnen;6;Hulp buiten school;rood\nNiet van ons;9x;;\n"


def switch_on_every_plugin(app: Flask) -> None:
    from intranet.activation.commands import enable_plugin
    from intranet.plugin_manager import installed
    from intranet.schools.directory import switched_on

    school, _people = people_by_name(app)
    with app.app_context(), acting(school=school):
        for plugin in installed():
            if not plugin.manifest.always_enabled and plugin.name not in switched_on(school):
                enable_plugin(plugin.name, "Voor de proef.")


def people_by_name(app: Flask) -> tuple[UUID, dict[str, UUID]]:
    """Return the school, and whose id goes with which name."""
    from intranet.people.roster import roster

    with app.app_context():
        school = school_id(app)
        return school, {name.full: person for person, name in roster(school).items()}


def rich_incident(app: Flask) -> str:
    """Let everything happen to an incident that can happen; return its address."""
    from intranet.incidents import commands
    from intranet.people.roster import roster

    school, people = people_by_name(app)
    with app.app_context():
        pupils = [each for each in roster(school).values() if each.kind == "pupil" and each.here and each.group == "6a"]
        noor, sem, nova = (each.person_id for each in pupils[:3])
        group = next(group for group, each in roster(school).groups.items() if each.name == "6a")

    def do(by: str, command: Any, *values: Any, **more: Any) -> Any:
        person = people[f"{MEMBERS[by].given} {MEMBERS[by].family}"]
        with app.app_context(), acting(school=school, actor=person):
            return command(*values, **more)

    happened = clock.now() - timedelta(days=3)
    told = f"[[p:{noor.hex}]] riep om hulp.\nIk ben erheen gelopen."
    facts = {"happened_at": happened, "moment": "big_break", "group_id": group}
    parts = [Involvement(noor, "victim"), Involvement(sem, "alleged_perpetrator")]
    incident = do(
        "fatima", commands.report_incident, kinds=["quarrel"], involved=parts, place="playground", account=told, **facts
    )
    do(
        "hanneke", commands.correct_incident, incident, reason="Het was in de gang.", kinds=["threat", "quarrel"],
        place="hallway", account=told + " Er was ook iemand die ik niet ken.", unknown_persons=True, **facts,
    )  # fmt: skip
    do("hanneke", commands.assess_severity, incident, 3, "Er was pijn.")
    do("fatima", commands.add_note, incident, "Moeder gebeld.")
    do("fatima", commands.add_involvements, incident, [Involvement(nova, "witness")])
    do("fatima", commands.change_involvement, incident, nova, "witness", "defender")
    do("fatima", commands.withdraw_involvement, incident, nova, "defender", "Was er niet.")
    do("hanneke", commands.change_confidentiality, incident, True, "De ouders vragen erom.")
    _hang_on(app, incident, people[_name("fatima")])
    return f"/incidents/{incident}"


def _hang_on(app: Flask, record: UUID, by: UUID) -> None:
    """Hang photos and marks on a record, some of them taken away again."""
    from intranet.body_map.commands import note_mark, withdraw_mark
    from intranet.demo.illustrating import scraped_knee
    from intranet.files.commands import add_files, remove_file
    from intranet.files.receiving import received
    from intranet.people.today import today

    with app.test_request_context(), acting(school=school_id(app), actor=by):
        seen = {"record_id": record, "person_id": None, "seen_on": today(), "words": "Het prikt."}
        photo = received(scraped_knee())
        _kept, gone = add_files([photo, photo], record_id=record, shows="Een knie.", added_by=by)
        remove_file(gone, "Twee keer dezelfde.")
        note_mark(**seen, place="front_right_knee", kind="graze", size="coin")
        withdraw_mark(note_mark(**seen, place="back_head", kind="bump", size=None), "Was er niet.")


def _name(key: str) -> str:
    return f"{MEMBERS[key].given} {MEMBERS[key].family}"


def recorded_signal(app: Flask) -> str:
    """Record a signal as a teacher, and return where it is."""
    from intranet.signals.commands import record_signal

    school, people = people_by_name(app)
    with app.app_context(), acting(school=school, actor=people[_name("fatima")]):
        signal = record_signal(kind="concern", account="Hij is stil de laatste tijd.", happened_at=clock.now())
    _hang_on(app, signal, people[_name("fatima")])
    return f"/signals/{signal}"


def opened_case(app: Flask) -> str:
    """Open a case with a plan as the care coordinator, and return where it is."""
    from intranet.cases.commands import make_plan, open_case
    from intranet.demo.illustrating import scraped_knee
    from intranet.files.commands import add_files
    from intranet.files.receiving import received
    from intranet.people.roster import roster
    from intranet.people.today import today

    school, people = people_by_name(app)
    me = people[_name("hanneke")]
    with app.test_request_context(), acting(school=school, actor=me):
        pupil = next(each.person_id for each in roster(school).values() if each.kind == "pupil" and each.here)
        case = open_case(
            kind="bullying",
            signs=["repeated", "on_purpose", "unequal_power"],
            concern="Dit gaat al weken zo door.",
            involved=[Involvement(pupil, "victim")],
            leader=me,
        )
        make_plan(case, goal="Weer met plezier naar school.", evaluate_on=today() + timedelta(days=30))
        add_files([received(scraped_knee())], record_id=case, shows="Een knie.", added_by=me)
    return f"/cases/{case}"


def let_the_rules_of_a_law_count(app: Flask) -> None:
    from intranet.law.commands import apply_rule_set
    from intranet.people.today import today

    school, people = people_by_name(app)
    with app.app_context(), acting(school=school, actor=people[_name("marijke")]):
        apply_rule_set(
            rule_set="wvvo", since=today() - timedelta(days=300), always_serious=(), serious_from=3, notice_days=2,
            evaluation_month=10, reason="De wet geldt.",
        )  # fmt: skip


def warned_patterns(app: Flask) -> tuple[str, str, str]:
    """Propose a measure, switch a rule on that warns at once, and return where these are."""
    from intranet.api import log
    from intranet.people.today import today
    from plugins.patterns.commands import propose_measure, switch_on_rule
    from plugins.patterns.events import Rule

    school, people = people_by_name(app)
    with app.app_context(), acting(school=school, actor=people[_name("marijke")]):
        evaluate = today() + timedelta(days=30)
        owner = people[_name("hanneke")]
        measure = propose_measure(
            text="Extra toezicht.", pattern={"place": "playground"}, owner_id=owner, evaluate_on=evaluate
        )
        rule = switch_on_rule(who="place", kinds=(), times=3, days=5)
        record, warning = log.get(Rule, rule), uuid4()
        record.warn(
            warning_id=warning, day=today(), happenings=(uuid4(),), person_id=None, group_id=None, place="playground"
        )
        log.save(record)
    return f"/patterns/measures/{measure}", f"/patterns/rules/{rule}", f"/patterns/warnings/{warning}"


def kanjer_lessons(app: Flask) -> list[str]:
    """Return the pages of a lesson that was given and of one that is planned, with what can be done with them."""
    from intranet.api import SchoolYear
    from intranet.people.today import today
    from plugins.kanjertraining import reading

    school, _people = people_by_name(app)
    with app.app_context(), acting(school=school):
        rows = reading.lessons(SchoolYear.of(today()).begins)
    given, planned = (next(row.lesson for row in rows if row.state == state) for state in ("given", "planned"))
    pages = [f"/kanjertraining/lessons/{given}", f"/kanjertraining/lessons/{planned}"]
    return [*pages, f"{pages[0]}/repeat", f"{pages[1]}/move", f"{pages[1]}/skip"]
