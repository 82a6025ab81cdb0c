"""Numbers and pictures of activity."""

from __future__ import annotations


def SpikeTrain_ISI(spikes) -> list:  # noqa: N802
    """Intervals between spikes, in steps: 0,1,0,0,1,1,0,1 gives 3, 1, 2."""
    import numpy as np

    return np.diff(np.flatnonzero(np.asarray(spikes))).tolist()


def get_t_vs_tp1_mat(
    average_activities_x, average_activities_y, resolution=100, flip=True, no_act_compensation=True
):
    """A 2-D histogram of one activity at each step against another one step later.

    Both axes run from 0 to the largest activity in `resolution` bins; `flip` puts 0 at the bottom.
    `no_act_compensation` leaves out the bin of steps without any activity, which would outshine
    all others.
    """
    import numpy as np

    now, later = (
        np.asarray(average_activities_x, dtype=float)[:-1],
        np.asarray(average_activities_y, dtype=float)[1:],
    )
    high = [max(float(values.max(initial=0.0)), 1e-12) for values in (now, later)]
    counts, _, _ = np.histogram2d(later, now, bins=resolution, range=[[0, high[1]], [0, high[0]]])
    if no_act_compensation:
        counts[0, 0] = 0
    return counts[::-1] if flip else counts


def plot_t_vs_tp1(average_activities, resolution=100):
    """Draw the activity against its next step; returns the axes (needs matplotlib)."""
    import matplotlib.pyplot as plt

    _, axes = plt.subplots()
    axes.imshow(get_t_vs_tp1_mat(average_activities, average_activities, resolution), cmap="gray")
    axes.set(xlabel="activity at t", ylabel="activity at t + 1")
    return axes


def inhibition_excitation_scatter(inh, exc):
    """Draw inhibition against excitation, one point per step; returns the axes."""
    import matplotlib.pyplot as plt

    _, axes = plt.subplots()
    axes.scatter(exc, inh, s=4)
    axes.set(xlabel="excitation", ylabel="inhibition")
    return axes


def weight_tiles(matrix, width, height, gap=1):
    """All rows of a matrix (neurons, width*height) as tiles of one picture, as square as possible.

    Each tile is divided by its largest weight; between tiles are `gap` pixels of NaN.
    """
    import numpy as np

    matrix = np.asarray(matrix, dtype=float)
    columns = int(np.ceil(np.sqrt(len(matrix))))
    rows = -(-len(matrix) // columns)
    picture = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan)
    for index, row in enumerate(matrix):
        y, x = index // columns * (height + gap), index % columns * (width + gap)
        picture[y : y + height, x : x + width] = row.reshape(height, width) / (abs(row).max() or 1)
    return picture
