#pragma once

#include <monnto/array/array.hpp>

namespace monnto {

/// Records one node. Where an input's bytes are pinned (S8) or checking is eager (S10) it is
/// evaluated before this returns; otherwise it waits. Beyond 4,096 waiting nodes everything is
/// evaluated (S12). Contract: as the constructor of Node.
[[nodiscard]] NodeRef record(Op op, DType dtype, const Shape& shape, Attributes attributes,
                             NodeInputs inputs);

/// A node whose every element is that number, as `dtype`.
[[nodiscard]] NodeRef record_constant(const Number& value, DType dtype, const Shape& shape = {});
/// `node` as `dtype`: itself where it is already.
[[nodiscard]] NodeRef record_cast(const NodeRef& node, DType dtype);

/// The common dtypes of an elementwise operation: what the inputs are cast to, and what comes out.
struct Resolution {
    DType compute;
    DType result;
};
/// NumPy's type resolution with NEP 50's weak numbers. Throws TypeMismatch (bool - bool, ~float,
/// ...).
[[nodiscard]] Resolution resolve(Op op, const Operand& a);
[[nodiscard]] Resolution resolve(Op op, const Operand& a, const Operand& b);
/// The dtype two operands share in where(), concatenate() and comparisons.
[[nodiscard]] DType common_dtype(const Operand& a, const Operand& b);

/// An operand as node of `dtype`. Throws NumberOutOfRange for a weak integer that does not fit an
/// integer dtype.
[[nodiscard]] NodeRef operand_node(const Operand& operand, DType dtype);

/// Whether this thread evaluates every node when it is recorded.
[[nodiscard]] bool records_eagerly() noexcept;

/// While an object of this lives, this thread evaluates every node when it is recorded
/// (np.errstate(... 'raise'), debugging).
class EagerScope {
public:
    EagerScope() noexcept;
    EagerScope(const EagerScope&) = delete;
    EagerScope& operator=(const EagerScope&) = delete;
    ~EagerScope();
};

/// A weak integer that its partner's dtype cannot hold (NEP 50): `u8 + (-1)`.
class NumberOutOfRange : public Error {
public:
    NumberOutOfRange(std::int64_t number, DType dtype);
    std::int64_t number;
    DType dtype;
};

}  // namespace monnto
