#include "reference/operand.hpp"
#include "scan.hpp"
#include "team.hpp"

#include <monnto/array/executor.hpp>
#include <monnto/array/flags.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <mutex>
#include <optional>

namespace monnto::events {
namespace {

/// Indices of elements that differ from `rest`, until there are more than `most` and half of what
/// was looked at. Returns whether all were looked at.
template <std::unsigned_integral U>
bool find_other(const Vector& vector, U rest, std::ptrdiff_t most,
                std::vector<std::int32_t>& events) {
    const auto [dtype, data, step, count] = vector;
    const auto is_event = [&](std::ptrdiff_t i) {
        U bits;
        std::memcpy(&bits, data + i * step * static_cast<std::ptrdiff_t>(sizeof(U)), sizeof(U));
        return bits != rest;
    };
    // Most are at rest: words are compared eight at a time where they lie side by side.
    constexpr std::ptrdiff_t together = 64 / sizeof(U);
    std::array<U, 8 / sizeof(U)> pattern{};
    pattern.fill(rest);
    const auto resting = std::bit_cast<std::uint64_t>(pattern);
    std::array<std::int32_t, together> found;  // NOLINT: filled before it is read
    std::ptrdiff_t i = 0;
    while (step == 1 && i + together <= count) {
        std::array<std::uint64_t, 8> words{};
        std::memcpy(words.data(), data + i * static_cast<std::ptrdiff_t>(sizeof(U)), sizeof(words));
        std::uint64_t any = 0;
        for (const std::uint64_t word : words) {
            any |= word ^ resting;
        }
        if (any != 0) {
            std::ptrdiff_t number = 0;
            for (std::ptrdiff_t k = i; k < i + together; ++k) {
                found[static_cast<std::size_t>(number)] = static_cast<std::int32_t>(k);
                number += is_event(k) ? 1 : 0;
            }
            events.insert(events.end(), found.begin(), found.begin() + number);
            if (static_cast<std::ptrdiff_t>(events.size()) > most + i / 2) {
                return false;
            }
        }
        i += together;
    }
    for (; i < count; ++i) {
        if (is_event(i)) {
            events.push_back(static_cast<std::int32_t>(i));
        }
    }
    return true;
}

/// The same for truth values, whose rest is 0.
bool find_set(const Vector& vector, std::ptrdiff_t most, std::vector<std::int32_t>& events) {
    constexpr std::ptrdiff_t block = 4096;
    for (std::ptrdiff_t first = 0; first < vector.count; first += block) {
        const std::ptrdiff_t count = std::min(block, vector.count - first);
        append_set_flags(vector.data + first, static_cast<std::size_t>(count),
                         static_cast<std::int32_t>(first), events);
        if (static_cast<std::ptrdiff_t>(events.size()) > most + (first + count) / 2) {
            return false;
        }
    }
    return true;
}

bool find_until(const Vector& vector, int rest, std::ptrdiff_t most,
                std::vector<std::int32_t>& events) {
    constexpr std::ptrdiff_t room = 4096;  // so that lists grow once: replays ask for no memory
    events.reserve(static_cast<std::size_t>(std::min(vector.count, room)));
    events.clear();
    if (size_of(vector.dtype) == 1 && rest == 0 && vector.step == 1) {
        return find_set(vector, most, events);
    }
    const std::uint64_t element = bits_of(vector.dtype, rest);
    bool is_done = false;
    reference::dispatch_by_size(size_of(vector.dtype), [&]<class U>() {
        is_done = find_other<U>(vector, static_cast<U>(element), most, events);
    });
    return is_done;
}

/// Sixteen scans side by side, which the compiler turns into vectors.
template <class T, class Bits>
[[nodiscard]] Facts scanned(const T* data, std::ptrdiff_t count) {
    constexpr std::size_t width = 16;
    constexpr Bits sign = Bits{1} << (8 * sizeof(T) - 1);
    std::array<T, width> low{};
    std::array<T, width> high{};
    std::array<Bits, width> odd{};   // all bits where some element is NaN
    std::array<Bits, width> zero{};  // all bits where some element is -0
    low.fill(std::numeric_limits<T>::infinity());
    high.fill(-std::numeric_limits<T>::infinity());
    const auto take = [&](std::size_t lane, T x) {
        low[lane] = x < low[lane] ? x : low[lane];
        high[lane] = x > high[lane] ? x : high[lane];
        odd[lane] |= std::isnan(x) ? ~Bits{0} : Bits{0};
        zero[lane] |= std::bit_cast<Bits>(x) == sign ? ~Bits{0} : Bits{0};
    };
    std::ptrdiff_t i = 0;
    for (; i + static_cast<std::ptrdiff_t>(width) <= count; i += width) {
        for (std::size_t lane = 0; lane < width; ++lane) {
            take(lane, data[i + static_cast<std::ptrdiff_t>(lane)]);
        }
    }
    for (; i < count; ++i) {
        take(0, data[i]);
    }
    Facts facts{.low = *std::ranges::min_element(low),
                .high = *std::ranges::max_element(high),
                .may_be_nan = std::ranges::any_of(odd, [](Bits x) { return x != 0; }),
                .may_be_negative_zero = std::ranges::any_of(zero, [](Bits x) { return x != 0; }),
                .is_known = true};
    if (facts.low > facts.high) {  // no numbers at all
        facts.low = facts.high = 0.0;
    }
    return facts;
}

/// Block by block as floats.
template <class T>
[[nodiscard]] Facts scanned_halves(const std::byte* data, std::ptrdiff_t count) {
    constexpr std::ptrdiff_t block = 1024;
    std::array<float, block> floats{};
    const T* in = reinterpret_cast<const T*>(data);
    std::optional<Facts> found;
    for (std::ptrdiff_t first = 0; first < count; first += block) {
        const std::ptrdiff_t length = std::min(block, count - first);
        std::copy_n(in + first, length, floats.begin());
        const Facts part = scanned<float, std::uint32_t>(floats.data(), length);
        found = found ? joined(*found, part) : part;
    }
    return found.value_or(Facts{});
}

/// Elements of a value that fills memory without gaps, in whatever order of axes.
[[nodiscard]] bool is_dense(const Node& node) noexcept {
    const Strides& strides = node.value().strides;
    if (is_contiguous(node.shape, strides)) {
        return true;
    }
    return node.shape.size() == 2 && strides[0] == 1 && strides[1] == node.shape[0];
}

[[nodiscard]] bool is_between_zero_and_one(const Facts& facts) noexcept {
    return facts.is_known && facts.low >= 0.0 && facts.high <= 1.0 && !facts.may_be_nan &&
           !facts.may_be_negative_zero;
}

/// Of dense floats, none of which is -0.
[[nodiscard]] bool holds_zeros_and_ones(const Node& node) {
    const std::uint64_t one = bits_of(node.dtype, 1);
    return reference::dispatch_by_size(size_of(node.dtype), [&]<class T>() {
        const T* data = reinterpret_cast<const T*>(node.value().buffer->data());
        data += node.value().offset;
        return std::all_of(data, data + node.shape.product(),
                           [one](T x) { return x == T{0} || x == static_cast<T>(one); });
    });
}

}  // namespace

std::uint64_t bits_of(DType dtype, int number) noexcept {
    std::uint64_t element = 0;
    Number(static_cast<std::int64_t>(number)).cast_to(dtype).store(&element);
    return element;
}

void find_events(const Vector& vector, int rest, std::vector<std::int32_t>& events) {
    static_cast<void>(find_until(vector, rest, vector.count, events));
}

bool find_few_events(const Vector& vector, int rest, std::vector<std::int32_t>& events) {
    const std::ptrdiff_t patience = std::clamp<std::ptrdiff_t>(vector.count / 8, 64, 512);
    return find_until(vector, rest, patience, events) &&
           2 * static_cast<std::ptrdiff_t>(events.size()) <= vector.count;
}

Facts facts_of(DType dtype, const std::byte* data, std::ptrdiff_t count) {
    switch (dtype) {
        case DType::f16:
            return scanned_halves<reference::Half>(data, count);
        case DType::bf16:
            return scanned_halves<reference::BFloat>(data, count);
        case DType::f32:
            return scanned<float, std::uint32_t>(reinterpret_cast<const float*>(data), count);
        default:
            return scanned<double, std::uint64_t>(reinterpret_cast<const double*>(data), count);
    }
}

Facts joined(const Facts& a, const Facts& b) noexcept {
    return {.low = std::min(a.low, b.low),
            .high = std::max(a.high, b.high),
            .may_be_nan = a.may_be_nan || b.may_be_nan,
            .may_be_negative_zero = a.may_be_negative_zero || b.may_be_negative_zero,
            .is_known = a.is_known && b.is_known,
            .crossings = a.crossings};
}

bool can_carry(const Node& settled) noexcept {
    const Buffer& buffer = *settled.value().buffer;
    return !settled.is_changing() && !buffer.is_pinned();
}

std::uint64_t mask_of(Node& settled) {
    static std::uint64_t masks = 0;  // under the engine's lock
    const bool is_real = is_float(settled.dtype);
    const bool may_be_mask = is_real || settled.dtype == DType::boolean;
    if (!may_be_mask || !can_carry(settled) || (is_real && !is_dense(settled))) {
        return 0;
    }
    if (settled.facts == nullptr) {
        settled.facts = std::make_unique<Facts>();
    }
    const Facts& known = *settled.facts;
    if (known.mask != 0 || known.is_no_mask) {
        return known.mask;
    }
    const bool is_mask =
        !is_real || (is_between_zero_and_one(looked_up(settled)) && holds_zeros_and_ones(settled));
    settled.facts->mask = is_mask ? ++masks : 0;  // looking has replaced the facts
    settled.facts->is_no_mask = !is_mask;
    return settled.facts->mask;
}

Facts looked_up(Node& settled) {
    if (settled.facts != nullptr && settled.facts->is_known) {
        return *settled.facts;
    }
    const bool is_real = is_float(settled.dtype);
    const std::ptrdiff_t count = settled.shape.product();
    if (!is_real || count == 0 || !is_dense(settled)) {
        return {};
    }
    const auto width = static_cast<std::ptrdiff_t>(size_of(settled.dtype));
    const std::byte* data = settled.value().buffer->data() + settled.value().offset * width;
    Facts facts{.low = std::numeric_limits<double>::infinity(),
                .high = -std::numeric_limits<double>::infinity(),
                .may_be_nan = false,
                .may_be_negative_zero = false,
                .is_known = true};
    std::mutex lock;
    in_parallel(count, 4096, count, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        const Facts part = facts_of(settled.dtype, data + first * width, last - first);
        const std::lock_guard guard(lock);
        facts = joined(facts, part);
    });
    if (std::ranges::count_if(settled.shape, [](auto extent) { return extent > 1; }) > 1) {
        counters().scanned += static_cast<std::uint64_t>(count);
    }
    if (can_carry(settled)) {
        if (settled.facts != nullptr) {
            facts.crossings = settled.facts->crossings;
            facts.wants_turning = settled.facts->wants_turning;
        }
        settled.facts = std::make_unique<Facts>(facts);
    }
    return facts;
}

}  // namespace monnto::events
