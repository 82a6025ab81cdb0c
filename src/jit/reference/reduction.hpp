#pragma once

#include "move.hpp"
#include "reducers.hpp"

#include <vector>

namespace monnto::reference {

/// The reduced axes of an input, merged where their strides allow: runs of `count` elements `step`
/// apart, in C order.
struct ReducedAxes {
    std::vector<std::ptrdiff_t> runs;  // elements from the first
    std::ptrdiff_t count = 0;
    std::ptrdiff_t step = 1;  // elements

    [[nodiscard]] std::ptrdiff_t size() const noexcept {
        return count * static_cast<std::ptrdiff_t>(runs.size());
    }
};

/// Loops of one reducer over a row of results: result c reduces the elements that the reduced axes
/// reach from `in + c * step`.
struct ReductionLoop {
    using Function = void (*)(const std::byte* in, std::ptrdiff_t step, std::byte* out,
                              std::ptrdiff_t count, const ReducedAxes& reduced);
    Function by_rows;     // one result after the other
    Function by_columns;  // many results side by side: streams memory where they are neighbors
};

template <class T, class F>
void for_each_block(const T* in, const ReducedAxes& reduced, const F& take) {
    if (reduced.runs.size() == 1 && reduced.step == 1) {
        for (std::ptrdiff_t first = 0; first < reduced.count; first += block_size) {
            take(in + first, std::min(block_size, reduced.count - first), first);
        }
        return;
    }
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): filled piece by piece
    std::array<T, block_size> block;
    std::ptrdiff_t filled = 0;
    std::ptrdiff_t first = 0;
    for (const std::ptrdiff_t run : reduced.runs) {
        for (std::ptrdiff_t done = 0; done < reduced.count;) {
            const std::ptrdiff_t some = std::min(reduced.count - done, block_size - filled);
            move_row(block.data() + filled, 1, in + run + done * reduced.step, reduced.step, some);
            done += some;
            filled += some;
            if (filled == block_size) {
                take(block.data(), filled, first);
                first += std::exchange(filled, 0);
            }
        }
    }
    if (filled != 0) {
        take(block.data(), filled, first);
    }
}

template <class R>
void reduce_by_rows(const std::byte* in, std::ptrdiff_t step, std::byte* out, std::ptrdiff_t count,
                    const ReducedAxes& reduced) {
    using T = typename R::Element;
    for (std::ptrdiff_t c = 0; c < count; ++c) {
        typename R::State state = R::start();
        for_each_block(reinterpret_cast<const T*>(in) + c * step, reduced,
                       [&state](const T* x, std::ptrdiff_t n, std::ptrdiff_t first) {
                           R::take(state, x, n, first);
                       });
        reinterpret_cast<typename R::Result*>(out)[c] = R::finish(state);
    }
}

/// Results side by side, each with its lanes. With 4 KiB of them the lanes of a sum outgrow the
/// first-level cache, yet longer rows stream so much better that it is a fifth faster than 1 KiB.
template <class R>
class ColumnTile {
    using T = typename R::Element;
    using State = typename R::State;

public:
    static constexpr std::ptrdiff_t max_width = 4096 / static_cast<std::ptrdiff_t>(sizeof(T));

    explicit ColumnTile(std::ptrdiff_t width) : width_(width) {
        std::fill_n(total_.begin(), width_, R::start());
    }

    void take(const T* x, std::ptrdiff_t step, std::ptrdiff_t i) {
        const std::ptrdiff_t lane = i % R::lanes;
        // A local copy: stores to the lanes might change the member, for all that the compiler
        // knows.
        const std::ptrdiff_t width = width_;
        State* state = lanes_.data() + lane * width;
        if (lane == used_) {
            ++used_;
            std::fill_n(state, width, R::start());
        }
        if (step == 1) {
            for (std::ptrdiff_t c = 0; c < width; ++c) {
                R::step(state[c], x[c], i);
            }
        } else {
            for (std::ptrdiff_t c = 0; c < width; ++c) {
                R::step(state[c], x[c * step], i);
            }
        }
        if ((i + 1) % block_size == 0) {
            end_block();
        }
    }

    void finish(typename R::Result* out) {
        end_block();
        std::transform(total_.begin(), total_.begin() + width_, out, R::finish);
    }

private:
    void end_block() {
        if (used_ == 0) {
            return;
        }
        join_lanes<R>(lanes_.data(), used_, width_);
        std::transform(total_.begin(), total_.begin() + width_, lanes_.begin(), total_.begin(),
                       R::join);
        used_ = 0;
    }

    std::ptrdiff_t width_;
    std::ptrdiff_t used_ = 0;  // lanes that took something in this block
    std::array<State, static_cast<std::size_t>(max_width)> total_;
    std::array<State, static_cast<std::size_t>(max_width* R::lanes)> lanes_;
};

template <class R>
void reduce_by_columns(const std::byte* in, std::ptrdiff_t step, std::byte* out,
                       std::ptrdiff_t count, const ReducedAxes& reduced) {
    using T = typename R::Element;
    constexpr std::ptrdiff_t max_width = ColumnTile<R>::max_width;
    for (std::ptrdiff_t c = 0; c < count; c += max_width) {
        ColumnTile<R> tile(std::min(max_width, count - c));
        const T* x = reinterpret_cast<const T*>(in) + c * step;
        std::ptrdiff_t i = 0;
        for (const std::ptrdiff_t run : reduced.runs) {
            for (std::ptrdiff_t k = 0; k < reduced.count; ++k) {
                tile.take(x + run + k * reduced.step, step, i++);
            }
        }
        tile.finish(reinterpret_cast<typename R::Result*>(out) + c);
    }
}

template <class R>
[[nodiscard]] ReductionLoop loop_of() {
    return {&reduce_by_rows<R>, &reduce_by_columns<R>};
}

/// The loops by dtype of the input; each family is a source of its own, for the compiler's sake.
[[nodiscard]] ReductionLoop sum_loop(DType dtype);
[[nodiscard]] ReductionLoop prod_loop(DType dtype);
[[nodiscard]] ReductionLoop extreme_loop(DType dtype, bool greatest);
[[nodiscard]] ReductionLoop arg_extreme_loop(DType dtype, bool greatest);

}  // namespace monnto::reference
