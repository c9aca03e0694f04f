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
    """Tell whether a password is on the list of common ones, or one known word with digits and marks around it."""
    whole = _same_letters(password).casefold()
    if len(set(whole)) < 4 or whole in common_passwords():
        return True
    letters = re.sub(r"[^a-z]", "", _plain(whole))
    if not letters:
        return _is_sequence(whole)
    known = SCHOOL_WORDS | {piece for word in words for piece in _pieces(word)}
    return letters in known or letters in common_passwords() or _without(letters, known) == ""


@lru_cache(maxsize=1)
def common_passwords() -> frozenset[str]:
    """Return the built-in list of passwords that everybody tries first."""
    text = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.split() if line)


def _same_letters(password: str) -> str:
    # An accented letter typed on a phone and on a laptop can be different code points.
    return unicodedata.normalize("NFKC", password)


def _plain(text: str) -> str:
    """Undo the swaps everybody knows: w@chtw00rd."""
    return text.translate(str.maketrans("013457@$!€", "oieastasie"))


def _pieces(word: str) -> set[str]:
    parts = re.findall(r"[a-z]+", _same_letters(word).casefold())
    return {part for part in (*parts, "".join(parts)) if len(part) > 3}


def _without(letters: str, known: Iterable[str]) -> str:
    for word in sorted(known, key=len, reverse=True):
        letters = letters.replace(word, "")
    return letters


def _is_sequence(digits: str) -> bool:
    numbers = [int(c) for c in digits if c.isdigit()]
    steps = {(b - a) % 10 for a, b in zip(numbers, numbers[1:], strict=False)}
    return len(numbers) < SHORTEST or len(steps) == 1
