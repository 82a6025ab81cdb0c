#include "fold.hpp"
#include "program.hpp"
#include "reference/operand.hpp"
#include "reference/reducers.hpp"

#include <cstring>

namespace monnto::kernel {

static_assert(fold_block == reference::block_size && lanes == reference::lane_count);

namespace {

/// The lanes are copied, because bytes that a kernel wrote are no array of T.
template <class R>
void join(const std::byte* partial, std::ptrdiff_t count, std::byte* result) {
    using T = typename R::State;
    T state = R::start();
    for (std::ptrdiff_t first = 0; first < count; first += fold_block) {
        std::array<T, lanes> lane{};
        std::memcpy(lane.data(), partial, sizeof(lane));
        partial += sizeof(lane);
        reference::join_lanes<R>(lane.data(), lanes, 1);
        state = R::join(state, lane[0]);
    }
    const typename R::Result finished = R::finish(state);
    std::memcpy(result, &finished, sizeof(finished));
}

/// any and all leave the order open; as sums of bools they have 16 lanes like the others.
[[nodiscard]] bool is_addition(Op op) noexcept {
    return op == Op::sum || op == Op::any;
}

/// Of integers, whose order is open, kernels leave lanes; of floats the extreme of each block.
template <class T, bool greatest>
void join_extremes(const std::byte* partial, std::ptrdiff_t count, std::byte* result) {
    using R = reference::Extreme<T, greatest>;
    T state = R::start();
    for (std::ptrdiff_t first = 0; first < count; first += fold_block) {
        std::array<T, lanes> lane{};
        std::memcpy(lane.data(), partial, sizeof(lane));
        partial += sizeof(lane);
        for (std::size_t l = 0; l < (std::integral<T> ? lane.size() : 1); ++l) {
            state = R::join(state, lane[l]);
        }
    }
    std::memcpy(result, &state, sizeof(state));
}

}  // namespace

void join_folds(Op op, DType dtype, const std::byte* partial, std::ptrdiff_t count,
                std::byte* result) {
    reference::dispatch(dtype, [&]<class T>() {
        if (op == Op::min || op == Op::max) {
            return op == Op::max ? join_extremes<T, true>(partial, count, result)
                                 : join_extremes<T, false>(partial, count, result);
        }
        if constexpr (std::signed_integral<T>) {
            using Wrapping = std::make_unsigned_t<T>;  // wraps, as the interpreter's sums do
            return is_addition(op) ? join<reference::Sum<Wrapping>>(partial, count, result)
                                   : join<reference::Product<Wrapping>>(partial, count, result);
        } else {
            return is_addition(op) ? join<reference::Sum<T>>(partial, count, result)
                                   : join<reference::Product<T>>(partial, count, result);
        }
    });
}

}  // namespace monnto::kernel
