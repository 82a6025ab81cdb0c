"""Expressions of scripts, and a way to run them with torch or with its stand-in.

``python -m torch_oracle.cases`` in this folder, with torch installed, writes the answers of torch
to answers.json.
"""

from __future__ import annotations

import json
from pathlib import Path

ANSWERS = Path(__file__).parent / "answers.json"

GROUPS = {
    "promotion": """
        b * 1.5 | b + b | b * b | b + 1 | b * v | b / b | i / 2 | i / i | i // 2 | i * 0.5 | i + v
        u + 10 | u - 250 | u * u | u + i | u + v | v * 2 | v * 0.1 | d * v | v + w | v + k | i + z
        i + w | i + k | u + k | z + w | z * 2.5 | k * 2.5 | k + 1 | v ** 2 | v ** 0.5 | i ** 2
        2 ** v | 1 - v | 1 / v | 1 // i1 | 7 % i1 | v % 1.0 | -i % 3 | -v | abs(-i) | ~b | ~i | b & c
        b | b ^ c | i & 3 | i << 2 | i >> 1 | h + v | h * 2.0 | h + i | v > 0.5 | i == 2 | b == c
        v == None | u == 300 | i < 2.5 | v > d | 3 > v | torch.result_type(i, 1.5)
        torch.result_type(v, w) | torch.result_type(u, k) | +v | s + u | s * 3 | v // 0.3
    """,
    "elementwise": """
        torch.exp(v) | torch.exp(i) | torch.sqrt(b) | torch.log1p(v) | torch.sigmoid(v) | i.sqrt()
        v.tanh() | v.square() | i.square() | torch.abs(-v) | v.neg() | i.sign() | v.floor() | i.floor()
        (v * 10).round() | (v * 10).round(decimals=1) | v.trunc() | v.reciprocal() | i1.reciprocal()
        v.rsqrt() | (v * 3).frac() | v.clamp(0.2, 0.6) | v.clamp(min=0.5) | v.clamp_max(0.5)
        i.clamp(1, 2) | torch.clamp(v, max=0.3) | torch.maximum(v, z) | torch.minimum(i, k)
        torch.atan2(i, i1) | torch.where(b, v, 0.0) | torch.where(v > 0.4, v, z)
        torch.where(b, 1.0, v) | torch.add(v, v, alpha=2) | v.sub(1, alpha=3) | v.add(1).mul(2)
        torch.div(i, 2, rounding_mode='floor') | torch.div(-i, 2, rounding_mode='trunc')
        torch.div(v, 0.3, rounding_mode='trunc') | torch.pow(2, i) | v.pow(3) | i.eq(2) | v.lt(0.5)
        v.logical_and(i) | b.logical_not() | torch.logical_or(b, c) | torch.isnan(v) | torch.isfinite(v)
        torch.isclose(v, v + 1e-9) | torch.lerp(v, v * 2, 0.5) | torch.addcmul(v, v, v, value=2)
        v.masked_fill(b, -1) | v.masked_select(b) | m.masked_select(m > 5) | torch.erf(v)
        torch.heaviside(v - 0.5, torch.tensor(0.5)) | torch.relu(v - 0.5) | torch.remainder(v, 0.3)
        torch.fmod(-v, 0.3) | torch.hypot(v, v) | torch.equal(v, v) | torch.allclose(v, v)
        torch.nan_to_num(n) | torch.isnan(n) | i.bool() | v.int() | v.long() | i.float() | u.char()
        b.byte() | i.double() | v.half() | v.to(torch.float64) | v.type(torch.int32) | v.type_as(i)
        (v * 1000).byte() | torch.exp2(i) | torch.log(d) | v.expm1() | torch.bitwise_and(i, 3)
        v.where(b, z) | v.deg2rad() | torch.xlogy(i, v) | i.is_signed()
    """,
    "reductions": """
        v.sum() | i.sum() | u.sum() | b.sum() | s.sum() | m.sum(0) | m.sum(dim=1) | m.sum(1, keepdim=True)
        m.sum((0, 1)) | m.sum(dtype=torch.float64) | m.mean() | m.mean(0) | m.mean(dim=1, keepdim=True)
        i.float().mean() | i.mean(dtype=torch.float32) | v.std() | v.std(unbiased=False) | m.std(0)
        m.std(dim=1, unbiased=False) | m.var(1, keepdim=True) | v.var(False) | torch.std(m, 0) | v.max() | v.min() | m.max(0) | m.max(dim=1)
        m.max(dim=1, keepdim=True) | m.min(1) | m.max(0).values | m.max(0)[1] | torch.max(v, d) | v.max(d)
        i.max() | b.max() | v.argmax() | m.argmax(0) | m.argmin(dim=1, keepdim=True) | m.amax(1)
        m.amin((0, 1)) | b.any() | b.all() | v.any() | (m > 5).any(0) | (m > 5).all(dim=1) | m.prod(1)
        i.prod() | b.prod() | m.cumsum(0) | i.cumsum(0) | b.cumsum(0) | v.cumprod(0) | torch.cumsum(m, dim=1)
        v.median() | m.median(1) | m.median(dim=0, keepdim=True) | v.norm() | m.norm(dim=1)
        m.norm(1, 0) | m.norm(float('inf')) | m.norm(p=3, dim=0) | torch.logsumexp(m, 1)
        torch.softmax(m, 1) | v.softmax(0) | torch.log_softmax(m, dim=0) | torch.count_nonzero(b)
        torch.count_nonzero(m > 4, dim=0) | m.sort(1, descending=True) | v.sort() | v.argsort()
        v.argsort(descending=True) | v.topk(2) | m.topk(2, dim=1) | m.topk(1, dim=0, largest=False)
        v.kthvalue(2) | m.kthvalue(1, 0) | torch.unique(r) | torch.unique(r, return_counts=True)
        torch.unique(r, return_inverse=True) | torch.bincount(r) | torch.bincount(r, minlength=6)
        torch.histc(v, bins=4, min=0, max=1) | torch.nonzero(m > 5) | b.nonzero()
        torch.nonzero(m > 5, as_tuple=True) | torch.where(m > 5) | torch.argwhere(b) | torch.diff(v)
        torch.quantile(v, 0.25) | torch.std_mean(m, 1) | torch.cummax(r, 0) | torch.aminmax(v)
        torch.searchsorted(torch.tensor([0.1, 0.5, 0.9]), v) | torch.mode(r) | torch.nansum(n)
        torch.bucketize(v, torch.tensor([0.2, 0.5])) | m.sum(axis=0) | torch.trapezoid(v) | torch.dist(v, v * 2)
        torch.unique_consecutive(r, return_counts=True, return_inverse=True) | torch.pairwise_distance(m, m * 2)
    """,
    "shapes": """
        m.t() | m.T | m.view(4, 3) | m.view(-1) | m.reshape(2, 6) | m.reshape((6, -1)) | m.flatten()
        m.unsqueeze(0) | v.unsqueeze(1) | v[:, None] | m[None].squeeze(0) | m.squeeze(1) | m.permute(1, 0)
        m.transpose(0, 1) | v.expand(3, -1) | v.unsqueeze(1).expand(-1, 2) | v.repeat(2) | m.repeat(1, 2)
        v.repeat_interleave(2) | torch.cat([v, v]) | torch.cat((m, m), dim=1) | torch.cat([i, v])
        torch.stack([v, v]) | torch.stack([v, v], dim=1) | torch.stack((z, z)) | m.roll(1, 0) | v.roll(1)
        v.flip(0) | m.flip(0, 1) | torch.hstack([v, v]) | torch.vstack([v, v]) | m.chunk(2, dim=1)
        m.split(2) | m.split([1, 2]) | m.unbind(0) | m.narrow(1, 1, 2) | m.select(1, 2) | m.diagonal()
        torch.diag(v) | m.tril() | m.triu(1) | torch.meshgrid(d, d * 2, indexing='ij') | v.unfold(0, 2, 1)
        torch.broadcast_to(v, (2, 5)) | torch.tile(v, (2, 2)) | torch.movedim(m, 0, 1) | m.size() | m.size(0)
        m.shape | m.dim() | m.numel() | v.ndim | v.reshape_as(v) | torch.diagflat(v) | torch.diag_embed(m) | torch.dstack([v, v])
        torch.block_diag(m, v) | torch.combinations(r) | m.split_with_sizes([2, 1]) | torch.broadcast_shapes((2, 1), (3,)) | m.shape[-1] | len(m) | m.size()[1:] | m.stride()
        torch.outer(v, v) | m @ q | m.matmul(q) | m.mv(q) | torch.dot(v, v) | torch.mm(m, m.t()) | v @ v
        torch.einsum('ij,kj->ik', m, m) | torch.cdist(m, m) | torch.tensordot(m, m.t(), dims=1)
        torch.kron(v[:2], v[:2]) | torch.trace(m[:3, :3]) | torch.det(m[:, :3] + torch.eye(3)) | torch.inverse(torch.eye(3) * 2)
        torch.linalg.solve(torch.eye(3) * 2, v[:3]) | torch.matrix_power(m[:, :3], 2) | torch.cross(m[:, :3], m[:, 1:], dim=1) | torch.addmm(torch.ones(3, 3), m, m.t(), beta=2)
    """,
    "indexing": """
        v[0] | v[-1] | v[1:3] | v[::2] | v[b] | v[torch.tensor([0, 2, 2])] | v[[0, 1]] | m[0] | m[:, 1]
        m[1, 2] | m[b[:3]] | m[m > 5] | m[[0, 2], [1, 3]] | m[..., -1] | m[0][1] | v[k] | m[:, [0, 2]]
        m[torch.tensor([2, 0])][:, 1:] | v[None, :] | m.index_select(1, torch.tensor([0, 2]))
        m.gather(1, torch.tensor([[0, 1], [2, 3], [0, 0]])) | torch.take(m, torch.tensor([0, 5]))
        torch.zeros(5).scatter(0, torch.tensor([0, 3]), 1.0)
        torch.zeros(3, 5).scatter(1, torch.tensor([[0, 1], [2, 3], [4, 4]]), torch.ones(3, 2))
        torch.zeros(4).scatter_add(0, torch.tensor([0, 1, 1]), torch.tensor([1., 2., 3.]))
        torch.zeros(4).index_add(0, torch.tensor([0, 1, 1]), torch.tensor([1., 2., 3.]))
        torch.ones(3, 2).index_fill(0, torch.tensor([1]), 7) | v[u8mask]
        torch.zeros(4).index_put((torch.tensor([1, 1]),), torch.tensor([2., 3.]), accumulate=True)
        torch.take_along_dim(m, m.argsort(1), 1) | m[b[:3], 1] | v[i] | m[r[1:4] - 1, i[:3]] | m[0:0]
    """,
    "creation": """
        torch.zeros(3) | torch.ones(2, 3) | torch.full((2,), 3.5) | torch.full((2,), 3) | torch.full((2,), True)
        torch.arange(4) | torch.arange(1, 2, 0.25) | torch.arange(3.0) | torch.linspace(0, 1, 5) | torch.eye(3)
        torch.tensor(3) | torch.tensor(2.5) | torch.tensor([1, 2]) | torch.tensor([1.0, 2]) | torch.tensor([True])
        torch.tensor([[1, 2], [3, 4]]) | torch.tensor([1], dtype=torch.float64) | torch.zeros_like(i)
        torch.ones_like(v, dtype=torch.bool) | torch.full_like(v, 2) | v.new_zeros(2) | v.new_ones((2, 2))
        v.new_full((2,), 3) | i.new_tensor([1.7]) | torch.zeros(2, dtype=torch.uint8) | torch.zeros((2, 3))
        torch.tensor([]) | torch.logspace(0, 2, 3) | torch.zeros(0, 3) | torch.zeros(size=(2, 2)) | v.clone()
        torch.tril_indices(3, 3) | torch.nn.functional.one_hot(torch.tensor([0, 2]))
        torch.Tensor([1, 2]) | torch.Tensor(2, 3).shape | torch.eye(2, 3) | torch.cartesian_prod(torch.tensor([1, 2]), torch.tensor([3, 4]))
    """,
    "functional": """
        F.relu(v - 0.5) | F.softmax(m, dim=1) | F.pad(v, (1, 2)) | F.pad(m, (0, 0, 1, 0), value=2.0)
        F.conv2d(img, ker) | F.conv2d(img, ker, padding=1, stride=2) | F.max_pool2d(img, 2)
        F.avg_pool2d(img, 2) | F.unfold(img, 2) | F.leaky_relu(v - 0.5) | F.softplus(v) | F.mse_loss(v, v * 2)
        F.normalize(m, dim=1) | F.cosine_similarity(m, m * 2, dim=1) | F.linear(v, torch.ones(2, 5))
        F.conv1d(img[0], torch.ones(1, 4, 3)) | F.hardtanh(v * 4)
    """,
}
# Statements; what is asked for stands behind the last semicolon.
STATEMENTS = """
    v.add_(1); v | v.mul_(2).sub_(0.5); v | v.clamp_(0.2, 0.6); v | v.fill_(3); v | v.zero_(); v
    v[b] = 0; v | v[1:] = v[:-1].clone(); v | m[0] = 1; m | m[:, 1] += 2; m | v[0] += 1; v
    u += 10; u | u -= 250; u | i += 1; i | i //= 2; i | v += i; v | v *= b; v | v /= 2; v | v **= 2; v
    v -= d; v | i[0] = 2.7; i | b[1] = 5; b | v.masked_fill_(b, 9.0); v
    v.scatter_(0, torch.tensor([0, 1]), 5.0); v | v.copy_(i); v | x = v[0]; v[0] = 7; x
    x = m.view(-1); x[0] = 9; m | x = v.sum(); x += 1; x | x = v; x += 1; v | x = v.clone(); x += 1; v
    v.unsqueeze_(0); v | v.index_add_(0, torch.tensor([0, 0]), torch.tensor([1., 2.])); v
    m.t()[0] = 5; m | m.fill_diagonal_(1); m | v.exp_(); v | b.logical_not_(); b | v.floor_(); v
    b |= c; b | b &= c; b | i <<= 1; i | x = torch.zeros(3); x[[0, 2]] += 1; x | v.pow_(2); v
    m[m > 5] *= 2; m | m[torch.tensor([0, 0])] += 1; m | x = v.float(); x += 1; v | x = m[1]; x -= 1; m
    v[v > 0.4] -= 0.1; v | x, y = m.max(1); x + y | m.transpose(0, 1).add_(1); m | v.data.fill_(2); v
    m.transpose_(0, 1); m | m.t_(); m | i.less_(2); i
""".replace("\n", " | ")


def texts() -> list[str]:
    # `b | c` cannot be told from a separator and is written as a method.
    found = [
        t.strip() for group in GROUPS.values() for t in group.replace("\n", " | ").split(" | ")
    ]
    found += [t.strip() for t in STATEMENTS.split(" | ")]
    return [t for t in dict.fromkeys(found) if t]


def names(torch) -> dict:
    """What the expressions are written with."""
    tensor = torch.tensor
    return {
        "torch": torch,
        "F": torch.nn.functional,
        "v": tensor([0.25, 0.5, 0.75, 0.125, 0.9]),
        "d": tensor([1.0, 0.1, 0.2, 0.3, 0.4], dtype=torch.float64),
        "h": tensor([1.0, 0.5, 2.0, 0.25, 3.0], dtype=torch.float16),
        "i": tensor([3, 1, 2, 0, 4]),
        "i1": tensor([3, 1, 2, 5, 4]),
        "s": tensor([3, -1, 2, 0, 100], dtype=torch.int8),
        "u": tensor([250, 1, 2, 0, 4], dtype=torch.uint8),
        "u8mask": tensor([1, 0, 1, 0, 0], dtype=torch.bool),
        "b": tensor([True, False, True, False, False]),
        "c": tensor([True, True, False, False, True]),
        "r": tensor([3, 1, 2, 1, 3, 3]),
        "n": tensor([1.0, float("nan"), float("inf"), -float("inf"), 2.0]),
        "z": tensor(0.3),
        "w": tensor(0.3, dtype=torch.float64),
        "k": tensor(2),
        "m": torch.arange(12.0).reshape(3, 4),
        "q": tensor([1.0, 2.0, -1.0, 0.5]),
        "img": torch.arange(16.0).reshape(1, 1, 4, 4),
        "ker": torch.arange(4.0).reshape(1, 1, 2, 2),
    }


def answer(torch, text: str):
    """What the expression gives, as plain values."""
    scope = names(torch)
    *statements, asked = text.split(";")
    for statement in statements:
        exec(statement.strip(), scope)
    return plain(eval(asked.strip(), scope))


def plain(value):
    """Tensors as [dtype, shape, values]."""
    if hasattr(value, "numel") and hasattr(value, "dtype"):
        return [str(value.dtype), list(value.shape), value.tolist()]
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (bool, int, float, type(None))):
        return value
    return str(value)


def main() -> None:
    import torch

    answers = {}
    for text in texts():
        try:
            answers[text] = answer(torch, text)
        except (RuntimeError, TypeError, ValueError, IndexError, AttributeError) as error:
            print(f"{text}: {type(error).__name__}: {error}")
    lines = [f" {json.dumps(text)}: {json.dumps(value)}" for text, value in answers.items()]
    ANSWERS.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{len(answers)} answers of torch {torch.__version__}")


if __name__ == "__main__":
    main()
