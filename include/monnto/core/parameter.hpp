#pragma once

#include <monnto/array/array.hpp>
#include <monnto/core/fwd.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace monnto {

/// A parameter as it was given: a number, a text ("normal(20, 2)", "50%", "same(Tag, attr)", or
/// plain text), or an array.
using ParameterValue = std::variant<Number, std::string, Array>;

/// A parameter of a behavior. What it is does not matter to the step: `resolve` makes an array of
/// it.
class Parameter {
public:
    Parameter() : value_(Number(0.0)) {}
    template <NumberLike T>
    Parameter(T number) : value_(Number(number)) {}
    Parameter(std::string text) : value_(std::move(text)) {}
    Parameter(const char* text) : value_(std::string(text)) {}
    Parameter(Array array) : value_(std::move(array)) {}
    Parameter(ParameterValue value) : value_(std::move(value)) {}

    [[nodiscard]] const ParameterValue& value() const noexcept { return value_; }

    /// A number as a zero-dimensional array of the object's dtype, a distribution as one value per
    /// neuron or synapse, an array as itself. Throws BadParameter for NaN (named `name`),
    /// ParseError and UnknownName as a mode does.
    [[nodiscard]] Array resolve(Object& object, std::string_view name = "parameter") const;
    /// The number that is meant where no array will do. Throws BadParameter otherwise, and for NaN.
    [[nodiscard]] double number(std::string_view name = "parameter") const;
    [[nodiscard]] std::string text(std::string_view name = "parameter") const;
    /// Whether it is a text with genes (core/genes.hpp): what it means is then known at initialize.
    [[nodiscard]] bool has_genes() const;
    /// The same with every gene replaced by its default, or 0 where it has none: for constructors
    /// that look at a text before there are genes.
    [[nodiscard]] Parameter provisional() const;

private:
    ParameterValue value_;
};

/// Parameters by name, as given to a constructor.
using ParameterMap = std::map<std::string, ParameterValue, std::less<>>;

/// What a text means as a parameter (pymonnto 1.8): genes are replaced first; with an `object`,
/// "same(Tag, attr)" is that variable and a text with parentheses a mode; then "50%" is 0.5, and
/// with a numeric default the text must be a number. Throws BadParameter where it is none.
/// `wants_plot` tells whether the text ended in ";plot".
[[nodiscard]] ParameterValue parameter_from_text(std::string_view name, std::string_view text,
                                                 Object* object,
                                                 const std::optional<ParameterValue>& fallback,
                                                 bool* wants_plot = nullptr);

/// "decay=0.9, rule='normal(0, 1)', mask=array of shape (5,)", for people.
[[nodiscard]] std::string text_of(const ParameterMap& parameters);

/// Throws BadParameter where the value is NaN.
void refuse_nan(std::string_view name, const ParameterValue& value);

}  // namespace monnto
