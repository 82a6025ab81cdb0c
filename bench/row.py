"""One measured figure beside that of a peer."""

from __future__ import annotations

import statistics
from dataclasses import asdict, dataclass, field


@dataclass
class Row:
    name: str
    n: int | None = None
    unit: str = ""
    higher_is_better: bool = True
    values: list[float] = field(default_factory=list)
    first: float | None = None  # what the first run of a process reached
    threads: int = 1
    peer: str | None = None
    peer_values: list[float] = field(default_factory=list)
    turns: list[tuple[float, float]] = field(default_factory=list)  # medians of ours, the peer's
    quoted: str | None = None  # where the peer's figure was read, if it was not measured here
    instructions: float | None = None  # per unit of work
    problem: str | None = None

    @property
    def value(self) -> float | None:
        return median_of(self.values)

    @property
    def peer_value(self) -> float | None:
        return median_of(self.peer_values)

    @property
    def ratio(self) -> float | None:
        """How many times better ours is, whichever direction is better; of turns their median."""
        pairs = self.turns or [(self.value, self.peer_value)]
        if not all(ours and theirs for ours, theirs in pairs):
            return None
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        return ratio if self.higher_is_better else 1 / ratio

    @property
    def spread(self) -> float | None:
        """Range of the repeats over their median."""
        if len(self.values) < 2 or not self.value:
            return None
        return (max(self.values) - min(self.values)) / self.value

    def summary(self) -> str:
        """For whoever waits for the table."""
        beside = f", {self.peer} {figure(self.peer_value)}" if self.peer else ""
        ratio = f" ({figure(self.ratio)}x)" if self.ratio else ""
        return f"{self.name}: {self.problem or figure(self.value)}{beside}{ratio}"

    def as_json(self) -> dict[str, object]:
        keys = ("value", "peer_value", "ratio", "spread")
        return asdict(self) | {key: getattr(self, key) for key in keys}


def median_of(values: list[float]) -> float | None:
    return statistics.median(values) if values else None


def figure(value: float | None) -> str:
    """Three digits that matter."""
    if value is None:
        return "-"
    if value >= 1e6:
        return f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def text_table(rows: list[Row]) -> str:
    head = ["name", "ours", "first", "peer", "", "ratio", "spread", "instructions", "unit"]
    cells = [head] + [
        [
            row.name,
            figure(row.value),
            figure(row.first),
            figure(row.peer_value),
            (row.peer or "") + (" (quoted)" if row.quoted else ""),
            f"{figure(row.ratio)}x" if row.ratio else "-",
            f"{row.spread:.1%}" if row.spread is not None else "-",
            figure(row.instructions),
            row.problem or row.unit,
        ]
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(head))]
    is_text = {0, 4, 8}
    lines = []
    for line in cells:
        parts = [
            cell.ljust(width) if column in is_text else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)
