"""D5, S17, S20: scripts that say what is to be computed for whole matrices, on NumPy and here.

Programs are drawn from the statements that learning rules are made of. Everything but sums is the
same operation in the same order on both sides, so weights agree bit for bit; products agree within
n eps sum |x|. Each program repeats its statements with other spikes, so that kernels are compiled
and the matrix comes to lie the way events gather it.
"""

from __future__ import annotations

import numpy as np
import pytest

import monnto

PROGRAMS = 300
ROWS, COLUMNS = 40, 36
STEPS = 6

STATEMENTS = [
    # pairs
    "W += post[:, None] * pre[None, :] * 0.25",
    "W += post[:, None] * pre[None, :] * 0.125; W[...] = np.clip(W, 0, 1)",
    "W += np.outer(post.astype(W.dtype), pre.astype(W.dtype)) * 0.5",
    "W[np.ix_(post, pre)] += 0.125",
    "W[np.ix_(post, pre)] = np.clip(W[np.ix_(post, pre)] + 0.25, 0, 1)",
    "W[np.ix_(post_at, pre_at)] -= 0.0625",
    "W[...] = np.where(post[:, None] & pre[None, :], W * 0.5, W)",
    # rows and columns
    "W -= 0.25 * y[:, None] * pre[None, :] * W",
    "W += x[None, :] * post[:, None] * (1.0 - W) * 0.125",
    "W[post] -= W[post] * x[None, :] * 0.25",
    "W[post_at] += 0.5 * x",
    "W[:, pre] -= W[:, pre] * y[:, None] * 0.25",
    "W[:, pre_at] += 0.125 * y[:, None]",
    "W[post] = np.clip(W[post], 0.25, 0.75)",
    "W[:, pre] = np.clip(W[:, pre], 0.25, 0.75)",
    "W *= 1.0 - 0.5 * pre[None, :]",
    "W[post] = 0.5",
    "W[:, 3] = y",
    "W[2] = x",
    # zeros
    "W *= enabled",
    "W *= mask",
    "W[...] = W * (W > 0)",
    "W *= enabled; W *= mask[::-1]",
    "W[:, pre] += mask[:, pre] * 0.25",
    "W += y[:, None] * pre[None, :] * mask",
    "W += y[:, None] * pre[None, :]; W *= enabled",
    "mask[3] = 0; W += x[None, :] * post[:, None] * mask",
    "np.fill_diagonal(W, 0)",
    "W[np.arange(30), np.arange(30)] = 0",
    "W *= mask; W += post[:, None] * pre[None, :] * 0.25 * mask",
    "W[...] = np.clip(W, -2, 2)",
    # aliases
    "held = W.copy()",
    "W += held * 0.0625",
    "V[...] *= 0.5",
    "V += post[:10, None] * pre[None, :] * 0.125",
    "W.T[pre] *= 0.75",
    "W[3:20, ::2] *= 0.75",
    "W[:, 5:9] = W[:, 9:5:-1] * 0.5 + 0.125",
    "W2 = W; W2 += post[:, None] * pre[None, :] * 0.125",
    # readers
    "near(W.dot(pre))",
    "near(W.dot(pre.astype(W.dtype)))",
    "near(post @ W)",
    "near(W.T @ post)",
    "near(np.sum(W[:, pre], axis=1))",
    "near(np.sum(W[post], axis=0))",
    "same(W[3, 4])",
    "same(W[post])",
    "same(W[5])",
]


def weights(rng, kind, dtype):
    w = rng.uniform(0 if kind == "positive" else -1, 1, (ROWS, COLUMNS)).astype(dtype)
    special = {"negative zero": -0.0, "infinite": np.inf, "nan": np.nan}.get(kind, 0.5)
    w.flat[3::97] = special
    return w


def spikes(rng, size):
    """None, one, few or all of them."""
    kind = rng.integers(5)
    return rng.random(size) < 0.08 if kind > 2 else np.arange(size) < (0, 1, size)[kind]


class Side:
    """One of the two: `make` turns an ndarray into an array of the side."""

    def __init__(self, make, w, enabled):
        self.seen = []
        self.make = make
        self.names = {
            "np": np,
            "W": make(w),
            "enabled": make(enabled),
            "mask": make(enabled.astype(w.dtype)),
            "near": lambda a: self.seen.append((np.array(a, np.float64), False)),
            "same": lambda a: self.seen.append((np.array(a), True)),
        }
        self.names["held"] = self.names["W"].copy()
        self.names["V"] = self.names["W"][:10]

    def step(self, statements, values):
        self.names |= {name: self.make(value) for name, value in values.items()}
        for statement in statements:
            exec(statement, self.names)  # noqa: S102
        self.seen.append((np.array(self.names["W"]), True))


def expect_same(ours, theirs, what):
    assert ours.dtype == theirs.dtype and ours.shape == theirs.shape, what
    different = ~((ours == theirs) & (np.signbit(ours) == np.signbit(theirs)))
    different &= ~(np.isnan(ours) & np.isnan(theirs)) if ours.dtype.kind == "f" else True
    assert not different.any(), f"{what}: {ours[different]} instead of {theirs[different]}"


def run_program(seed):
    rng = np.random.default_rng(seed)
    kind = rng.choice(["positive", "ordinary", "negative zero", "infinite", "nan"])
    dtype = rng.choice([np.float16, np.float32, np.float64])
    statements = list(rng.choice(STATEMENTS, rng.integers(1, 5)))
    w = weights(rng, kind, dtype)
    enabled = rng.random((ROWS, COLUMNS)) < 0.75
    with np.errstate(all="ignore"):
        theirs, ours = Side(np.array, w, enabled), Side(monnto.array, w, enabled)
        for _ in range(STEPS):
            values = {"pre": spikes(rng, COLUMNS), "post": spikes(rng, ROWS)}
            values["pre_at"] = np.flatnonzero(values["pre"])
            values["post_at"] = np.flatnonzero(values["post"])
            values["x"] = rng.random(COLUMNS).astype(dtype)
            values["y"] = rng.random(ROWS).astype(dtype)
            theirs.step(statements, values)
            ours.step(statements, values)
        for (mine, is_exact), (other, _) in zip(ours.seen, theirs.seen, strict=True):
            what = f"seed {seed}, {kind} {np.dtype(dtype)}: {statements}"
            if is_exact:
                expect_same(mine, other, what)
            else:
                epsilon = 100 * float(np.finfo(dtype).eps)
                np.testing.assert_allclose(
                    mine, other, rtol=epsilon, atol=epsilon * 40, err_msg=what
                )


@pytest.mark.parametrize("first", range(0, PROGRAMS, 50))
def test_s20_programs_of_learning_rules_give_what_numpy_gives(first):
    for seed in range(first, first + 50):
        run_program(seed)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_s20_each_statement_gives_what_numpy_gives(statement):
    for seed, dtype in enumerate([np.float16, np.float32, np.float64]):
        rng = np.random.default_rng(seed)
        w = weights(rng, "positive", dtype)
        enabled = rng.random((ROWS, COLUMNS)) < 0.5
        theirs, ours = Side(np.array, w, enabled), Side(monnto.array, w, enabled)
        for step in range(STEPS):
            few = {"pre": np.arange(COLUMNS) % 13 == step, "post": np.arange(ROWS) % 11 == step}
            few |= {f"{name}_at": np.flatnonzero(value) for name, value in few.items()}
            few |= {"x": rng.random(COLUMNS).astype(dtype), "y": rng.random(ROWS).astype(dtype)}
            theirs.step([statement], few)
            ours.step([statement], few)
        expect_same(*(side.seen[-1][0] for side in (ours, theirs)), statement)
