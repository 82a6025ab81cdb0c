#pragma once

#include <string_view>

namespace monnto {

/// What a node computes. Elementwise operations take inputs of one common dtype (casts are nodes of
/// their own, inserted when recording) whose shapes broadcast to the node's shape.
///
/// X(name, family, inputs); inputs -1 means any number.
#define MONNTO_OPS(X)                                                                              \
    /* leaves */                                                                                   \
    X(data, leaf, 0)     /* evaluated from the start */                                            \
    X(constant, leaf, 0) /* ConstantAttr; shape any: every element is that number */               \
    X(arange, leaf, 0)   /* ArangeAttr */                                                          \
    X(random, leaf, -1)  /* RandomAttr; inputs: parameters, broadcast to the shape */              \
    /* unary, result in the input's dtype */                                                       \
    X(copy, unary, 1)                                                                              \
    X(cast, unary, 1) /* to the node's dtype */                                                    \
    X(negative, unary, 1)                                                                          \
    X(absolute, unary, 1)                                                                          \
    X(invert, unary, 1)                                                                            \
    X(sign, unary, 1)                                                                              \
    X(floor, unary, 1)                                                                             \
    X(ceil, unary, 1)                                                                              \
    X(trunc, unary, 1)                                                                             \
    X(rint, unary, 1)                                                                              \
    X(square, unary, 1)                                                                            \
    X(reciprocal, unary, 1)                                                                        \
    X(sqrt, unary, 1)                                                                              \
    X(cbrt, unary, 1)                                                                              \
    X(exp, unary, 1)                                                                               \
    X(exp2, unary, 1)                                                                              \
    X(expm1, unary, 1)                                                                             \
    X(log, unary, 1)                                                                               \
    X(log2, unary, 1)                                                                              \
    X(log10, unary, 1)                                                                             \
    X(log1p, unary, 1)                                                                             \
    X(sin, unary, 1)                                                                               \
    X(cos, unary, 1)                                                                               \
    X(tan, unary, 1)                                                                               \
    X(arcsin, unary, 1)                                                                            \
    X(arccos, unary, 1)                                                                            \
    X(arctan, unary, 1)                                                                            \
    X(sinh, unary, 1)                                                                              \
    X(cosh, unary, 1)                                                                              \
    X(tanh, unary, 1)                                                                              \
    X(arcsinh, unary, 1)                                                                           \
    X(arccosh, unary, 1)                                                                           \
    X(arctanh, unary, 1)                                                                           \
    X(sigmoid, unary, 1)                                                                           \
    X(erf, unary, 1)                                                                               \
    /* unary, result bool */                                                                       \
    X(logical_not, predicate, 1)                                                                   \
    X(isnan, predicate, 1)                                                                         \
    X(isinf, predicate, 1)                                                                         \
    X(isfinite, predicate, 1)                                                                      \
    X(signbit, predicate, 1)                                                                       \
    /* binary, result in the inputs' dtype */                                                      \
    X(add, binary, 2) /* bool: or */                                                               \
    X(subtract, binary, 2)                                                                         \
    X(multiply, binary, 2) /* bool: and */                                                         \
    X(divide, binary, 2)   /* floats only */                                                       \
    X(floor_divide, binary, 2)                                                                     \
    X(remainder, binary, 2)                                                                        \
    X(fmod, binary, 2)                                                                             \
    X(power, binary, 2)                                                                            \
    X(maximum, binary, 2)                                                                          \
    X(minimum, binary, 2)                                                                          \
    X(fmax, binary, 2)                                                                             \
    X(fmin, binary, 2)                                                                             \
    X(arctan2, binary, 2)                                                                          \
    X(hypot, binary, 2)                                                                            \
    X(copysign, binary, 2)                                                                         \
    X(logaddexp, binary, 2)                                                                        \
    X(bitwise_and, binary, 2)                                                                      \
    X(bitwise_or, binary, 2)                                                                       \
    X(bitwise_xor, binary, 2)                                                                      \
    X(left_shift, binary, 2)                                                                       \
    X(right_shift, binary, 2)                                                                      \
    /* binary, result bool */                                                                      \
    X(equal, comparison, 2)                                                                        \
    X(not_equal, comparison, 2)                                                                    \
    X(less, comparison, 2)                                                                         \
    X(less_equal, comparison, 2)                                                                   \
    X(greater, comparison, 2)                                                                      \
    X(greater_equal, comparison, 2)                                                                \
    X(logical_and, comparison, 2)                                                                  \
    X(logical_or, comparison, 2)                                                                   \
    X(logical_xor, comparison, 2)                                                                  \
    /* ternary */                                                                                  \
    X(where, select, 3) /* bool condition, then two of the node's dtype */                         \
    /* strided windows */                                                                          \
    X(view, window, 1) /* ViewAttr: the node's shape is a strided window on the C-ordered input */ \
    X(update, window, 2)  /* ViewAttr: the input 0 with that window replaced by input 1 (broadcast \
                             to ViewAttr.shape) */                                                 \
    X(reshape, window, 1) /* the input's elements in C order, as the node's shape */               \
    /* by index (i64, already checked and non-negative) */                                         \
    X(gather, index, -1)      /* GatherAttr; inputs: source, one index array per axis */           \
    X(scatter, index, -1)     /* GatherAttr; inputs: base, value, index arrays; last write wins */ \
    X(scatter_add, index, -1) /* the same, adding: np.add.at */                                    \
    X(concatenate, index, -1) /* AxisAttr */                                                       \
    X(picked_sum, index, 2)   /* AxisAttr; inputs: array, mask along that axis; result: sums of    \
                                 what the mask picks, without the axis */                          \
    /* reductions, over AxesAttr */                                                                \
    X(sum, reduction, 1) /* input already in the accumulator's dtype */                            \
    X(prod, reduction, 1)                                                                          \
    X(min, reduction, 1)                                                                           \
    X(max, reduction, 1)                                                                           \
    X(any, reduction, 1)    /* input bool */                                                       \
    X(all, reduction, 1)    /* input bool */                                                       \
    X(argmin, reduction, 1) /* result i64; one axis, or all flattened */                           \
    X(argmax, reduction, 1)                                                                        \
    /* along AxisAttr */                                                                           \
    X(cumsum, scan, 1)                                                                             \
    X(cumprod, scan, 1)                                                                            \
    X(sort, scan, 1)                                                                               \
    X(argsort, scan, 1)      /* stable; result i64 */                                              \
    X(searchsorted, scan, 2) /* SideAttr; inputs: sorted 1-d, values; result i64 */                \
    /* products: inputs of the node's dtype */                                                     \
    X(matmul, product, 2) /* (m,k)x(k,n), (m,k)x(k), (k)x(k,n), (k)x(k); batches ride in front */  \
    /* synapses of a pattern (SparseAttr); values are one per synapse, or a single one for all */  \
    X(sparse_product, sparse, 2) /* values, vector along attr.side (also bool); result: along the  \
                                    other side; ascending along attr.side */                       \
    X(sparse_sum, sparse, 1)    /* values; result: sums of what ends at each index of attr.side */ \
    X(sparse_spread, sparse, 1) /* vector along attr.side; result: its element for each synapse */ \
    X(sparse_sample, sparse, 1) /* matrix; result: its element at each synapse */                  \
    X(sparse_dense, sparse,                                                                        \
      1)                      /* values; result: matrix, where synapses share a place their sum */ \
    X(sparse_push, sparse, 2) /* history, vector: the history with its events as latest step */    \
    X(sparse_deliver, sparse, 2) /* values, history; result: sums of what is due at each target */ \
    X(custom, custom, -1)        /* CustomAttr */

enum class Op : unsigned char {
#define MONNTO_OP_NAME(name, family, inputs) name,
    MONNTO_OPS(MONNTO_OP_NAME)
#undef MONNTO_OP_NAME
};

enum class OpFamily : unsigned char {
    leaf,
    unary,
    predicate,
    binary,
    comparison,
    select,
    window,
    index,
    reduction,
    scan,
    product,
    sparse,
    custom
};

[[nodiscard]] std::string_view name_of(Op op) noexcept;
[[nodiscard]] OpFamily family_of(Op op) noexcept;
[[nodiscard]] inline bool is_elementwise(Op op) noexcept {
    const OpFamily family = family_of(op);
    return family >= OpFamily::unary && family <= OpFamily::select;
}

}  // namespace monnto
