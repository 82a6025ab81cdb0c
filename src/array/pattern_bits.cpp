// Rows of a pattern as bits.
#include <monnto/array/parallel.hpp>
#include <monnto/array/pattern.hpp>

#include <algorithm>
#include <cstring>

namespace monnto {
namespace {

/// Fewer synapses than one target in so many are counted one by one.
constexpr std::ptrdiff_t sparsest = 64;

class BitMaker {
public:
    BitMaker(const Pattern& pattern, Pattern::Bits& bits) : pattern_(pattern), bits_(bits) {}

    void run() {
        constexpr std::ptrdiff_t per_vector = 8;
        bits_.words = ((pattern_.targets() + 63) / 64 + per_vector - 1) / per_vector * per_vector;
        bits_.row_of.assign(static_cast<std::size_t>(pattern_.sources()), -1);
        std::int32_t rows = 0;
        for (std::ptrdiff_t source = 0; source < pattern_.sources(); ++source) {
            const Pattern::Range row = pattern_.row(source);
            if ((row.last - row.first) * sparsest >= pattern_.targets()) {
                bits_.row_of[static_cast<std::size_t>(source)] = rows++;
            }
        }
        bits_.rows = Buffer::allocate(static_cast<std::size_t>(rows * bits_.words) * 8);
        fill_rows();
        gather_extras();
    }

private:
    [[nodiscard]] std::uint64_t* row_at(std::ptrdiff_t source) const {
        const std::int32_t row = bits_.row_of[static_cast<std::size_t>(source)];
        return reinterpret_cast<std::uint64_t*>(bits_.rows->data()) + row * bits_.words;
    }

    void fill_rows() {
        pattern_.with_targets([&](const auto* targets) {
            in_parallel(pattern_.sources(), 64, pattern_.size() * 4, [&](auto first, auto last) {
                for (std::ptrdiff_t source = first; source < last; ++source) {
                    if (bits_.row_of[static_cast<std::size_t>(source)] < 0) {
                        continue;
                    }
                    std::uint64_t* to = row_at(source);
                    std::fill_n(to, bits_.words, std::uint64_t{0});
                    const Pattern::Range row = pattern_.row(source);
                    for (std::int64_t k = row.first; k < row.last; ++k) {
                        to[targets[k] / 64] |= std::uint64_t{1} << (targets[k] % 64U);
                    }
                }
            });
        });
    }

    void gather_extras() {
        bits_.extra_starts.assign(1, 0);
        pattern_.with_targets([&](const auto* targets) {
            for (std::ptrdiff_t source = 0; source < pattern_.sources(); ++source) {
                const Pattern::Range row = pattern_.row(source);
                const bool has_row = bits_.row_of[static_cast<std::size_t>(source)] >= 0;
                std::int32_t times = 1;
                for (std::int64_t k = row.first + 1; k < row.last; ++k) {
                    times = targets[k] == targets[k - 1] ? times + 1 : 1;
                    bits_.most = std::max(bits_.most, times);
                    if (has_row && times > 1) {
                        bits_.extras.push_back(targets[k]);
                    }
                }
                bits_.extra_starts.push_back(static_cast<std::int64_t>(bits_.extras.size()));
            }
        });
    }

    const Pattern& pattern_;
    Pattern::Bits& bits_;
};

}  // namespace

const Pattern::Bits& Pattern::bits() const {
    const EngineLock engine;
    const std::lock_guard guard(lock_);
    if (!bits_) {
        auto made = std::make_unique<Bits>();
        BitMaker(*this, *made).run();
        bits_ = std::move(made);
    }
    return *bits_;
}

}  // namespace monnto
