#include "function_loops.hpp"
#include "lookup.hpp"
#include "operand.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

/// Rows for the loops of elementary functions, which know neither strides nor short floats: those
/// go through blocks that stay in the first cache.
namespace monnto::reference {
namespace {

constexpr std::ptrdiff_t block = 256;
template <class C>
using Block = std::array<C, block>;

/// An input as the loops want it: its own elements, or converted copies.
template <class S>
class Source {
public:
    using C = computed_t<S>;

    Source(const void* data, std::ptrdiff_t step, std::ptrdiff_t count)
        : data_(static_cast<const S*>(data)), step_(step) {
        if (step == 0) {  // the same in every block
            std::fill_n(copy_.begin(), std::min(count, block), static_cast<C>(data_[0]));
        }
    }

    [[nodiscard]] const C* elements(std::ptrdiff_t first, std::ptrdiff_t count) {
        if constexpr (std::is_same_v<S, C>) {
            if (step_ == 1) {
                return data_ + first;
            }
        }
        if (step_ != 0) {
            for (std::ptrdiff_t i = 0; i < count; ++i) {
                copy_[static_cast<std::size_t>(i)] = static_cast<C>(data_[(first + i) * step_]);
            }
        }
        return copy_.data();
    }

private:
    const S* data_;
    std::ptrdiff_t step_;
    Block<C> copy_;
};

template <class S, class Inputs>
void run_blocks(const Row& row, FunctionLoop<computed_t<S>> loop, const Inputs& inputs) {
    using C = computed_t<S>;
    auto* out = static_cast<S*>(row.out);
    for (std::ptrdiff_t first = 0; first < row.count; first += block) {
        const std::ptrdiff_t count = std::min(block, row.count - first);
        const auto [x, y] = inputs(first, count);
        if constexpr (std::is_same_v<S, C>) {
            loop(x, y, out + first, count);
        } else {
            Block<C> results;
            loop(x, y, results.data(), count);
            std::transform(results.begin(), results.begin() + count, out + first,
                           [](C result) { return S(result); });
        }
    }
}

template <class S, Op Function>
void unary_function_row(const Row& row) {
    using C = computed_t<S>;
    static const FunctionLoop<C> loop = function_loop<C>(Function, this_processor());
    Source<S> source(row.in[0], row.step[0], row.count);
    run_blocks<S>(row, loop, [&](std::ptrdiff_t first, std::ptrdiff_t count) {
        const C* x = source.elements(first, count);
        return std::pair(x, x);
    });
}
template <class S, Op Function>
void binary_function_row(const Row& row) {
    using C = computed_t<S>;
    static const FunctionLoop<C> loop = function_loop<C>(Function, this_processor());
    Source<S> left(row.in[0], row.step[0], row.count);
    Source<S> right(row.in[1], row.step[1], row.count);
    run_blocks<S>(row, loop, [&](std::ptrdiff_t first, std::ptrdiff_t count) {
        return std::pair(left.elements(first, count), right.elements(first, count));
    });
}

template <class S, Op... Functions>
[[nodiscard]] Kernel unary_row_of(Op op) {
    Kernel found = nullptr;
    ((op == Functions ? void(found = &unary_function_row<S, Functions>) : void()), ...);
    return found;
}
template <class S, Op... Functions>
[[nodiscard]] Kernel binary_row_of(Op op) {
    Kernel found = nullptr;
    ((op == Functions ? void(found = &binary_function_row<S, Functions>) : void()), ...);
    return found;
}

}  // namespace

Kernel function_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if constexpr (std::floating_point<computed_t<T>>) {
            return unary_row_of<T, Op::cbrt, Op::exp, Op::exp2, Op::expm1, Op::log, Op::log2,
                                Op::log10, Op::log1p, Op::sigmoid, Op::erf, Op::sin, Op::cos,
                                Op::tan, Op::arcsin, Op::arccos, Op::arctan, Op::sinh, Op::cosh,
                                Op::tanh, Op::arcsinh, Op::arccosh, Op::arctanh>(op);
        } else {
            return nullptr;
        }
    });
}

Kernel binary_function_kernel(Op op, DType dtype) {
    return dispatch(dtype, [op]<class T>() -> Kernel {
        if constexpr (std::floating_point<computed_t<T>>) {
            return binary_row_of<T, Op::power, Op::arctan2, Op::hypot, Op::logaddexp>(op);
        } else {
            return nullptr;
        }
    });
}

}  // namespace monnto::reference
