"""The way of each connection: short ones swing directly, long ones run on tracks beside the boxes.

Above the boxes of a row run values of this iteration, below them those that are read in the next one.
Connections that begin at one port share a track, others that would overlap get one of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

TRACK = 9.0  # pixels between tracks
_CORNER = 9.0


@dataclass(frozen=True)
class Way:
    """How a connection runs: `track` is None for a direct swing."""

    row: int = 0
    is_above: bool = True
    track: int | None = None


def ways_of(connections, cells, row_of, column_of) -> dict:
    """A Way for each connection. Needs the columns and rows of cells, not their places yet."""
    ways, used = {}, {}
    taken = {(row_of(cell), column_of(cell)) for cell in cells.values()}
    bundles: dict = {}
    for connection in connections:
        source, target = cells[connection.source.order], cells[connection.target.order]
        rows = row_of(source), row_of(target)
        columns = column_of(source), column_of(target)
        if not connection.is_feedback and _is_free(taken, rows, columns):
            ways[connection] = Way()
            continue
        key = (connection.source.order, connection.output, rows[1], connection.is_feedback)
        bundles.setdefault(key, []).append((connection, min(columns), max(columns)))
    for (_, _, row, is_feedback), members in bundles.items():
        span = min(m[1] for m in members), max(m[2] for m in members)
        tracks = used.setdefault((row, is_feedback), [])
        # A value of this iteration ends where the next may begin; one that goes back starts to the
        # right of its box and ends to the left of another.
        number = _free_track(tracks, span if not is_feedback else (span[0] - 1, span[1] + 1))
        for connection, _, _ in members:
            ways[connection] = Way(row, not is_feedback, number)
    return ways


def _is_free(taken, rows, columns) -> bool:
    """Whether nothing stands between source and target."""
    between = range(columns[0] + 1, columns[1])
    low, high = min(rows), max(rows)
    return columns[1] > columns[0] and not any(
        (row, c) in taken for row in range(low, high + 1) for c in between
    )


def _free_track(tracks: list, span) -> int:
    for number, spans in enumerate(tracks):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in spans):
            spans.append(span)
            return number
    tracks.append([span])
    return len(tracks) - 1


def tracks_in(ways, row: int, is_above: bool) -> int:
    """How many tracks a row needs above or below its boxes."""
    numbers = [
        w.track
        for w in ways.values()
        if w.row == row and w.is_above == is_above and w.track is not None
    ]
    return max(numbers, default=-1) + 1


def direct(start, end) -> tuple:
    """One swing from left to right."""
    (x1, y1), (x2, y2) = start, end
    reach = max(30.0, (x2 - x1) * 0.45)
    return ((x1, y1), (x1 + reach, y1), (x2 - reach, y2), (x2, y2))


def rounded(points) -> tuple:
    """Straight lines through points with round corners, as cubic curves."""
    path = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:]):
        enter = _towards(corner, before, _CORNER)
        leave = _towards(corner, after, _CORNER)
        path += [path[-1], enter, enter]  # a straight line
        path += [_between(enter, corner), _between(leave, corner), leave]
    path += [path[-1], points[-1], points[-1]]
    return tuple(path)


def _towards(a, b, distance: float):
    """The point at most `distance` (and half the way) from a to b."""
    length = ((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) ** 0.5
    share = min(distance, length / 2) / length if length else 0.0
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _between(a, b):
    return (a[0] + (b[0] - a[0]) * 0.55, a[1] + (b[1] - a[1]) * 0.55)
