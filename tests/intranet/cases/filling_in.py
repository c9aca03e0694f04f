"""What the pages of cases are filled in with, and a case that has a plan."""

import re
from datetime import timedelta
from uuid import UUID

from intranet.cases import commands
from tests.intranet.cases.school_with_cases import SchoolWithCases
from tests.school_days import today


def days(number: int) -> str:
    return (today() + timedelta(days=number)).isoformat()


def case_in(answer) -> UUID:
    return UUID(re.search(r"/cases/([0-9a-f-]{36})", answer.location)[1])


def open_form(school: SchoolWithCases, **form):
    noor, sem = school.people["noor"].hex, school.people["sem"].hex
    usual = {
        "signs": ["repeated", "on_purpose"],
        "people": [noor, sem],
        f"people-role-{noor}": "victim",
        f"people-role-{sem}": "alleged_perpetrator",
        "concern": "Noor wordt al weken buitengesloten.",
        "group": school.groups["6a"].hex,
    }
    return {**usual, **form}


def planned(school: SchoolWithCases, **facts) -> UUID:
    case = school.open(**facts)
    later = school.do("hanneke", today) + timedelta(days=1)
    school.do("hanneke", commands.make_plan, case, goal="Noor speelt weer mee.", evaluate_on=later)
    return case
