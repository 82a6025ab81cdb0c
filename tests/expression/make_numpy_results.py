"""Writes numpy_results.hpp: expressions over the arrays below and what NumPy makes of them.

    python tests/expression/make_numpy_results.py > tests/expression/numpy_results.hpp

The arrays are those of numpy_results_test.cpp.
"""

import numpy as np

SCOPE = {
    "np": np,
    "v": np.array([1.5, -2.25, 3, 0.5, 7.125, -0.75], np.float32),
    "u": np.array([0.5, 2, 3, 0.25, 1, 4], np.float32),
    "k": np.array([3, 1, 2, 3, 0]),
    "W": np.array([[1, -2, 3.5, 4], [5, 6, -7, 8.25], [9, 10, 11, -12]]),
    "b": np.array([True, False, False, True, True, False]),
    "z": np.array([1, np.nan, 3, 2.0]),
    "tau": 2.5,
}

UNARY = """
    absolute abs fabs sign floor ceil trunc fix rint square reciprocal sqrt cbrt exp exp2 expm1 log
    log2 log10 log1p sin cos tan arctan sinh cosh tanh arcsinh isnan isinf isfinite signbit
    logical_not negative positive deg2rad rad2deg radians degrees atan asinh
""".split()
BINARY = """
    add subtract multiply divide floor_divide remainder fmod power maximum minimum fmax fmin arctan2
    hypot copysign logaddexp logical_and logical_or logical_xor equal not_equal less less_equal
    greater greater_equal true_divide mod pow atan2
""".split()
OPERATORS = "+ - * / // % ** == != < <= > >=".split()
OPERANDS = ["u, v", "v, 2", "2, u", "k, 2", "tau, W", "u, b", "2.5, k", "3, 2", "-7, 2", "7.5, -2"]

# Two blanks between expressions. One for each function and each way to pass its arguments.
OTHERS = """
np.std(W,ddof=1)  np.var(W,0,ddof=1)  np.std(W,axis=0,ddof=2,keepdims=True)  np.average(W)
np.average(W,axis=0)  np.average(W,axis=1,weights=[1,2,3,4])  np.average(v,weights=u)
np.percentile(W,30)  np.percentile(W,[10,90])  np.percentile(W,50,axis=0)
np.percentile(W,q=50,axis=1,keepdims=True)  np.quantile(v,0.3)  np.quantile(W,[.1,.5],axis=1)
np.linalg.norm(W)  np.linalg.norm(v)  np.linalg.norm(k)  np.linalg.norm(W,axis=1)
np.linalg.norm(W,axis=0,keepdims=True)  np.nansum(z)  np.nansum(W,axis=0)  np.nanprod(z)
np.nanprod(W,axis=0)  np.nanmean(z)  np.nanmean(W,axis=0)  np.nanstd(z)  np.nanstd(W,axis=0)
np.nanvar(z)  np.nanvar(W,axis=0)  np.nanmin(z)  np.nanmin(W,axis=0)  np.nanmax(z)
np.nanmax(W,axis=0)  np.nanmedian(z)  np.nanmedian(W,axis=0)  np.where(b,v,u)  np.where(v>1,v,0)
np.where(b)  np.where(W>3)  np.clip(v,0,2)  np.clip(v,None,2)  np.clip(v,0,None)  np.clip(k,1,2)
np.clip(W,W[0],9)  np.clip(v,a_min=0,a_max=1)  np.clip(v,max=1)  np.round(W*1.2345,2)
np.round(v)  np.round(v,1)  np.round(k,1)  np.around(W,-1)  np.round(k*17,-1)  v.round(1)
np.isclose(v,u)  np.allclose(v,v)  np.array_equal(v,u)  np.array_equal(v,v)
np.allclose(z,z,equal_nan=True)  np.isclose(v,v+1e-3,rtol=1e-2)  np.zeros(3)
np.zeros((2,3),dtype=np.int32)  np.ones(2,np.float32)  np.full((2,2),3)
np.full(3,1.5,dtype='float32')  np.arange(5)  np.arange(2,8)  np.arange(2,8,2.5)  np.arange(3.)
np.arange(0,3,dtype=np.float32)  np.linspace(0,1,5)  np.linspace(0,1,4,endpoint=False)
np.linspace(1,2,num=3)  np.eye(3)  np.eye(2,3)  np.eye(3,k=1)  np.eye(2,dtype=int)
np.identity(2)  np.zeros_like(v)  np.ones_like(W,dtype=np.float32)  np.full_like(v,7)
np.full_like(k,2.7)  np.array([1,2,3])  np.array([1,2.5])  np.array([True,False])
np.array([[1,2],[3,4]])  np.array([1,2],dtype=np.float32)  np.array([])  np.asarray(v)
np.array([v,u])  np.copy(v)  np.tri(3)  np.tril(W)  np.triu(W,1)  np.logspace(0,2,3)
np.array(3)  np.array((1,True))  np.reshape(W,(4,3))  np.reshape(W,-1)  np.reshape(W,(2,-1))
np.ravel(W)  np.transpose(W)  np.transpose(W,(0,1))  np.swapaxes(W,0,1)  np.moveaxis(W,0,1)
np.expand_dims(v,0)  np.expand_dims(v,axis=1)  np.squeeze(v[None])
np.squeeze(v[None,:,None],axis=0)  np.broadcast_to(v,(2,6))  np.diagonal(W)  np.diagonal(W,1)
np.diag(W)  np.diag(k)  np.diag(k,1)  np.diag(W,-1)  np.flip(W)  np.flip(W,0)
np.flip(W,axis=(0,1))  np.flipud(W)  np.fliplr(W)  np.atleast_1d(3)  np.atleast_2d(v)
np.rot90(W)  np.rot90(W,2)  np.shape(W)  np.ndim(W)  np.size(W)  np.size(W,0)
np.concatenate([v,u])  np.concatenate((W,W),axis=1)  np.concatenate([W,W],1)
np.concatenate([W,v[:4][None]])  np.concatenate([W,v],axis=None)  np.stack([v,u])
np.stack([v,u],axis=1)  np.stack((v,u),-1)  np.hstack([v,u])  np.hstack([W,W])  np.vstack([v,u])
np.vstack([W,W])  np.tile(v,2)  np.tile(W,(2,1))  np.repeat(v,2)  np.repeat(W,2,axis=0)
np.repeat(k,k)  np.roll(v,1)  np.roll(W,1,axis=0)  np.roll(W,(1,2),(0,1))  np.roll(W,-1)
np.dot(W,v[:4])  np.dot(v,u)  np.dot(W.T,W)  np.dot(v,2)  np.matmul(W,W.T)  W@W.T  W@v[:4]
np.outer(v,u)  np.inner(v,u)  np.inner(W,W)  np.vdot(W,W)  np.trace(W)  np.trace(W,1)
np.trace(W,offset=-1)  np.kron(k,k)  np.convolve(v,u)  np.convolve(v,[1,1,1],'same')
np.convolve(v,u[:2],mode='valid')  np.correlate(v,u)  np.correlate(v,u[:2],'full')  np.cov(W)
np.corrcoef(W)  np.sort(v)  np.sort(W,axis=0)  np.sort(W,0)  np.sort(W,axis=None)  np.argsort(v)
np.argsort(W,axis=0)  np.searchsorted(np.sort(v),[1,2])
np.searchsorted(np.sort(k),3,side='right')  np.cumsum(v)  np.cumsum(W,axis=1)  np.cumsum(W,0)
np.cumsum(b)  np.cumsum(k,dtype=np.float32)  np.cumprod(k)  np.diff(v)  np.diff(v,2)
np.diff(W,axis=0)  np.diff(W,1,0)  np.interp(1.5,[1,2],[10,20])
np.interp([0,1.5,5],[1,2],[10,20],left=-1,right=99)  np.nonzero(b)  np.nonzero(W>3)
np.flatnonzero(b)  np.argwhere(W>3)  np.unique(k)  np.unique(k,return_counts=True)
np.unique(k,return_index=True,return_inverse=True)  np.histogram(v)  np.histogram(v,3)
np.histogram(v,bins=4,range=(0,4))  np.histogram(v,[0,1,2,8])  np.bincount(k)
np.bincount(k,minlength=6)  np.bincount(k,weights=W[0,:1].repeat(5))
np.bincount(k,W.ravel()[:5])  np.take(v,[0,-1])  np.take(W,[1],axis=0)  np.take(W,2)
W[np.ix_([0,2],[1,3])]  np.digitize(v,[0,1,2])  np.digitize(v,[0,1,2],right=True)
np.isin(k,[1,3])  np.isin(k,[1,3],invert=True)  np.union1d(k,[7])  np.intersect1d(k,[1,2])
np.setdiff1d(k,[1])  np.trapezoid(v,u)  np.trapezoid(W,axis=0)  np.gradient(v)
np.gradient(W,axis=0)  np.gradient(v,2.0)  np.take_along_axis(W,np.argsort(W,axis=1),axis=1)
np.compress([1,0,1],W,axis=0)  v.sum()  v.mean()  W.mean(0)  W.sum(1)  W.max(axis=0)  W.min(1)
v.std()  W.std(axis=0,ddof=1)  v.var()  b.any()  b.all()  W.argmax(1)  W.argmin()  v.cumsum()
W.cumsum(axis=1)  v.clip(0,1)  v.dot(u)  W.ravel()  W.flatten()  W.swapaxes(0,1)
v[None].squeeze()  W.diagonal()  v.repeat(2)  v.take([0,1])  v.argsort()  b.nonzero()  W.trace()
k.searchsorted(2)  v.astype(int)  v.astype('float64')  v.astype(np.uint8)  v.astype(bool)
b.astype(float)  v.copy()  v[0].item()  W.reshape(4,3)  W.reshape((2,6))  W.reshape(-1)
W.transpose()  W.transpose(1,0)  W.T  W.T.shape  W.shape  W.size  W.ndim  v.itemsize  W.nbytes
W.prod()  W.prod(axis=0)  len(v)  len(W)  abs(v)  abs(-2)  sum(v[:3])  sum(W)  max(v)  min(v)
max(1,2)  min(1.5,2)  round(2.5)  round(2.675,2)  int(3.7)  float(3)  bool(3)  int(v[0])
float(W[0,0])  v[0]  v[-1]  v[1:4]  v[::-2]  v[[0,1]]  v[b]  v[k]  W[0]  W[:,1]  W[1,2]
W[...,0]  W[None].shape  W[[0,1],[2,3]]  W[W>3]  W[b[:3]]  W[:,k]  W[1:,::2]  W[()]  v[...]
v[None,:,None].shape  v[np.newaxis].shape  W[-1,-1]  v[True].shape  v[10:]  W[0][1]
v[np.where(b)]  v[k[0]]  v[(1)]  v[(1,)]  np.prod(W)  np.prod(W,0)  np.min(W)  np.max(W,axis=1)  np.max(v,keepdims=True)  np.amin(v)  np.amax(W,0)  np.ptp(W)
np.ptp(W,axis=0)  np.any(b)  np.all(b)  np.any(W>9,axis=1)  np.all(W>0,1)  np.any(W,keepdims=True)  np.argmax(W)
np.argmin(W,1)  np.argmax(W,axis=0,keepdims=True)  np.count_nonzero(b)  np.count_nonzero(W>3,axis=0)
np.sum(W,axis=1,keepdims=True)  np.mean(W,(0,1))  np.median(W,axis=0)  np.mean(k)  np.sum(b)  np.sum(v,dtype=np.float64)
np.arcsin(u/5)  np.arccos(u/5)  np.arctanh(u/5)  np.arccosh(u+1)  np.asin(u/5)  np.acos(u/5)  np.atanh(u/5)  np.acosh(u+1)
np.bitwise_and(k,2)  np.bitwise_or(k,4)  np.bitwise_xor(k,5)  np.bitwise_not(k)  np.invert(b)  np.bitwise_invert(k)  np.left_shift(k,2)
np.right_shift(k,1)  np.bitwise_left_shift(k,1)  np.bitwise_right_shift(k,k)  np.concat([v,u])  np.permute_dims(W,(1,0))
1 if v[0]>1 else 2  v[0] and 5  0 or 3  not v[1]
np.pi*2  np.e  -np.inf  np.float32(1.1)  np.int8(5)+k  np.float64(v)  np.bool_(3)
np.array(2)**0.5  v**2  v**0.5  u**0.5  u**-1  k**2  2**k  v**u  (-v)**3  -v**2  ~b  -k  +v
2**10  2**-1  7//2  -7//2  -7%3  1e3  0x1F  1_000  (1,2)+(3,)  [1]==[1]  'a'=='a'  (1,2)[0]
W.shape[0]  W.shape[::-1]  len(W.shape)  np.mean(v)*2-np.median(u)  np.exp(-v/tau)  (v>0)&(u<2)
np.mean((v-v.mean())**2)  np.sum(W[:,:2],axis=1)/np.sum(W)
"""


def expressions():
    for name in UNARY:
        yield from (f"np.{name}(u)", f"np.{name}(k)")
    for name in BINARY:
        yield from (f"np.{name}(u,v)", f"np.{name}(k,2)")
    for operator in OPERATORS:
        for operands in OPERANDS:
            left, right = operands.split(", ")
            yield left + operator + right
    for line in OTHERS.strip().splitlines():
        yield from line.split("  ")


def text(value):
    """The notation of numpy_results_test.cpp."""
    match value:
        case None | bool() | int():
            return str(value)
        case str():
            return f"'{value}'"
        case tuple() | list():
            return "(" + " ".join(map(text, value)) + ")"
    if isinstance(value, float) and not isinstance(value, np.floating):
        return f"{value:.17g}"
    array = np.asarray(value)
    elements = " ".join(f"{x:.17g}" for x in array.astype(float).ravel())
    shape = ",".join(map(str, array.shape))
    return f"{array.dtype.name}({shape})[{elements}]"


def main():
    print("// Made by make_numpy_results.py with NumPy", np.__version__ + "; do not edit.")
    print("#pragma once\n\nnamespace monnto::expression::support {\n")
    print("struct NumPyResult {\n    const char* source;\n    const char* result;\n};\n")
    print("// clang-format off\ninline constexpr NumPyResult numpy_results[] = {")
    with np.errstate(all="ignore"):
        for source in dict.fromkeys(expressions()):
            result = text(eval(source, dict(SCOPE)))
            print(f'    {{R"~({source})~", R"~({result})~"}},')
    print("};\n// clang-format on\n\n}  // namespace monnto::expression::support")


if __name__ == "__main__":
    main()
