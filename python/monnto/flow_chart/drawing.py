"""A drawing as a list of simple shapes; the writers of SVG and PNG know nothing else.

Coordinates are pixels from the upper left corner.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Advance widths of DejaVu Sans for the characters 32 to 126, in thousandths of the size.
_WIDTHS = [
    *(
        318,
        401,
        460,
        838,
        636,
        950,
        780,
        275,
        390,
        390,
        500,
        838,
        318,
        361,
        318,
        337,
        636,
        636,
        636,
    ),
    *(
        636,
        636,
        636,
        636,
        636,
        636,
        636,
        337,
        337,
        838,
        838,
        838,
        531,
        1000,
        684,
        686,
        698,
        770,
        632,
    ),
    *(
        575,
        775,
        752,
        295,
        295,
        656,
        557,
        863,
        748,
        787,
        603,
        787,
        695,
        635,
        611,
        732,
        684,
        989,
        685,
    ),
    *(
        611,
        685,
        390,
        337,
        390,
        838,
        500,
        500,
        613,
        635,
        550,
        635,
        615,
        352,
        635,
        634,
        278,
        278,
        579,
    ),
    *(
        278,
        974,
        634,
        612,
        635,
        635,
        411,
        521,
        392,
        634,
        592,
        818,
        592,
        592,
        525,
        636,
        337,
        636,
        838,
    ),
]
_BOLD = 1.14


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Pixels that a text takes."""
    total = sum(_WIDTHS[ord(c) - 32] if 32 <= ord(c) < 127 else 650 for c in text)
    return total / 1000 * size * (_BOLD if bold else 1.0)


@dataclass(frozen=True)
class Rectangle:
    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = "none"
    radius: float = 0.0
    line: float = 1.0


@dataclass(frozen=True)
class Circle:
    x: float
    y: float
    radius: float
    fill: str
    stroke: str = "none"
    line: float = 1.0


@dataclass(frozen=True)
class Text:
    x: float
    y: float  # of the middle of the line
    text: str
    size: float
    color: str
    bold: bool = False
    anchor: str = "start"  # "middle", "end"


@dataclass(frozen=True)
class Curve:
    """Cubic curves through x, y: a start, then two controls and an end each."""

    points: tuple[tuple[float, float], ...]
    color: str
    line: float = 1.6
    dashed: bool = False
    opacity: float = 1.0


@dataclass
class Drawing:
    width: float
    height: float
    title: str = ""
    shapes: list = field(default_factory=list)

    def add(self, shape) -> None:
        self.shapes.append(shape)
