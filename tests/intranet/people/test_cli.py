"""Taking over a roster from a terminal."""

import pytest

from tests.intranet.people import edexml_files as files


@pytest.fixture
def run(place, tmp_path):
    def run(content, *options, answer="n\n"):
        path = tmp_path / "edex.xml"
        path.write_bytes(content)
        words = ["intranet", "import", str(path), "--school", str(place.school), *options]
        return place.app.test_cli_runner().invoke(args=words, input=answer)

    return run


def test_nothing_happens_before_somebody_says_yes(place, run):
    before = place.names()
    answer = run(files.small_school())
    assert "Nieuwe leerlingen: 4" in answer.output
    assert answer.exit_code == 1
    assert place.names() == before


@pytest.mark.parametrize(("options", "answer"), [([], "y\n"), (["--yes"], "")])
def test_after_yes_it_is_taken_over(place, run, options, answer):
    answer = run(files.small_school(), *options, answer=answer)
    assert answer.exit_code == 0, answer.output
    assert "Overgenomen." in answer.output
    assert "Noor van der Berg" in [name.full for name in place.roster().values()]
    assert "Er verandert niets." in run(files.small_school(), "--yes").output


def test_names_are_not_printed(run):
    assert "Noor" not in run(files.small_school(), "--yes").output


def test_a_refusal_changes_nothing_and_has_a_sentence(place, run):
    before = place.names()
    answer = run(b"<html/>", "--yes")
    assert answer.exit_code == 1
    assert "geen EDEXML" in answer.output
    assert place.names() == before


def test_many_leavers_need_a_word_of_their_own(place, run):
    run(files.edexml(pupils="".join(files.pupil(f"L{n}", f"Kind {n}") for n in range(20))), "--yes")
    fewer = files.edexml(pupils=files.pupil("L0", "Kind 0"))
    assert run(fewer, "--yes").exit_code == 1
    assert run(fewer, "--yes", "--many-leave").exit_code == 0


def test_with_several_schools_one_must_be_chosen(place, tmp_path):
    path = tmp_path / "edex.xml"
    path.write_bytes(files.small_school())
    answer = place.app.test_cli_runner().invoke(args=["intranet", "import", str(path), "--yes"])
    assert answer.exit_code == 2
    assert "--school" in answer.output
