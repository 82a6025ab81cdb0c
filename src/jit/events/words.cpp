#include "reference/operand.hpp"
#include "scan.hpp"
#include "words.hpp"

#include <monnto/array/legend.hpp>
#include <monnto/array/pattern.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace monnto::events {
namespace {

constexpr double most = std::numeric_limits<double>::max();

/// Bounds that a matrix may have, where those at hand prove nothing.
struct Wish {
    bool has_no_nan = true;
    bool has_no_negative_zero = true;
    bool is_within = true;
    double low = -most;
    double high = most;

    [[nodiscard]] Bounds granted(Bounds bounds) const {
        bounds.may_be_nan = bounds.may_be_nan && !has_no_nan;
        bounds.may_be_negative_zero = bounds.may_be_negative_zero && !has_no_negative_zero;
        if (is_within) {
            bounds.low = std::clamp(bounds.low, low, high);
            bounds.high = std::clamp(bounds.high, low, high);
        }
        bounds.may_be_negative_zero =
            bounds.may_be_negative_zero && bounds.low <= 0.0 && bounds.high >= 0.0;
        return bounds;
    }
};

/// "900 of 1000 differ from 0", or from 1 where fewer do.
[[nodiscard]] std::string count_of_events(const Node& vector) {
    const reference::Operand from = reference::operand(vector);
    const std::ptrdiff_t count = vector.shape.product();
    const auto axis = std::ranges::max_element(vector.shape) - vector.shape.begin();
    std::vector<std::int32_t> events;
    const auto differing = [&](int rest) {
        events.clear();
        find_events({vector.dtype, from.data, from.strides[static_cast<int>(axis)], count}, rest,
                    events);
        return events.size();
    };
    const std::size_t from_zero = differing(0);
    const std::size_t from_one = vector.dtype == DType::boolean ? from_zero : differing(1);
    return fmt::format("{} of {} differ from {}", std::min(from_zero, from_one), count,
                       from_one < from_zero ? 1 : 0);
}

/// Numbers that the kernel reads, among them the limits that it clips to.
[[nodiscard]] std::vector<double> numbers_of(const Rewrite& rewrite) {
    std::vector<double> found{-most, most};
    for (const auto* part : {&rewrite.workspace.numbers, &rewrite.workspace.inputs}) {
        for (const Bounds& each : *part) {
            if (each.is_number(each.low)) {
                found.push_back(each.low);
            }
        }
    }
    std::ranges::sort(found);
    return found;
}

void add_once(std::vector<std::string>& parts, std::string part) {
    if (std::ranges::find(parts, part) == parts.end()) {
        parts.push_back(std::move(part));
    }
}

/// Not fmt::join, of which GCC 12 believes, with sanitizers, that it writes beyond its own memory.
[[nodiscard]] std::string joined(const std::vector<std::string>& parts,
                                 std::string_view separator) {
    std::string text;
    for (const std::string& part : parts) {
        text += text.empty() ? part : fmt::format("{}{}", separator, part);
    }
    return text;
}

[[nodiscard]] std::string range_of(const Wish& wish) {
    const bool has_low = wish.low > -most;
    const bool has_high = wish.high < most;
    if (has_low && has_high) {
        return fmt::format("outside {:g} to {:g}", wish.low, wish.high);
    }
    return has_low    ? fmt::format("below {:g}", wish.low)
           : has_high ? fmt::format("above {:g}", wish.high)
                      : "infinite";
}

/// "a, b or c".
[[nodiscard]] std::string listed(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        text += (i == 0 ? "" : i + 1 == parts.size() ? " or " : ", ") + parts[i];
    }
    return text;
}

/// What may be so about the elements of the matrix that keeps them from being left alone: "NaN, -0
/// or outside 0 to 1". Empty where it is not about them.
[[nodiscard]] std::string obstacle_in(Rewrite& rewrite, const std::function<bool()>& keeps) {
    Bounds& input = rewrite.workspace.inputs[rewrite.operand];
    const Bounds matrix = input;
    Wish wish;
    const auto is_enough = [&] {
        input = wish.granted(matrix);
        const bool is_kept = input.low < input.high && keeps();
        input = matrix;
        return is_kept;
    };
    const auto finds_limits = [&, numbers = numbers_of(rewrite)] {  // the widest that suffice
        for (const double low : numbers) {
            for (auto high = numbers.rbegin(); *high > low; ++high) {
                wish.low = low;
                wish.high = *high;
                if (is_enough()) {
                    return true;
                }
            }
        }
        return false;
    };
    if (!finds_limits()) {
        return {};
    }
    std::vector<std::string> parts;
    const auto add_if_needed = [&](bool& part, const std::string& text) {
        part = false;
        if (!is_enough()) {
            part = true;
            parts.push_back(text);
        }
    };
    add_if_needed(wish.has_no_nan, "NaN");
    add_if_needed(wish.has_no_negative_zero, "-0");
    add_if_needed(wish.is_within, range_of(wish));
    return listed(parts);
}

}  // namespace

std::string called(const Node& node, std::string_view otherwise) {
    const Legend* legend = Legend::current();
    const std::string name = legend == nullptr ? std::string() : legend->name_of(node.id);
    return name.empty() || name.starts_with("from ")
               ? fmt::format("{}{}{}", otherwise, name.empty() ? "" : " ", name)
               : name;
}

std::string in_brackets(std::span<const Node* const> nodes) {
    std::vector<std::string> names;
    for (const Node* node : nodes) {
        std::string name = called(*node, "");
        name.erase(0, name.starts_with(' ') ? 1 : 0);
        if (!name.empty() && std::ranges::find(names, name) == names.end()) {
            names.push_back(std::move(name));
        }
    }
    return names.empty() ? std::string() : fmt::format(" ({})", joined(names, ", "));
}

std::string since(const Rewrite& rewrite, const Node& matrix) {
    const Legend* legend = Legend::current();
    if (legend == nullptr || rewrite.refused_with == 0) {
        return {};
    }
    // The nodes of an old plan are forgotten; who writes the matrix is known by its present one.
    const std::string moment = legend->moment_of(
        rewrite.refused_at == 0 ? rewrite.refused_with : matrix.id, rewrite.refused_at);
    return moment.empty() ? moment : ", since " + moment;
}

std::string why_shared(const Node& matrix) {
    const Legend* legend = Legend::current();
    const std::string moment = legend == nullptr ? std::string() : legend->moment_of(matrix.id);
    return fmt::format(
        "plain: {} is shared with NumPy (np.asarray, .numpy()){}{}, so nothing is known about it: "
        "drop the ndarray, or copy the matrix",
        called(matrix, "the matrix"), moment.empty() ? "" : " since ", moment);
}

std::string copied_first(const Node& matrix) {
    const Legend* legend = Legend::current();
    const std::string holder = legend == nullptr ? "" : legend->other_name_of(matrix.id);
    if (matrix.value().buffer->is_foreign()) {
        return "copied first, as its memory is NumPy's";
    }
    return holder.empty() ? "copied first, as the old content is still needed (by another "
                            "attribute, a list, a variable or a later statement)"
                          : fmt::format("copied first, as {} holds the old content", holder);
}

std::string sparse_events(const Node& product) {
    const Node& vector = *product.inputs()[1];
    if (!vector.is_settled() || vector.shape.size() != 1) {
        return {};
    }
    const reference::Operand from = reference::operand(vector);
    std::vector<std::int32_t> events;
    find_events({vector.dtype, from.data, from.strides[0], vector.shape[0]}, 0, events);
    const Node* const node = &vector;
    return fmt::format("events: {} of {} {}{}", events.size(), vector.shape[0],
                       product.attribute<SparseAttr>().side == Side::source ? "sources" : "targets",
                       in_brackets({&node, 1}));
}

std::string counts_of(std::span<const Seen> vectors) {
    std::vector<std::string> parts;
    for (const Seen& each : vectors) {
        add_once(parts, fmt::format("{}: {}", called(*each.node, "a vector"),
                                    count_of_events(*each.node)));
    }
    return parts.empty() ? std::string() : fmt::format(" ({})", joined(parts, "; "));
}

std::string why_unproven(Rewrite& rewrite, const Node& matrix, std::span<const Seen> vectors,
                         const std::function<bool(const std::vector<const Sparse*>&)>& keeps) {
    std::vector<const Sparse*> resting;
    std::vector<std::string> parts;
    for (const Seen& each : vectors) {
        if (each.rests) {
            resting.push_back(each.vector);
            add_once(parts,
                     fmt::format("{} is {}", called(*each.node, "a vector"), each.vector->rest));
        }
    }
    const std::string name = called(matrix, "the matrix");
    const std::string where = joined(parts, " and ");
    const std::string obstacle = obstacle_in(rewrite, [&] { return keeps(resting); });
    if (!obstacle.empty()) {
        return fmt::format("plain: {} may change where {}: its elements may be {}{}", name, where,
                           obstacle, since(rewrite, matrix));
    }
    for (const Seen& each : vectors) {
        for (const int rest : {0, 1}) {
            const Sparse rested{each.vector->operand, rest, {}};
            std::vector<const Sparse*> with_it = resting;
            with_it.push_back(&rested);
            if (!each.rests && keeps(with_it)) {
                return fmt::format("plain: {} may change where {}, as {} does not rest ({})", name,
                                   where, called(*each.node, "another vector"),
                                   count_of_events(*each.node));
            }
        }
    }
    return fmt::format("plain: the formula may change all of {}, also where {}", name, where);
}

}  // namespace monnto::events
