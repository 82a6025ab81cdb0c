#pragma once

#include <monnto/array/array.hpp>
#include <monnto/array/functions/create.hpp>
#include <monnto/core/fwd.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace monnto {

/// What vector() and matrix() fill an array with: a number, a dtype (zeros of it), or a text such
/// as "uniform(0, 5)", "2*normal(0.9, 0.1) + 1", "lognormal_rm(1, 0.5)", "full(3)", "bool".
struct Mode {
    template <NumberLike T>
    Mode(T number) : value(Number(number)) {}
    Mode(DType dtype) : value(dtype) {}
    Mode(std::string text) : value(std::move(text)) {}
    Mode(const char* text) : value(std::string(text)) {}

    std::variant<Number, DType, std::string> value;
};

struct ModeOptions {
    /// Multiplied in place afterwards.
    std::optional<Operand> scale = {};
    /// Probability with which an entry is kept: a number, or for matrices an array of one per row.
    std::optional<Operand> density = {};
    /// Of the result; the network's where left out.
    std::optional<DType> dtype = {};
};

/// A new array of `shape` in the network's dtype. Random numbers come from the stream of the
/// running behavior, or of `object` outside of behaviors (S18): values first, then the density's
/// mask. Throws ParseError at the column of a bad mode, UnknownName for a function that does not
/// exist.
[[nodiscard]] Array array_from_mode(Object& object, const Mode& mode, const Shape& shape,
                                    const ModeOptions& options);

/// A distribution that monnto does not draw itself, asked of the host (in Python any function of
/// numpy.random, from a Generator seeded with the position's stream). Null where there is no host.
struct HostDraw {
    std::string name;
    std::vector<Number> arguments;
    std::vector<std::pair<std::string, Number>> keywords;
    Shape shape;
    RandomPosition position;
};
/// Answers with the array, or nothing for a name that the host does not know.
using HostDistribution = std::function<std::optional<Array>(const HostDraw&)>;
void set_host_distribution(HostDistribution draw);
[[nodiscard]] const HostDistribution& host_distribution() noexcept;

/// Names of the functions a mode may call without a host.
[[nodiscard]] std::vector<std::string> mode_functions();

}  // namespace monnto
