"""A drawing as SVG 1.1."""

from __future__ import annotations

from html import escape

from monnto.flow_chart.drawing import Circle, Curve, Drawing, Rectangle, Text

_FONT = "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"


def svg_text(drawing: Drawing) -> str:
    """The picture; texts stay texts, so that they can be searched and selected."""
    width, height = round(drawing.width), round(drawing.height)
    shapes = "\n".join(_WRITERS[type(shape)](shape) for shape in drawing.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{_FONT}" role="img">\n'
        f"<title>{escape(drawing.title)}</title>\n{shapes}\n</svg>\n"
    )


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _rectangle(r: Rectangle) -> str:
    return (
        f'<rect x="{_number(r.x)}" y="{_number(r.y)}" width="{_number(r.width)}" '
        f'height="{_number(r.height)}" rx="{_number(r.radius)}" fill="{r.fill}" '
        f'stroke="{r.stroke}" stroke-width="{_number(r.line)}"/>'
    )


def _circle(c: Circle) -> str:
    return (
        f'<circle cx="{_number(c.x)}" cy="{_number(c.y)}" r="{_number(c.radius)}" fill="{c.fill}" '
        f'stroke="{c.stroke}" stroke-width="{_number(c.line)}"/>'
    )


def _text(t: Text) -> str:
    weight = ' font-weight="bold"' if t.bold else ""
    return (
        f'<text x="{_number(t.x)}" y="{_number(t.y + t.size * 0.36)}" font-size="{_number(t.size)}" '
        f'fill="{t.color}" text-anchor="{t.anchor}"{weight}>{escape(t.text)}</text>'
    )


def _curve(c: Curve) -> str:
    points = [f"{_number(x)},{_number(y)}" for x, y in c.points]
    path = f"M {points[0]} C {' '.join(points[1:])}"
    dash = ' stroke-dasharray="5 4"' if c.dashed else ""
    return (
        f'<path d="{path}" fill="none" stroke="{c.color}" stroke-width="{_number(c.line)}" '
        f'stroke-opacity="{c.opacity}" stroke-linecap="round"{dash}/>'
    )


_WRITERS = {Rectangle: _rectangle, Circle: _circle, Text: _text, Curve: _curve}
