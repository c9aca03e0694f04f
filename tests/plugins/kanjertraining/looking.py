"""How the tests of pages look at Kanjertraining: where its pages are, and what stands on them."""

import re

from plugins.kanjertraining import reading
from plugins.kanjertraining.words import SHIPPED_THEMES
from tests.plugins.kanjertraining.conftest import YEAR

K = "/kanjertraining"
SECRETS = next(iter(SHIPPED_THEMES))


def words_of(answer, status=200):
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2] or answer.text))


def rows(school, group="6a"):
    return school.do("esther", reading.lessons, YEAR, school.groups[group])


def group_page(school, group="6a"):
    return f"{K}/groups/{school.groups[group]}"
