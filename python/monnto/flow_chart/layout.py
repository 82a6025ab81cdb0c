"""Where boxes, ports and curves of a flow chart go.

Columns are keys, in the order of execution from left to right; rows are objects.
"""

from __future__ import annotations

from dataclasses import dataclass

from monnto.flow_chart.connections import Box, connections_of, has_writer
from monnto.flow_chart.drawing import Circle, Curve, Drawing, Rectangle, Text, text_width
from monnto.flow_chart.routing import TRACK, direct, rounded, tracks_in, ways_of

# Colors: ink and paper, then what ports mean.
INK, FAINT, PAPER, EDGE = "#1f2937", "#6b7280", "#ffffff", "#d1d5db"
MISSING, ELSEWHERE, CREATED, OWN = "#dc2626", "#f59e0b", "#16a34a", "#9ca3af"
CURVES = ("#2563eb", "#7c3aed", "#0891b2", "#c026d3", "#0d9488", "#4f46e5", "#be185d", "#0369a1")
ROW_COLORS = ("#2563eb", "#dc2626", "#16a34a", "#9333ea", "#ea580c", "#0891b2")
SYNAPSES, NETWORK = "#475569", "#111827"

HEADER, LINE, PAD, PORT = 30.0, 19.0, 12.0, 4.5  # heights and sizes in pixels
TITLE_SIZE, NAME_SIZE, SMALL = 12.5, 11.5, 10.0
GAP_X, GAP_Y, MARGIN = 76.0, 30.0, 26.0
TOP, LEGEND = 74.0, 46.0


@dataclass
class Cell:
    """A box with its place."""

    box: Box
    title: str
    inputs: list[str]
    outputs: list[str]
    parameters: list[tuple[str, bool]]  # text, and whether the value was given
    x: float = 0.0
    y: float = 0.0

    @property
    def width(self) -> float:
        inputs = max((text_width(t, NAME_SIZE) for t in self.inputs), default=0)
        outputs = max((text_width(t, NAME_SIZE) for t in self.outputs), default=0)
        parameters = max((text_width(t, SMALL) for t, _ in self.parameters), default=0)
        body = inputs + outputs + (34 if inputs and outputs else 0) + 2 * PAD + 8
        title = text_width(self.title, TITLE_SIZE, bold=True) + 2 * PAD + 4
        return max(body, title, parameters + 2 * PAD, 120)

    @property
    def height(self) -> float:
        rows = max(len(self.inputs), len(self.outputs))
        more = 8 + 16 * len(self.parameters) if self.parameters else 0
        return HEADER + PAD + max(rows, 0 if self.parameters else 1) * LINE + more + 4

    def port(self, name: str, is_input: bool) -> tuple[float, float]:
        names = self.inputs if is_input else self.outputs
        y = self.y + HEADER + PAD + LINE * names.index(name) + LINE / 2 - 3
        return (self.x if is_input else self.x + self.width), y


def cell_of(box: Box) -> Cell:
    given = box.behavior.init_kwargs
    parameters = [
        (f"{name} = {_short(given.get(name, default))}", name in given)
        for name, default in box.module.attributes.items()
        if name in given or default is not None
    ]
    module = box.module
    return Cell(box, box.behavior.tags[0], list(module.inputs), list(module.outputs), parameters)


def _short(value) -> str:
    text = str(value) if not hasattr(value, "shape") else f"array{tuple(value.shape)}"
    return text if len(text) <= 24 else text[:21] + "..."


def _kinds(obj) -> set:
    return {c.__name__ for c in type(obj).__mro__}


def row_color(obj, index: int) -> str:
    kinds = _kinds(obj)
    if "Network" in kinds:
        return NETWORK
    if "SynapseGroup" in kinds:
        return SYNAPSES
    color = getattr(obj, "color", None)
    if color is not None:
        red, green, blue = (min(255, max(0, int(part))) for part in color[:3])
        if red + green + blue < 600:  # white and yellow would not show behind white letters
            return f"#{red:02x}{green:02x}{blue:02x}"
    return ROW_COLORS[index % len(ROW_COLORS)]


def row_label(obj) -> tuple[str, str]:
    """Name and size of an object."""
    if "SynapseGroup" in _kinds(obj):
        return obj.tag, f"{obj.src.tag} \N{RIGHTWARDS ARROW} {obj.dst.tag}"
    if "Network" in _kinds(obj):
        return obj.tag, "network"
    if "_Alone" in _kinds(obj):
        return obj.tag, ""
    return obj.tag, f"{obj.size:,} neurons"


class Layout:
    """Places the boxes of `objects` and draws them."""

    def __init__(self, objects, boxes: list[Box], title: str, only_forward: bool = False):
        self.boxes = boxes
        self.connections = connections_of(boxes, only_forward)
        self.cells = {box.order: cell_of(box) for box in boxes}
        self.objects = [obj for obj in objects if any(box.obj is obj for box in boxes)]
        self.keys = sorted({box.key for box in boxes})
        self.title = title
        self._place()

    def _place(self) -> None:
        labels = [
            max(text_width(a, 13, True), text_width(b, SMALL))
            for a, b in map(row_label, self.objects)
        ]
        self.label_width = max(labels, default=0) + 2 * MARGIN
        x = self.label_width + MARGIN
        self.column_centers = []
        for key in self.keys:
            column = [c for c in self.cells.values() if c.box.key == key]
            width = max(cell.width for cell in column)
            for cell in column:
                cell.x = x + (width - cell.width) / 2
            self.column_centers.append(x + width / 2)
            x += width + GAP_X
        self.width = max(
            x - GAP_X + 2 * MARGIN, 520.0, text_width(self.title, 17, True) + 2 * MARGIN
        )
        self.ways = ways_of(self.connections, self.cells, self._row, self._column)
        y = TOP
        self.lanes, self.inner = [], []
        for number, obj in enumerate(self.objects):
            row = [c for c in self.cells.values() if c.box.obj is obj]
            above, below = (TRACK * tracks_in(self.ways, number, up) for up in (True, False))
            height = max(cell.height for cell in row)
            top = y + GAP_Y / 2 + above
            for cell in row:
                cell.y = top + (height - cell.height) / 2
            self.lanes.append((y, height + GAP_Y + above + below))
            self.inner.append((top, top + height))
            y += self.lanes[-1][1] + 10
        self.height = y + LEGEND

    def _row(self, cell: Cell) -> int:
        return next(i for i, obj in enumerate(self.objects) if obj is cell.box.obj)

    def _column(self, cell: Cell) -> int:
        return self.keys.index(cell.box.key)

    # -- drawing

    def draw(self) -> Drawing:
        drawing = Drawing(self.width, self.height, self.title)
        drawing.add(Rectangle(0, 0, self.width, self.height, PAPER))
        drawing.add(Text(MARGIN, 28, self.title, 17, INK, bold=True))
        for center, key in zip(self.column_centers, self.keys):
            drawing.add(Circle(center, TOP - 18, 13, "#f3f4f6", EDGE))
            drawing.add(
                Text(center, TOP - 18, f"{key:g}", NAME_SIZE, FAINT, bold=True, anchor="middle")
            )
        for index, obj in enumerate(self.objects):
            self._draw_lane(drawing, obj, index)
        for connection in self.connections:
            drawing.add(self._curve(connection))
        for cell in self.cells.values():
            self._draw_cell(drawing, cell)
        self._draw_legend(drawing)
        return drawing

    def _draw_lane(self, drawing, obj, index) -> None:
        y, height = self.lanes[index]
        color = row_color(obj, index)
        name, size = row_label(obj)
        drawing.add(Rectangle(MARGIN / 2, y, self.width - MARGIN, height, "#f8fafc", "#e5e7eb", 10))
        drawing.add(Rectangle(MARGIN / 2, y + 8, 5, height - 16, color, radius=2.5))
        drawing.add(Text(MARGIN + 6, y + height / 2 - 9, name, 13, INK, bold=True))
        drawing.add(Text(MARGIN + 6, y + height / 2 + 9, size, SMALL, FAINT))

    def _draw_cell(self, drawing, cell: Cell) -> None:
        color = row_color(cell.box.obj, self._row(cell))
        is_on = cell.box.behavior.behavior_enabled
        color = color if is_on else OWN
        x, y, width = cell.x, cell.y, cell.width
        drawing.add(Rectangle(x + 2, y + 3, width, cell.height, "#e2e8f0", radius=8))
        drawing.add(Rectangle(x, y, width, cell.height, PAPER, EDGE, 8))
        drawing.add(Rectangle(x, y, width, HEADER, color, color, 8))
        drawing.add(Rectangle(x, y + HEADER - 8, width, 8, color))
        title = cell.title if is_on else f"{cell.title} (off)"
        drawing.add(Text(x + width / 2, y + HEADER / 2, title, TITLE_SIZE, PAPER, True, "middle"))
        for name in cell.inputs:
            px, py = cell.port(name, True)
            drawing.add(Text(px + PAD, py, name, NAME_SIZE, INK))
            drawing.add(Circle(px, py, PORT, self._input_color(cell, name), PAPER, 1.5))
        for name in cell.outputs:
            px, py = cell.port(name, False)
            drawing.add(Text(px - PAD, py, name, NAME_SIZE, INK, anchor="end"))
            drawing.add(Circle(px, py, PORT, self._output_color(cell, name), PAPER, 1.5))
        self._draw_parameters(drawing, cell)

    @staticmethod
    def _draw_parameters(drawing, cell: Cell) -> None:
        if not cell.parameters:
            return
        y = cell.y + cell.height - 8 - 16 * len(cell.parameters)
        if cell.inputs or cell.outputs:
            drawing.add(Rectangle(cell.x + PAD, y - 3, cell.width - 2 * PAD, 1, "#e5e7eb"))
        for i, (text, is_given) in enumerate(cell.parameters):
            drawing.add(Text(cell.x + PAD, y + 16 * i + 9, text, SMALL, INK if is_given else OWN))

    def _input_color(self, cell: Cell, name: str) -> str:
        if any(c.target is cell.box and c.input == name for c in self.connections):
            return ELSEWHERE
        return OWN if has_writer(self.boxes, cell.box, name) else MISSING

    def _output_color(self, cell: Cell, name: str) -> str:
        if name in cell.box.module.created:
            return CREATED
        is_used = any(c.source is cell.box and c.output == name for c in self.connections)
        return ELSEWHERE if is_used else OWN

    def _curve(self, connection) -> Curve:
        source, target = self.cells[connection.source.order], self.cells[connection.target.order]
        start, end = source.port(connection.output, False), target.port(connection.input, True)
        names = sorted({c.output.rpartition(".")[2] for c in self.connections})
        color = CURVES[names.index(connection.output.rpartition(".")[2]) % len(CURVES)]
        way = self.ways[connection]
        if way.track is None:
            return Curve(direct(start, end), color, 1.8, False, 0.85)
        top, bottom = self.inner[way.row]
        offset = 7 + TRACK * way.track
        y = top - offset if way.is_above else bottom + offset
        # Ports of one box turn one after the other, so that their ways do not lie on each other.
        right = start[0] + 16 + 7 * (source.outputs.index(connection.output) % 4)
        left = end[0] - 16 - 7 * (target.inputs.index(connection.input) % 4)
        path = rounded((start, (right, start[1]), (right, y), (left, y), (left, end[1]), end))
        return Curve(path, color, 1.6, connection.is_feedback, 0.85)

    def _draw_legend(self, drawing) -> None:
        x, y = MARGIN, self.height - LEGEND / 2 - 2
        for color, text in (
            (CREATED, "created here"),
            (ELSEWHERE, "passed between behaviors"),
            (OWN, "kept by itself"),
            (MISSING, "written by nobody"),
        ):
            drawing.add(Circle(x + PORT, y, PORT, color))
            drawing.add(Text(x + 14, y, text, SMALL, FAINT))
            x += 14 + text_width(text, SMALL) + 22
        drawing.add(Curve(((x, y), (x + 10, y), (x + 20, y), (x + 28, y)), FAINT, 1.5, True))
        drawing.add(Text(x + 36, y, "value of the iteration before", SMALL, FAINT))
