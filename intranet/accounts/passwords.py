"""Passwords: how they are hashed and checked, and which ones are refused because everybody tries them first."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import gettext as _

SHORTEST = 8
LONGEST = 128
ADVISED = 15

# The OWASP minimum: 20 to 40 ms here, and sixty people logging in at nine o'clock take a second, not a minute.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# Verified when there is no such account, so that an unknown name costs the same time as a wrong password.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$ZzYlYWG39Uxh2SNncXvRbw$WTBoOm4D53pLILpLhVWybFF+xf/aqecIuzrq4DOuObk"

SCHOOL_WORDS = frozenset({
    "school", "basisschool", "juf", "juffrouw", "meester", "directeur", "groep", "klas", "kanjer", "kanjertraining",
    "taakspel", "leerkracht", "leraar", "geborgen", "schoolplein", "gymzaal", "ibs", "obs", "cbs", "kbs", "rkbs",
})  # fmt: skip

FILLERS = ("van", "der", "den", "het", "een", "de", "op", "en")

DATE = re.compile(r"(0[1-9]|[12]\d|3[01])[-./ ]?(0[1-9]|1[0-2])[-./ ]?(19|20)\d\d")

# The swaps everybody knows: w@chtw00rd.
SWAPS = str.maketrans("013457@$€", "oieastase")


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return hasher.hash(_same_letters(password))


def matches(stored: str | None, password: str) -> bool:
    """Tell whether a password is the stored one; takes the same time when nothing is stored."""
    try:
        return hasher.verify(stored or NOBODY, _same_letters(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(stored: str) -> bool:
    """Tell whether a stored hash was made with weaker settings than those of today."""
    return hasher.check_needs_rehash(stored)


def objection(password: str, words: Iterable[str] = ()) -> str | None:
    """Return why a password is refused, None when it is fit. `words` are those of the school and the person."""
    if len(password) < SHORTEST:
        return _("Dit wachtwoord is te kort. Kies er een van minstens %(count)d tekens.", count=SHORTEST)
    if len(password) > LONGEST:
        return _("Dit wachtwoord is te lang. Kies er een van hoogstens %(count)d tekens.", count=LONGEST)
    if is_easily_guessed(password, words):
        return _("Dit wachtwoord is te makkelijk te raden. Kies bijvoorbeeld vier woorden achter elkaar.")
    return None


def is_easily_guessed(password: str, words: Iterable[str] = ()) -> bool:
    """Tell whether everybody tries this first: a common password, or known words with digits and marks around them."""
    whole = _same_letters(password).casefold()
    if len(set(whole)) < 4 or _repeats(whole) or whole in common_passwords():
        return True
    if not _letters(whole):
        return _is_sequence(whole) or bool(DATE.fullmatch(whole))
    known = SCHOOL_WORDS | {piece for word in words for piece in _pieces(word)}
    return any(
        letters in common_passwords() or _without(letters, known) == ""
        for letters in (_letters(whole), _letters(whole.strip("0123456789!?.#*").translate(SWAPS)))
    )


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Return the built-in list of passwords that everybody tries first."""
    text = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.split() if line)


def _same_letters(password: str) -> str:
    # An accented letter typed on a phone and on a laptop can be different code points.
    return unicodedata.normalize("NFKC", password)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def _pieces(word: str) -> set[str]:
    parts = re.findall(r"[^\W\d_]+", _same_letters(word).casefold())
    return {part for part in parts if len(part) > 3}


def _without(letters: str, known: Iterable[str]) -> str:
    """Take the known words out, the longest first, and then what stands between words."""
    for word in (*sorted(known, key=len, reverse=True), *FILLERS):
        letters = letters.replace(word, "")
    return letters


def _repeats(text: str) -> bool:
    return text in (text + text)[1:-1]


def _is_sequence(digits: str) -> bool:
    numbers = [int(c) for c in digits if c in "0123456789"]
    steps = {(after - before) % 10 for before, after in zip(numbers, numbers[1:], strict=False)}
    return len(numbers) < SHORTEST or len(steps) == 1
