"""The drawing: a child from the front and from behind, simple shapes of our own, one for each place in the list."""

from collections.abc import Mapping
from typing import Any

from events.frozen import frozen
from intranet.body_map.places import PLACES

WIDTH, HEIGHT = 200, 424


@frozen
class Shape:
    """A shape in a figure of 200 by 424, and where the number of a mark stands on it."""

    tag: str
    attributes: Mapping[str, Any]
    middle: tuple[int, int]


# Those of arms and legs are drawn once, at the left of the picture; the other half is their mirror image.
SHAPES = {
    "head": Shape("circle", {"cx": 100, "cy": 54, "r": 48}, (100, 20)),
    "face": Shape("ellipse", {"cx": 100, "cy": 64, "rx": 35, "ry": 33}, (100, 86)),
    "neck": Shape("rect", {"x": 82, "y": 100, "width": 36, "height": 22, "rx": 8}, (100, 111)),
    "chest": Shape(
        "path", {"d": "M66 124Q100 114 134 124Q142 128 142 140L141 178H59L58 140Q58 128 66 124Z"}, (100, 148)
    ),
    "belly": Shape("path", {"d": "M59 180H141L143 224H57Z"}, (100, 202)),
    "hips": Shape("path", {"d": "M57 226H143L145 256Q145 266 135 266H65Q55 266 55 256Z"}, (100, 246)),
    "upper_arm": Shape(
        "rect",
        {"x": -15, "y": 0, "width": 30, "height": 66, "rx": 14, "transform": "translate(47 128) rotate(18)"},
        (37, 160),
    ),
    "lower_arm": Shape(
        "rect",
        {"x": -13, "y": 0, "width": 26, "height": 58, "rx": 13, "transform": "translate(26 193) rotate(10)"},
        (21, 222),
    ),
    "hand": Shape("circle", {"cx": 15, "cy": 264, "r": 15}, (15, 264)),
    "upper_leg": Shape("rect", {"x": 56, "y": 268, "width": 42, "height": 56, "rx": 12}, (77, 296)),
    "knee": Shape("rect", {"x": 58, "y": 326, "width": 38, "height": 28, "rx": 12}, (77, 340)),
    "lower_leg": Shape("rect", {"x": 60, "y": 356, "width": 34, "height": 44, "rx": 12}, (77, 378)),
    "foot": Shape("ellipse", {"cx": 73, "cy": 409, "rx": 24, "ry": 14}, (73, 409)),
}


@frozen
class Drawn:
    """A place as it is drawn: its shape, whether that is turned over, and the number of the mark that is there."""

    code: str
    label: object
    shape: Shape
    mirrored: bool
    numbers: str

    @property
    def middle(self) -> tuple[int, int]:
        """Where its number stands."""
        x, y = self.shape.middle
        return (WIDTH - x if self.mirrored else x), y


def figure(side: str, numbers: Mapping[str, list[int]]) -> list[Drawn]:
    """Return the places of one side in the order in which they are drawn, with the numbers of marks that are there."""
    return [
        Drawn(
            code,
            place.label,
            SHAPES[place.shape],
            place.mirrored,
            ", ".join(str(each) for each in numbers.get(code, ())),
        )
        for code, place in PLACES.items()
        if place.side == side
    ]
