"""Passwords: long is enough, and what everybody tries first is refused."""

import pytest

from intranet.accounts import passwords


@pytest.mark.parametrize(
    "poor",
    [
        "12345678",
        "123456789012",
        "98765432",
        "13579135",
        "aaaaaaaaaaaa",
        "abababababab",
        "wachtwoord",
        "Wachtwoord1!",
        "W@chtw00rd",
        "WELKOM2026",
        "welkom01",
        "zomer2026!",
        "Feyenoord1908",
        "qwertyuiop",
        "azertyuiop",
        "schoolschool",
        "Kanjertraining1",
        "juf123456",
        "deRegenboog2026",
        "regenboogschool",
        "DeRegenboogIBS!",
        "hanneke1975",
        "20262026",
        "19751975",
        "14031985",
        "14-03-1985",
        "P@$$w0rd",
    ],
)
def test_what_everybody_tries_first_is_refused(poor: str) -> None:
    assert passwords.is_easily_guessed(poor, ["IBS De Regenboog", "Hanneke Lindeboom", "hanneke@school.example"])


@pytest.mark.parametrize(
    "fit",
    [
        "paarse giraf fietst zelden",
        "x7#qLp2v",
        "83920174653",
        "regenboog boven het kerkplein",
        "Wachtwoorden zijn best lastig",
        "ñandúes en el río",
        "密码很长很难猜到的",
        "correct horse battery staple",
        " spaties mogen ook ",
    ],
)
def test_other_passwords_are_accepted_without_rules_on_signs(fit: str) -> None:
    assert not passwords.is_easily_guessed(fit, ["IBS De Regenboog", "Hanneke Lindeboom"])


def test_between_8_and_128_characters(app) -> None:
    with app.test_request_context():
        assert passwords.objection("x7#qLp2")
        assert passwords.objection("x7#qLp2v") is None
        long = "".join(chr(33 + number * 7 % 90) for number in range(128))
        assert passwords.objection(long) is None
        assert passwords.objection(long + "x")


def test_a_hash_has_the_settings_that_we_chose_and_its_own_salt() -> None:
    one, other = passwords.hashed("x7#qLp2v"), passwords.hashed("x7#qLp2v")
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert passwords.matches(one, "x7#qLp2v")
    assert not passwords.matches(one, "x7#qLp2V")
    assert not passwords.matches(None, "x7#qLp2v")
    assert not passwords.matches("damaged", "x7#qLp2v")


def test_the_hash_for_unknown_names_costs_as_much_as_a_real_one() -> None:
    assert not passwords.is_outdated(passwords.NOBODY)
    assert passwords.NOBODY.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_an_accent_typed_in_another_way_is_the_same_password() -> None:
    assert passwords.matches(passwords.hashed("caf\u00e9 op de hoek"), "cafe\u0301 op de hoek")


def test_the_list_is_of_use() -> None:
    common = passwords.common_passwords()
    assert len(common) >= 300
    assert {"wachtwoord", "welkom", "password", "12345678"} <= common
