"""The flow chart of a network: which behavior reads and writes what, in order of execution."""

from __future__ import annotations

from pathlib import Path

from monnto.flow_chart.connections import Box, boxes_of
from monnto.flow_chart.reading import Module, read_behavior
from monnto.tagged import bad_parameter

__all__ = ["Box", "FlowChart", "Module", "Module_visualizer", "flow_chart", "read_behavior"]

_WITHOUT_WINDOWS = (
    "agg",
    "cairo",
    "pdf",
    "pgf",
    "ps",
    "svg",
    "template",
)  # of matplotlib's backends


class FlowChart:
    """A picture of behaviors and the variables between them.

    Notebooks show it; `save("chart.svg")` and `save("chart.png")` write it, `show()` opens a window.
    `boxes` and `connections` are what it shows, for programs.
    """

    def __init__(self, objects, title: str, boxes=None, only_forward: bool = False):
        from monnto.flow_chart.layout import Layout

        self.boxes = boxes_of(objects) if boxes is None else boxes
        if not self.boxes:
            raise bad_parameter("flow chart", title, "there are no behaviors to show yet")
        self._layout = Layout(objects, self.boxes, title, only_forward)
        self.connections = self._layout.connections

    @property
    def svg(self) -> str:
        """The picture as text of an SVG file."""
        from monnto.flow_chart.svg import svg_text

        return svg_text(self._layout.draw())

    def png(self, scale: float = 2.0) -> bytes:
        """The picture as bytes of a PNG file (needs matplotlib)."""
        from monnto.flow_chart.png import png_bytes

        return png_bytes(self._layout.draw(), scale)

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, file, scale: float = 2.0) -> str:
        """Write `*.svg` or `*.png`; returns the path."""
        from monnto._engine import write_whole

        path = Path(file)
        if path.suffix not in (".svg", ".png"):
            raise bad_parameter("file", str(file), "a name that ends in .svg or .png")
        content = self.svg.encode() if path.suffix == ".svg" else self.png(scale)
        write_whole(str(path), content)
        return str(path)

    def show(self) -> FlowChart:
        """Open a window of matplotlib, where there is a screen; returns self."""
        import matplotlib.pyplot as plt
        from matplotlib.image import imread

        if plt.get_backend().lower() in _WITHOUT_WINDOWS:
            print("flow chart: there is no window to show it in; .save('chart.svg') writes a file")
            return self
        import io

        pixels = imread(io.BytesIO(self.png()))
        figure = plt.figure(figsize=(pixels.shape[1] / 200, pixels.shape[0] / 200))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.imshow(pixels)
        plt.show()
        return self


def flow_chart(
    part,
    show_dimension=True,
    show_recorder=True,
    only_feed_forward_connections=False,
) -> FlowChart:
    """The chart of a network, of a group with the synapse groups that reach it, or of one.

    `show_dimension` and `show_recorder` leave out the grid and recorders where False,
    `only_feed_forward_connections` what is read in the next iteration only.
    """
    objects = _objects_of(part)
    boxes = [b for b in boxes_of(objects) if _is_shown(b.behavior, show_dimension, show_recorder)]
    for order, box in enumerate(boxes):
        box.order = order
    title = f"{type(part).__name__} {part.tag}" if part.tag != type(part).__name__ else part.tag
    return FlowChart(objects, title, boxes, only_feed_forward_connections)


Module_visualizer = flow_chart


def chart_of_behavior(behavior, inputs=None, outputs=None, attributes=None) -> FlowChart:
    """The chart of one behavior alone; explicit lists go before what its source says."""
    module = read_behavior(behavior)
    for name, given in (("inputs", inputs), ("outputs", outputs), ("attributes", attributes)):
        if given is not None:
            setattr(module, name, dict.fromkeys(given))
    alone = _Alone(module.kind, behavior)
    box = Box(alone, 0, behavior, module)
    box.places = {name: [] for name in {**module.inputs, **module.outputs}}
    return FlowChart([alone], behavior.tags[0], [box])


class _Alone:
    """Stands for the group of a behavior that is looked at by itself."""

    size, color = 1, None

    def __init__(self, kind: str, behavior):
        self.tag = kind
        self.behavior = {0: behavior}
        self.network = self

    def all_objects(self) -> list:
        return []


def _objects_of(part) -> list:
    from monnto.synapse_group import SynapseGroup

    network = part.network
    if part is network:
        return network.all_objects()
    if isinstance(part, SynapseGroup):
        return [part]
    own = [s for s in network.SynapseGroups if s.dst.group_without_subGroup() is part]
    return [part, *own]


def _is_shown(behavior, show_dimension: bool, show_recorder: bool) -> bool:
    from monnto.dimension import NeuronDimension
    from monnto.recorder import Recorder

    if isinstance(behavior, Recorder):
        return show_recorder
    return show_dimension or not isinstance(behavior, NeuronDimension)
