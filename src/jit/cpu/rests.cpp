#include "reference/operand.hpp"
#include "rests.hpp"

namespace monnto::cpu {
namespace {

/// Without branches, for vectors.
template <class T>
[[nodiscard]] bool all_equal(const T* in, std::ptrdiff_t count, std::ptrdiff_t step,
                             T value) noexcept {
    T differs = 0;
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        differs |= in[i * step] ^ value;
    }
    return differs == 0;
}

}  // namespace

std::ptrdiff_t first_outside(const std::vector<std::int32_t>& list) noexcept {
    std::ptrdiff_t first = 0;
    for (const std::int32_t each : list) {
        if (each != first) {
            break;
        }
        ++first;
    }
    return first;
}

bool rest_outside(const Elements& elements, const std::vector<std::int32_t>& list) {
    const std::ptrdiff_t first = first_outside(list);
    const std::ptrdiff_t step = elements.step;
    if (first >= elements.count) {
        return false;
    }
    return reference::dispatch_by_size(elements.width, [&]<class T>() {
        const T* in = reinterpret_cast<const T*>(elements.from);
        const T rest = in[first * step];
        const auto rests_until = [&](std::ptrdiff_t at, std::ptrdiff_t last) {
            return step == 1 ? all_equal(in + at, last - at, 1, rest)
                             : all_equal(in + at * step, last - at, step, rest);
        };
        std::ptrdiff_t at = first;
        for (auto next = list.begin() + first; next != list.end(); ++next) {
            if (!rests_until(at, *next)) {
                return false;
            }
            at = *next + 1;
        }
        return rests_until(at, elements.count);
    });
}

}  // namespace monnto::cpu
