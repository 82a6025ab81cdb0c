"""torch's products of matrices and vectors."""

from __future__ import annotations

from monnto import _engine
from monnto.torch.arguments import deliver

T = _engine.tensors
N = T.natives


def matmul(input, other, *, out=None):
    return deliver(T.matmul(input, other), out)


def mm(input, mat2, *, out=None):
    return matmul(input, mat2, out=out)


def bmm(input, mat2, *, out=None):
    return matmul(input, mat2, out=out)


def mv(input, vec, *, out=None):
    return matmul(input, vec, out=out)


def dot(input, tensor, *, out=None):
    return matmul(input, tensor, out=out)


def vdot(input, other, *, out=None):
    return matmul(input, other, out=out)


def inner(input, other, *, out=None):
    return deliver(N.inner(T.tensor_of(input), T.tensor_of(other)), out)


def outer(input, vec2, *, out=None):
    column = N.expand_dims(T.tensor_of(input), 1)
    return deliver(T.multiply(column, T.tensor_of(vec2)), out)


def kron(input, other):
    return N.kron(T.tensor_of(input), T.tensor_of(other))


def tensordot(a, b, dims=2):
    return N.tensordot(T.tensor_of(a), T.tensor_of(b), dims)


def einsum(equation, *operands):
    import numpy as np

    given = operands[0] if len(operands) == 1 and isinstance(operands[0], list) else operands
    return T.tensor_of(np.einsum(equation, *(np.asarray(a) for a in given)))


def addmm(input, mat1, mat2, *, beta=1, alpha=1):
    return T.add(T.multiply(input, beta), T.multiply(T.matmul(mat1, mat2), alpha))


def addmv(input, mat, vec, *, beta=1, alpha=1):
    return addmm(input, mat, vec, beta=beta, alpha=alpha)


def baddbmm(input, batch1, batch2, *, beta=1, alpha=1):
    return addmm(input, batch1, batch2, beta=beta, alpha=alpha)


def addr(input, vec1, vec2, *, beta=1, alpha=1):
    return T.add(T.multiply(input, beta), T.multiply(outer(vec1, vec2), alpha))


def trace(input):
    return N.trace(T.tensor_of(input))


def cdist(x1, x2, p=2.0):
    """Distances between the rows of two matrices."""
    from monnto.torch.reductions import norm

    rows, others = T.tensor_of(x1), T.tensor_of(x2)
    return norm(T.subtract(N.expand_dims(rows, -2), N.expand_dims(others, -3)), p, -1)


def cross(input, other, dim=-1):
    """Of vectors with three components."""
    import numpy as np

    return T.tensor_of(np.cross(np.asarray(input), np.asarray(other), axis=dim))


def _of_linear_algebra(name: str):
    def function(input, *others):
        import numpy as np

        given = [a if isinstance(a, int) else np.asarray(a) for a in (input, *others)]
        made = getattr(np.linalg, name)(*given)
        return T.tensor_of(np.asarray(made))

    function.__name__ = function.__qualname__ = name
    return function


inverse, det, pinverse, matrix_power, solve = map(
    _of_linear_algebra, ("inv", "det", "pinv", "matrix_power", "solve")
)


def cov(input):
    return N.cov(T.tensor_of(input))


def corrcoef(input):
    return N.corrcoef(T.tensor_of(input))


FUNCTIONS = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__ and name[0] != "_"
}
FUNCTIONS.update(ger=outer)
