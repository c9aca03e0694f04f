"""The places of the body map, what can be seen there and how large: lists of codes with the words for them."""

from flask_babel import lazy_gettext as _l

from events.frozen import frozen

FRONT, BACK = "front", "back"


@frozen
class Place:
    """A place in the list and in the drawing. `shape` names its drawing; `mirrored` the other half of the body."""

    label: object
    side: str
    shape: str
    mirrored: bool = False


# Left and right are those of the child: seen from the front they are the other way round.
_MIDDLE = {
    FRONT: (
        ("head", _l("Hoofd")),
        ("face", _l("Gezicht")),
        ("neck", _l("Hals")),
        ("chest", _l("Borst")),
        ("belly", _l("Buik")),
        ("hips", _l("Heupen")),
    ),
    BACK: (
        ("head", _l("Achterhoofd")),
        ("neck", _l("Nek")),
        ("chest", _l("Rug, boven")),
        ("belly", _l("Rug, onder")),
        ("hips", _l("Billen")),
    ),
}
_LEFT = {
    "upper_arm": _l("Bovenarm links"),
    "lower_arm": _l("Onderarm links"),
    "hand": _l("Hand links"),
    "upper_leg": _l("Bovenbeen links"),
    "knee": _l("Knie links"),
    "lower_leg": _l("Onderbeen links"),
    "foot": _l("Voet links"),
}
_RIGHT = {
    "upper_arm": _l("Bovenarm rechts"),
    "lower_arm": _l("Onderarm rechts"),
    "hand": _l("Hand rechts"),
    "upper_leg": _l("Bovenbeen rechts"),
    "knee": _l("Knie rechts"),
    "lower_leg": _l("Onderbeen rechts"),
    "foot": _l("Voet rechts"),
}
_BEHIND = {
    ("left", "knee"): _l("Knieholte links"),
    ("right", "knee"): _l("Knieholte rechts"),
}


def _places() -> dict[str, Place]:
    places = {}
    for side in (FRONT, BACK):
        for shape, label in _MIDDLE[side]:
            places[f"{side}_{shape}"] = Place(label, side, shape)
        for hand, labels in (("left", _LEFT), ("right", _RIGHT)):
            for shape, label in labels.items():
                name = _BEHIND.get((hand, shape), label) if side == BACK else label
                # A shape is drawn on the left of the picture; that is the child's right seen from the front.
                mirrored = (hand == "left") == (side == FRONT)
                places[f"{side}_{hand}_{shape}"] = Place(name, side, shape, mirrored)
    return places


PLACES = _places()
SIDE_LABELS = {FRONT: _l("Voorkant"), BACK: _l("Achterkant")}

KINDS = {
    "bruise": _l("Blauwe plek"),
    "graze": _l("Schaafwond"),
    "cut": _l("Snee"),
    "scratch": _l("Kras"),
    "bite": _l("Beet"),
    "burn": _l("Brandwond"),
    "swelling": _l("Zwelling"),
    "redness": _l("Rode plek"),
    "bump": _l("Bult"),
    "pain": _l("Pijn, niets te zien"),
    "other_mark": _l("Iets anders"),
}
"""What somebody can see, in words for what is seen; a cause or a diagnosis is not one of them."""

SIZES = {
    "pea": _l("Erwt"),
    "coin": _l("Muntje van 1 euro"),
    "palm": _l("Handpalm van het kind"),
    "larger": _l("Groter"),
}
"""Compared with something that everybody knows: nobody measures a child."""
