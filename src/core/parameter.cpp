#include <monnto/core/parameter.hpp>

#include <monnto/core/genes.hpp>
#include <monnto/core/object.hpp>
#include <monnto/expression/parameter_text.hpp>
#include <monnto/expression/parser.hpp>

#include <fmt/format.h>

#include <cmath>

namespace monnto {
namespace {

template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};

Number number_of(const expression::NumberText& text) {
    return std::visit([](auto value) { return Number(value); }, text.value);
}

std::string shown(const ParameterValue& value) {
    return std::visit(Overloaded{[](const Number& number) { return number.to_string(); },
                                 [](const std::string& text) { return text; },
                                 [](const Array& array) {
                                     return fmt::format("array of shape {}",
                                                        array.shape().to_string());
                                 }},
                      value);
}

ParameterValue same_as(const expression::SameAs& same, Object& object) {
    auto& other = object.find<Object>(same.tag);
    return other[same.attribute].array();
}

}  // namespace

std::string text_of(const ParameterMap& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        const char* quote = std::holds_alternative<std::string>(value) ? "'" : "";
        text +=
            fmt::format("{}{}={}{}{}", text.empty() ? "" : ", ", name, quote, shown(value), quote);
    }
    return text;
}

void refuse_nan(std::string_view name, const ParameterValue& value) {
    const auto refuse = [&] {
        throw BadParameter(std::string(name), "nan",
                           "not a number cannot be computed with; give a number");
    };
    if (const auto* number = std::get_if<Number>(&value)) {
        if (is_float(number->dtype) && std::isnan(number->as_double())) {
            refuse();
        }
    } else if (const auto* array = std::get_if<Array>(&value)) {
        if (is_float(array->dtype()) && isnan(*array).any()) {
            refuse();
        }
    }
}

ParameterValue parameter_from_text(std::string_view name, std::string_view text, Object* object,
                                   const std::optional<ParameterValue>& fallback,
                                   bool* wants_plot) {
    std::string meant = with_genes(text, name);
    const bool wants_number = fallback && !std::holds_alternative<std::string>(*fallback);
    if (object == nullptr && !wants_number) {
        return meant;
    }
    const expression::ParameterText meaning = expression::parse_parameter(meant);
    if (const auto* number = std::get_if<expression::NumberText>(&meaning)) {
        return wants_number ? ParameterValue(number_of(*number)) : ParameterValue(meant);
    }
    if (const auto* same = std::get_if<expression::SameAs>(&meaning);
        same != nullptr && object != nullptr) {
        return same_as(*same, *object);
    }
    if (const auto* drawn = std::get_if<expression::Drawn>(&meaning);
        drawn != nullptr && object != nullptr) {
        if (wants_plot != nullptr) {
            *wants_plot = drawn->is_plotted;
        }
        return object->from_mode(std::string(drawn->expression.source()));
    }
    if (wants_number) {
        if (const auto number = expression::computed(meant)) {
            return number_of(*number);  // "10+[5#a]"
        }
        if (meant.find('(') != std::string::npos) {
            (void)expression::parse(meant);  // meant as a mode: points at the column of the mistake
        }
        throw BadParameter(std::string(name), fmt::format("'{}'", meant),
                           "a number, a percentage or a distribution such as 'normal(20, 2)'");
    }
    return meant;
}

Array Parameter::resolve(Object& object, std::string_view name) const {
    ParameterValue value = value_;
    if (const auto* text = std::get_if<std::string>(&value_)) {
        value = parameter_from_text(name, *text, &object, ParameterValue(Number(0.0)));
    }
    refuse_nan(name, value);
    if (const auto* number = std::get_if<Number>(&value)) {
        return {number->cast_to(object.default_dtype())};
    }
    return std::get<Array>(value);
}

double Parameter::number(std::string_view name) const {
    ParameterValue value = value_;
    if (const auto* text = std::get_if<std::string>(&value_)) {
        value = parameter_from_text(name, *text, nullptr, ParameterValue(Number(0.0)));
    }
    refuse_nan(name, value);
    if (const auto* number = std::get_if<Number>(&value)) {
        return number->as_double();
    }
    if (const Array& array = std::get<Array>(value); array.size() == 1) {
        return array.item<double>();
    }
    throw BadParameter(std::string(name), shown(value), "one number is needed here");
}

std::string Parameter::text(std::string_view name) const {
    if (const auto* text = std::get_if<std::string>(&value_)) {
        return with_genes(*text, name);
    }
    throw BadParameter(std::string(name), shown(value_), "a text is needed here");
}

bool Parameter::has_genes() const {
    const auto* text = std::get_if<std::string>(&value_);
    return text != nullptr && monnto::has_genes(*text);
}

Parameter Parameter::provisional() const {
    return has_genes() ? Parameter(with_default_genes(std::get<std::string>(value_))) : *this;
}

}  // namespace monnto
