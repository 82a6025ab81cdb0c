"""What the random programs say: families of statements with their weights.

Placeholders are explained in draws.py. A family is drawn by weight, then one of its forms evenly.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fuzz.language import Template, templates

ARITHMETIC = "+ - *"
INTEGRAL = "& | ^ << >>"
COMPARISONS = "== != < <= > >="
EXACT_UNARY = """absolute sign floor ceil trunc rint square sqrt isnan isfinite logical_not invert
    negative""".split()
CLOSE_UNARY = """exp expm1 log log1p log2 sin cos tan arctan tanh sinh arcsinh cbrt exp2""".split()
EXACT_BINARY = """add subtract multiply divide logical_and logical_or
    logical_xor equal less greater_equal floor_divide remainder""".split()


@dataclass(frozen=True)
class Family:
    weight: float
    forms: tuple[Template, ...]


def family(weight: float, *groups: Iterable[Template]) -> Family:
    return Family(weight, tuple(form for group in groups for form in group))


CREATE = family(
    3,
    templates("create", "{t} = array(np.array({V}, {D}).reshape({S}))"),
    templates("create", "{t} = np.<f>({a})", f="zeros_like ones_like copy"),
    templates("create", "{t} = np.full_like({a}, {o})"),
    templates("create", "{t} = {a}.copy()"),
    templates("create", "{t} = copy.<f>({a}.copy())", f="copy deepcopy"),
    templates("create", "{t} = copy.copy({a})"),
    templates("create", "{t} = array(pickle.loads(pickle.dumps({a})))"),
    templates("create", "{t} = array({a})"),
)
ALIAS = family(6, templates("alias", "{t} = {a}"))
VIEW = family(
    16,
    *[templates("view", "{t} = {a}[{i}]")] * 6,
    templates("view", "{t} = {a}.T"),
    templates("view", "{t} = {a}.reshape({s})"),
    templates("view", "{t} = {a}.<f>()", f="ravel squeeze"),
    templates("view", "{t} = {a}.transpose({p})"),
    templates("view", "{t} = {a}.swapaxes(0, -1)"),
    templates("view", "{t} = {a}[None]"),
    templates("view", "{t} = {a}[..., None]"),
    templates("view", "{t} = diagonal({a})"),
    templates("view", "{t} = np.<f>({a})", f="flip ravel transpose squeeze atleast_1d"),
    templates("view", "{t} = np.broadcast_to({a}, (2, *{a}.shape))"),
    templates("view", "{t} = np.expand_dims({a}, {z})"),
    templates("view", "{t} = np.moveaxis({a}, 0, -1)"),
    templates("view", "{a}.shape = {s}"),
)
IN_PLACE = family(
    14,
    templates("in place", "{a} <op>= {u}", op=ARITHMETIC),
    templates("in place", "{a} <op>= {n}", op=ARITHMETIC),
    templates("in place", "{a} /= {u}"),
    templates("in place", "{a} <op>= {o}", op="// % /"),
    templates("in place", "{a} <op>= {u}", op=INTEGRAL),
    templates("in place", "{a} **= 2"),
    templates("in place", "{a}.fill({n})"),
    templates("in place", "{a}[{i}] <op>= {y}", op=ARITHMETIC),
    templates("in place", "{a}[{i}] <op>= {N}", op="+ *"),
    templates("in place", "{a}.T[...] = {u}"),
    templates("in place", "{a}.sort()", "ulp"),
    templates("in place", "{a} += {a}.T"),
    templates("in place", "{a} += {h}"),
    templates("in place", "{a} += {k}"),
)
WRITE_PART = family(
    12,
    *[templates("in place", "{a}[{i}] = {y}")] * 2,
    templates("in place", "{a}[{i}] = {n}"),
    *[templates("in place", "{a}[{i}] = {a}[{j}]")] * 3,
    templates("in place", "{a}[{i}] <op>= {a}[{j}]", op="+ -"),
    templates("in place", "{a}[...] = {u}"),
    templates("in place", "{a}[{i}] = {f}"),
    templates("in place", "{a}[{i}] = {e}"),
    templates("in place", "{a}[0], {a}[1] = {a}[1], {a}[0]"),
    templates("in place", "{a}[0][{o}] = {n}"),
    templates("in place", "{a}.ravel()[{o}] = {n}"),
    templates("in place", "{a}.reshape(-1)[{o}] += {o}"),
)
WRITE_INDEXED = family(
    12,
    templates("in place", "{a}[{a} <op> {n}] = {o}", op="> <= == !=", is_new=True),
    templates("in place", "{a}[{a} <op> {o}] = {n}", op="> <= == !="),
    templates("in place", "{a}[{a} <op> {o}] += {o}", op="> <"),
    templates("in place", "{a}[{q}] = {n}"),
    templates("in place", "{a}[{q}] *= {n}"),
    *[templates("in place", "{a}[{a}[:, 0] > {o}] = {n}")] * 2,
    templates("in place", "{a}[None, {l}, None, {F}] = {n}"),
    templates("in place", "{a}[{a} > {o}] = {a}[{a} > {o}] - {n}"),
    templates("in place", "{a}[{l}] = {n}"),
    templates("in place", "{a}[array({l}, int)] = {n}"),
    templates("in place", "{a}[array({l}, int)] += {n}"),
    templates("in place", "{a}[{l}] = {a}[{l}][::-1]"),
    templates("in place", "{a}[:, {L}] -= {n}"),
    templates("in place", "{a}[..., {L}] = {u}"),
    templates("in place", "{a}[{l}, {F}] = {n}"),
    templates("in place", "{a}[np.ix_({l}, {L})] <op>= {n}", op=["", "+", "*"]),
    templates("in place", "np.add.at({a}, {l}, {o})"),
    templates("in place", "np.add.at({a}, array({l}, int), {o})"),
    templates("in place", "np.add.at({a}, ({l}, {F}), {o})"),
    templates("in place", "np.put({a}, {l}, {o})"),
    templates("in place", "np.copyto({a}, {u})"),
)
OUT = family(
    4,
    templates("in place", "np.<f>({a}, {u}, out={a})", f="add subtract multiply"),
    templates("in place", "np.<f>({a}, {u}, out={a})", "ulp", f="maximum minimum"),
    templates("in place", "np.<f>({a}, {n}, out={a})", f="add multiply"),
    # Not np.negative: NumPy 2.4 goes wrong where it writes a diagonal to itself.
    templates("in place", "np.<f>({a}, out={a})", f="square absolute"),
    templates("in place", "{t} = np.add({a}, {b}, out={c})"),
    templates("in place", "np.clip({a}, -2, 3, out={a})", "ulp", is_new=True),
)
REBIND = family(
    18,
    *[templates("rebind", "{t} = {a} <op> {b}", op=ARITHMETIC)] * 3,
    *[templates("rebind", "{t} = {a} <op> {n}", op=ARITHMETIC)] * 2,
    templates("rebind", "{t} = {n} <op> {a}", op="+ - * /"),
    templates("rebind", "{t} = {a} <op> {b}", op="/ // %"),
    templates("rebind", "{t} = {a} <op> {n}", op="/ // %", is_new=True),
    templates("rebind", "{t} = {a} <op> {b}", op=INTEGRAL),
    templates("rebind", "{t} = {a} <op> {b}", op=COMPARISONS),
    *[templates("rebind", "{t} = {a} <op> {n}", op=COMPARISONS, is_new=True)] * 2,
    templates("rebind", "{t} = <op>{a}", op="- ~ + abs"),
    templates("rebind", "{t} = {a}<op>", op=["**2", "**1", "**0"]),
    templates("rebind", "{t} = {a}**0.5", "ulp"),
    templates("rebind", "{a} = {a} + {o} * {b}"),
    templates("rebind", "{t} = {a} <op> {h}", op="+ * >"),
    templates("rebind", "{t} = {h} <op> {a}", op="- * <"),
    templates("rebind", "{t} = {a} <op> {k}", op="+ - *"),
    templates("rebind", "{t} = {k} <op> {a}", op="+ * /"),
    templates("rebind", "{t} = {a}.astype({d})"),
)
FUNCTIONS = family(
    9,
    templates("rebind", "{t} = np.<f>({a})", f=EXACT_UNARY, is_new=True),
    templates("rebind", "{t} = np.<f>({a}, {b})", f=EXACT_BINARY),
    # Which of 0.0 and -0.0 is the greater depends on how NumPy walks.
    templates("rebind", "{t} = np.<f>({a}, {b})", "ulp", f="maximum minimum fmax fmin"),
    *[templates("rebind", "{t} = np.where({a} > {o}, {b}, {c})")] * 6,
    *[templates("rebind", "{t} = np.where({b}, {a}, {n})", is_new=True)] * 4,
    # Versions of NumPy differ in the sign of a zero that is clipped at zero.
    *[templates("rebind", "{t} = np.clip({a}, {m}, 4)", "ulp", is_new=True)] * 4,
    templates("rebind", "{t} = {a}.clip(0, 2)", "ulp"),
    templates("rebind", "{t} = {a}.round() + 0", is_new=True),
)
CLOSE = family(
    1.2,
    templates("rebind", "{t} = np.<f>({a})", "ulp", f=CLOSE_UNARY),
    templates("rebind", "{t} = np.<f>({a}, {b})", "ulp", f="arctan2 hypot"),
    templates("rebind", "{t} = np.power(np.abs({a}), {o})", "ulp"),
)
REDUCE = family(
    9,
    templates("rebind", "{t} = {a}.<f>(axis={x})", "sum", f="sum mean"),
    templates("rebind", "{t} = {a}.<f>(axis={z}, keepdims=True)", "sum", f="sum mean"),
    templates("rebind", "{t} = np.<f>({a}, axis={x})", "sum", f="sum prod mean std var"),
    templates("rebind", "{t} = {a}.<f>(axis={x})", "ulp", f="min max"),
    templates("rebind", "{t} = {a}.<f>(axis={x})", f="any all"),
    templates("rebind", "{t} = {a}.<f>(axis={z})", f="argmin argmax"),
    templates("rebind", "{t} = np.<f>({a}, axis={z}, keepdims={K})", "ulp", f="max min"),
    templates("rebind", "{t} = np.median({a}, axis={x})", "ulp"),
    templates("rebind", "{t} = np.count_nonzero({a}, axis={z})"),
)
SCALAR = family(
    8,
    templates("scalar", "{r} = {a}.<f>()", "sum", f="sum mean"),
    templates("scalar", "{r} = {a}.<f>()", "ulp", f="min max"),
    templates("scalar", "{r} = {a}.<f>()", f="any all argmax"),
    templates("scalar", "{r} = {a}.ravel()[{o}]"),
    templates("scalar", "{r} = {k} <op> {n}", op="+ - *"),
    templates("scalar", "{k} <op>= {o}", op="+ *"),
    templates("scalar", "{r} = {k}"),
    templates("rebind", "{t} = np.<f>({k}, 0)", f="expand_dims"),
    *[templates("rebind", "{t} = np.<f>({k})", f="atleast_1d ravel")] * 2,
    templates("rebind", "{t} = {k}.reshape(1)"),
)
PRODUCTS = family(
    4,
    templates("rebind", "{t} = {a} @ {b}", "product"),
    templates("rebind", "{t} = {a} @ {a}.T", "product"),
    templates("rebind", "{t} = {a}.dot({b})", "product"),
    templates("rebind", "{t} = np.outer({a}, {b})"),
    templates("rebind", "{t} = {a}[:, None] * {b}[None, :]"),
)
MOVE = family(
    9,
    # Which of 0.0 and -0.0 comes first is open.
    templates("rebind", "{t} = np.sort({a}, axis={z})", "ulp"),
    templates("rebind", "{t} = np.argsort({a}, axis={z}, kind='stable')"),
    templates("rebind", "{t} = np.cumsum({a}, axis={x})", "sum"),
    templates("rebind", "{t} = np.roll({a}, {m})"),
    templates("rebind", "{t} = np.roll({a}, {m}, axis={z})"),
    templates("rebind", "{t} = np.concatenate([{a}, {b}])"),
    templates("rebind", "{t} = np.concatenate([{a}, {a}], axis={z})"),
    templates("rebind", "{t} = np.stack([{a}, {a}])"),
    templates("rebind", "{t} = np.take({a}, {l}, axis=0)"),
    templates("rebind", "{t} = np.repeat({a}, 2)"),
    templates("rebind", "{t} = np.tile({a}, 2)"),
    templates("rebind", "{t} = np.diff({a})"),
    templates("rebind", "{t} = np.flatnonzero({a})"),
    templates("rebind", "{t} = np.unique({a})", "ulp"),
    templates("rebind", "{t} = {a}.flatten()"),
    templates("rebind", "{t} = {a}[{a} > {o}]"),
    templates("rebind", "{t} = {a}[{q}]"),
    templates("rebind", "{t} = {a}[{l}]"),
    templates("rebind", "{t} = {a}[array({l}, int)]"),
    templates("rebind", "{t} = {a}[:, {L}]"),
    templates("rebind", "{t} = {a}[{l}, {F}]"),
    templates("rebind", "{t} = {a}[{l}, ..., None]"),
    *[templates("rebind", "{t} = {a}[None, {l}, None, {F}]")] * 2,
    templates("rebind", "{t} = {a}[:, {L}, None, {L}]"),
    templates("rebind", "{t} = {a}[np.ix_({l}, {L})]"),
)
HOST = family(
    13,
    templates("host", "{g} = np.array({V}, {D}).reshape({S})"),
    *[templates("host", "{g} = np.asarray({a}).view()")] * 4,  # S8: a view that lives on
    *[templates("host", "np.asarray({a})[...] = {o}")] * 2,
    *[templates("host", "np.asarray({a})[{i}] = {N}")] * 2,
    templates("host", "np.asarray({a})[...] *= {o}"),
    *[templates("create", "{t} = np.full_like({a}, {o}); np.asarray({t})[...] = {K}")] * 2,
    templates("host", "{g} = np.asarray({a}).view(); {t} = {a}.copy(); {g}[...] = {o}"),
    *[templates("host", "{g} = np.asarray({a}).view(); {a}[{i}] = {a}[{j}]")] * 2,
    templates("host", "{g} = np.asarray({a}[{i}])"),
    templates("host", "{h}[...] = {n}"),
    templates("host", "{h} += {o}"),
    templates("host", "{h}[{i}] = {n}"),
    templates("host", "{h}[...] = np.asarray({b})"),
    *[templates("host", "{t} = asarray({h})")] * 2,  # S7: adopted, and still held
    templates("create", "{t} = array({h})"),
    templates("host", "{t} = asarray({h}[{i}])"),
    templates("host", "{g} = np.array({a}, order='C')"),
    *[templates("host", "{g} = None")] * 2,
)
READ = family(
    9,
    templates("read", "return {a}.tolist()"),
    templates("read", "return str({a})"),
    templates("read", "return float({a}.max() + 0)"),
    templates("read", "return bool({a}.any())"),
    templates("read", "if {a}.any(): {b} += 1"),
    templates("read", "return float({k})"),
    templates("read", "return [x for x in {a}.ravel().tolist()]"),
    templates("read", "return len({a})"),
    templates("read", "return {o} in {a}"),
    templates("read", "return f'{{a}}'"),
    templates("read", "return {a}.ravel()[-1].item()"),
    templates("read", "return np.array_equal({a}, {b})"),
)

FAMILIES = (CREATE, ALIAS, VIEW, IN_PLACE, WRITE_PART, WRITE_INDEXED, OUT, REBIND, FUNCTIONS, CLOSE,
            REDUCE, SCALAR, PRODUCTS, MOVE, HOST, READ)  # fmt: skip
REQUIRED = (VIEW, ALIAS, IN_PLACE, REBIND, READ)
FIRST = CREATE.forms[0]
FIRST_SCALAR = templates("scalar", "{r} = {a}.min()")[0]
FIRST_HOST = HOST.forms[0]
