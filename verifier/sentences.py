"""The one sentence a person gets, in Dutch or English."""

from verifier.differences import Difference
from verifier.examine import Verdict
from verifier.failure import CannotCheck

LANGUAGES = ("nl", "en")

_DUTCH = {
    "equal": "Gelijk: de {size} gebeurtenissen tot deze controlepost zijn onveranderd.",
    "equal_one": "Gelijk: de ene gebeurtenis tot deze controlepost is onveranderd.",
    "equal_none": "Gelijk: tot deze controlepost was er nog geen gebeurtenis.",
    "equal_newer": "Gelijk: de {size} gebeurtenissen tot deze controlepost zijn onveranderd; {newer} zijn nieuwer.",
    "changed": "Niet gelijk: {count} gebeurtenissen zijn gewijzigd, de eerste op positie {first}.",
    "changed_one": "Niet gelijk: de gebeurtenis op positie {first} is gewijzigd.",
    "removed": "Niet gelijk: {count} gebeurtenissen zijn verwijderd, vanaf positie {first}.",
    "removed_one": "Niet gelijk: de gebeurtenis op positie {first} is verwijderd.",
    "removed_between": "Niet gelijk: tussen positie {first} en {last} is een gebeurtenis verwijderd.",
    "added": "Niet gelijk: {count} gebeurtenissen zijn toegevoegd, vanaf positie {first}.",
    "added_one": "Niet gelijk: op positie {first} is een gebeurtenis toegevoegd.",
    "added_between": "Niet gelijk: tussen positie {first} en {last} is een gebeurtenis toegevoegd.",
    "cut_off": "Niet gelijk: {count} gebeurtenissen zijn weg: het log stopt na positie {before}, niet na {last}.",
    "cut_off_one": "Niet gelijk: 1 gebeurtenis is weg: het log stopt na positie {before}, niet na {last}.",
    "added_after_end": "Niet gelijk: na positie {before} zijn {count} gebeurtenissen van buitenaf toegevoegd.",
    "added_after_end_one": "Niet gelijk: na positie {before} is een gebeurtenis van buitenaf toegevoegd.",
    "rewritten": "Niet gelijk: tussen positie {first} en {last} is iets gewijzigd, verwijderd of toegevoegd.",
    "forked": "Niet gelijk: er zijn twee verschillende controleposten voor dezelfde {last} gebeurtenissen.",
    "file_gone": "Niet gelijk: {count} bestanden zijn weg, het eerste van de gebeurtenis op positie {first}.",
    "file_gone_one": "Niet gelijk: het bestand van de gebeurtenis op positie {first} is weg.",
    "file_changed": "Niet gelijk: {count} bestanden zijn veranderd, het eerste van de gebeurtenis op positie {first}.",
    "file_changed_one": "Niet gelijk: het bestand van de gebeurtenis op positie {first} is veranderd.",
    "no_file": "Niet te controleren: het bestand {path} is er niet.",
    "unreadable_database": "Niet te controleren: {path} is geen leesbare kopie van het log.",
    "unreadable_line": "Niet te controleren: regel {line} van {path} is geen gebeurtenis.",
    "unreadable_event": "Niet te controleren: de gebeurtenis op positie {position} heeft geen leesbare inhoud.",
    "no_postgresql": "Niet te controleren: voor PostgreSQL is het pakket psycopg nodig.",
    "no_database": "Niet te controleren: de database geeft geen antwoord.",
    "no_key": "Niet te controleren: dit is geen geldige openbare sleutel.",
    "no_checkpoint": "Niet te controleren: er staat geen controlepost in het bestand.",
    "unknown_key": "Niet te controleren: de controlepost is niet ondertekend met deze sleutel.",
    "wrong_signature": "Niet te controleren: de handtekening onder de controlepost klopt niet.",
    "other_school": "Niet te controleren: de controlepost is van een andere school.",
}

_ENGLISH = {
    "equal": "Equal: the {size} events up to this checkpoint are unchanged.",
    "equal_one": "Equal: the one event up to this checkpoint is unchanged.",
    "equal_none": "Equal: there was no event yet at this checkpoint.",
    "equal_newer": "Equal: the {size} events up to this checkpoint are unchanged; {newer} came later.",
    "changed": "Not equal: {count} events were changed, the first at position {first}.",
    "changed_one": "Not equal: the event at position {first} was changed.",
    "removed": "Not equal: {count} events were removed, from position {first}.",
    "removed_one": "Not equal: the event at position {first} was removed.",
    "removed_between": "Not equal: an event was removed between positions {first} and {last}.",
    "added": "Not equal: {count} events were added, from position {first}.",
    "added_one": "Not equal: an event was added at position {first}.",
    "added_between": "Not equal: an event was added between positions {first} and {last}.",
    "cut_off": "Not equal: {count} events were removed: the log stops after position {before}, not after {last}.",
    "cut_off_one": "Not equal: 1 event was removed: the log stops after position {before}, not after {last}.",
    "added_after_end": "Not equal: {count} events were added after position {before}, outside the program.",
    "added_after_end_one": "Not equal: an event was added after position {before}, outside the program.",
    "rewritten": "Not equal: something was changed, removed or added between positions {first} and {last}.",
    "forked": "Not equal: there are two different checkpoints for the same {last} events.",
    "file_gone": "Not equal: {count} files are gone, the first one of the event at position {first}.",
    "file_gone_one": "Not equal: the file of the event at position {first} is gone.",
    "file_changed": "Not equal: {count} files were changed, the first one of the event at position {first}.",
    "file_changed_one": "Not equal: the file of the event at position {first} was changed.",
    "no_file": "Cannot check: there is no file {path}.",
    "unreadable_database": "Cannot check: {path} is not a readable copy of the log.",
    "unreadable_line": "Cannot check: line {line} of {path} is not an event.",
    "unreadable_event": "Cannot check: the event at position {position} has no readable content.",
    "no_postgresql": "Cannot check: PostgreSQL needs the package psycopg.",
    "no_database": "Cannot check: the database does not answer.",
    "no_key": "Cannot check: this is not a valid public key.",
    "no_checkpoint": "Cannot check: there is no checkpoint in the file.",
    "unknown_key": "Cannot check: the checkpoint is not signed with this key.",
    "wrong_signature": "Cannot check: the signature under the checkpoint is wrong.",
    "other_school": "Cannot check: the checkpoint is of another school.",
}

SENTENCES = {"nl": _DUTCH, "en": _ENGLISH}
_THOUSANDS = {"nl": ".", "en": ","}


def verdict_sentence(verdict: Verdict, language: str = "nl") -> str:
    """Return the answer as one sentence."""
    if verdict.difference:
        return _difference_sentence(verdict.difference, language)
    if verdict.newer and verdict.size:
        return _say("equal_newer", language, size=verdict.size, newer=verdict.newer)
    kind = {0: "equal_none", 1: "equal_one"}.get(verdict.size, "equal")
    return _say(kind, language, size=verdict.size)


def failure_sentence(failure: CannotCheck, language: str = "nl") -> str:
    """Return why there is no answer, as one sentence."""
    return _say(failure.reason, language, **failure.details)


def _difference_sentence(difference: Difference, language: str) -> str:
    kind, first, last, count = difference
    key = f"{kind}_one" if count == 1 else kind
    if count == 0 and kind in ("removed", "added"):
        key = f"{kind}_between"
    return _say(key, language, first=first, last=last, count=count, before=first - 1)


def _say(key: str, language: str, **details: object) -> str:
    written = {
        name: f"{value:,}".replace(",", _THOUSANDS[language]) if isinstance(value, int) else value
        for name, value in details.items()
    }
    return SENTENCES[language][key].format(**written)
