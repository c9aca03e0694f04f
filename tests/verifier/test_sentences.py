"""The sentences of the verifier: in both languages, short, with numbers as people write them."""

import re

from verifier.differences import Difference
from verifier.examine import Verdict
from verifier.sentences import LANGUAGES, SENTENCES, verdict_sentence


def test_every_sentence_is_there_in_both_languages_and_short():
    assert set(SENTENCES) == set(LANGUAGES)
    assert SENTENCES["nl"].keys() == SENTENCES["en"].keys()
    for key, dutch in SENTENCES["nl"].items():
        fields = set(re.findall(r"{(\w+)}", dutch))
        assert fields == set(re.findall(r"{(\w+)}", SENTENCES["en"][key])), key
        assert len(dutch.split()) <= 18, dutch
        assert dutch.endswith("."), dutch


def test_numbers_are_written_as_people_write_them():
    equal = Verdict(12_411, 0, None)
    assert verdict_sentence(equal) == "Gelijk: de 12.411 gebeurtenissen tot deze controlepost zijn onveranderd."
    assert "12,411" in verdict_sentence(equal, "en")
    removed = Verdict(0, 0, Difference("removed", 1_000, 2_000, 0))
    assert "tussen positie 1.000 en 2.000" in verdict_sentence(removed)
