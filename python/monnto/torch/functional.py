"""What scripts use of ``torch.nn.functional``."""

from __future__ import annotations

from monnto import _engine
from monnto.torch import elementwise, reductions, shapes
from monnto.torch.elementwise import clamp
from monnto.torch.reductions import mean, norm, sum
from monnto.torch.shapes import unsqueeze

T = _engine.tensors
N = T.natives

relu = elementwise.relu
sigmoid, tanh = elementwise.FUNCTIONS["sigmoid"], elementwise.FUNCTIONS["tanh"]
softmax, log_softmax = reductions.softmax, reductions.log_softmax
one_hot = shapes.one_hot


def linear(input, weight, bias=None):
    result = T.matmul(input, N.transpose(weight))
    return result if bias is None else T.add(result, bias)


def hardtanh(input, min_val=-1.0, max_val=1.0):
    return clamp(input, min_val, max_val)


def leaky_relu(input, negative_slope=0.01):
    return T.add(T.maximum(input, 0), T.multiply(T.minimum(input, 0), negative_slope))


def softplus(input, beta=1, threshold=20):
    scaled = T.multiply(input, beta)
    soft = T.divide(T.log1p(T.exp(T.minimum(scaled, threshold))), beta)
    return N.where(T.greater(scaled, threshold), T.tensor_of(input), soft)


def mse_loss(input, target, reduction="mean"):
    squares = T.square(T.subtract(input, target))
    return {"mean": mean, "sum": sum, "none": lambda a: a}[reduction](squares)


def normalize(input, p=2.0, dim=1, eps=1e-12):
    return T.divide(input, T.maximum(norm(input, p, dim, True), eps))


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    lengths = T.multiply(T.maximum(norm(x1, 2, dim), eps), T.maximum(norm(x2, 2, dim), eps))
    return T.divide(sum(T.multiply(x1, x2), dim), lengths)


def pad(input, pad, mode="constant", value=0.0):
    """`pad` has pairs (before, after), the last dim first."""
    import numpy as np

    a = T.tensor_of(input)
    pairs = [(pad[i], pad[i + 1]) for i in range(0, len(pad), 2)]
    widths = [(0, 0)] * (a.dim() - len(pairs)) + pairs[::-1]
    how = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
    options = {"constant_values": value} if mode == "constant" else {}
    return T.tensor_of(np.pad(a.to_numpy(), widths, how[mode], **options))


def _two(value) -> tuple:
    return (value, value) if isinstance(value, int) else tuple(value)


def _windows(a, kernel, stride, padding):
    """(batch, channels, rows, columns, *kernel): a window on the padded images."""
    import numpy as np

    (kh, kw), (sh, sw), (ph, pw) = map(_two, (kernel, stride, padding))
    images = np.pad(np.asarray(a), ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    windows = np.lib.stride_tricks.sliding_window_view(images, (kh, kw), (2, 3))
    return windows[:, :, ::sh, ::sw]


def _with_batch(function):
    def wrapper(input, *args, **kwargs):
        a = T.tensor_of(input)
        if a.dim() == 3:
            return function(unsqueeze(a, 0), *args, **kwargs)[0]
        return function(a, *args, **kwargs)

    wrapper.__name__ = wrapper.__qualname__ = function.__name__
    wrapper.__doc__ = function.__doc__
    return wrapper


@_with_batch
def conv2d(input, weight, bias=None, stride=1, padding=0):
    """Correlation of images (batch, channels, rows, columns) with (out, in, rows, columns)."""
    import numpy as np

    weight = T.tensor_of(weight)
    if padding == "same":
        padding = tuple(extent // 2 for extent in weight.shape[2:])
    windows = _windows(input, tuple(weight.shape[2:]), stride, 0 if padding == "valid" else padding)
    made = np.einsum("bchwij,ocij->bohw", windows, np.asarray(weight), optimize=True)
    result = T.tensor_of(np.ascontiguousarray(made))
    return result if bias is None else T.add(result, T.reshape(bias, (1, -1, 1, 1)))


def conv1d(input, weight, bias=None, stride=1, padding=0):
    """As conv2d with one row."""
    a, kernel = T.tensor_of(input), T.tensor_of(weight)
    rows = conv2d(unsqueeze(a, -2), unsqueeze(kernel, -2), bias, (1, stride), (0, padding))
    return N.squeeze(rows, -2)


@_with_batch
def max_pool2d(input, kernel_size, stride=None, padding=0):
    windows = _windows(input, kernel_size, stride or kernel_size, padding)
    return T.tensor_of(windows.max((-2, -1)))


@_with_batch
def avg_pool2d(input, kernel_size, stride=None, padding=0):
    windows = _windows(input, kernel_size, stride or kernel_size, padding)
    return T.tensor_of(windows.mean((-2, -1), dtype=windows.dtype))


@_with_batch
def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    """Windows as columns: (batch, channels * kernel, places)."""
    windows = _windows(input, kernel_size, stride, padding)
    batch, channels, rows, columns, kh, kw = windows.shape
    ordered = windows.transpose(0, 1, 4, 5, 2, 3)
    return T.tensor_of(ordered.reshape(batch, channels * kh * kw, rows * columns).copy())
