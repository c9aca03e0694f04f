"""The rules order an incident, and never say that reporting is not needed."""

import pytest

from intranet.incidents.kinds import KINDS
from intranet.law.rule_sets import ORDERED, REPORT, UNSAID, WEIGH, WVVO, Classified, classify


@pytest.mark.parametrize(
    ("kinds", "severity", "expected"),
    [
        (["weapon"], None, Classified(("armed",), REPORT)),
        (["weapon"], 1, Classified(("armed",), REPORT)),
        (["threat"], None, Classified(("threat",), WEIGH)),
        (["threat"], 2, Classified(("threat",), ORDERED)),
        (["threat"], 3, Classified(("threat",), REPORT)),
        (["vandalism", "theft"], 4, Classified(("damage_theft",), REPORT)),
        (["quarrel"], 4, Classified((), UNSAID)),
        (["quarrel", "discrimination"], 3, Classified(("discrimination",), REPORT)),
        (["quarrel"], None, Classified((), UNSAID)),
        # In the order of the law, in whatever order a database gives the kinds.
        (["threat", "weapon"], 4, Classified(("armed", "threat"), REPORT)),
        (["weapon", "threat"], 4, Classified(("armed", "threat"), REPORT)),
    ],
)
def test_kinds_and_severity_decide(kinds, severity, expected):
    assert classify(WVVO, WVVO.proposed, kinds, severity) == expected


def test_the_rule_set_names_only_kinds_that_there_are():
    assert set(WVVO.categories) <= {kind.code for kind in KINDS}
    assert WVVO.proposed.always_serious <= set(WVVO.categories)
