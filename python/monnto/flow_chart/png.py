"""A drawing as PNG, drawn by matplotlib."""

from __future__ import annotations

import io

from monnto.flow_chart.drawing import Circle, Curve, Drawing, Rectangle, Text

_POINTS = 0.72  # of a pixel: figures have 100 pixels an inch


def png_bytes(drawing: Drawing, scale: float = 2.0) -> bytes:
    """The picture with `scale` pixels per unit of the drawing. Needs matplotlib."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = figure_of(drawing)
    FigureCanvasAgg(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100 * scale)
    return buffer.getvalue()


def figure_of(drawing: Drawing):
    """A figure of matplotlib."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width / 100, drawing.height / 100), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    for order, shape in enumerate(drawing.shapes):
        _PAINTERS[type(shape)](axes, shape, order)
    return figure


def _rectangle(axes, r: Rectangle, order: int) -> None:
    from matplotlib.patches import FancyBboxPatch

    radius = min(r.radius, r.width / 2, r.height / 2)
    style = f"round,pad=0,rounding_size={radius}" if radius > 0 else "square,pad=0"
    axes.add_patch(
        FancyBboxPatch(
            *((r.x, r.y), r.width, r.height),
            boxstyle=style,
            facecolor=r.fill,
            edgecolor=r.stroke,
            linewidth=r.line * _POINTS if r.stroke != "none" else 0,
            zorder=order,
        )
    )


def _circle(axes, c: Circle, order: int) -> None:
    from matplotlib.patches import Circle as Patch

    width = c.line * _POINTS if c.stroke != "none" else 0
    axes.add_patch(
        Patch(
            (c.x, c.y),
            c.radius,
            facecolor=c.fill,
            edgecolor=c.stroke,
            linewidth=width,
            zorder=order,
        )
    )


def _text(axes, t: Text, order: int) -> None:
    anchor = {"start": "left", "middle": "center", "end": "right"}[t.anchor]
    axes.text(
        *(t.x, t.y + t.size * 0.36, t.text.replace("$", r"\$")),
        fontsize=t.size * _POINTS,
        fontfamily="DejaVu Sans",
        color=t.color,
        fontweight="bold" if t.bold else "normal",
        horizontalalignment=anchor,
        verticalalignment="baseline",
        zorder=order,
    )


def _curve(axes, c: Curve, order: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    codes = [Path.MOVETO, *[Path.CURVE4] * (len(c.points) - 1)]
    patch = PathPatch(
        Path(c.points, codes),
        facecolor="none",
        edgecolor=c.color,
        alpha=c.opacity,
        linewidth=c.line * _POINTS,
        capstyle="round",
        zorder=order,
    )
    if c.dashed:
        patch.set_linestyle((0, (5 * _POINTS, 4 * _POINTS)))
    axes.add_patch(patch)


_PAINTERS = {Rectangle: _rectangle, Circle: _circle, Text: _text, Curve: _curve}
