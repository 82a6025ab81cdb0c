#include "pending_rows.hpp"
#include "product.hpp"
#include "reference/operand.hpp"
#include "reference/product.hpp"
#include "reference/product_columns.hpp"
#include "reference/scalar.hpp"
#include "rewrite.hpp"
#include "scan.hpp"
#include "team.hpp"
#include "vote.hpp"
#include "words.hpp"

#include <monnto/array/executor.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <type_traits>
#include <vector>

namespace monnto::events {
namespace {

using reference::Matrix;

/// Each operation rounded, as the dense product does (S17).
template <class T>
[[nodiscard]] T plus_product(T sum, T weight, T x) noexcept {
    return reference::added(sum, reference::multiplied(weight, x));
}

/// A line of memory is read for one element where events run across it: about what a whole line
/// costs as part of a stream.
constexpr std::ptrdiff_t cost_of_crossing = 8;

template <class T>
struct Events {
    std::vector<std::int32_t> at;
    std::vector<T> value;
};

/// Columns of halves, which are floats in between: four events per pass, because each pass reads
/// and rounds the sums.
template <class T>
void add_stored_columns(const Matrix<T>& m, const Events<T>& events, T* out, std::ptrdiff_t first,
                        std::ptrdiff_t last) {
    constexpr std::ptrdiff_t piece = 16384 / sizeof(T);
    const std::size_t count = events.at.size();
    const auto column = [&](std::size_t k) { return m.data + events.at[k] * m.column; };
    for (; first < last; first += piece) {
        const std::ptrdiff_t end = std::min(first + piece, last);
        std::fill(out + first, out + end, T());
        std::size_t k = 0;
        for (; k + 4 <= count; k += 4) {
            const std::array<const T*, 4> c{column(k), column(k + 1), column(k + 2), column(k + 3)};
            const T* x = events.value.data() + k;
            for (std::ptrdiff_t r = first; r < end; ++r) {
                const T two = plus_product(plus_product(out[r], c[0][r], x[0]), c[1][r], x[1]);
                out[r] = plus_product(plus_product(two, c[2][r], x[2]), c[3][r], x[3]);
            }
        }
        for (; k < count; ++k) {
            const T* c = column(k);
            for (std::ptrdiff_t r = first; r < end; ++r) {
                out[r] = plus_product(out[r], c[r], events.value[k]);
            }
        }
    }
}

/// Targets lie side by side: they are added event by event, in pieces that stay in the first-level
/// cache.
template <class T>
void add_columns(const Matrix<T>& m, const Events<T>& events, T* out, std::ptrdiff_t first,
                 std::ptrdiff_t last) {
    const auto count = static_cast<std::ptrdiff_t>(events.at.size());
    if constexpr (std::is_floating_point_v<T>) {
        static const reference::ColumnProduct<T> multiply = reference::column_product<T>();
        multiply(m.data + first, m.column, events.at.data(), events.value.data(), count,
                 out + first, last - first);
    } else {
        add_stored_columns(m, events, out, first, last);
    }
}

/// Events run across the way the matrix lies in memory: rows go side by side, so that several lines
/// of memory are on their way at once.
template <class T>
void add_across(const Matrix<T>& m, const Events<T>& events, T* out, std::ptrdiff_t first,
                std::ptrdiff_t last) {
    constexpr std::ptrdiff_t together = 8;
    for (; first < last; first += together) {
        const std::ptrdiff_t count = std::min(together, last - first);
        std::array<T, together> total{};
        for (std::size_t k = 0; k < events.at.size(); ++k) {
            const T* from = m.data + first * m.row + events.at[k] * m.column;
            for (std::ptrdiff_t r = 0; r < count; ++r) {
                T& sum = total[static_cast<std::size_t>(r)];
                sum = plus_product(sum, from[r * m.row], events.value[k]);
            }
        }
        std::copy_n(total.begin(), count, out + first);
    }
}

/// A product as rows (targets) of a matrix times a vector of sources.
struct Orientation {
    const Node& matrix;
    const Node& vector;
    std::ptrdiff_t targets, sources;
    std::ptrdiff_t row, column;  // elements, from target to target and from source to source
};

[[nodiscard]] Orientation orientation_of(const Node& product, bool has_vector_first) {
    const Node& matrix = *product.inputs()[has_vector_first ? 1 : 0];
    const Node& vector = *product.inputs()[has_vector_first ? 0 : 1];
    const Strides& strides = matrix.value().strides;
    const int target_axis = has_vector_first ? 1 : 0;
    return {matrix,
            vector,
            matrix.shape[target_axis],
            matrix.shape[1 - target_axis],
            strides[target_axis],
            strides[1 - target_axis]};
}

[[nodiscard]] bool is_finite(Node& holder, Rewrite& rewrite) {
    const bool is_known = holder.facts != nullptr && holder.facts->is_known;
    if (!is_known && !rewrite.patience.asks()) {
        return false;
    }
    const bool finite = looked_up(holder).is_finite();
    if (finite) {
        rewrite.patience.succeed();
    }
    return finite;
}

[[nodiscard]] std::string why_not_finite(const Node& matrix, const Rewrite& rewrite) {
    if (!can_carry(matrix)) {
        return why_shared(matrix);
    }
    const bool is_known = matrix.facts != nullptr && matrix.facts->is_known;
    return fmt::format(
        "plain: {} {}{}, so that nothing can be left out", called(matrix, "the matrix"),
        is_known ? "holds infinities or NaN" : "is not known to be finite", since(rewrite, matrix));
}

template <class T>
[[nodiscard]] Value multiplied(const Orientation& o, Events<T>& events, const Node& product) {
    const Value& value = o.matrix.value();
    const Buffer& buffer = *value.buffer;
    const bool reads_rows = o.row == 1 && value.offset == 0 && o.column == o.targets;
    const std::byte* bytes = reads_rows ? with_rows(buffer, {o.column}, events.at) : buffer.data();
    const T* elements = reinterpret_cast<const T*>(bytes) + value.offset;
    const reference::Operand vector = reference::operand(o.vector);
    for (const std::int32_t k : events.at) {
        events.value.push_back(vector.as<T>()[k * vector.strides[0]]);
    }
    Value result = reference::place_for(product);
    const Matrix<T> m{elements, o.row, o.column};
    T* out = reference::elements<T>(result);
    const auto count = static_cast<std::ptrdiff_t>(events.at.size());
    in_parallel(o.targets, 64, o.targets * count, [&](std::ptrdiff_t first, std::ptrdiff_t last) {
        if (o.row == 1) {
            add_columns(m, events, out, first, last);
        } else {
            add_across(m, events, out, first, last);
        }
    });
    ++counters().rewritten;
    counters().touched += static_cast<std::uint64_t>(o.targets * count);
    return result;
}

template <class T>
[[nodiscard]] std::optional<Value> multiplied(Node& product, Node& holder, Rewrite& rewrite) {
    const Orientation o = orientation_of(product, rewrite.has_vector_first);
    static thread_local Events<T> events;
    const reference::Operand vector = reference::operand(o.vector);
    events.value.clear();
    // Once for all, not whenever more events come than ever before.
    events.at.reserve(static_cast<std::size_t>(o.sources));
    events.value.reserve(static_cast<std::size_t>(o.sources));
    find_events({o.vector.dtype, vector.data, vector.strides[0], o.sources}, 0, events.at);
    const auto count = static_cast<std::ptrdiff_t>(events.at.size());
    const bool crosses = o.row != 1;
    const char* order = crosses ? ", across the storage order" : "";
    const bool is_sparse = rewrite.is_of_flags || count * 2 < o.sources;
    if (is_sparse && (!crosses || o.column == 1)) {
        vote(holder, rewrite, crosses);
    }
    if (count * (crosses ? cost_of_crossing : 1) >= o.sources) {
        rewrite.tell([&] {
            return fmt::format("plain: {} has {} of {} elements that are not 0{}",
                               called(o.vector, "the vector"), count, o.sources, order);
        });
        return std::nullopt;
    }
    if (count != o.sources && !is_finite(holder, rewrite)) {
        rewrite.lament(o.sources * o.targets,
                       "plain: the matrix of a product holds infinities or NaN (or is exported), "
                       "so that nothing can be left out");
        rewrite.refuse(holder);
        rewrite.tell([&] { return why_not_finite(holder, rewrite); });
        return std::nullopt;
    }
    if (count != o.sources) {
        rewrite.accept();
    }
    rewrite.tell([&] {
        return fmt::format("events: {} of {} sources{}{}", count, o.sources,
                           in_brackets({{&o.vector}}), order);
    });
    return multiplied<T>(o, events, product);
}

}  // namespace

std::optional<Value> multiplied_by_events(Node& product, Node& holder, Rewrite& rewrite) {
    switch (product.dtype) {
        case DType::f16:
            return multiplied<reference::Half>(product, holder, rewrite);
        case DType::bf16:
            return multiplied<reference::BFloat>(product, holder, rewrite);
        case DType::f32:
            return multiplied<float>(product, holder, rewrite);
        default:
            return multiplied<double>(product, holder, rewrite);
    }
}

}  // namespace monnto::events
