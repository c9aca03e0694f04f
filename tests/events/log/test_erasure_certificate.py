"""The certificate lists what became unreadable, and is the same whenever it is made."""

from uuid import UUID, uuid4

import pytest

from events.log.aggregate import Aggregate, Personal, event
from events.log.context import acting
from events.log.erasure_certificate import certificate
from events.log.errors import NotFound
from events.log.store import Log
from tests.events.log.erasing import keys_of, people
from tests.events.log.lost_property import found


class Note(Aggregate):
    """Something about a found item, in a record of its own: its words stand under the key of the item."""

    log_name = "lost_property.note"

    @event("Written")
    def __init__(self, *, dossier_id: UUID, text: Personal):
        self.dossier_id = dossier_id


pytestmark = pytest.mark.usefixtures("acting_here")


def test_the_certificate_lists_what_became_unreadable_and_the_tree_of_that_moment(
    log: Log, school: UUID, carry_out
) -> None:
    owners = people(log, 3)
    for name in ("Een", "Twee", "Drie"):
        owners[1].rename(name=name)
        log.save(owners[1])
    item = found("Een jas")
    log.save(item)
    erasure_id = carry_out(owners[1].id, item.id, ground="consent_withdrawn", requester="pupil")
    head = log.head(school)
    people(log, 5)

    made = certificate(log, erasure_id)

    assert made.unreadable == {
        "lost_property.owner.Registered": (2,),
        "lost_property.owner.Renamed": (4, 5, 6),
        "lost_property.item.Found": (7,),
    }
    assert made.count == 5
    assert (made.tree_size, made.tree_root) == (head.size, head.root())
    assert set(made.keys) == keys_of(log, owners[1].id, item.id)
    text = made.text(name_of=lambda person: "de directeur", title_of=lambda name: name.rpartition(".")[2])
    assert "Renamed: 3 keer (nummer 4-6)" in text
    assert "Besloten door: de directeur" in text
    assert head.root().hex() in text
    assert all(key in text for key in made.keys)
    assert "hoofdsleutel de volgende keer wordt vervangen" in text
    for word in ("Kind", "Een jas", str(owners[1].id)):
        assert word not in text


def test_words_of_another_record_under_the_key_of_the_dossier_are_counted(log: Log, carry_out) -> None:
    item, other = found("Een jas"), found("Een tas")
    log.save(item, other)
    log.save(Note(dossier_id=item.id, text="Met een naam erin"), Note(dossier_id=other.id, text="Zonder"))
    made = certificate(log, carry_out(item.id))
    assert made.unreadable == {"lost_property.item.Found": (1,), "lost_property.note.Written": (3,)}


def test_the_certificate_is_the_same_whenever_it_is_made(log: Log, carry_out) -> None:
    erasure_id = carry_out(people(log, 1)[0].id)
    first = certificate(log, erasure_id).text()
    people(log, 2)
    assert certificate(log, erasure_id).text() == first


def test_another_school_has_no_certificate(log: Log, carry_out) -> None:
    erasure_id = carry_out(people(log, 1)[0].id)
    with acting(school=uuid4()), pytest.raises(NotFound):
        certificate(log, erasure_id)


def test_no_sentence_of_the_certificate_is_long(log: Log, carry_out) -> None:
    text = certificate(log, carry_out(people(log, 1)[0].id)).text()
    for sentence in text.replace("\n", ". ").split(". "):
        assert len(sentence.split()) <= 18, sentence
